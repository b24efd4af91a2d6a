-- Samples of a county for those who oversee it, newest first.
SELECT s.county || '-' || s.id AS sample_id,
       s.title,
       s.area_code,
       a.name AS area_name,
       s.frame,
       s.state,
       s.due_on,
       s.drawn_at,
       c.cases_count,
       c.answered_count,
       s.drawn_at || '|' || s.id AS cursor
FROM samples AS s
JOIN areas AS a
  ON a.code = s.area_code
CROSS JOIN LATERAL (SELECT count(*) AS cases_count, count(n.answered_at) AS answered_count
                    FROM sample_cases AS n
                    WHERE n.county = s.county
                      AND n.sample_id = s.id) AS c
WHERE s.county = :county::text
  AND area_within(s.area_code, :actor_areas::text[])
  AND (:cursor::text IS NULL OR s.drawn_at || '|' || s.id < :cursor::text)
ORDER BY s.drawn_at || '|' || s.id DESC
LIMIT :limit::int
