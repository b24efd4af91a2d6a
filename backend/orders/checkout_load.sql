-- Facts for a checkout: every offer asked for as it stands now, the address, and the freight rules that reach it. Reads without locks.
WITH wanted AS (
    SELECT DISTINCT l.offer_county AS county, l.offer_id
    FROM jsonb_to_recordset(:body::jsonb -> 'lines') AS l (offer_county text, offer_id uuid)
), address AS (
    SELECT a.recipient, a.phone, a.area_code, a.street
    FROM addresses AS a
    WHERE a.buyer_id = :actor_id::uuid
      AND a.id = :address_id::uuid
    UNION ALL
    SELECT a.recipient, a.phone, a.area_code, a.street
    FROM jsonb_to_record(:body::jsonb -> 'address') AS a (recipient text, phone text, area_code text, street text)
    WHERE a.recipient IS NOT NULL
      AND :address_id::uuid IS NULL
), offered AS MATERIALIZED (
    /* One lookup a line: an estimate of a hundred lines would read whole tables instead. */
    SELECT w.county, w.offer_id AS id, o.*
    FROM wanted AS w
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
    JOIN address AS a ON starts_with(a.area_code, f.destination)
)
SELECT :period_payment_deadline_s::bigint AS payment_deadline_s,
       :period_phone_deadline_s::bigint AS phone_deadline_s,
       (SELECT to_json(address) FROM address) AS address,
       EXISTS (SELECT 1 FROM address AS a JOIN areas ON areas.code = a.area_code) AS area_known,
       coalesce((SELECT json_agg(json_build_object(
                     'offer_id', id, 'offer_county', county, 'shop_id', shop_id, 'shop_county', county, 'shop_name', shop_name,
                     'product_id', product_id, 'grade', grade, 'place_id', place_id, 'name', name, 'pack_qty', pack_qty,
                     'price_fen', price_fen, 'packs_per_buyer_max', packs_per_buyer_max, 'gross_weight_ppm', gross_weight_ppm,
                     'platform_fee_ppm', platform_fee_ppm, 'on_sale', on_sale, 'left_qty', left_qty))
                 FROM offered), '[]') AS offers,
       coalesce((SELECT json_agg(json_build_object(
                     'shop_id', shop_id, 'shop_county', county, 'destination', destination, 'first_g', first_g, 'first_fen', first_fen,
                     'further_g', further_g, 'further_fen', further_fen, 'delivered', delivered))
                 FROM freight), '[]') AS freights
