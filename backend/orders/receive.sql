-- The buyer has the parcel; the return window begins.
WITH placed AS (
    SELECT o.county, o.id
    FROM orders AS o
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.buyer_id = :actor_id::uuid
), received AS (
    UPDATE orders AS o
    SET state = 'received',
        received_at = :now::timestamptz,
        received_by = 'buyer',
        version = o.version + 1
    FROM placed
    WHERE o.county = placed.county
      AND o.id = placed.id
      AND o.state = 'shipped'
    RETURNING o.id, o.state, o.version
)
SELECT CASE WHEN received.id IS NULL THEN 'wrong-state' END AS problem,
       placed.county || '-' || placed.id AS order_id,
       received.state,
       received.version
FROM placed
LEFT JOIN received
       ON received.id = placed.id
