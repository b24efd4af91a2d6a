-- Makes an account for someone else, without a password: a printed one-time code sets the first.
WITH plan AS (
    SELECT account_id, login, display_name, language
    FROM jsonb_to_record(:plan::jsonb) AS plan (account_id uuid, login text, display_name text, language text)
),
audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, subject_kind, subject_id, request_id)
    SELECT account_id, :now::timestamptz, :actor_id::uuid, 'account_created', 'accounts', account_id, :request_id
    FROM plan
)
INSERT INTO accounts (id, login, display_name, password_hash, language, must_change_password, created_at)
SELECT account_id, lower(login), display_name, '', language, true, :now::timestamptz
FROM plan
