-- Answers an objection once: never by the one who released the notice, nor by the one who objected.
WITH objection AS MATERIALIZED (
    SELECT o.county, o.id, o.answered_at, p.released_by, o.raised_by
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
      AND objection.released_by IS DISTINCT FROM :actor_id::uuid
      AND objection.raised_by IS DISTINCT FROM :actor_id::uuid
    RETURNING o.county, o.id, o.upheld
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'objection_answered', county, 'objections', id,
           jsonb_build_object('upheld', upheld), :request_id
    FROM answered
)
SELECT CASE
           WHEN answered.id IS NOT NULL THEN NULL
           WHEN objection.released_by = :actor_id::uuid OR objection.raised_by = :actor_id::uuid THEN 'own-entry'
           ELSE 'wrong-state'
       END AS problem,
       objection.county || '-' || objection.id AS objection_id,
       answered.upheld
FROM objection
LEFT JOIN answered
       ON answered.county = objection.county
      AND answered.id = objection.id
