-- What a try to open a passbook is held against. Always one row: an unknown card must look like any other.
WITH held AS (
    SELECT subjects.kind, throttled.next_try_at, throttled.known
    FROM login_throttle_subjects(:login, :client_address) AS subjects
    JOIN login_throttles AS throttled ON throttled.subject = subjects.subject
),
wait AS (
    SELECT max(next_try_at) AS until
    FROM held
    WHERE kind = 'login'
       OR NOT EXISTS (SELECT FROM held WHERE known)
)
SELECT GREATEST(0, CEIL(EXTRACT(EPOCH FROM wait.until - :now::timestamptz)))::int AS retry_after_s,
       accounts.id AS account_id, accounts.version AS account_version,
       passbook.county || '-' || passbook.household_id AS household,
       passbook.passbook_code_hash AS code_hash
FROM wait
LEFT JOIN registry_passbooks AS passbook ON passbook.county = :county AND passbook.card_number = :card_number
LEFT JOIN accounts ON accounts.login = 'passbook:' || passbook.county || '-' || passbook.household_id AND accounts.state = 'active'
