-- The buyer asks to return packs of a line or to have money back; one open request a line.
WITH line AS (
    SELECT l.county, l.id, l.order_id, o.state, l.packs - l.refunded_packs AS packs_left, l.line_gross_fen - l.refunded_fen AS left_fen
    FROM orders AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.buyer_id = :actor_id::uuid
      AND l.county = :order_line_county
      AND l.id = :order_line_id::uuid
), judged AS (
    SELECT line.*,
           CASE WHEN state NOT IN ('shipped', 'received', 'closed') THEN 'wrong-state'
                WHEN :packs::int > packs_left OR coalesce(:refund_fen::bigint, 0) > left_fen
                     OR :packs::int = 0 AND coalesce(:refund_fen::bigint, 0) = 0 THEN 'invalid' END AS problem
    FROM line
), asked AS (
    INSERT INTO returns (county, id, order_id, order_line_id, packs, refund_fen, cause, words, requested_by, requested_at)
    SELECT county, :new_id::uuid, order_id, id, :packs::int, coalesce(:refund_fen::bigint, 0), :cause, coalesce(:words, ''),
           :actor_id::uuid, :now::timestamptz
    FROM judged
    WHERE problem IS NULL
    RETURNING county, id, state
)
SELECT judged.problem,
       CASE WHEN judged.problem = 'invalid' THEN '/packs' END AS problem_pointer,
       CASE WHEN judged.problem = 'invalid' THEN judged.packs_left::text END AS problem_message,
       asked.county || '-' || asked.id AS return_id,
       asked.state
FROM judged
LEFT JOIN asked ON true
