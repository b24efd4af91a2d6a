-- Receipt by itself: what was shipped long enough ago and nobody asks to return. A bounded number.
WITH overdue AS MATERIALIZED (
    SELECT o.county, o.id
    FROM orders AS o
    WHERE o.state = 'shipped'
      AND o.shipped_at <= :now::timestamptz - :period_receipt_s::bigint * interval '1 second'
      AND NOT EXISTS (SELECT 1 FROM returns AS r WHERE r.county = o.county AND r.order_id = o.id AND r.state = 'open')
    ORDER BY o.shipped_at
    LIMIT 500
), received AS (
    UPDATE orders AS o
    SET state = 'received',
        received_at = :now::timestamptz,
        received_by = 'job',
        version = o.version + 1
    FROM overdue
    WHERE o.county = overdue.county
      AND o.id = overdue.id
      AND o.state = 'shipped'
    RETURNING o.county, o.id, o.state, o.shop_id, o.goods_fen + o.freight_fen AS amount_fen, o.refunded_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id, amount_fen, refunded_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'order', id, state, shop_id, amount_fen, refunded_fen
    FROM received
)
SELECT count(*) AS orders_count
FROM received
