-- Every product of an operator's own shop in any state, or one of them, with its stock and what its page tells.
SELECT p.county || '-' || p.id AS product_id,
       p.handle,
       p.name,
       p.category_code,
       p.base_unit,
       p.state,
       p.description,
       p.gross_weight_ppm,
       p.photos,
       p.cover_photo_id,
       p.version,
       (SELECT coalesce(sum(st.on_hand_qty), 0)::bigint FROM stocks AS st WHERE st.county = p.county AND st.product_id = p.id) AS on_hand_qty,
       (SELECT coalesce(sum(st.reserved_qty), 0)::bigint FROM stocks AS st WHERE st.county = p.county AND st.product_id = p.id) AS reserved_qty,
       p.id::text AS cursor
FROM products AS p
WHERE p.county = :shop_county
  AND p.shop_id = :shop_id::uuid
  AND (p.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(p.county, :actor_areas::text[]))
  AND (:product_id::uuid IS NULL OR p.county = :product_county AND p.id = :product_id::uuid)
  AND (:cursor::uuid IS NULL OR p.id > :cursor::uuid)
ORDER BY p.id
LIMIT :limit::bigint
