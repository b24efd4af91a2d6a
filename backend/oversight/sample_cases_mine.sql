-- Whom an evaluator still has to see, and what was already answered. What the books say stays hidden, before and after.
SELECT s.county || '-' || s.id AS sample_id,
       s.title,
       s.frame,
       s.from_on,
       s.to_on,
       s.due_on,
       s.state,
       n.number,
       h.head_name_masked AS head_masked,
       n.area_code,
       a.name AS area_name,
       n.found,
       n.found_fen,
       n.words,
       n.answered_at,
       (n.answered_at IS NOT NULL)::int || '|' || s.due_on || '|' || s.id || '|' || lpad(n.number::text, 5, '0') AS cursor
FROM sample_cases AS n
JOIN samples AS s
  ON s.county = n.county
 AND s.id = n.sample_id
JOIN registry_households_masked AS h
  ON h.county = n.county
 AND h.id = n.household_id
JOIN areas AS a
  ON a.code = n.area_code
WHERE n.evaluator_id = :actor_id::uuid
  AND area_within(n.area_code, :actor_areas::text[])
  AND (:cursor::text IS NULL
       OR (n.answered_at IS NOT NULL)::int || '|' || s.due_on || '|' || s.id || '|' || lpad(n.number::text, 5, '0') > :cursor::text)
ORDER BY (n.answered_at IS NOT NULL)::int || '|' || s.due_on || '|' || s.id || '|' || lpad(n.number::text, 5, '0')
LIMIT :limit::int
