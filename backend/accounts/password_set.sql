-- Sets a new password, uses up the one-time code that allowed it, and ends every other session and token of the account.
WITH plan AS (
    SELECT account_id, account_version, password_hash, code_id, kept_session_id, consent_version
    FROM jsonb_to_record(:plan::jsonb)
             AS plan (accepted boolean, account_id uuid, account_version int, password_hash text, code_id uuid, kept_session_id uuid,
                      consent_version text)
    WHERE accepted
),
code AS (
    UPDATE reset_codes
    SET used_at = :now::timestamptz
    FROM plan
    WHERE reset_codes.account_id = plan.account_id
      AND reset_codes.id = plan.code_id
      AND reset_codes.used_at IS NULL
      AND reset_codes.expires_at > :now::timestamptz
    RETURNING reset_codes.id
),
changed AS (
    UPDATE accounts
    SET password_hash = plan.password_hash,
        must_change_password = false,
        consent_version = COALESCE(plan.consent_version, accounts.consent_version),
        consented_at = CASE WHEN plan.consent_version IS NULL THEN accounts.consented_at ELSE :now::timestamptz END,
        version = accounts.version + 1
    FROM plan
    WHERE accounts.id = plan.account_id
      AND accounts.version = plan.account_version
      AND (plan.code_id IS NULL OR EXISTS (SELECT FROM code))
    RETURNING accounts.id, plan.code_id, plan.kept_session_id
),
ended AS (
    UPDATE sessions
    SET revoked_at = :now::timestamptz
    FROM changed
    WHERE sessions.account_id = changed.id
      AND sessions.id IS DISTINCT FROM changed.kept_session_id
      AND sessions.revoked_at IS NULL
),
audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, subject_kind, subject_id, request_id)
    SELECT :new_id::uuid, :now::timestamptz, id, CASE WHEN code_id IS NULL THEN 'password_changed' ELSE 'password_reset' END,
           'accounts', id, :request_id
    FROM changed
)
SELECT refuse('plan-stale')
FROM plan
WHERE NOT EXISTS (SELECT FROM changed)
