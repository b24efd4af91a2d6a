-- Asks the provider again for what it failed to give back of an order, under the same number: whatever became of the first call, it gives
-- the money of a number once. The books already say that it left the escrow.
WITH placed AS MATERIALIZED (
    SELECT o.county, o.id, o.buyer_id, o.purchase_id
    FROM orders AS o
    JOIN shops AS s
      ON s.county = o.county
     AND s.id = o.shop_id
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND area_within(s.area_code, :actor_areas::text[])
), paid AS MATERIALIZED (
    SELECT y.provider, y.reference, placed.id AS order_id
    FROM placed
    JOIN payments AS y
      ON y.buyer_id = placed.buyer_id
     AND y.purchase_id = placed.purchase_id
), asked AS (
    UPDATE refunds AS f
    SET state = 'instructed'
    FROM paid
    WHERE f.provider = paid.provider
      AND f.payment_reference = paid.reference
      AND f.order_id = paid.order_id
      AND f.state = 'failed'
      AND NOT EXISTS (SELECT 1
                      FROM refunds AS other
                      WHERE other.provider = f.provider
                        AND other.payment_reference = f.payment_reference
                        AND other.reference <> f.reference
                        AND coalesce(other.repeats, other.reference) = coalesce(f.repeats, f.reference)
                        AND (other.state <> 'failed' OR other.repeats IS NULL))
    RETURNING f.provider, f.reference, f.payment_reference, f.amount_fen
), called AS (
    INSERT INTO outbox (id, kind, payload, due_at)
    SELECT gen_random_uuid(),
           'refund',
           jsonb_build_object('provider', provider, 'call', jsonb_build_object(
               'reference', reference, 'payment_reference', payment_reference, 'amount_fen', amount_fen)),
           :now::timestamptz
    FROM asked
), told AS (
    SELECT count(*)::int AS refunds_count, coalesce(sum(amount_fen), 0)::bigint AS amount_fen
    FROM asked
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'refund_retried', placed.county, 'orders', placed.id,
           jsonb_build_object('amount_fen', told.amount_fen), :request_id
    FROM placed
    CROSS JOIN told
    WHERE told.refunds_count > 0
)
SELECT CASE WHEN told.refunds_count = 0 THEN 'wrong-state' END AS problem,
       placed.county || '-' || placed.id AS order_id,
       told.refunds_count,
       told.amount_fen
FROM placed
CROSS JOIN told
