-- Proposes to take back from a household's future dues what it kept of goods that were given back: of a finding that names the order, never
-- more than it kept of it.
WITH finding AS MATERIALIZED (
    SELECT f.county, f.id, f.class, f.state, f.subject_id AS order_id
    FROM findings AS f
    WHERE f.county = :finding_county
      AND f.id = :finding_id::uuid
      AND area_within(f.area_code, :actor_areas::text[])
), kept AS MATERIALIZED (
    SELECT k.county, k.household_id, k.kept_fen
    FROM finding
    JOIN orders_kept AS k
      ON k.county = finding.county
     AND k.order_id = finding.order_id
    WHERE k.household_id = :household_id::uuid
      AND k.county = :household_county
), judged AS MATERIALIZED (
    SELECT finding.county, finding.id, finding.order_id, kept.kept_fen,
           CASE
               WHEN finding.class <> 'paid_then_refunded' OR finding.state = 'closed' THEN 'wrong-state'
               WHEN kept.kept_fen IS NULL OR kept.kept_fen < :amount_fen::bigint THEN 'invalid'
           END AS problem
    FROM finding
    LEFT JOIN kept
           ON kept.county = finding.county
), proposed AS (
    INSERT INTO claw_backs (county, id, finding_id, order_id, household_id, amount_fen, reason, proposed_by, proposed_at)
    SELECT county, :new_id::uuid, id, order_id, :household_id::uuid, :amount_fen::bigint, :reason, :actor_id::uuid, :now::timestamptz
    FROM judged
    WHERE problem IS NULL
    RETURNING county, id, order_id, amount_fen, state
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'claw_back_proposed', county, 'claw_backs', id, :reason,
           jsonb_build_object('amount_fen', amount_fen), :request_id
    FROM proposed
)
SELECT judged.problem,
       CASE WHEN judged.problem = 'invalid' THEN CASE WHEN judged.kept_fen IS NULL THEN '/household_id' ELSE '/amount_fen' END END AS problem_pointer,
       CASE WHEN judged.problem = 'invalid' THEN coalesce(judged.kept_fen, 0)::text END AS problem_message,
       proposed.county || '-' || proposed.id AS claw_back_id,
       proposed.state,
       proposed.amount_fen
FROM judged
LEFT JOIN proposed
       ON proposed.county = judged.county
