-- Sorts a complaint: ours to handle, or not and why, which is what the complainant is told.
WITH found AS MATERIALIZED (
    SELECT c.county, c.id, c.state
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
    SET scope = :scope,
        state = CASE :scope WHEN 'in_scope' THEN 'handling' ELSE 'out_of_scope' END,
        category = COALESCE(:category::text, c.category),
        about_level = COALESCE(:about_level::text, c.about_level),
        sorted_by = :actor_id::uuid,
        sorted_at = :now::timestamptz,
        answer = CASE :scope WHEN 'out_of_scope' THEN :words::text END,
        answered_by = CASE :scope WHEN 'out_of_scope' THEN :actor_id::uuid END,
        answered_at = CASE :scope WHEN 'out_of_scope' THEN :now::timestamptz END,
        version = c.version + 1
    FROM found
    WHERE c.county = found.county
      AND c.id = found.id
      AND found.state = 'received'
      AND (:scope <> 'out_of_scope' OR :words::text IS NOT NULL)
    RETURNING c.county, c.id, c.state, c.scope, c.version
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    SELECT county, gen_random_uuid(), id, 'sorted', :now::timestamptz, :actor_id::uuid, :words::text, true
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'complaint_sorted', county, 'complaints', id, :words::text,
           jsonb_build_object('scope', scope), :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN found.state = 'received' THEN 'invalid'
           ELSE 'wrong-state'
       END AS problem,
       CASE WHEN changed.id IS NULL AND found.state = 'received' THEN '/words' END AS problem_pointer,
       found.county || '-' || found.id AS complaint_id,
       changed.state,
       changed.scope,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
