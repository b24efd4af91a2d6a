-- Takes a case back: only who proposed it, only while it is open. Its notice comes down, unless someone went through its gate already.
WITH found AS (
    SELECT c.county, c.id, c.proposed_by
    FROM cases AS c
    WHERE c.county = :case_county
      AND c.id = :case_id::uuid
      AND area_within(c.area_code, :actor_areas::text[])
), withdrawn AS (
    UPDATE cases AS c
    SET state = 'withdrawn',
        ended_at = :now::timestamptz,
        payload = '{}',
        version = c.version + 1
    FROM found
    WHERE c.county = found.county
      AND c.id = found.id
      AND c.ended_at IS NULL
      AND c.proposed_by = :actor_id::uuid
    RETURNING c.county, c.id, c.publicity_id, c.version
), taken_down AS (
    UPDATE publicities AS p
    SET withdrawn_at = :now::timestamptz
    FROM withdrawn
    WHERE p.county = withdrawn.county
      AND p.id = withdrawn.publicity_id
      AND p.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM publicity_passes AS g WHERE g.county = p.county AND g.publicity_id = p.id)
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'case_withdrawn', county, 'cases', id, :reason, :request_id
    FROM withdrawn
)
SELECT CASE
           WHEN withdrawn.id IS NOT NULL THEN NULL
           WHEN found.proposed_by <> :actor_id::uuid THEN 'forbidden'
           ELSE 'wrong-state'
       END AS problem,
       found.county || '-' || found.id AS case_id,
       'withdrawn' AS state,
       withdrawn.version
FROM found
LEFT JOIN withdrawn
       ON withdrawn.county = found.county
      AND withdrawn.id = found.id
