-- Writes what a payment or a refund makes of purchases, orders and lines; fails whole when one of them is no longer what the decision saw.
WITH bought AS MATERIALIZED (
    SELECT b.buyer_id, b.purchase_id
    FROM jsonb_to_recordset(:plan::jsonb -> 'purchases') AS b (buyer_id uuid, purchase_id uuid)
), paid AS (
    UPDATE purchases AS p
    SET state = 'paid',
        paid_at = :now::timestamptz,
        version = p.version + 1
    FROM bought
    WHERE p.buyer_id = bought.buyer_id
      AND p.id = bought.purchase_id
      AND p.state = 'awaiting_payment'
    RETURNING 1
), turned AS MATERIALIZED (
    SELECT s.county, s.order_id, s.from_state, s.state, s.refunded_fen, s.seen_refunded_fen
    FROM jsonb_to_recordset(:plan::jsonb -> 'states') AS s (
        county text, order_id uuid, from_state text, state text, refunded_fen bigint, seen_refunded_fen bigint)
), ordered AS (
    UPDATE orders AS o
    SET state = turned.state,
        refunded_fen = turned.refunded_fen,
        paid_at = coalesce(o.paid_at, :now::timestamptz),
        paid_on = coalesce(o.paid_on, :today::date),
        closed_at = CASE WHEN turned.state = 'closed' THEN coalesce(o.closed_at, :now::timestamptz) END,
        version = o.version + 1
    FROM turned
    WHERE o.county = turned.county
      AND o.id = turned.order_id
      AND o.state = turned.from_state
      AND o.refunded_fen = turned.seen_refunded_fen
    RETURNING o.county, o.id, CASE WHEN o.state <> turned.from_state THEN o.state ELSE 'partly_refunded' END AS became, o.shop_id, o.goods_fen + o.freight_fen AS amount_fen, o.refunded_fen
), told AS (
    INSERT INTO webhook_events (county, id, at, subject, subject_id, became, shop_id, amount_fen, refunded_fen)
    SELECT county, gen_random_uuid(), :now::timestamptz, 'order', id, became, shop_id, amount_fen, refunded_fen
    FROM ordered
), served AS MATERIALIZED (
    SELECT l.county, l.order_line_id, l.served_packs, l.refunded_packs, l.refunded_fen, l.spared_fen, l.seen_refunded_fen
    FROM jsonb_to_recordset(:plan::jsonb -> 'line_states') AS l (
        county text, order_line_id uuid, served_packs int, refunded_packs int, refunded_fen bigint, spared_fen bigint,
        seen_refunded_fen bigint)
), lined AS (
    UPDATE order_lines AS l
    SET served_packs = served.served_packs,
        refunded_packs = served.refunded_packs,
        refunded_fen = served.refunded_fen,
        spared_fen = served.spared_fen
    FROM served
    WHERE l.county = served.county
      AND l.id = served.order_line_id
      AND l.refunded_fen = served.seen_refunded_fen
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM paid) <> (SELECT count(*) FROM bought)
   OR (SELECT count(*) FROM ordered) <> (SELECT count(*) FROM turned)
   OR (SELECT count(*) FROM lined) <> (SELECT count(*) FROM served)
