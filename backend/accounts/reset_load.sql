-- The open one-time code of a login. Always one row: an unknown login must look like any other.
WITH held AS (
    SELECT max(throttled.next_try_at) AS until
    FROM login_throttle_subjects(:login, :client_address) AS subjects
    JOIN login_throttles AS throttled ON throttled.subject = subjects.subject
)
SELECT GREATEST(0, CEIL(EXTRACT(EPOCH FROM held.until - :now::timestamptz)))::int AS retry_after_s,
       accounts.id AS account_id, accounts.version AS account_version, code.id AS code_id, code.code_hash
FROM held
LEFT JOIN accounts ON accounts.login = lower(:login) AND accounts.state = 'active'
LEFT JOIN LATERAL (
    SELECT id, code_hash
    FROM reset_codes
    WHERE account_id = accounts.id
      AND used_at IS NULL
      AND expires_at > :now::timestamptz
    ORDER BY issued_at DESC, id DESC
    LIMIT 1
) AS code ON true
