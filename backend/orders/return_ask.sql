-- The buyer asks to return packs of a line or to have money back; one open request a line.
WITH line AS (
    SELECT l.county, l.id, l.order_id, o.state, o.shop_id, l.packs - l.refunded_packs AS packs_left, l.line_gross_fen - l.refunded_fen AS left_fen
    FROM orders AS o
    JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.buyer_id = :actor_id::uuid
      AND l.county = :order_line_county
      AND l.id = :order_line_id::uuid
), asked_photo AS MATERIALIZED (
    SELECT a.position, p.id, p.width, p.height
    FROM unnest(:photo_ids::uuid[]) WITH ORDINALITY AS a (id, position)
    LEFT JOIN photos AS p
           ON p.id = a.id
          AND p.owner_id = :actor_id::uuid
          AND p.purpose = 'return'
          AND p.state = 'ready'
          AND p.bound_id IS NULL
), photo AS MATERIALIZED (
    SELECT coalesce(jsonb_agg(jsonb_build_object('photo_id', id, 'width', width, 'height', height) ORDER BY position), '[]') AS photos,
           min(position) FILTER (WHERE id IS NULL) AS missing
    FROM asked_photo
), judged AS (
    SELECT line.*,
           photo.photos,
           photo.missing,
           CASE WHEN state NOT IN ('shipped', 'received', 'closed') THEN 'wrong-state'
                WHEN :packs::int > packs_left OR coalesce(:refund_fen::bigint, 0) > left_fen
                     OR :packs::int = 0 AND coalesce(:refund_fen::bigint, 0) = 0 THEN 'invalid'
                WHEN photo.missing IS NOT NULL THEN 'photo-not-ready' END AS problem
    FROM line
    CROSS JOIN photo
), asked AS (
    INSERT INTO returns (county, id, order_id, order_line_id, packs, refund_fen, cause, words, photos, requested_by, requested_at)
    SELECT county, :new_id::uuid, order_id, id, :packs::int, coalesce(:refund_fen::bigint, 0), :cause, coalesce(:words, ''), photos,
           :actor_id::uuid, :now::timestamptz
    FROM judged
    WHERE problem IS NULL
    RETURNING county, id, state
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id)
    SELECT asked.county, gen_random_uuid(), :now::timestamptz, 'return', asked.id, 'asked', judged.shop_id
    FROM asked
    CROSS JOIN judged
)
SELECT judged.problem,
       CASE judged.problem WHEN 'invalid' THEN '/packs' WHEN 'photo-not-ready' THEN '/photo_ids/' || (judged.missing - 1) END AS problem_pointer,
       CASE WHEN judged.problem = 'invalid' THEN judged.packs_left::text END AS problem_message,
       asked.county || '-' || asked.id AS return_id,
       asked.state
FROM judged
LEFT JOIN asked ON true
