-- The password that whoever is asking wants to replace.
WITH held AS (
    SELECT max(throttled.next_try_at) AS until
    FROM accounts
    CROSS JOIN LATERAL login_throttle_subjects(accounts.login, :client_address) AS subjects
    JOIN login_throttles AS throttled ON throttled.subject = subjects.subject
    WHERE accounts.id = :actor_id::uuid
      AND subjects.kind = 'login'
)
SELECT GREATEST(0, CEIL(EXTRACT(EPOCH FROM held.until - :now::timestamptz)))::int AS retry_after_s,
       accounts.id AS account_id, accounts.version AS account_version, accounts.login,
       NULLIF(accounts.password_hash, '') AS password_hash
FROM accounts
CROSS JOIN held
WHERE accounts.id = :actor_id::uuid
