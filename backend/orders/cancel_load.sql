-- Facts for cancelling a purchase: its state and what it holds in stock.
WITH purchase AS MATERIALIZED (
    SELECT p.buyer_id, p.id, p.state, p.counties
    FROM purchases AS p
    WHERE p.buyer_id = :actor_id::uuid
      AND p.id = :purchase_id::uuid
), held AS (
    SELECT l.county, l.product_id, l.grade, l.place_id, sum(l.packs * l.pack_qty)::bigint AS quantity_qty
    FROM purchase
    JOIN orders AS o ON o.county = ANY (purchase.counties) AND o.purchase_id = purchase.id
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    GROUP BY l.county, l.product_id, l.grade, l.place_id
)
SELECT purchase.id AS purchase_id,
       purchase.state,
       (SELECT json_agg(held) FROM held) AS reservations
FROM purchase
