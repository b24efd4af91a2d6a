-- Every offer of an operator's own shop, listed or not.
SELECT f.county || '-' || f.id AS offer_id,
       f.county || '-' || f.product_id AS product_id,
       p.name AS product_name,
       p.base_unit,
       f.sku,
       f.name,
       f.grade,
       f.place_id,
       f.pack_qty,
       f.price_fen,
       f.packs_per_buyer_max,
       f.listed,
       f.version,
       coalesce(st.on_hand_qty - st.reserved_qty, 0) AS free_qty,
       f.id::text AS cursor
FROM offers AS f
JOIN products AS p
  ON p.county = f.county
 AND p.id = f.product_id
LEFT JOIN stocks AS st
       ON st.county = f.county
      AND st.product_id = f.product_id
      AND st.grade = f.grade
      AND st.place_id = f.place_id
WHERE f.county = :shop_county
  AND f.shop_id = :shop_id::uuid
  AND (f.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(f.county, :actor_areas::text[]))
  AND (:cursor::uuid IS NULL OR f.id > :cursor::uuid)
ORDER BY f.id
LIMIT :limit::bigint
