-- The open sessions of whoever is asking.
SELECT id AS session_id, created_at, expires_at, last_used_on, id = :session_id::uuid AS current, id::text AS cursor
FROM sessions
WHERE account_id = :actor_id::uuid
  AND kind = 'session'
  AND revoked_at IS NULL
  AND expires_at > :now::timestamptz
  AND (:cursor::text IS NULL OR id > :cursor::uuid)
ORDER BY id
LIMIT :limit::int
