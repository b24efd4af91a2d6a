-- Writes what the bank said of each item (plan.results), settles its dues or makes them payable again, and closes the batch when
-- no item is left without a result. An item that moved meanwhile makes the whole stale.
WITH result AS MATERIALIZED (
    SELECT r.item_id, r.from_state, r.state, r.result_on, r.evidence, r.reason, i.result_on AS result_before_on
    FROM jsonb_to_recordset(:plan::jsonb -> 'results') AS r (
        item_id uuid, from_state text, state text, result_on date, evidence text, reason text)
    LEFT JOIN payout_items AS i
           ON i.county = :batch_county
          AND i.batch_id = :batch_id::uuid
          AND i.id = r.item_id
), months AS (
    INSERT INTO paid_waiting (county, id, month)
    SELECT :batch_county, gen_random_uuid(), touched.month
    FROM (SELECT date_trunc('month', result_on)::date AS month FROM result
          UNION
          SELECT date_trunc('month', result_before_on)::date FROM result) AS touched
    WHERE touched.month IS NOT NULL
), written AS (
    UPDATE payout_items AS i
    SET state = result.state,
        result_on = result.result_on,
        evidence = coalesce(result.evidence, i.evidence),
        returned_reason = result.reason
    FROM result
    WHERE i.county = :batch_county
      AND i.batch_id = :batch_id::uuid
      AND i.id = result.item_id
      AND i.state = result.from_state
    RETURNING i.county, i.id, i.state, i.amount_fen
), settled AS (
    UPDATE dues AS d
    SET state = CASE WHEN written.state = 'paid' THEN 'paid' ELSE 'payable' END,
        paid_at = CASE WHEN written.state = 'paid' THEN :now::timestamptz END,
        answered_at = NULL,
        payout_item_id = CASE WHEN written.state = 'paid' THEN d.payout_item_id END
    FROM written
    WHERE d.county = written.county
      AND d.payout_item_id = written.id
), waiting AS (
    SELECT count(*) AS items_count
    FROM payout_items AS i
    WHERE i.county = :batch_county
      AND i.batch_id = :batch_id::uuid
      AND i.state = 'approved'
      AND i.id NOT IN (SELECT item_id FROM result)
), batch AS (
    UPDATE payout_batches AS b
    SET state = CASE WHEN waiting.items_count = 0 THEN 'paid' ELSE b.state END,
        paid_by = :actor_id::uuid,
        paid_at = CASE WHEN waiting.items_count = 0 THEN coalesce(b.paid_at, :now::timestamptz) END,
        version = b.version + 1
    FROM waiting
    WHERE b.county = :batch_county
      AND b.id = :batch_id::uuid
      AND b.state IN ('approved', 'paid')
    RETURNING b.county, b.id, b.state, b.version, b.total_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, amount_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'payout_batch', id, 'paid', total_fen
    FROM batch
    WHERE state = 'paid'
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'payout_item_' || state, county, 'payout_items', id,
           jsonb_build_object('amount_fen', amount_fen), :request_id
    FROM written
)
SELECT CASE WHEN (SELECT count(*) FROM written) <> (SELECT count(*) FROM result) THEN refuse('plan-stale') END AS refused,
       batch.county || '-' || batch.id AS batch_id,
       batch.state,
       (SELECT count(*) FROM written) AS changed_count,
       batch.version
FROM batch
