-- What counties of an area owe and handed in, newest month first: handed in, late, due or missing. What is only prepared is not handed in.
SELECT s.county,
       a.name AS county_name,
       to_char(s.month, 'YYYY-MM') AS month,
       s.due_at,
       CASE
           WHEN s.id IS NULL AND s.due_at <= :now::timestamptz THEN 'missing'
           WHEN s.id IS NULL THEN 'due'
           WHEN s.first_submitted_at > s.due_at THEN 'late'
           ELSE 'submitted'
       END AS state,
       s.county || '-' || s.id AS statement_id,
       s.edition,
       s.first_submitted_at,
       s.submitted_at,
       s.hash,
       s.escalated_at,
       s.county || '-' || p.id AS prepared_id,
       prepared.display_name AS prepared_by,
       p.prepared_at,
       to_char(s.month, 'YYYY-MM') || '|' || s.county AS cursor
FROM reporting_statements AS s
JOIN areas AS a
  ON a.code = s.county
LEFT JOIN county_statements AS p
       ON p.county = s.county
      AND p.month = s.month
      AND p.state = 'prepared'
LEFT JOIN accounts AS prepared
       ON prepared.id = p.prepared_by
WHERE area_within(s.county, :actor_areas::text[])
  AND starts_with(s.county, left(:area::text, 6))
  AND (:first::date IS NULL OR s.month = :first::date)
  AND (:state::text IS NULL
       OR :state::text = CASE
                             WHEN s.id IS NULL AND s.due_at <= :now::timestamptz THEN 'missing'
                             WHEN s.id IS NULL THEN 'due'
                             WHEN s.first_submitted_at > s.due_at THEN 'late'
                             ELSE 'submitted'
                         END)
  AND (:cursor::text IS NULL
       OR s.month < (split_part(:cursor::text, '|', 1) || '-01')::date
       OR s.month = (split_part(:cursor::text, '|', 1) || '-01')::date AND s.county > split_part(:cursor::text, '|', 2))
ORDER BY s.month DESC, s.county
LIMIT :limit::int
