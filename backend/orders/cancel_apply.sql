-- Ends a purchase that was not paid; fails whole when payment or deadline were first.
WITH ended AS (
    UPDATE purchases AS p
    SET state = 'cancelled',
        ended_at = :now::timestamptz,
        version = p.version + 1
    WHERE p.buyer_id = :actor_id::uuid
      AND p.id = :purchase_id::uuid
      AND p.state = 'awaiting_payment'
    RETURNING p.id, p.counties
), orders_ended AS (
    UPDATE orders AS o
    SET state = 'cancelled',
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
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT 1 FROM ended)
