-- Offers that can be bought, with what a checkout of them holds, as JSON lines; the first of each product.
SELECT json_build_object('offer_id', o.id, 'offer_county', o.county, 'shop_id', o.shop_id, 'product_id', o.product_id, 'grade', o.grade, 'place_id', o.place_id,
    'name', p.name || ' ' || o.name, 'pack_qty', o.pack_qty, 'price_fen', o.price_fen, 'platform_fee_ppm', s.platform_fee_ppm, 'left_qty', st.on_hand_qty - st.reserved_qty)
FROM offers AS o
JOIN products AS p ON p.county = o.county AND p.id = o.product_id AND p.state = 'approved'
JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id AND s.state = 'open'
JOIN stocks AS st ON st.county = o.county AND st.product_id = o.product_id AND st.grade = o.grade AND st.place_id = o.place_id
WHERE o.listed
  AND st.on_hand_qty - st.reserved_qty >= 100 * o.pack_qty
  AND EXISTS (SELECT FROM freight_rules AS f WHERE f.county = s.county AND f.shop_id = s.id AND f.delivered AND starts_with(:'area', f.destination))
ORDER BY o.id
LIMIT 20000
