-- A random re-check under way, drawn as the product draws it: six registered households, one evaluator, two of them seen.
WITH place AS MATERIALIZED (
    SELECT '621221' AS county, md5('shanhuo demo sample') AS seed, e.id AS evaluator_id, a.id AS auditor_id, last.at, (last.at AT TIME ZONE 'Asia/Shanghai')::date AS today
    FROM accounts AS e
    JOIN accounts AS a
      ON a.login = 'auditor'
    CROSS JOIN (SELECT max(paid_at) AS at FROM orders) AS last
    WHERE e.login = 'evaluator'
), frame AS MATERIALIZED (
    SELECT s.county, s.household_id, h.area_code
    FROM place
    JOIN household_statuses AS s
      ON s.county = place.county
    JOIN households AS h
      ON h.county = s.county
     AND h.id = s.household_id
    WHERE s.status IN ('registered', 'returned')
      AND s.valid @> place.today
      AND upper_inf(s.known)
), drawn AS (
    SELECT f.county, f.household_id, f.area_code,
           row_number() OVER (ORDER BY sha256(convert_to(place.seed || ':' || f.household_id, 'UTF8'))) AS number
    FROM frame AS f
    CROSS JOIN place
    ORDER BY number
    LIMIT 6
), sampled AS (
    INSERT INTO samples (county, id, title, area_code, frame, from_on, to_on, seed, frame_count, frame_hash, due_on, drawn_by, drawn_at)
    SELECT place.county, md5(place.seed || ' id')::uuid, '识别准确率抽查（演示）', place.county, 'households', date_trunc('year', place.today)::date, place.today,
           place.seed, whole.count, whole.hash, place.today + 20, place.auditor_id, place.at
    FROM place
    CROSS JOIN (SELECT count(*) AS count, sha256(convert_to(string_agg(household_id::text, ',' ORDER BY household_id), 'UTF8')) AS hash FROM frame) AS whole
    WHERE whole.count > 0
    RETURNING county, id
)
INSERT INTO sample_cases (county, sample_id, number, subject_id, household_id, area_code, evaluator_id, found, answered_at)
SELECT sampled.county, sampled.id, d.number, d.household_id, d.household_id, d.area_code, place.evaluator_id,
       CASE WHEN d.number <= 2 THEN 'poor' END, CASE WHEN d.number <= 2 THEN place.at END
FROM sampled
CROSS JOIN place
CROSS JOIN drawn AS d
