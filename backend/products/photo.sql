-- A photo of a product for its shop and the county, also while the product is not for the public.
WITH shown AS MATERIALIZED (
    SELECT :photo_id::uuid AS photo_id
    FROM products AS p
    WHERE p.county = :product_county
      AND p.id = :product_id::uuid
      AND (p.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(p.county, :actor_areas::text[]))
      AND p.photos @> jsonb_build_array(jsonb_build_object('photo_id', :photo_id::uuid))
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
