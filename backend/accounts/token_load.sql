-- How long a new token may live, and how many the account has.
SELECT :now::timestamptz + make_interval(secs => :period_token_s::int) AS latest_at, count(*) AS open
FROM sessions
WHERE account_id = :actor_id::uuid
  AND kind = 'token'
  AND revoked_at IS NULL
  AND expires_at > :now::timestamptz
