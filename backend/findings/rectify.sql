-- Says with what evidence a finding is mended.
WITH found AS (
    SELECT f.county, f.id, f.state
    FROM findings AS f
    WHERE f.county = :finding_county
      AND f.id = :finding_id::uuid
      AND area_within(f.area_code, :actor_areas::text[])
), changed AS (
    UPDATE findings AS f
    SET state = 'rectified',
        rectified_by = :actor_id::uuid,
        rectified_at = :now::timestamptz,
        evidence = :evidence,
        version = f.version + 1
    FROM found
    WHERE f.county = found.county
      AND f.id = found.id
      AND f.state = 'open'
    RETURNING f.county, f.id, f.state, f.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'finding_rectified', county, 'findings', id, :evidence, :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NULL THEN 'wrong-state'
       END AS problem,
       found.county || '-' || found.id AS finding_id,
       changed.state,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
