-- Its handler answers a complaint. What is found true opens a finding: someone else mends it until a day, and the handler closes it.
WITH found AS MATERIALIZED (
    SELECT c.county, c.id, c.state, c.assigned_to, c.area_code, c.number, c.category,
           COALESCE(c.subject_kind, 'complaints') AS subject_kind, COALESCE(c.subject_id, c.id) AS subject_id
    FROM complaints AS c
    WHERE c.county = :complaint_county
      AND c.id = :complaint_id::uuid
      AND (area_within(c.county, :actor_areas::text[]) OR c.assigned_to = :actor_id::uuid)
      AND NOT EXISTS (SELECT
                      FROM complaint_parties AS p
                      WHERE p.county = c.county
                        AND p.complaint_id = c.id
                        AND p.account_id = :actor_id::uuid)
    FOR UPDATE
), owner AS (
    SELECT g.account_id
    FROM accounts_roles_in_force AS g
    CROSS JOIN found
    WHERE g.account_id = :finding_owner_id::uuid
      AND g.account_id <> :actor_id::uuid
      AND g.role IN ('cadre', 'township', 'county')
      AND starts_with(found.area_code, g.area_code)
      AND g.valid_from <= :today::date
      AND (g.valid_to IS NULL OR g.valid_to > :today::date)
    LIMIT 1
), fit AS (
    SELECT county, id, area_code, number, category, subject_kind, subject_id
    FROM found
    WHERE state = 'handling'
      AND assigned_to = :actor_id::uuid
      AND (:judgement = 'not_substantiated' OR EXISTS (SELECT FROM owner))
), opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, assigned_to, due_on, opened_by, opened_at)
    SELECT county, gen_random_uuid(), 'complaint', 'complaint_substantiated', area_code, subject_kind, subject_id,
           jsonb_build_object('complaint_number', number, 'complaint_category', category, 'judgement', :judgement::text,
                              'answer', :answer::text),
           :finding_owner_id::uuid, :finding_due_on::date, :actor_id::uuid, :now::timestamptz
    FROM fit
    WHERE :judgement <> 'not_substantiated'
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING county, id, subject_id
), finding_told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'finding', id, 'opened'
    FROM opened
), mended AS (
    SELECT county, id
    FROM opened
    UNION ALL
    SELECT f.county, f.id
    FROM fit
    JOIN findings AS f
      ON f.county = fit.county
     AND f.subject_id = fit.subject_id
     AND f.rule = 'complaint_substantiated'
     AND f.state = 'open'
    WHERE :judgement <> 'not_substantiated'
), changed AS (
    UPDATE complaints AS c
    SET state = 'answered',
        judgement = :judgement,
        solved = :solved::boolean,
        punished_count = COALESCE(:punished_count::int, 0),
        recovered_fen = COALESCE(:recovered_fen::bigint, 0),
        answer = :answer,
        answered_by = :actor_id::uuid,
        answered_at = :now::timestamptz,
        finding_id = COALESCE((SELECT mended.id FROM mended WHERE mended.county = c.county LIMIT 1), c.finding_id),
        version = c.version + 1
    FROM fit
    WHERE c.county = fit.county
      AND c.id = fit.id
    RETURNING c.county, c.id, c.state, c.finding_id, c.version
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'complaint', id, 'answered'
    FROM changed
), step AS (
    INSERT INTO complaint_steps (county, id, complaint_id, kind, at, actor_id, words, shown)
    SELECT county, gen_random_uuid(), id, 'answered', :now::timestamptz, :actor_id::uuid, :answer, true
    FROM changed
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'complaint_answered', county, 'complaints', id, NULL,
           jsonb_build_object('judgement', :judgement::text, 'solved', :solved::boolean), :request_id
    FROM changed
)
SELECT CASE
           WHEN changed.id IS NOT NULL THEN NULL
           WHEN found.state <> 'handling' THEN 'wrong-state'
           WHEN found.assigned_to IS DISTINCT FROM :actor_id::uuid THEN 'forbidden'
           ELSE 'invalid'
       END AS problem,
       CASE WHEN changed.id IS NULL THEN '/finding_owner_id' END AS problem_pointer,
       found.county || '-' || found.id AS complaint_id,
       changed.state,
       changed.county || '-' || changed.finding_id AS finding_id,
       changed.version
FROM found
LEFT JOIN changed
       ON changed.county = found.county
      AND changed.id = found.id
