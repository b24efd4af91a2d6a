-- Answers an objection once: never by one who made the notice, nor by the one who objected. With the last answer the notice's clock goes on,
-- and it hangs as much longer as it stood still.
WITH objection AS MATERIALIZED (
    SELECT o.county, o.id, o.answered_at, o.publicity_id, o.raised_by,
           :actor_id::uuid IN (p.released_by, p.drafted_by) IS TRUE AS own_notice
    FROM objections AS o
    JOIN publicities AS p
      ON p.county = o.county
     AND p.id = o.publicity_id
    WHERE o.county = :objection_county
      AND o.id = :objection_id::uuid
      AND area_within(o.county, :actor_areas::text[])
    FOR UPDATE OF o
), answered AS (
    UPDATE objections AS o
    SET answer = :answer,
        upheld = :upheld::boolean,
        answered_by = :actor_id::uuid,
        answered_at = :now::timestamptz
    FROM objection
    WHERE o.county = objection.county
      AND o.id = objection.id
      AND objection.answered_at IS NULL
      AND NOT objection.own_notice
      AND objection.raised_by IS DISTINCT FROM :actor_id::uuid
    RETURNING o.county, o.id, o.publicity_id, o.upheld
), resumed AS (
    UPDATE publicities AS p
    SET objections_open = p.objections_open - 1,
        objections_upheld = p.objections_upheld + CASE WHEN answered.upheld THEN 1 ELSE 0 END,
        clock_stopped_at = CASE WHEN p.objections_open > 1 THEN p.clock_stopped_at END,
        ends_at = CASE WHEN p.objections_open > 1 THEN p.ends_at
                       ELSE p.ends_at + (:now::timestamptz - p.clock_stopped_at) END
    FROM answered
    WHERE p.county = answered.county
      AND p.id = answered.publicity_id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'objection_answered', county, 'objections', id,
           jsonb_build_object('upheld', upheld), :request_id
    FROM answered
)
SELECT CASE
           WHEN answered.id IS NOT NULL THEN NULL
           WHEN objection.own_notice OR objection.raised_by = :actor_id::uuid THEN 'own-entry'
           ELSE 'wrong-state'
       END AS problem,
       objection.county || '-' || objection.id AS objection_id,
       answered.upheld
FROM objection
LEFT JOIN answered
       ON answered.county = objection.county
      AND answered.id = objection.id
