-- The complainant adds a word, or opens an answered complaint again: then somebody else shall look into it.
WITH plan AS (
    SELECT complaint_county AS county, complaint_id AS id, state, words
    FROM jsonb_to_record(:plan::jsonb) AS plan (complaint_county text, complaint_id uuid, state text, words text)
), said AS (
    UPDATE complaints AS c
    SET state = CASE WHEN c.state IN ('received', 'handling') THEN c.state WHEN c.scope = 'in_scope' THEN 'handling' ELSE 'received' END,
        assigned_to = CASE WHEN c.state IN ('received', 'handling') THEN c.assigned_to END,
        reopened_count = c.reopened_count + CASE WHEN c.state IN ('received', 'handling') THEN 0 ELSE 1 END,
        answer_due_at = CASE WHEN c.state IN ('received', 'handling') THEN c.answer_due_at
                             ELSE :now::timestamptz + make_interval(secs => :period_complaint_answer_s::bigint) END,
        version = c.version + 1
    FROM plan
    WHERE c.county = plan.county
      AND c.id = plan.id
      AND c.state = plan.state
    RETURNING c.county, c.id, c.number, c.state, c.answer_due_at, plan.state AS was, plan.words
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, words, shown)
    SELECT county, gen_random_uuid(), id, CASE WHEN was IN ('received', 'handling') THEN 'added' ELSE 'reopened' END, :now::timestamptz, words, true
    FROM said
), audited AS (
    INSERT INTO audit_events (id, at, event, county, subject_kind, subject_id, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, 'complaint_reopened', county, 'complaints', id, :request_id
    FROM said
    WHERE was NOT IN ('received', 'handling')
), stale AS (
    SELECT refuse('plan-stale')
    WHERE NOT EXISTS (SELECT FROM said)
)
SELECT said.number,
       said.state,
       said.answer_due_at
FROM (VALUES (1)) AS asked (once)
LEFT JOIN stale ON true
LEFT JOIN said ON true
