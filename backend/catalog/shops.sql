-- Open shops, newest first, for everyone.
SELECT s.county || '-' || s.id AS shop_id,
       s.name,
       s.kind,
       s.area_code,
       a.name AS area_name,
       c.name AS county_name,
       (SELECT count(*) FROM products AS p WHERE p.county = s.county AND p.shop_id = s.id AND p.state = 'approved') AS products_count,
       s.id::text || ',' || s.county AS cursor
FROM shops AS s
JOIN areas AS a
  ON a.code = s.area_code
JOIN areas AS c
  ON c.code = s.county
WHERE s.state = 'open'
  AND (:area::text IS NULL OR starts_with(s.area_code, :area))
  AND (:cursor::text IS NULL OR (s.id, s.county) < (split_part(:cursor, ',', 1)::uuid, split_part(:cursor, ',', 2)))
ORDER BY s.id DESC, s.county DESC
LIMIT :limit::bigint
