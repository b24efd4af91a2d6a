-- Lots of a shop for its operators and the county, newest first.
SELECT l.county || '-' || l.id AS lot_id,
       l.county || '-' || l.product_id AS product_id,
       p.name AS product_name,
       p.base_unit,
       l.grade,
       l.harvested_on,
       l.expires_on,
       l.taken_in_at,
       l.taken_in_qty,
       l.sold_qty,
       l.on_hand_qty,
       l.lost_qty,
       l.withdrawn_qty,
       l.inspection,
       l.expired,
       l.trace_code,
       l.id::text AS cursor
FROM lots AS l
JOIN products AS p
  ON p.county = l.county
 AND p.id = l.product_id
WHERE l.county = :shop_county
  AND l.shop_id = :shop_id::uuid
  AND (l.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(l.county, :actor_areas::text[]))
  AND (:inspection::text IS NULL OR l.inspection = :inspection::text)
  AND (:cursor::uuid IS NULL OR l.id < :cursor::uuid)
ORDER BY l.id DESC
LIMIT :limit::bigint
