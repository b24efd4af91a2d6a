-- Keeps the decision on a claw-back (plan.result). What was taken must be covered by what is payable beside it: else someone else took it
-- meanwhile, and the decision is made anew.
WITH row AS (
    SELECT (a ->> 'attribution_id')::uuid AS attribution_id
    FROM jsonb_array_elements(:plan::jsonb -> 'tagged') AS t
    CROSS JOIN jsonb_array_elements(t -> 'attributions') AS a
), decided AS (
    UPDATE claw_backs AS c
    SET state = :plan::jsonb ->> 'result',
        decided_by = :actor_id::uuid,
        decided_at = :now::timestamptz,
        answer = :answer,
        attribution_ids = ARRAY(SELECT attribution_id FROM row ORDER BY attribution_id)
    WHERE c.county = :claw_back_county
      AND c.id = :claw_back_id::uuid
      AND c.state = 'proposed'
    RETURNING c.county, c.id, c.household_id, c.state, c.amount_fen
), covered AS (
    SELECT coalesce(sum(d.amount_fen), 0) >= 0 AS is_whole
    FROM decided
    LEFT JOIN dues AS d
           ON d.county = decided.county
          AND d.payee_kind = 'household'
          AND d.payee_id = decided.household_id
          AND d.state = 'payable'
          AND decided.state = 'taken'
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'claw_back_' || state, county, 'claw_backs', id, :answer,
           jsonb_build_object('amount_fen', amount_fen), :request_id
    FROM decided
)
SELECT :claw_back_county || '-' || :claw_back_id AS claw_back_id,
       CASE WHEN decided.id IS NOT NULL AND covered.is_whole OR refuse('plan-stale') THEN decided.state END AS state,
       decided.amount_fen
FROM covered
LEFT JOIN decided
       ON true
