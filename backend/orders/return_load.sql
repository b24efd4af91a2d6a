-- Facts for deciding a return: what is asked, its order with every line as sold and refunded so far, and where its goods came from.
WITH wanted AS MATERIALIZED (
    SELECT r.county, r.order_id, r.order_line_id, r.packs, r.refund_fen, r.cause, r.state
    FROM returns AS r
    JOIN orders AS o ON o.county = r.county AND o.id = r.order_id
    WHERE r.county = :return_county
      AND r.id = :return_id::uuid
      AND (o.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(o.county, :actor_areas::text[]))
)
SELECT r.state AS return_state,
       r.order_line_id,
       r.packs AS return_packs,
       r.refund_fen AS asked_fen,
       r.cause,
       o.facts AS of_order
FROM wanted AS r
JOIN orders_refundable AS o ON o.county = r.county AND o.order_id = r.order_id
