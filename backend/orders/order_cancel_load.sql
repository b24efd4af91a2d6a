-- Facts for cancelling one order between payment and shipping: the buyer's own, or of the operator's shop.
SELECT o.facts AS of_order
FROM orders_refundable AS o
WHERE o.county = :order_county
  AND o.order_id = :order_id::uuid
  AND (o.buyer_id = :actor_id::uuid OR o.shop_id = ANY (:actor_organisations::uuid[]))
