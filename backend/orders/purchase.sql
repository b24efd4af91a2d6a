-- One purchase of the buyer with its orders and payments.
WITH purchase AS MATERIALIZED (
    SELECT p.buyer_id, p.id, p.state, p.total_fen, p.counties, p.created_at, p.deadline_at, p.paid_at, p.version
    FROM purchases AS p
    WHERE p.buyer_id = :actor_id::uuid
      AND p.id = :purchase_id::uuid
), placed AS (
    SELECT json_agg(json_build_object(
               'order_id', o.county || '-' || o.id, 'shop_id', o.county || '-' || o.shop_id, 'shop_name', s.name, 'state', o.state,
               'goods_fen', o.goods_fen, 'freight_fen', o.freight_fen, 'refunded_fen', o.refunded_fen) ORDER BY o.id) AS orders
    FROM purchase
    JOIN orders AS o ON o.county = ANY (purchase.counties) AND o.purchase_id = purchase.id
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
), asked AS (
    SELECT json_agg(json_build_object('provider', y.provider, 'reference', y.reference, 'amount_fen', y.amount_fen, 'state', y.state)
                    ORDER BY y.created_at) AS payments
    FROM purchase
    JOIN payments AS y ON y.buyer_id = purchase.buyer_id AND y.purchase_id = purchase.id
)
SELECT purchase.id AS purchase_id,
       purchase.state,
       purchase.total_fen,
       purchase.created_at,
       purchase.deadline_at,
       purchase.paid_at,
       purchase.version,
       placed.orders,
       coalesce(asked.payments, '[]') AS payments
FROM purchase
CROSS JOIN placed
CROSS JOIN asked
