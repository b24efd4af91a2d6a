-- The proof does not convince: the finding is open again, and its owner reads why.
WITH found AS MATERIALIZED (
    SELECT f.county, f.id, f.state, f.rectified_by, f.assigned_to
    FROM findings AS f
    WHERE f.county = :finding_county
      AND f.id = :finding_id::uuid
      AND area_within(f.area_code, :actor_areas::text[])
    FOR UPDATE
), changed AS (
    UPDATE findings AS f
    SET state = 'open',
        sent_back_because = :reason,
        sent_back_count = f.sent_back_count + 1,
        version = f.version + 1
    FROM found
    WHERE f.county = found.county
      AND f.id = found.id
      AND found.state = 'rectified'
      AND found.rectified_by IS DISTINCT FROM :actor_id::uuid
      AND found.assigned_to IS DISTINCT FROM :actor_id::uuid
    RETURNING f.county, f.id, f.state, f.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'finding_sent_back', county, 'findings', id, :reason, :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN found.state <> 'rectified' THEN 'wrong-state'
           ELSE 'own-entry'
       END AS problem,
       found.county || '-' || found.id AS finding_id,
       changed.state,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
