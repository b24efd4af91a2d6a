-- Draws a sample: the first of the frame by a hash of a seed nobody could choose, spread over the evaluators in turn.
WITH place AS MATERIALIZED (
    SELECT a.code, left(a.code, 6) AS county, gen_random_uuid()::text AS seed
    FROM registry_area_names AS a
    WHERE a.code = :area_code::text
      AND length(a.code) >= 6
      AND area_within(a.code, :actor_areas::text[])
), evaluator AS MATERIALIZED (
    SELECT e.account_id, e.place - 1 AS turn
    FROM jsonb_array_elements(:evaluators::jsonb) WITH ORDINALITY AS x (item, place)
    CROSS JOIN LATERAL (SELECT (x.item ->> 'account_id')::uuid AS account_id, x.place) AS e
), able AS (
    SELECT count(DISTINCT e.account_id) AS count
    FROM evaluator AS e
    JOIN role_grants AS g
      ON g.account_id = e.account_id
     AND g.role = 'evaluator'
     AND g.revoked_at IS NULL
     AND g.valid_from <= :today::date
     AND (g.valid_to IS NULL OR g.valid_to > :today::date)
    JOIN place
      ON g.area_code IS NULL AND g.organisation_id IS NULL
      OR starts_with(place.code, g.area_code)
    WHERE e.account_id <> :actor_id::uuid
), frame AS MATERIALIZED (
    SELECT h.county, s.household_id AS subject_id, s.household_id, h.area_code, NULL::bigint AS recorded_fen
    FROM place
    JOIN household_statuses AS s
      ON s.county = place.county
     AND upper_inf(s.known)
     AND (:frame = 'households' AND s.status IN ('registered', 'returned') AND s.valid @> :to_on::date
          OR :frame = 'exits' AND s.status = 'exited_supported' AND lower(s.valid) BETWEEN :from_on::date AND :to_on::date)
    JOIN households AS h
      ON h.county = s.county
     AND h.id = s.household_id
     AND starts_with(h.area_code, place.code)
    WHERE :frame IN ('households', 'exits')
    UNION ALL
    SELECT i.county, i.id, i.payee_id, h.area_code, i.amount_fen
    FROM place
    JOIN payout_items AS i
      ON i.county = place.county
     AND i.state = 'paid'
     AND i.payee_kind = 'household'
     AND i.result_on BETWEEN :from_on::date AND :to_on::date
    JOIN households AS h
      ON h.county = i.county
     AND h.id = i.payee_id
     AND starts_with(h.area_code, place.code)
    WHERE :frame = 'payments'
), drawn AS MATERIALIZED (
    SELECT f.*, row_number() OVER (ORDER BY sha256(convert_to(place.seed || ':' || f.subject_id, 'UTF8')), f.subject_id) AS number
    FROM frame AS f
    CROSS JOIN place
    ORDER BY number
    LIMIT :size::int
), sampled AS (
    INSERT INTO samples (county, id, title, area_code, frame, from_on, to_on, seed, frame_count, frame_hash, due_on, drawn_by, drawn_at)
    SELECT place.county, :new_id::uuid, :title, place.code, :frame, :from_on::date, :to_on::date, place.seed, whole.count, whole.hash, :due_on::date,
           :actor_id::uuid, :now::timestamptz
    FROM place
    CROSS JOIN (SELECT count(*) AS count, sha256(convert_to(string_agg(subject_id::text, ',' ORDER BY subject_id), 'UTF8')) AS hash FROM frame) AS whole
    WHERE whole.count > 0
      AND (SELECT count FROM able) = (SELECT count(*) FROM evaluator)
    RETURNING county, id, frame_count
), cased AS (
    INSERT INTO sample_cases (county, sample_id, number, subject_id, household_id, area_code, recorded_fen, evaluator_id)
    SELECT sampled.county, sampled.id, d.number, d.subject_id, d.household_id, d.area_code, d.recorded_fen, e.account_id
    FROM sampled
    CROSS JOIN drawn AS d
    JOIN evaluator AS e
      ON e.turn = (d.number - 1) % (SELECT count(*) FROM evaluator)
    RETURNING 1
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'sample_drawn', county, 'samples', id,
           jsonb_build_object('frame', :frame::text, 'size', :size::int), :request_id
    FROM sampled
)
SELECT CASE
           WHEN sampled.id IS NOT NULL THEN NULL
           WHEN place.code IS NULL THEN 'not-found'
           WHEN (SELECT count FROM able) < (SELECT count(*) FROM evaluator) THEN 'invalid'
           ELSE 'wrong-state'
       END AS problem,
       CASE WHEN place.code IS NOT NULL AND sampled.id IS NULL THEN '/evaluators' END AS problem_pointer,
       sampled.county || '-' || sampled.id AS sample_id,
       sampled.frame_count,
       (SELECT count(*) FROM cased) AS cases_count
FROM (SELECT) AS always
LEFT JOIN place
       ON true
LEFT JOIN sampled
       ON true
