-- Takes a batch back before it is approved: its dues are payable again and its notice opens no gate any more.
WITH batch AS MATERIALIZED (
    SELECT b.county, b.id, b.state, b.publicity_id
    FROM payout_batches AS b
    WHERE b.county = :batch_county
      AND b.id = :batch_id::uuid
      AND area_within(b.county, :actor_areas::text[])
    FOR UPDATE
), withdrawn AS (
    UPDATE payout_batches AS b
    SET state = 'withdrawn',
        version = b.version + 1
    FROM batch
    WHERE b.county = batch.county
      AND b.id = batch.id
      AND batch.state = 'proposed'
    RETURNING b.county, b.id, b.publicity_id, b.version, b.total_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, amount_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'payout_batch', id, 'withdrawn', total_fen
    FROM withdrawn
), items AS (
    UPDATE payout_items AS i
    SET state = 'withdrawn'
    FROM withdrawn
    WHERE i.county = withdrawn.county
      AND i.batch_id = withdrawn.id
), freed AS (
    UPDATE dues AS d
    SET state = 'payable',
        payout_item_id = NULL
    FROM withdrawn
    JOIN payout_items AS i
      ON i.county = withdrawn.county
     AND i.batch_id = withdrawn.id
    WHERE d.county = i.county
      AND d.payout_item_id = i.id
      AND d.state = 'in_batch'
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'payout_batch_withdrawn', county, 'payout_batches', id, :reason, :request_id
    FROM withdrawn
)
SELECT CASE WHEN withdrawn.id IS NULL THEN 'wrong-state' END AS problem,
       batch.county || '-' || batch.id AS batch_id,
       'withdrawn' AS state,
       withdrawn.version
FROM batch
LEFT JOIN withdrawn
       ON withdrawn.county = batch.county
      AND withdrawn.id = batch.id
