-- Takes the step a decision planned: the case moves on from the state it was judged in, the step and its notice are recorded, and who goes
-- through a notice's gate leaves proof of it. A case that moved meanwhile makes the plan stale.
WITH step AS MATERIALIZED (
    SELECT p.*
    FROM jsonb_to_record(:plan::jsonb) AS p (
        case_county text, case_id uuid, step text, from_state text, state text, accepted boolean, note text, votes_present int, votes_for int,
        evidence text, ends boolean, decides boolean, passes boolean, hangs text, title text, drafted_by uuid, gates boolean)
), moved AS (
    UPDATE cases AS c
    SET state = step.state,
        decided_by = CASE WHEN step.decides THEN :actor_id::uuid ELSE c.decided_by END,
        ended_at = CASE WHEN step.ends THEN :now::timestamptz END,
        publicity_id = CASE WHEN step.gates THEN :new_id::uuid ELSE c.publicity_id END,
        payload = CASE WHEN step.ends THEN '{}' ELSE c.payload END, -- written now, or of no use any more
        version = c.version + 1
    FROM step
    WHERE c.county = step.case_county
      AND c.id = step.case_id
      AND c.state = step.from_state
    RETURNING c.county, c.id, c.kind, c.state, c.area_code, c.household_id, c.about, c.publicity_id, c.ended_at
), taken AS (
    INSERT INTO case_steps (county, case_id, step, actor_id, at, accepted, note, votes_present, votes_for, evidence, publicity_id)
    SELECT moved.county, moved.id, step.step, :actor_id::uuid, :now::timestamptz, step.accepted, step.note, nullif(step.votes_present, 0),
           CASE WHEN step.votes_present > 0 THEN step.votes_for END, step.evidence, CASE WHEN step.hangs IS NOT NULL THEN :new_id::uuid END
    FROM moved
    CROSS JOIN step
), hung AS (
    INSERT INTO publicities (county, id, kind, subject_kind, subject_id, area_code, title, content, starts_at, ends_at, drafted_by, released_by,
                             created_at)
    SELECT moved.county, :new_id::uuid, step.hangs, 'cases', moved.id, moved.area_code, a.name || step.title,
           jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
               'case_kind', moved.kind, 'area_code', moved.area_code, 'area', a.name, 'household', h.head_name_masked,
               'members_count', (SELECT count(*)
                                 FROM members AS m
                                 WHERE m.county = h.county
                                   AND m.household_id = h.id
                                   AND m.valid_to IS NULL
                                 HAVING h.id IS NOT NULL),
               'into_area', moved.about ->> 'into_name', 'persons', (moved.about ->> 'persons')::int,
               'poor_persons', (moved.about ->> 'poor_persons')::int))),
           :now::timestamptz, :now::timestamptz + make_interval(secs => greatest(:period_publicity_s::double precision, 0.001)),
           step.drafted_by, :actor_id::uuid, :now::timestamptz
    FROM moved
    CROSS JOIN step
    JOIN areas AS a
      ON a.code = moved.area_code
    LEFT JOIN households AS h
           ON h.county = moved.county
          AND h.id = moved.household_id
    WHERE step.hangs IS NOT NULL
), passed AS (
    INSERT INTO publicity_passes (county, publicity_id, subject_id, ends_at, passed_at)
    SELECT p.county, p.id, p.subject_id, p.ends_at, :now::timestamptz
    FROM moved
    CROSS JOIN step
    JOIN publicities AS p
      ON p.county = moved.county
     AND p.id = moved.publicity_id
    WHERE step.passes
    ON CONFLICT (county, publicity_id) DO NOTHING -- with one notice the review went through its gate already
), taken_down AS (
    UPDATE publicities AS p
    SET withdrawn_at = :now::timestamptz
    FROM moved
    WHERE p.county = moved.county
      AND p.id = moved.publicity_id
      AND moved.state = 'refused'
      AND p.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM publicity_passes AS g WHERE g.county = p.county AND g.publicity_id = p.id)
), touched AS (
    UPDATE households AS h
    SET version = h.version + 1
    FROM moved
    WHERE h.county = moved.county
      AND h.id = moved.household_id
      AND moved.state = 'done'
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'case_' || step.step, moved.county, 'cases', moved.id, step.note,
           jsonb_build_object('kind', moved.kind, 'accepted', step.accepted, 'state', moved.state, 'household_id', moved.household_id), :request_id
    FROM moved
    CROSS JOIN step
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT 1 FROM moved)
