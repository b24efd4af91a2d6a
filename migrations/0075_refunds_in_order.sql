-- A refund shares its odd fen in the order its rows were sold: members of a cooperative share one allocation, so its id alone left the order
-- to where the rows lie on disk.
CREATE OR REPLACE VIEW orders_refundable AS
    SELECT o.county, o.id AS order_id, o.buyer_id, o.shop_id,
           json_build_object('order_id', o.id, 'order_county', o.county, 'shop_id', o.shop_id, 'area_code', s.area_code,
               'state', o.state, 'goods_fen', o.goods_fen, 'freight_fen', o.freight_fen, 'refunded_fen', o.refunded_fen,
               'provider', y.provider, 'payment_reference', y.reference, 'lines', l.lines) AS facts
    FROM orders AS o
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    LEFT JOIN payments AS y ON y.buyer_id = o.buyer_id AND y.purchase_id = o.purchase_id AND y.state = 'confirmed'
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_object('order_line_id', l.id, 'product_id', l.product_id, 'grade', l.grade, 'place_id', l.place_id,
                   'packs', l.packs, 'served_packs', l.served_packs, 'refunded_packs', l.refunded_packs,
                   'line_gross_fen', l.line_gross_fen, 'refunded_fen', l.refunded_fen, 'spared_fen', l.spared_fen,
                   'sold', coalesce(x.sold, '[]'), 'dues', coalesce(x.dues, '[]'), 'sources', coalesce(g.sources, '[]'))
                   ORDER BY l.position) AS lines
        FROM order_lines AS l
        CROSS JOIN LATERAL (
            SELECT json_agg(x.sold ORDER BY x.allocation_id, x.sold -> 'row' ->> 'attribution_id') AS sold,
                   json_agg(json_build_object('due_id', x.due_id, 'settled', x.due_is_settled))
                       FILTER (WHERE x.due_id IS NOT NULL) AS dues
            FROM orders_sold_rows AS x
            WHERE x.county = l.county AND x.order_line_id = l.id
        ) AS x
        CROSS JOIN LATERAL (
            SELECT json_agg(json_build_object('allocation_id', a.id, 'lot_id', a.lot_id, 'contribution_id', a.contribution_id,
                       'sellable', t.inspection = 'passed' AND NOT t.expired)) AS sources
            FROM allocations AS a
            JOIN lots AS t ON t.county = a.county AND t.id = a.lot_id
            WHERE a.county = l.county AND a.order_line_id = l.id AND a.quantity_qty > 0
        ) AS g
        WHERE l.county = o.county AND l.order_id = o.id
    ) AS l;
