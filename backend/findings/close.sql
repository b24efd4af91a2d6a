-- Agrees that a finding is mended; never who mended it.
WITH found AS (
    SELECT f.county, f.id, f.state, f.rectified_by
    FROM findings AS f
    WHERE f.county = :finding_county
      AND f.id = :finding_id::uuid
      AND area_within(f.area_code, :actor_areas::text[])
), changed AS (
    UPDATE findings AS f
    SET state = 'closed',
        closed_by = :actor_id::uuid,
        closed_at = :now::timestamptz,
        version = f.version + 1
    FROM found
    WHERE f.county = found.county
      AND f.id = found.id
      AND f.state = 'rectified'
      AND f.rectified_by IS DISTINCT FROM :actor_id::uuid
    RETURNING f.county, f.id, f.state, f.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'finding_closed', county, 'findings', id, :reason, :request_id
    FROM changed
)
SELECT CASE
           WHEN found.state = 'rectified' AND found.rectified_by = :actor_id::uuid THEN 'own-entry'
           WHEN changed.id IS NULL THEN 'wrong-state'
       END AS problem,
       found.county || '-' || found.id AS finding_id,
       changed.state,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
