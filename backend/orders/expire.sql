-- Ends purchases that were not paid in time, a bounded number, and tells what they held (plan.reservations for products/release).
WITH overdue AS MATERIALIZED (
    SELECT p.buyer_id, p.id
    FROM purchases AS p
    WHERE p.state = 'awaiting_payment'
      AND p.deadline_at <= :now::timestamptz
    ORDER BY p.deadline_at
    LIMIT 100
), ended AS (
    UPDATE purchases AS p
    SET state = 'expired',
        ended_at = :now::timestamptz,
        version = p.version + 1
    FROM overdue
    WHERE p.buyer_id = overdue.buyer_id
      AND p.id = overdue.id
      AND p.state = 'awaiting_payment'
    RETURNING p.id, p.counties
), orders_ended AS (
    UPDATE orders AS o
    SET state = 'expired',
        version = o.version + 1
    FROM ended
    WHERE o.county = ANY (ended.counties)
      AND o.purchase_id = ended.id
      AND o.state = 'awaiting_payment'
    RETURNING o.county, o.id, o.state, o.shop_id, o.goods_fen + o.freight_fen AS amount_fen, o.refunded_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id, amount_fen, refunded_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'order', id, state, shop_id, amount_fen, refunded_fen
    FROM orders_ended
), held AS (
    SELECT l.county, l.product_id, l.grade, l.place_id, sum(l.packs * l.pack_qty)::bigint AS quantity_qty
    FROM orders_ended AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    GROUP BY l.county, l.product_id, l.grade, l.place_id
)
SELECT (SELECT count(*) FROM ended) AS purchases_count,
       json_build_object('reservations', coalesce((SELECT json_agg(held) FROM held), '[]')) AS plan
