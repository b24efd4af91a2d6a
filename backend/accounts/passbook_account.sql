-- The account behind a household's slip: made with the first, and whoever opened it with an older slip is out.
WITH plan AS (
    SELECT household_county, household_id, account_id, role_id, login, display_name
    FROM jsonb_to_record(:plan::jsonb)
             AS plan (household_county text, household_id uuid, account_id uuid, role_id uuid, login text, display_name text)
),
held AS (
    SELECT accounts.id
    FROM accounts
    JOIN plan ON plan.login = accounts.login
),
made AS (
    INSERT INTO accounts (id, login, display_name, password_hash, language, created_at)
    SELECT account_id, login, display_name, '', 'zh', :now::timestamptz
    FROM plan
    WHERE NOT EXISTS (SELECT FROM held)
    RETURNING id
),
granted AS (
    INSERT INTO role_grants (account_id, id, role, organisation_county, organisation_id, valid_from, granted_by, granted_at)
    SELECT made.id, plan.role_id, 'household', plan.household_county, plan.household_id, :today::date, :actor_id::uuid, :now::timestamptz
    FROM made
    CROSS JOIN plan
),
ended AS (
    UPDATE sessions
    SET revoked_at = :now::timestamptz
    FROM held
    WHERE sessions.account_id = held.id
      AND sessions.revoked_at IS NULL
)
INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
SELECT role_id, :now::timestamptz, :actor_id::uuid, 'passbook_code_printed', household_county, 'households', household_id, :request_id
FROM plan
