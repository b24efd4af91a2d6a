-- Another officer accredits or refuses; two that overlap in days are refused by the table.
WITH found AS MATERIALIZED (
    SELECT a.county, a.id, a.state, a.proposed_by
    FROM accreditations AS a
    WHERE a.county = :accreditation_county
      AND a.id = :accreditation_id::uuid
      AND area_within(a.county, :actor_areas::text[])
), decided AS (
    UPDATE accreditations AS a
    SET state = CASE WHEN :approve::boolean THEN 'in_force' ELSE 'refused' END,
        decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz,
        version = a.version + 1
    FROM found
    WHERE a.county = found.county
      AND a.id = found.id
      AND a.state = 'proposed'
      AND a.proposed_by <> :actor_id::uuid
    RETURNING a.county, a.id, a.state, a.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'accreditation_' || state, county, 'accreditations', id, '{}', :request_id
    FROM decided
)
SELECT CASE
           WHEN decided.id IS NOT NULL THEN NULL
           WHEN found.state <> 'proposed' THEN 'wrong-state'
           ELSE 'own-entry'
       END AS problem,
       found.county || '-' || found.id AS accreditation_id,
       decided.state,
       decided.version
FROM found
LEFT JOIN decided
       ON decided.county = found.county
      AND decided.id = found.id
