-- Ends a role at once; it stays on record.
WITH plan AS (
    SELECT account_id, role_id
    FROM jsonb_to_record(:plan::jsonb) AS plan (account_id uuid, role_id uuid)
),
revoked AS (
    UPDATE role_grants
    SET revoked_by = :actor_id::uuid,
        revoked_at = :now::timestamptz
    FROM plan
    WHERE role_grants.account_id = plan.account_id
      AND role_grants.id = plan.role_id
      AND role_grants.revoked_at IS NULL
    RETURNING role_grants.account_id, role_grants.role, COALESCE(role_grants.organisation_county, role_grants.area_code) AS place
),
audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'role_revoked', left(place, 6), 'accounts', account_id,
           jsonb_build_object('role', role), :request_id
    FROM revoked
)
SELECT refuse('not-found')
WHERE NOT EXISTS (SELECT FROM revoked)
