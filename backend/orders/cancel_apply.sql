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
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT 1 FROM ended)
