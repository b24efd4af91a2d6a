-- Plans of an area and what lies in it, newest first.
SELECT p.county || '-' || p.id AS plan_id,
       p.area_code,
       a.name AS area_name,
       p.year,
       to_json(p.months_fen) AS months_fen,
       p.source,
       p.entered_at,
       p.id::text AS cursor
FROM sales_plans AS p
JOIN areas AS a
  ON a.code = p.area_code
WHERE p.county = left(:area::text, 6)
  AND starts_with(p.area_code, :area::text)
  AND area_within(:area::text, :actor_areas::text[])
  AND (:year::int IS NULL OR p.year = :year::int)
  AND (:cursor::uuid IS NULL OR p.id < :cursor::uuid)
ORDER BY p.id DESC
LIMIT :limit::bigint
