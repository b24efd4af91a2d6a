-- A member of the unit says what was taken of an order that came; a line not named was taken whole. orders/accepted does the rest.
WITH placed AS MATERIALIZED (
    SELECT u.county, u.order_id, u.unit_county, u.unit_id, o.state
    FROM unit_orders AS u
    JOIN unit_members AS m
      ON m.county = u.unit_county
     AND m.unit_id = u.unit_id
     AND m.account_id = :actor_id::uuid
     AND m.ended_at IS NULL
    JOIN orders AS o
      ON o.county = u.county
     AND o.id = u.order_id
    WHERE u.county = :order_county
      AND u.order_id = :order_id::uuid
), line AS MATERIALIZED (
    SELECT l.county, l.order_id, l.id, l.packs - l.refunded_packs AS sent_packs
    FROM placed
    JOIN order_lines AS l
      ON l.county = placed.county
     AND l.order_id = placed.order_id
), told AS MATERIALIZED (
    SELECT t.nth - 1 AS nth, line.id, t.accepted_packs, t.cause,
           CASE
               WHEN line.id IS NULL OR count(*) OVER (PARTITION BY line.id) > 1 THEN 'order_line_id'
               WHEN t.accepted_packs > line.sent_packs THEN 'accepted_packs'
               WHEN (t.accepted_packs < line.sent_packs) <> (t.cause IS NOT NULL) THEN 'cause'
           END AS wrong
    FROM ROWS FROM (jsonb_to_recordset(:body::jsonb -> 'lines') AS (order_line_county text, order_line_id uuid, accepted_packs int, cause text))
        WITH ORDINALITY AS t (order_line_county, order_line_id, accepted_packs, cause, nth)
    LEFT JOIN line
           ON line.county = t.order_line_county
          AND line.id = t.order_line_id
), judged AS MATERIALIZED (
    SELECT placed.*, wrong.nth, wrong.wrong,
           CASE WHEN placed.state <> 'shipped' THEN 'wrong-state' WHEN wrong.wrong IS NOT NULL THEN 'invalid' END AS problem
    FROM placed
    LEFT JOIN LATERAL (SELECT told.nth, told.wrong FROM told WHERE told.wrong IS NOT NULL ORDER BY told.nth LIMIT 1) AS wrong ON true
), accepted AS (
    INSERT INTO acceptances (county, order_id, unit_county, unit_id, accepted_by, accepted_at, words)
    SELECT county, order_id, unit_county, unit_id, :actor_id::uuid, :now::timestamptz, coalesce(:words, '')
    FROM judged
    WHERE problem IS NULL
    ON CONFLICT DO NOTHING
    RETURNING county, order_id, accepted_at
), counted AS (
    INSERT INTO acceptance_lines (county, order_id, order_line_id, sent_packs, accepted_packs, cause)
    SELECT line.county, line.order_id, line.id, line.sent_packs, coalesce(told.accepted_packs, line.sent_packs), told.cause
    FROM accepted
    JOIN line
      ON line.county = accepted.county
    LEFT JOIN told
           ON told.id = line.id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'order_accepted', county, 'orders', order_id, '{}', :request_id
    FROM accepted
)
SELECT coalesce(judged.problem, CASE WHEN accepted.order_id IS NULL THEN 'wrong-state' END) AS problem,
       '/lines/' || judged.nth || '/' || judged.wrong AS problem_pointer,
       judged.county || '-' || judged.order_id AS order_id,
       accepted.accepted_at
FROM judged
LEFT JOIN accepted
       ON accepted.order_id = judged.order_id
