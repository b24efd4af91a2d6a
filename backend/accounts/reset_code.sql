-- Keeps a printed one-time code; codes printed before lose their force.
WITH plan AS (
    SELECT account_id, code_id, code_hash, code_expires_at
    FROM jsonb_to_record(:plan::jsonb) AS plan (account_id uuid, code_id uuid, code_hash text, code_expires_at timestamptz)
),
replaced AS (
    UPDATE reset_codes
    SET used_at = :now::timestamptz
    FROM plan
    WHERE reset_codes.account_id = plan.account_id
      AND reset_codes.used_at IS NULL
),
audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, subject_kind, subject_id, request_id)
    SELECT code_id, :now::timestamptz, :actor_id::uuid, 'reset_code_printed', 'accounts', account_id, :request_id
    FROM plan
)
INSERT INTO reset_codes (account_id, id, code_hash, issued_by, issued_at, expires_at)
SELECT account_id, code_id, code_hash, :actor_id::uuid, :now::timestamptz, code_expires_at
FROM plan
