-- Ends a return as decided, noted for the audit; fails whole when someone else was first.
WITH decided AS (
    UPDATE returns AS r
    SET state = plan.state,
        refund_fen = CASE WHEN plan.refund_fen > 0 THEN plan.refund_fen ELSE r.refund_fen END,
        goods_back = coalesce(:goods_back::boolean, false),
        decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz,
        answer = :answer
    FROM jsonb_to_record(:plan::jsonb) AS plan (state text, refund_fen bigint)
    WHERE r.county = :return_county
      AND r.id = :return_id::uuid
      AND r.state = 'open'
    RETURNING r.county, r.id, r.order_id, r.state, r.refund_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id, refunded_fen)
    SELECT decided.county, gen_random_uuid(), :now::timestamptz, 'return', decided.id, decided.state, o.shop_id, decided.refund_fen
    FROM decided
    JOIN orders AS o
      ON o.county = decided.county
     AND o.id = decided.order_id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'return_decided', county, 'returns', id, :answer,
           jsonb_build_object('state', state, 'refund_fen', refund_fen), :request_id
    FROM decided
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT 1 FROM decided)
