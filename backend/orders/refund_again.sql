-- Keeps who asked for an order's failed refunds again, and answers with how much that is.
WITH asked AS (
    SELECT count(*) AS refunds_count, sum(r.amount_fen)::bigint AS amount_fen
    FROM jsonb_to_recordset(:plan::jsonb -> 'refunds') AS r (amount_fen bigint)
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'refund_retried', :order_county, 'orders', :order_id::uuid,
           jsonb_build_object('amount_fen', amount_fen), :request_id
    FROM asked
)
SELECT :order_county || '-' || :order_id AS order_id,
       refunds_count,
       amount_fen
FROM asked
