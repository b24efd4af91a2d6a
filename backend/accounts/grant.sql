-- Grants a role from a day on; the same role at the same place is not granted twice at a time.
WITH plan AS (
    SELECT account_id, role_id, role, area_code, everywhere, organisation_county, organisation_id,
           COALESCE(valid_from, :today::date) AS valid_from, valid_to
    FROM jsonb_to_record(:plan::jsonb)
             AS plan (account_id uuid, role_id uuid, role text, area_code text, everywhere boolean, organisation_county text,
                      organisation_id uuid, valid_from date, valid_to date)
),
granted AS (
    INSERT INTO role_grants (account_id, id, role, area_code, organisation_county, organisation_id, valid_from, valid_to, granted_by, granted_at)
    SELECT plan.account_id, plan.role_id, plan.role, CASE WHEN plan.everywhere THEN '' ELSE plan.area_code END,
           plan.organisation_county, plan.organisation_id, plan.valid_from, plan.valid_to, :actor_id::uuid, :now::timestamptz
    FROM plan
    WHERE NOT EXISTS (
        SELECT
        FROM accounts_roles_in_force AS held
        WHERE held.account_id = plan.account_id
          AND held.role = plan.role
          AND held.area_code IS NOT DISTINCT FROM CASE WHEN plan.everywhere THEN '' ELSE plan.area_code END
          AND held.organisation_id IS NOT DISTINCT FROM plan.organisation_id
          AND daterange(held.valid_from, held.valid_to) && daterange(plan.valid_from, plan.valid_to)
    )
    RETURNING id
),
audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT plan.role_id, :now::timestamptz, :actor_id::uuid, 'role_granted',
           left(COALESCE(plan.organisation_county, plan.area_code), 6), 'accounts', plan.account_id,
           jsonb_build_object('role', plan.role, 'area_code', plan.area_code, 'organisation_id', plan.organisation_id), :request_id
    FROM plan
    WHERE EXISTS (SELECT FROM granted)
)
SELECT refuse('taken')
WHERE NOT EXISTS (SELECT FROM granted)
