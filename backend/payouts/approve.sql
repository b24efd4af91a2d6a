-- Approves a batch: someone who did not propose it, and only behind a notice that ended, stands and has no open or upheld objection.
WITH batch AS MATERIALIZED (
    SELECT b.county, b.id, b.state, b.proposed_by, b.publicity_id
    FROM payout_batches AS b
    WHERE b.county = :batch_county
      AND b.id = :batch_id::uuid
      AND area_within(b.county, :actor_areas::text[])
    FOR UPDATE
), gate AS MATERIALIZED (
    SELECT p.county, p.id, p.subject_id, p.ends_at, p.ends_at <= :now::timestamptz AND NOT p.gate_shut AS open
    FROM publicities AS p
    JOIN batch
      ON p.county = batch.county
     AND p.id = batch.publicity_id
), approved AS (
    UPDATE payout_batches AS b
    SET state = 'approved',
        approved_by = :actor_id::uuid,
        approved_at = :now::timestamptz,
        version = b.version + 1
    FROM batch
    CROSS JOIN gate
    WHERE b.county = batch.county
      AND b.id = batch.id
      AND batch.state = 'proposed'
      AND batch.proposed_by <> :actor_id::uuid
      AND gate.open
    RETURNING b.county, b.id, b.total_fen, b.version
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, amount_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'payout_batch', id, 'approved', total_fen
    FROM approved
), passed AS (
    INSERT INTO publicity_passes (county, publicity_id, subject_id, ends_at, passed_at)
    SELECT gate.county, gate.id, gate.subject_id, gate.ends_at, :now::timestamptz
    FROM approved
    JOIN gate
      ON gate.county = approved.county
), items AS (
    UPDATE payout_items AS i
    SET state = 'approved'
    FROM approved
    WHERE i.county = approved.county
      AND i.batch_id = approved.id
      AND i.state = 'proposed'
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'payout_batch_approved', county, 'payout_batches', id,
           jsonb_build_object('total_fen', total_fen), :request_id
    FROM approved
)
SELECT CASE
           WHEN approved.id IS NOT NULL THEN NULL
           WHEN batch.proposed_by = :actor_id::uuid THEN 'own-entry'
           WHEN batch.state <> 'proposed' THEN 'wrong-state'
           ELSE 'notice-open'
       END AS problem,
       batch.county || '-' || batch.id AS batch_id,
       'approved' AS state,
       approved.total_fen,
       approved.version
FROM batch
LEFT JOIN approved
       ON approved.county = batch.county
      AND approved.id = batch.id
