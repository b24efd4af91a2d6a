-- Closes a sample whose cases are all answered: results can be seen from now on, and each case that disagrees with the books becomes a finding.
WITH seen AS MATERIALIZED (
    SELECT s.county, s.id, s.frame, s.state, c.is_complete, c.is_evaluator
    FROM samples AS s
    CROSS JOIN LATERAL (SELECT bool_and(n.answered_at IS NOT NULL) AS is_complete, bool_or(n.evaluator_id = :actor_id::uuid) AS is_evaluator
                        FROM sample_cases AS n
                        WHERE n.county = s.county
                          AND n.sample_id = s.id) AS c
    WHERE s.county = :sample_county
      AND s.id = :sample_id::uuid
      AND area_within(s.area_code, :actor_areas::text[])
), closed AS (
    UPDATE samples AS s
    SET state = 'closed',
        closed_at = :now::timestamptz,
        version = s.version + 1
    FROM seen
    WHERE s.county = seen.county
      AND s.id = seen.id
      AND s.state = 'open'
      AND seen.is_complete
      AND NOT seen.is_evaluator
    RETURNING s.county, s.id, s.frame, s.version
), judged AS (
    UPDATE sample_cases AS n
    SET is_right = CASE closed.frame
                       WHEN 'households' THEN n.found = 'poor'
                       WHEN 'exits' THEN n.found = 'not_poor'
                       ELSE n.found = 'paid' AND n.found_fen = n.recorded_fen
                   END
    FROM closed
    WHERE n.county = closed.county
      AND n.sample_id = closed.id
    RETURNING n.county, n.sample_id, n.number, n.household_id, n.area_code, n.found, n.found_fen, n.recorded_fen, n.is_right
), opened AS (
    INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, detail, opened_by, opened_at)
    SELECT DISTINCT ON (j.household_id) j.county, gen_random_uuid(), 'audit', 'sample_differs', j.area_code, 'households', j.household_id,
           jsonb_build_object('sample_id', j.county || '-' || j.sample_id, 'number', j.number, 'found', j.found, 'found_fen', j.found_fen,
                              'recorded_fen', j.recorded_fen), :actor_id::uuid, :now::timestamptz
    FROM judged AS j
    WHERE NOT j.is_right
    ORDER BY j.household_id, j.number
    ON CONFLICT (county, subject_id, rule) WHERE state = 'open' DO NOTHING
    RETURNING 1
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'sample_closed', county, 'samples', id, :request_id
    FROM closed
)
SELECT CASE
           WHEN closed.id IS NOT NULL THEN NULL
           WHEN seen.is_evaluator THEN 'own-entry'
           ELSE 'wrong-state'
       END AS problem,
       closed.county || '-' || closed.id AS sample_id,
       'closed' AS state,
       (SELECT count(*) FROM judged WHERE is_right) AS right_count,
       (SELECT count(*) FROM opened) AS findings_count
FROM seen
LEFT JOIN closed
       ON closed.county = seen.county
      AND closed.id = seen.id
