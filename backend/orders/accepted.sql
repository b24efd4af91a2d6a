-- A unit accepted an order: it is received, and what was not taken is asked back. Who called has judged the lines in the same transaction.
WITH received AS (
    UPDATE orders AS o
    SET state = 'received',
        received_at = :now::timestamptz,
        received_by = 'buyer',
        version = o.version + 1
    WHERE o.county = :order_county
      AND o.id = :order_id::uuid
      AND o.state = 'shipped'
    RETURNING o.county, o.id, o.state, o.shop_id, o.goods_fen + o.freight_fen AS amount_fen, o.refunded_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id, amount_fen, refunded_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'order', id, state, shop_id, amount_fen, refunded_fen
    FROM received
), short AS (
    SELECT l.county, l.order_id, l.id, l.packs - l.refunded_packs - t.accepted_packs AS packs, t.cause
    FROM received
    CROSS JOIN jsonb_to_recordset(:body::jsonb -> 'lines') AS t (order_line_id uuid, accepted_packs int, cause text)
    JOIN order_lines AS l
      ON l.county = received.county
     AND l.order_id = received.id
     AND l.id = t.order_line_id
    WHERE l.packs - l.refunded_packs > t.accepted_packs
), asked AS (
    /* Lists go by id: the time stands in front, the rest is random. */
    INSERT INTO returns (county, id, order_id, order_line_id, packs, refund_fen, cause, words, requested_by, requested_at)
    SELECT county, overlay(gen_random_uuid()::text PLACING left(:new_id::text, 13) FROM 1)::uuid, order_id, id, packs, 0, cause,
           coalesce(:words, ''), :actor_id::uuid, :now::timestamptz
    FROM short
    RETURNING county, id, order_id
), asked_told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id)
    SELECT asked.county, gen_random_uuid(), :now::timestamptz, 'return', asked.id, 'asked', received.shop_id
    FROM asked
    JOIN received
      ON received.county = asked.county
     AND received.id = asked.order_id
)
SELECT refuse('wrong-state')
WHERE NOT EXISTS (SELECT FROM received)
