-- One order with its lines and the codes of what they were served from, its returns, whom it helped, and what whoever asks may do now:
-- for the buyer, the shop and the county. The buyer sees the address, the shop as long as there is something to deliver; only shop and
-- county see what each part of the goods' money is.
WITH placed AS MATERIALIZED (
    SELECT o.*, o.buyer_id = :actor_id::uuid OR o.shop_id = ANY (:actor_organisations::uuid[]) AS near,
           o.buyer_id = :actor_id::uuid OR o.shop_id = ANY (:actor_organisations::uuid[]) AND o.state IN ('paid', 'shipped', 'received') AS sees,
           o.buyer_id = :actor_id::uuid AS is_buyer, o.shop_id = ANY (:actor_organisations::uuid[]) AS is_shop
    FROM orders AS o
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND (o.buyer_id = :actor_id::uuid OR o.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(o.county, :actor_areas::text[]))
), served AS (
    SELECT a.county, a.order_line_id, a.lot_id
    FROM placed AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    JOIN allocations AS a ON a.county = l.county AND a.order_line_id = l.id
    GROUP BY a.county, a.order_line_id, a.lot_id
    HAVING sum(a.quantity_qty) > 0
), traced AS (
    SELECT s.county, s.order_line_id, json_agg(t.trace_code ORDER BY t.trace_code) AS trace_codes
    FROM served AS s
    JOIN lots AS t ON t.county = s.county AND t.id = s.lot_id
    GROUP BY s.county, s.order_line_id
), line AS (
    SELECT bool_or(l.packs > l.refunded_packs) AS packs_left,
           bool_or(l.served_packs > 0 AND v.id IS NULL) AS unreviewed,
           json_agg(json_build_object('order_line_id', l.county || '-' || l.id, 'offer_id', l.county || '-' || l.offer_id,
               'product_id', l.county || '-' || l.product_id, 'name', l.name, 'pack_qty', l.pack_qty,
               'trace_codes', coalesce(t.trace_codes, '[]'),
               'packs', l.packs, 'served_packs', l.served_packs, 'refunded_packs', l.refunded_packs, 'price_fen', l.price_fen,
               'line_gross_fen', l.line_gross_fen, 'refunded_fen', l.refunded_fen,
               'reviewable', o.is_buyer AND o.state IN ('received', 'closed') AND l.served_packs > 0 AND v.id IS NULL,
               'review_id', CASE WHEN o.is_buyer AND v.state <> 'deleted' THEN v.county || '-' || v.id END) ORDER BY l.position) AS lines
    FROM placed AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    LEFT JOIN traced AS t ON t.county = l.county AND t.order_line_id = l.id
    LEFT JOIN reviews AS v ON v.county = l.county AND v.order_line_id = l.id
), asked AS (
    SELECT coalesce(json_agg(json_build_object('return_id', r.county || '-' || r.id, 'order_line_id', r.county || '-' || r.order_line_id,
               'packs', r.packs, 'refund_fen', r.refund_fen, 'cause', r.cause, 'words', r.words, 'photos', r.photos,
               'state', r.state, 'answer', r.answer)
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
), shared AS (
    SELECT json_build_object('due_fen', sum(a.due_fen)::bigint, 'fee_fen', sum(a.fee_fen)::bigint, 'freight_fen', sum(a.freight_fen)::bigint,
               'margin_fen', sum(a.margin_fen)::bigint) AS parts
    FROM placed AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    JOIN attributions AS a ON a.county = l.county AND a.order_line_id = l.id
    WHERE o.is_shop OR NOT o.is_buyer
    HAVING count(*) > 0
)
SELECT o.county || '-' || o.id AS order_id,
       o.purchase_id,
       o.county || '-' || o.shop_id AS shop_id,
       s.name AS shop_name,
       o.state,
       o.goods_fen,
       o.freight_fen,
       o.refunded_fen,
       CASE WHEN o.sees THEN o.recipient WHEN o.near THEN masked_name(o.recipient) END AS recipient,
       CASE WHEN o.sees THEN o.phone WHEN o.near THEN masked_phone(o.phone) END AS phone,
       o.destination_code,
       (SELECT string_agg(a.name, '' ORDER BY a.code)
        FROM registry_area_names AS a
        WHERE a.code IN (left(o.destination_code, 2), left(o.destination_code, 4), left(o.destination_code, 6), left(o.destination_code, 9),
                         o.destination_code)) AS destination_name,
       CASE WHEN o.sees THEN o.street END AS street,
       o.created_at,
       o.paid_at,
       o.packed_at,
       o.shipped_at,
       o.channel,
       CASE WHEN o.is_shop AND o.state = 'awaiting_payment' THEN (
           SELECT k.code
           FROM pay_links AS k
           WHERE k.buyer_id = o.buyer_id
             AND k.purchase_id = o.purchase_id
             AND k.shop_id = o.shop_id
           LIMIT 1) END AS pay_code,
       o.carrier,
       o.waybill,
       o.received_at,
       o.closed_at,
       line.lines,
       asked.returns,
       json_build_object('households_count', helped.households_count, 'due_fen', helped.due_fen, 'villages', helped.villages) AS helped,
       shared.parts,
       to_json(array_remove(ARRAY [
           CASE WHEN o.is_buyer AND o.state = 'awaiting_payment' THEN 'pay' END,
           CASE WHEN o.is_shop AND o.state = 'paid' THEN 'ship' END,
           CASE WHEN o.near AND o.state = 'paid' THEN 'cancel' END,
           CASE WHEN o.is_buyer AND o.state = 'shipped' THEN 'receive' END,
           CASE WHEN o.is_buyer AND o.state IN ('shipped', 'received', 'closed') AND line.packs_left THEN 'return' END,
           CASE WHEN o.is_buyer AND o.state IN ('received', 'closed') AND line.unreviewed THEN 'review' END], NULL)) AS may,
       json_build_object(
           'pay', CASE WHEN o.state = 'awaiting_payment' THEN o.created_at + :period_payment_deadline_s::bigint * interval '1 second' END,
           'receive', CASE WHEN o.state = 'shipped' THEN o.shipped_at + :period_receipt_s::bigint * interval '1 second' END,
           'return', CASE WHEN o.state = 'received' THEN o.received_at + :period_return_window_s::bigint * interval '1 second' END) AS deadlines,
       o.version
FROM placed AS o
JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
CROSS JOIN line
CROSS JOIN asked
CROSS JOIN helped
LEFT JOIN shared ON true
