-- Cases of a sample for those who oversee it: until it is closed only who sees whom, and whether that is done.
SELECT n.number,
       n.county || '-' || n.household_id AS household_id,
       h.head_name_masked AS head_masked,
       n.area_code,
       a.name AS area_name,
       evaluator.display_name AS evaluator_name,
       n.answered_at,
       CASE WHEN s.state = 'closed' THEN n.found END AS found,
       CASE WHEN s.state = 'closed' THEN n.found_fen END AS found_fen,
       CASE WHEN s.state = 'closed' THEN n.recorded_fen END AS recorded_fen,
       CASE WHEN s.state = 'closed' THEN n.words END AS words,
       n.is_right,
       lpad(n.number::text, 5, '0') AS cursor
FROM samples AS s
JOIN sample_cases AS n
  ON n.county = s.county
 AND n.sample_id = s.id
JOIN registry_households_masked AS h
  ON h.county = n.county
 AND h.id = n.household_id
JOIN areas AS a
  ON a.code = n.area_code
LEFT JOIN accounts AS evaluator
       ON evaluator.id = n.evaluator_id
WHERE s.county = :sample_county
  AND s.id = :sample_id::uuid
  AND area_within(s.area_code, :actor_areas::text[])
  AND (:cursor::text IS NULL OR lpad(n.number::text, 5, '0') > :cursor::text)
ORDER BY lpad(n.number::text, 5, '0')
LIMIT :limit::int
