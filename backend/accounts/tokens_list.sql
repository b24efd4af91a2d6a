-- The open tokens of whoever is asking; their secrets are known to nobody but him.
SELECT id AS token_id, name, array_to_string(scopes, ' ') AS scope, created_at, expires_at, last_used_on, id::text AS cursor
FROM sessions
WHERE account_id = :actor_id::uuid
  AND kind = 'token'
  AND revoked_at IS NULL
  AND expires_at > :now::timestamptz
  AND (:cursor::text IS NULL OR id > :cursor::uuid)
ORDER BY id
LIMIT :limit::int
