-- A second officer decides on a looking-back; its rows are written by registry/statuses_record. Decided meanwhile: the plan is stale.
WITH decided AS (
    UPDATE look_backs AS b
    SET state = p.state,
        decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz,
        reason = p.reason,
        version = b.version + 1
    FROM jsonb_to_record(:plan::jsonb) AS p (look_back_county text, look_back_id uuid, state text, reason text)
    WHERE b.county = p.look_back_county
      AND b.id = p.look_back_id
      AND b.state = 'proposed'
    RETURNING b.county, b.id, b.state, b.rows_count, b.reason
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT :new_id::uuid, :now::timestamptz, :actor_id::uuid, 'look_back_' || state, county, 'look_backs', id, reason,
           jsonb_build_object('rows_count', rows_count), :request_id
    FROM decided
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT 1 FROM decided)
