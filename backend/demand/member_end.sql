-- Ends a membership. What the person proposed or approved stays as it is.
WITH ended AS (
    UPDATE unit_members AS m
    SET ended_by = :actor_id::uuid,
        ended_at = :now::timestamptz
    WHERE m.county = :unit_county
      AND m.unit_id = :unit_id::uuid
      AND m.account_id = :account_id::uuid
      AND m.ended_at IS NULL
      AND area_within(m.county, :actor_areas::text[])
    RETURNING m.county, m.unit_id, m.account_id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'unit_member_ended', county, 'units', unit_id,
           jsonb_build_object('account_id', account_id), :request_id
    FROM ended
)
SELECT county || '-' || unit_id AS unit_id,
       account_id
FROM ended
