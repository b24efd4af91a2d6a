-- A photo of a return, for those who may see the order: its buyer, the shop, the county.
WITH shown AS MATERIALIZED (
    SELECT :photo_id::uuid AS photo_id
    FROM orders AS o
    JOIN returns AS r
      ON r.county = o.county
     AND r.order_id = o.id
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND (o.buyer_id = :actor_id::uuid OR o.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(o.county, :actor_areas::text[]))
      AND r.photos @> jsonb_build_array(jsonb_build_object('photo_id', :photo_id::uuid))
)
SELECT f.bytes,
       'image/webp' AS content_type
FROM shown
JOIN photo_files AS f
  ON f.photo_id = shown.photo_id
WHERE f.format = 'webp'
  AND f.size <= coalesce(:size::int, 640)
ORDER BY f.size DESC
LIMIT 1
