-- The buyer's orders, newest first, with what was bought: nobody knows an order by its number.
SELECT o.county || '-' || o.id AS order_id,
       o.purchase_id,
       o.county || '-' || o.shop_id AS shop_id,
       s.name AS shop_name,
       o.state,
       o.goods_fen,
       o.freight_fen,
       o.refunded_fen,
       o.created_at,
       o.packed_at,
       (SELECT json_agg(json_build_object('name', l.name, 'packs', l.packs) ORDER BY l.position)
        FROM order_lines AS l
        WHERE l.county = o.county AND l.order_id = o.id) AS lines,
       o.id::text AS cursor
FROM orders AS o
JOIN shops AS s
  ON s.county = o.county
 AND s.id = o.shop_id
WHERE o.buyer_id = :actor_id::uuid
  AND (:cursor::uuid IS NULL OR o.id < :cursor::uuid)
ORDER BY o.id DESC
LIMIT :limit::bigint
