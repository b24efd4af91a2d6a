-- One product for its page: offers with stock in words, and the lot next in line. Households only as a count, and none below five.
SELECT p.county || '-' || p.id AS product_id,
       p.name,
       p.description,
       p.category_code,
       p.base_unit,
       p.county || '-' || p.shop_id AS shop_id,
       s.name AS shop_name,
       s.area_code,
       a.name AS area_name,
       c.name AS county_name,
       (SELECT coalesce(json_agg(json_build_object(
                   'offer_id', f.county || '-' || f.id,
                   'name', f.name,
                   'grade', f.grade,
                   'pack_qty', f.pack_qty,
                   'price_fen', f.price_fen,
                   'packs_per_buyer_max', f.packs_per_buyer_max,
                   'stock', CASE
                       WHEN coalesce(st.on_hand_qty - st.reserved_qty, 0) < f.pack_qty THEN 'sold_out'
                       WHEN (st.on_hand_qty - st.reserved_qty) / f.pack_qty < 20 THEN 'few'
                       ELSE 'plenty'
                   END) ORDER BY f.price_fen, f.id), '[]'::json)
        FROM offers AS f
        LEFT JOIN stocks AS st
               ON st.county = f.county
              AND st.product_id = f.product_id
              AND st.grade = f.grade
              AND st.place_id = f.place_id
        WHERE f.county = p.county
          AND f.product_id = p.id
          AND f.listed) AS offers,
       lot.harvested_on,
       lot.expires_on,
       lot.grade,
       lot.certificate,
       lot.trace_code,
       CASE WHEN lot.households_count >= 5 THEN lot.households_count::text WHEN lot.households_count > 0 THEN '<5' ELSE '0' END AS households,
       p.photos,
       coalesce(t.reviews_count, 0) AS reviews_count,
       CASE WHEN t.reviews_count > 0 THEN (t.rating_sum * 100 + t.reviews_count / 2) / t.reviews_count END AS rating_hundredths,
       p.version
FROM products AS p
JOIN shops AS s
  ON s.county = p.county
 AND s.id = p.shop_id
JOIN areas AS a
  ON a.code = s.area_code
JOIN areas AS c
  ON c.code = p.county
LEFT JOIN product_ratings AS t
       ON t.county = p.county
      AND t.product_id = p.id
LEFT JOIN LATERAL (
    SELECT l.harvested_on,
           l.expires_on,
           l.grade,
           l.certificate,
           l.trace_code,
           (SELECT count(DISTINCT co.household_id) FROM contributions AS co WHERE co.county = l.county AND co.lot_id = l.id) AS households_count
    FROM lots AS l
    WHERE l.county = p.county
      AND l.product_id = p.id
      AND l.inspection = 'passed'
      AND NOT l.expired
      AND l.on_hand_qty > 0
    ORDER BY l.expires_on NULLS LAST, l.id
    LIMIT 1) AS lot
  ON true
WHERE p.county = :product_county
  AND p.id = :product_id::uuid
  AND p.state = 'approved'
  AND s.state = 'open'
