-- One order with its lines, its returns and whom it helped: for the buyer, the shop and the county. Only the first two see the address.
WITH placed AS MATERIALIZED (
    SELECT o.*, o.buyer_id = :actor_id::uuid OR o.shop_id = ANY (:actor_organisations::uuid[]) AS near
    FROM orders AS o
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND (o.buyer_id = :actor_id::uuid OR o.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(o.county, :actor_areas::text[]))
), line AS (
    SELECT json_agg(json_build_object('order_line_id', l.county || '-' || l.id, 'offer_id', l.county || '-' || l.offer_id, 'name', l.name,
               'packs', l.packs, 'served_packs', l.served_packs, 'refunded_packs', l.refunded_packs, 'price_fen', l.price_fen,
               'line_gross_fen', l.line_gross_fen, 'refunded_fen', l.refunded_fen) ORDER BY l.position) AS lines
    FROM placed AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
), asked AS (
    SELECT coalesce(json_agg(json_build_object('return_id', r.county || '-' || r.id, 'order_line_id', r.county || '-' || r.order_line_id,
               'packs', r.packs, 'refund_fen', r.refund_fen, 'cause', r.cause, 'state', r.state, 'answer', r.answer)
               ORDER BY r.id), '[]') AS returns
    FROM placed AS o
    JOIN returns AS r ON r.county = o.county AND r.order_id = o.id
), helped AS (
    SELECT count(DISTINCT a.household_id) AS households_count, coalesce(sum(a.due_fen), 0)::bigint AS due_fen,
           coalesce(json_agg(DISTINCT v.name) FILTER (WHERE v.name IS NOT NULL), '[]') AS villages
    FROM placed AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    JOIN attributions AS a ON a.county = l.county AND a.order_line_id = l.id
    LEFT JOIN areas AS v ON v.code = a.area_code
    WHERE a.counted
)
SELECT o.county || '-' || o.id AS order_id,
       o.purchase_id,
       o.county || '-' || o.shop_id AS shop_id,
       s.name AS shop_name,
       o.state,
       o.goods_fen,
       o.freight_fen,
       o.refunded_fen,
       CASE WHEN o.near THEN o.recipient END AS recipient,
       CASE WHEN o.near THEN o.phone END AS phone,
       o.destination_code,
       CASE WHEN o.near THEN o.street END AS street,
       o.created_at,
       o.paid_at,
       o.shipped_at,
       o.carrier,
       o.waybill,
       o.received_at,
       o.closed_at,
       line.lines,
       asked.returns,
       json_build_object('households_count', helped.households_count, 'due_fen', helped.due_fen, 'villages', helped.villages) AS helped,
       o.version
FROM placed AS o
JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
CROSS JOIN line
CROSS JOIN asked
CROSS JOIN helped
