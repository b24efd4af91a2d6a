-- The campaigns of a county, or of all, the latest first.
SELECT c.county || '-' || c.id AS campaign_id,
       c.county,
       a.name AS county_name,
       c.template,
       c.title,
       c.starts_on,
       c.ends_on,
       c.goal_fen,
       c.starts_on || '|' || c.id AS cursor
FROM campaigns AS c
JOIN areas AS a
  ON a.code = c.county
WHERE (:county::text IS NULL OR c.county = :county)
  AND (:cursor::text IS NULL
       OR (c.starts_on, c.id) < (split_part(:cursor::text, '|', 1)::date, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY c.starts_on DESC, c.id DESC
LIMIT :limit::int
