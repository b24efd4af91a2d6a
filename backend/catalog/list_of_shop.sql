-- Goods of one shop.
SELECT p.county || '-' || p.id AS product_id,
       p.name,
       p.category_code,
       p.county || '-' || p.shop_id AS shop_id,
       s.name AS shop_name,
       s.area_code,
       a.name AS area_name,
       c.name AS county_name,
       o.offer_name,
       o.pack_qty,
       p.base_unit,
       o.price_fen,
       CASE
           WHEN o.left_packs <= 0 THEN 'sold_out'
           WHEN o.left_packs < 20 THEN 'few'
           ELSE 'plenty'
       END AS stock,
       p.id::text || ',' || p.county AS cursor
FROM products AS p
JOIN shops AS s
  ON s.county = p.county
 AND s.id = p.shop_id
JOIN areas AS a
  ON a.code = s.area_code
JOIN areas AS c
  ON c.code = p.county
JOIN LATERAL (
    SELECT f.name AS offer_name,
           f.pack_qty,
           f.price_fen,
           (coalesce(st.on_hand_qty - st.reserved_qty, 0)) / f.pack_qty AS left_packs
    FROM offers AS f
    LEFT JOIN stocks AS st
           ON st.county = f.county
          AND st.product_id = f.product_id
          AND st.grade = f.grade
          AND st.place_id = f.place_id
    WHERE f.county = p.county
      AND f.product_id = p.id
      AND f.listed
    ORDER BY f.price_fen, f.id
    LIMIT 1) AS o
  ON true
WHERE p.state = 'approved'
  AND s.state = 'open'
  AND p.county = :shop_county
  AND p.shop_id = :shop_id::uuid
  AND (:category::text IS NULL OR p.category_code = :category)
  AND (:cursor::text IS NULL OR (p.id, p.county) < (split_part(:cursor, ',', 1)::uuid, split_part(:cursor, ',', 2)))
ORDER BY p.id DESC, p.county DESC
LIMIT :limit::bigint
