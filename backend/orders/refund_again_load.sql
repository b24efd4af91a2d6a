-- What the provider failed to give back of an order and was not asked for again. A number asked for again is made of the one that failed, so
-- that two who retry at once ask once; what fails again can be retried again.
WITH placed AS MATERIALIZED (
    SELECT o.county, o.id, o.buyer_id, o.purchase_id
    FROM orders AS o
    JOIN shops AS s
      ON s.county = o.county
     AND s.id = o.shop_id
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND area_within(s.area_code, :actor_areas::text[])
)
SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'provider', f.provider, 'reference', md5(f.reference || ' again')::uuid, 'payment_reference', f.payment_reference,
                   'county', f.county, 'order_id', f.order_id, 'amount_fen', f.amount_fen, 'cause', f.cause,
                   'outbox_id', md5(f.reference || ' call')::uuid)), '[]')
        FROM payments AS y
        JOIN refunds AS f
          ON f.provider = y.provider
         AND f.payment_reference = y.reference
        WHERE y.buyer_id = placed.buyer_id
          AND y.purchase_id = placed.purchase_id
          AND f.order_id = placed.id
          AND f.state = 'failed'
          AND NOT EXISTS (SELECT 1
                          FROM refunds AS again
                          WHERE again.provider = f.provider
                            AND again.reference = md5(f.reference || ' again')::uuid::text)) AS refunds
FROM placed
