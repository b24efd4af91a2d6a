-- Asks the provider again for what it failed to give back of an order, under the same number: whatever became of the first call, it gives
-- the money of a number once. The books already say that it left the escrow.
WITH given AS MATERIALIZED (
    SELECT f.provider, f.reference
    FROM refunds AS f
    WHERE f.county = :order_county
      AND f.order_id = :order_id::uuid
      AND area_within(f.county, :actor_areas::text[])
), asked AS (
    UPDATE refunds AS f
    SET state = 'instructed'
    FROM given
    WHERE f.provider = given.provider
      AND f.reference = given.reference
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
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'refund_retried', :order_county, 'orders', :order_id::uuid,
           jsonb_build_object('amount_fen', told.amount_fen), :request_id
    FROM told
    WHERE told.refunds_count > 0
)
SELECT CASE WHEN told.refunds_count = 0 THEN 'wrong-state' END AS problem,
       :order_county || '-' || :order_id AS order_id,
       told.refunds_count,
       told.amount_fen
FROM told
WHERE EXISTS (SELECT 1 FROM given)
