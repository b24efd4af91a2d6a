-- Facts for ordering one part of an approved list: whether it waits, and what a checkout of its lines knows. Reads without locks.
WITH part AS MATERIALIZED (
    SELECT l.county, l.id, p.part, l.state, l.year, l.proposed_by, p.recipient, p.phone, p.area_code, p.street, p.buyer_id, p.purchase_id
    FROM purchase_lists AS l
    JOIN purchase_list_parts AS p
      ON p.county = l.county
     AND p.list_id = l.id
    JOIN unit_members AS m
      ON m.county = l.county
     AND m.unit_id = l.unit_id
    WHERE l.county = :list_county
      AND l.id = :list_id::uuid
      AND p.part::text = :part
      AND m.account_id = :actor_id::uuid
      AND m.ended_at IS NULL
), bought AS (
    SELECT b.id
    FROM part
    JOIN purchases AS b
      ON b.buyer_id = part.buyer_id
     AND b.id = part.purchase_id
    WHERE b.state IN ('awaiting_payment', 'paid')
), wanted AS MATERIALIZED (
    SELECT w.position, w.offer_county AS county, w.offer_id, w.packs, w.price_fen
    FROM part
    JOIN purchase_list_lines AS w
      ON w.county = part.county
     AND w.list_id = part.id
     AND w.part = part.part
), offered AS MATERIALIZED (
    SELECT w.county, w.offer_id AS id, o.*
    FROM (SELECT DISTINCT county, offer_id FROM wanted) AS w
    CROSS JOIN LATERAL (
        SELECT o.shop_id, s.name AS shop_name, o.product_id, o.grade, o.place_id, p.name || ' ' || o.name AS name, o.pack_qty,
               o.price_fen, o.packs_per_buyer_max, p.gross_weight_ppm, s.platform_fee_ppm,
               o.listed AND p.state = 'approved' AND s.state = 'open' AS on_sale,
               greatest(0, coalesce(st.on_hand_qty - st.reserved_qty, 0)) AS left_qty
        FROM offers AS o
        JOIN products AS p ON p.county = o.county AND p.id = o.product_id
        JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
        LEFT JOIN stocks AS st
               ON st.county = o.county AND st.product_id = o.product_id AND st.grade = o.grade AND st.place_id = o.place_id
        WHERE o.county = w.county
          AND o.id = w.offer_id
        LIMIT 1
    ) AS o
), freight AS (
    SELECT f.county, f.shop_id, f.destination, f.first_g, f.first_fen, f.further_g, f.further_fen, f.delivered
    FROM (SELECT DISTINCT county, shop_id FROM offered) AS s
    JOIN freight_rules AS f ON f.county = s.county AND f.shop_id = s.shop_id
    JOIN part ON starts_with(part.area_code, f.destination)
)
SELECT CASE
           WHEN part.state <> 'approved' OR EXISTS (SELECT FROM bought) THEN 'wrong-state'
       END AS problem,
       part.proposed_by AS buyer_id,
       (SELECT json_agg(json_build_object('offer_county', county, 'offer_id', offer_id, 'packs', packs, 'price_fen', price_fen)
                        ORDER BY position)
        FROM wanted) AS lines,
       json_build_object(
           'payment_deadline_s', :period_payment_deadline_s::bigint,
           'phone_deadline_s', :period_phone_deadline_s::bigint,
           'address', json_build_object('recipient', part.recipient, 'phone', part.phone, 'area_code', part.area_code, 'street', part.street),
           'area_known', EXISTS (SELECT FROM areas AS a WHERE a.code = part.area_code),
           'offers', coalesce((SELECT json_agg(json_build_object(
                         'offer_id', id, 'offer_county', county, 'shop_id', shop_id, 'shop_county', county, 'shop_name', shop_name,
                         'product_id', product_id, 'grade', grade, 'place_id', place_id, 'name', name, 'pack_qty', pack_qty,
                         'price_fen', price_fen, 'packs_per_buyer_max', packs_per_buyer_max, 'gross_weight_ppm', gross_weight_ppm,
                         'platform_fee_ppm', platform_fee_ppm, 'on_sale', on_sale, 'left_qty', left_qty))
                     FROM offered), '[]'),
           'freights', coalesce((SELECT json_agg(json_build_object(
                         'shop_id', shop_id, 'shop_county', county, 'destination', destination, 'first_g', first_g, 'first_fen', first_fen,
                         'further_g', further_g, 'further_fen', further_fen, 'delivered', delivered))
                     FROM freight), '[]')) AS checkout
FROM part
