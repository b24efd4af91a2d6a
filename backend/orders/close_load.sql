-- Orders whose return window has ended without an open return, a bounded number, with what each of them releases.
WITH ripe AS MATERIALIZED (
    SELECT o.county, o.id, o.shop_id, o.freight_fen, o.refunded_fen
    FROM orders AS o
    WHERE o.state = 'received'
      AND o.received_at <= :now::timestamptz - :period_return_window_s::bigint * interval '1 second'
      AND NOT EXISTS (SELECT 1 FROM returns AS r WHERE r.county = o.county AND r.order_id = o.id AND r.state = 'open')
    ORDER BY o.received_at
    LIMIT 50
), row_of AS MATERIALIZED (
    SELECT ripe.county, ripe.id, a.household_id, a.supplier_id, u.kind, a.gross_fen, a.due_fen, a.fee_fen, a.freight_fen, a.margin_fen
    FROM ripe
    JOIN order_lines AS l ON l.county = ripe.county AND l.order_id = ripe.id
    JOIN attributions AS a ON a.county = l.county AND a.order_line_id = l.id
    JOIN suppliers AS u ON u.county = a.county AND u.id = a.supplier_id
), due AS (
    SELECT county, id,
           CASE WHEN household_id IS NOT NULL THEN 'household_payable' WHEN kind = 'cooperative' THEN 'cooperative'
                ELSE 'supplier_payable' END AS account_kind,
           coalesce(household_id, supplier_id) AS holder, sum(due_fen) AS amount_fen
    FROM row_of
    GROUP BY 1, 2, 3, 4
    HAVING sum(due_fen) <> 0
), due_list AS (
    SELECT county, id,
           json_agg(json_build_object('account_kind', account_kind, 'holder', holder, 'amount_fen', amount_fen)
                    ORDER BY account_kind, holder) AS dues
    FROM due
    GROUP BY county, id
), part AS (
    SELECT county, id, sum(gross_fen) AS gross_fen, sum(fee_fen) AS fee_fen, sum(freight_fen) AS freight_fen, sum(margin_fen) AS margin_fen
    FROM row_of
    GROUP BY county, id
), refunded AS (
    SELECT l.county, l.order_id, sum(l.refunded_fen) AS lines_refunded_fen
    FROM ripe
    JOIN order_lines AS l ON l.county = ripe.county AND l.order_id = ripe.id
    GROUP BY l.county, l.order_id
)
SELECT json_build_object('orders', coalesce(json_agg(json_build_object('order_id', ripe.id, 'order_county', ripe.county,
           'shop_id', ripe.shop_id, 'refunded_fen', ripe.refunded_fen,
           'buyer_freight_fen', ripe.freight_fen - (ripe.refunded_fen - refunded.lines_refunded_fen),
           'gross_fen', coalesce(part.gross_fen, 0), 'fee_fen', coalesce(part.fee_fen, 0), 'freight_fen', coalesce(part.freight_fen, 0),
           'margin_fen', coalesce(part.margin_fen, 0), 'dues', coalesce(due_list.dues, '[]'))
           ORDER BY ripe.county, ripe.id), '[]')) AS facts
FROM ripe
JOIN refunded ON refunded.county = ripe.county AND refunded.order_id = ripe.id
LEFT JOIN part ON part.county = ripe.county AND part.id = ripe.id
LEFT JOIN due_list ON due_list.county = ripe.county AND due_list.id = ripe.id
