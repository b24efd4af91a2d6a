-- The buyer's orders, newest first.
SELECT o.county || '-' || o.id AS order_id,
       o.purchase_id,
       o.county || '-' || o.shop_id AS shop_id,
       s.name AS shop_name,
       o.state,
       o.goods_fen,
       o.freight_fen,
       o.refunded_fen,
       o.created_at,
       o.id::text AS cursor
FROM orders AS o
JOIN shops AS s
  ON s.county = o.county
 AND s.id = o.shop_id
WHERE o.buyer_id = :actor_id::uuid
  AND (:cursor::uuid IS NULL OR o.id < :cursor::uuid)
ORDER BY o.id DESC
LIMIT :limit::bigint
