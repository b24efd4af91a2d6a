-- Records what a provider reported (plan.transactions) and the refunds we ask it for (plan.refunds) with their calls; a transaction that
-- someone else recorded meanwhile, or a success that came in between, makes the decision stale: a success is never overwritten.
WITH reported AS MATERIALIZED (
    SELECT t.provider, t.transaction_id, t.reference, t.kind, t.amount_fen, t.result, t.happened_at, t.payment_state
    FROM jsonb_to_recordset(:plan::jsonb -> 'transactions') AS t (
        provider text, transaction_id text, reference text, kind text, amount_fen bigint, result text, happened_at timestamptz,
        payment_state text)
), recorded AS (
    INSERT INTO provider_transactions (provider, transaction_id, reference, kind, amount_fen, result, happened_at, received_at)
    SELECT provider, transaction_id, reference, kind, amount_fen, result, happened_at, :now::timestamptz
    FROM reported
    ON CONFLICT (provider, transaction_id) DO NOTHING
    RETURNING 1
), payment_told AS (
    UPDATE payments AS y
    SET state = reported.payment_state,
        confirmed_at = CASE WHEN reported.payment_state = 'confirmed' THEN :now::timestamptz ELSE y.confirmed_at END
    FROM reported
    WHERE reported.kind = 'payment'
      AND reported.payment_state IS NOT NULL
      AND y.provider = reported.provider
      AND y.reference = reported.reference
      AND y.state <> 'confirmed'
    RETURNING 1
), refund_told AS (
    UPDATE refunds AS f
    SET state = reported.payment_state,
        done_at = CASE WHEN reported.payment_state = 'done' THEN :now::timestamptz END
    FROM reported
    WHERE reported.kind = 'refund'
      AND reported.payment_state IS NOT NULL
      AND f.provider = reported.provider
      AND f.reference = reported.reference
      AND f.state <> 'done'
    RETURNING 1
), wanted AS MATERIALIZED (
    SELECT r.provider, r.reference, r.payment_reference, r.county, r.order_id, r.amount_fen, r.cause, r.outbox_id
    FROM jsonb_to_recordset(:plan::jsonb -> 'refunds') AS r (
        provider text, reference text, payment_reference text, county text, order_id uuid, amount_fen bigint, cause text,
        outbox_id uuid)
), instructed AS (
    INSERT INTO refunds (provider, reference, payment_reference, county, order_id, amount_fen, cause, instructed_at)
    SELECT provider, reference, payment_reference, county, order_id, amount_fen, cause, :now::timestamptz
    FROM wanted
), called AS (
    INSERT INTO outbox (id, kind, payload, due_at)
    SELECT outbox_id,
           'refund',
           jsonb_build_object('provider', provider, 'call', jsonb_build_object(
               'reference', reference, 'payment_reference', payment_reference, 'amount_fen', amount_fen)),
           :now::timestamptz
    FROM wanted
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM recorded) <> (SELECT count(*) FROM reported)
   OR (SELECT count(*) FROM payment_told) + (SELECT count(*) FROM refund_told) <>
      (SELECT count(*) FROM reported WHERE payment_state IS NOT NULL)
