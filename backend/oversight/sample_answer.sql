-- Writes down what an evaluator found at a household, once.
WITH mine AS MATERIALIZED (
    SELECT n.county, n.sample_id, n.number, n.answered_at, s.state, s.frame
    FROM sample_cases AS n
    JOIN samples AS s
      ON s.county = n.county
     AND s.id = n.sample_id
    WHERE n.county = :sample_county
      AND n.sample_id = :sample_id::uuid
      AND n.number::text = :number
      AND n.evaluator_id = :actor_id::uuid
      AND area_within(n.area_code, :actor_areas::text[])
), fault AS (
    SELECT CASE
               WHEN :found <> 'not_found' AND (:found = 'paid') <> (mine.frame = 'payments') THEN '/found'
               WHEN (:found = 'paid') <> (:found_fen::bigint IS NOT NULL) THEN '/found_fen'
           END AS pointer
    FROM mine
), answered AS (
    UPDATE sample_cases AS n
    SET found = :found,
        found_fen = CASE WHEN :found = 'paid' THEN :found_fen::bigint END,
        words = :words::text,
        answered_at = :now::timestamptz
    FROM mine
    CROSS JOIN fault
    WHERE n.county = mine.county
      AND n.sample_id = mine.sample_id
      AND n.number = mine.number
      AND n.answered_at IS NULL
      AND mine.state = 'open'
      AND fault.pointer IS NULL
    RETURNING n.county, n.sample_id, n.number, n.found, n.answered_at
)
SELECT CASE
           WHEN fault.pointer IS NOT NULL THEN 'invalid'
           WHEN answered.number IS NULL THEN 'wrong-state'
       END AS problem,
       fault.pointer AS problem_pointer,
       answered.county || '-' || answered.sample_id AS sample_id,
       answered.number,
       answered.found,
       answered.answered_at
FROM mine
CROSS JOIN fault
LEFT JOIN answered
       ON answered.county = mine.county
      AND answered.sample_id = mine.sample_id
