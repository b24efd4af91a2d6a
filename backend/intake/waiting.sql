-- Lots that wait for an inspection in an area, longest waiting first.
SELECT l.county || '-' || l.id AS lot_id,
       l.county || '-' || l.shop_id AS shop_id,
       s.name AS shop_name,
       a.name AS area_name,
       p.name AS product_name,
       p.base_unit,
       l.grade,
       l.harvested_on,
       l.taken_in_at,
       l.taken_in_qty,
       l.taken_in_by = :actor_id::uuid AS is_own_entry,
       l.id::text AS cursor
FROM areas AS c
JOIN lots AS l
  ON l.county = c.code
JOIN shops AS s
  ON s.county = l.county
 AND s.id = l.shop_id
JOIN products AS p
  ON p.county = l.county
 AND p.id = l.product_id
JOIN areas AS a
  ON a.code = s.area_code
WHERE c.kind = 'county'
  AND starts_with(c.code, left(:area::text, 6))
  AND starts_with(s.area_code, :area::text)
  AND (area_within(:area::text, :actor_areas::text[]) OR l.shop_id = ANY (:actor_organisations::uuid[]))
  AND l.inspection = 'waiting'
  AND (:cursor::uuid IS NULL OR l.id > :cursor::uuid)
ORDER BY l.id
LIMIT :limit::bigint
