-- Facts for taking in a lot: the product is of the operator's open shop; each contribution's supplier, agreement in force and capacity.
SELECT s.station_id AS shop_station_id,
       p.category_code,
       c.covered,
       p.state AS product_state,
       s.area_code,
       EXISTS (
           SELECT 1
           FROM stations AS st
           WHERE st.county = s.county
             AND st.id = coalesce(:place_id::uuid, s.station_id)
             AND st.state = 'open'
       ) AS place_open,
       EXISTS (
           SELECT 1
           FROM lots AS l
           WHERE l.county = s.county
             AND l.slip_id = :slip_id::uuid
       ) AS slip_known,
       (SELECT coalesce(json_agg(json_build_object(
                   'position', wanted.position,
                   'known', su.id IS NOT NULL AND su.state = 'active',
                   'household_id', su.household_id,
                   'area_code', su.area_code,
                   'agreement_id', a.id,
                   'agreement_version', a.version,
                   'price_rule', a.price_rule,
                   'floor_price_fen', a.floor_price_fen,
                   'price_qty', a.price_qty,
                   'share_ppm', a.share_ppm,
                   'produce_qty_max', cap.produce_qty_max,
                   'delivered_qty', (
                       SELECT coalesce(sum(co.quantity_qty), 0)::bigint
                       FROM contributions AS co
                       JOIN lots AS l
                         ON l.county = co.county
                        AND l.id = co.lot_id
                       JOIN products AS lp
                         ON lp.county = l.county
                        AND lp.id = l.product_id
                       WHERE co.county = s.county
                         AND co.household_id = su.household_id
                         AND co.delivered_on >= make_date(extract(year FROM :today::date)::int, 1, 1)
                         AND lp.category_code = p.category_code
                         AND l.inspection <> 'rejected'
                   )) ORDER BY wanted.position), '[]'::json)
        FROM (SELECT (row_number() OVER ())::int - 1 AS position, item
              FROM jsonb_array_elements(:body::jsonb -> 'contributions') AS item) AS wanted
        LEFT JOIN suppliers AS su
               ON su.county = s.county
              AND su.county = wanted.item ->> 'supplier_county'
              AND su.id = (wanted.item ->> 'supplier_id')::uuid
        LEFT JOIN LATERAL (
            SELECT la.id, la.version, la.price_rule, la.floor_price_fen, la.price_qty, la.share_ppm
            FROM link_agreements AS la
            WHERE la.county = s.county
              AND la.household_id = su.household_id
              AND la.counterparty_id = s.id
              AND la.state = 'in_force'
              AND la.mode IN ('purchase', 'trusteeship')
              AND la.valid_from <= :today::date
              AND (la.valid_to IS NULL OR la.valid_to > :today::date)
              AND (la.category_code IS NULL OR la.category_code = p.category_code)
            ORDER BY la.category_code NULLS LAST, la.signed_at DESC
            LIMIT 1) AS a
               ON true
        LEFT JOIN household_capacities AS cap
               ON cap.county = s.county
              AND cap.household_id = su.household_id
              AND cap.category_code = p.category_code
              AND cap.year = extract(year FROM :today::date)::int) AS contributions
FROM products AS p
JOIN shops AS s
  ON s.county = p.county
 AND s.id = p.shop_id
JOIN categories AS c
  ON c.code = p.category_code
WHERE p.county = :product_county
  AND p.id = :product_id::uuid
  AND p.county = :shop_county
  AND s.id = :shop_id::uuid
  AND s.id = ANY (:actor_organisations::uuid[])
  AND s.state = 'open'
