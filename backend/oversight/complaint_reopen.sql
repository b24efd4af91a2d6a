-- Who oversees opens an answered complaint again, never who answered it; somebody else handles it then.
WITH found AS MATERIALIZED (
    SELECT c.county, c.id, c.state, c.answered_by
    FROM complaints AS c
    WHERE c.county = :complaint_county
      AND c.id = :complaint_id::uuid
      AND area_within(c.county, :actor_areas::text[])
      AND NOT EXISTS (SELECT
                      FROM complaint_parties AS p
                      WHERE p.county = c.county
                        AND p.complaint_id = c.id
                        AND p.account_id = :actor_id::uuid)
    FOR UPDATE
), changed AS (
    UPDATE complaints AS c
    SET state = CASE c.scope WHEN 'in_scope' THEN 'handling' ELSE 'received' END,
        assigned_to = NULL,
        reopened_count = c.reopened_count + 1,
        answer_due_at = :now::timestamptz + make_interval(secs => :period_complaint_answer_s::bigint),
        version = c.version + 1
    FROM found
    WHERE c.county = found.county
      AND c.id = found.id
      AND found.state IN ('answered', 'out_of_scope', 'referred')
      AND found.answered_by IS DISTINCT FROM :actor_id::uuid
    RETURNING c.county, c.id, c.state, c.answer_due_at, c.version
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    SELECT county, gen_random_uuid(), id, 'reopened', :now::timestamptz, :actor_id::uuid, :reason, true
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'complaint_reopened', county, 'complaints', id, :reason, :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN found.state NOT IN ('answered', 'out_of_scope', 'referred') THEN 'wrong-state'
           ELSE 'own-entry'
       END AS problem,
       found.county || '-' || found.id AS complaint_id,
       changed.state,
       changed.answer_due_at,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
