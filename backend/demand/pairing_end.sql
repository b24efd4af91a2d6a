-- Ends a pairing on a day; what was bought until then stays in its report.
WITH ended AS (
    UPDATE pairings AS p
    SET valid_to = :valid_to::date,
        ended_by = :actor_id::uuid,
        ended_at = :now::timestamptz,
        version = p.version + 1
    WHERE p.county = :pairing_county
      AND p.id = :pairing_id::uuid
      AND p.ended_at IS NULL
      AND area_within(p.county, :actor_areas::text[])
    RETURNING p.county, p.id, p.valid_to, p.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'pairing_ended', county, 'pairings', id, '{}', :request_id
    FROM ended
)
SELECT county || '-' || id AS pairing_id,
       valid_to,
       version
FROM ended
