-- What a payment link opens: for whoever holds the code, so names and phone are masked and no street is told.
WITH purchase AS MATERIALIZED (
    SELECT p.id, p.state, p.total_fen, p.deadline_at, p.paid_at, k.county
    FROM pay_links AS k
    JOIN purchases AS p ON p.buyer_id = k.buyer_id AND p.id = k.purchase_id
    WHERE k.code = :code
)
SELECT CASE WHEN purchase.state = 'awaiting_payment' AND purchase.deadline_at <= :now::timestamptz THEN 'expired' ELSE purchase.state END AS state,
       purchase.total_fen,
       purchase.deadline_at,
       purchase.paid_at,
       s.name AS shop_name,
       masked_name(o.recipient) AS recipient,
       masked_phone(o.phone) AS phone,
       o.county || '-' || o.id AS order_id,
       o.state AS order_state,
       o.goods_fen,
       o.freight_fen,
       o.refunded_fen,
       o.shipped_at,
       o.carrier,
       o.waybill,
       (SELECT json_agg(json_build_object('name', l.name, 'packs', l.packs, 'price_fen', l.price_fen, 'line_gross_fen', l.line_gross_fen)
                        ORDER BY l.position)
        FROM order_lines AS l
        WHERE l.county = o.county AND l.order_id = o.id) AS lines
FROM purchase
JOIN orders AS o ON o.county = purchase.county AND o.purchase_id = purchase.id
JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
