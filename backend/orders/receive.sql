-- The buyer has the parcel; the return window begins.
WITH placed AS (
    SELECT o.county, o.id
    FROM orders AS o
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.buyer_id = :actor_id::uuid
), received AS (
    UPDATE orders AS o
    SET state = 'received',
        received_at = :now::timestamptz,
        received_by = 'buyer',
        version = o.version + 1
    FROM placed
    WHERE o.county = placed.county
      AND o.id = placed.id
      AND o.state = 'shipped'
    RETURNING o.county, o.id, o.state, o.version, o.shop_id, o.goods_fen + o.freight_fen AS amount_fen, o.refunded_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id, amount_fen, refunded_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'order', id, state, shop_id, amount_fen, refunded_fen
    FROM received
)
SELECT CASE WHEN received.id IS NULL THEN 'wrong-state' END AS problem,
       placed.county || '-' || placed.id AS order_id,
       received.state,
       received.version
FROM placed
LEFT JOIN received
       ON received.id = placed.id
