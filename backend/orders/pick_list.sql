-- What to fetch from where for the parcels that wait, or for the paid ones named: by place and lot, first expired first, quantities summed,
-- with the line each part is for.
WITH shop AS MATERIALIZED (
    SELECT s.county, s.id, s.name
    FROM shops AS s
    WHERE s.county = :shop_county
      AND s.id = :shop_id::uuid
      AND s.id = ANY (:actor_organisations::uuid[])
), wanted AS MATERIALIZED (
    SELECT o.county, o.id, o.recipient, o.paid_at, o.packed_at
    FROM shop
    JOIN orders AS o ON o.county = shop.county AND o.shop_id = shop.id AND o.state = 'paid'
    WHERE CASE WHEN :order_ids::uuid[] IS NULL THEN o.packed_at IS NULL ELSE o.id = ANY (:order_ids::uuid[]) END
    ORDER BY o.paid_at, o.id
    LIMIT 100
), part AS MATERIALIZED (
    SELECT l.county, l.order_id, l.id AS line_id, l.name, l.product_id, l.place_id, a.lot_id, sum(a.quantity_qty)::bigint AS quantity_qty
    FROM wanted
    JOIN order_lines AS l ON l.county = wanted.county AND l.order_id = wanted.id
    JOIN allocations AS a ON a.county = l.county AND a.order_line_id = l.id
    GROUP BY l.county, l.order_id, l.id, l.name, l.product_id, l.place_id, a.lot_id
    HAVING sum(a.quantity_qty) > 0
), fetched AS (
    SELECT part.county, part.lot_id, part.place_id, part.product_id, sum(part.quantity_qty)::bigint AS quantity_qty,
           json_agg(json_build_object('order_id', part.county || '-' || part.order_id, 'order_line_id', part.county || '-' || part.line_id,
                        'name', part.name, 'quantity_qty', part.quantity_qty) ORDER BY part.order_id, part.line_id) AS lines
    FROM part
    GROUP BY part.county, part.lot_id, part.place_id, part.product_id
)
SELECT shop.county || '-' || shop.id AS shop_id,
       shop.name AS shop_name,
       (SELECT coalesce(json_agg(json_build_object('place_id', f.place_id, 'place_name', st.name, 'lot_id', f.county || '-' || f.lot_id,
                   'trace_code', t.trace_code, 'product_name', p.name, 'base_unit', p.base_unit, 'grade', t.grade,
                   'harvested_on', t.harvested_on, 'expires_on', t.expires_on, 'quantity_qty', f.quantity_qty, 'lines', f.lines)
                   ORDER BY st.name, t.expires_on NULLS LAST, t.id), '[]')
        FROM fetched AS f
        JOIN lots AS t ON t.county = f.county AND t.id = f.lot_id
        JOIN products AS p ON p.county = f.county AND p.id = f.product_id
        JOIN stations AS st ON st.county = f.county AND st.id = f.place_id) AS lots,
       (SELECT coalesce(json_agg(json_build_object('order_id', w.county || '-' || w.id, 'recipient', masked_name(w.recipient),
                   'paid_at', w.paid_at, 'packed_at', w.packed_at, 'lines', n.lines) ORDER BY w.paid_at, w.id), '[]')
        FROM wanted AS w
        CROSS JOIN LATERAL (
            SELECT json_agg(json_build_object('order_line_id', l.county || '-' || l.id, 'name', l.name,
                                'packs', l.served_packs - l.refunded_packs) ORDER BY l.position) AS lines
            FROM order_lines AS l
            WHERE l.county = w.county AND l.order_id = w.id) AS n) AS orders
FROM shop
