-- Two webhooks: the first shop's, which hears of its orders on this machine's port 9999 (where one may listen), and its county's, which
-- stopped because nobody took its messages. What happened while the demo was loaded is told to nobody.
WITH forgotten AS (
    DELETE FROM webhook_events
), made_by AS MATERIALIZED (
    SELECT c.login, c.id
    FROM accounts AS c
    WHERE c.login IN ('shop1', 'county1')
), hook AS MATERIALIZED (
    SELECT h.kind, h.id, h.login, h.name, h.address, h.events, h.secret_sealed, h.owner_id, h.stopped
    FROM (VALUES ('shop', :shop_hook_id::uuid, 'shop1', '进销存软件', 'http://127.0.0.1:9999/webhook',
                  ARRAY['order.paid', 'order.shipped', 'return.asked'], :shop_secret::bytea, :shop_id::uuid, false),
                 ('county', :county_hook_id::uuid, 'county1', '县数据平台', 'https://receiver.example/shanhuo',
                  ARRAY['order.paid', 'payout_batch.paid', 'finding.opened'], :county_secret::bytea, NULL, true))
         AS h (kind, id, login, name, address, events, secret_sealed, owner_id, stopped)
), happened AS MATERIALIZED (
    SELECT o.id, o.shop_id, o.goods_fen + o.freight_fen AS amount_fen, o.refunded_fen, o.paid_at,
           row_number() OVER (ORDER BY o.paid_at DESC, o.id) AS nth
    FROM orders AS o
    WHERE o.county = :county
      AND o.shop_id = :shop_id::uuid
      AND o.paid_at IS NOT NULL
    ORDER BY o.paid_at DESC, o.id
    LIMIT 8
), added AS (
    INSERT INTO webhooks (county, id, owner_kind, owner_id, name, address, events, state, secret_sealed, made_by, made_at, stopped_at,
                          stopped_why)
    SELECT :county, hook.id, hook.kind, hook.owner_id, hook.name, hook.address, hook.events,
           CASE WHEN hook.stopped THEN 'stopped' ELSE 'active' END, hook.secret_sealed, made_by.id,
           :now::timestamptz - interval '90 days', CASE WHEN hook.stopped THEN :now::timestamptz END,
           CASE WHEN hook.stopped THEN 'unreachable' END
    FROM hook
    JOIN made_by
      ON made_by.login = hook.login
), told AS (
    INSERT INTO webhook_deliveries (county, webhook_id, event_id, type, happened_at, body, state, attempts, made_at, due_at, delivered_at)
    SELECT :county, hook.id, md5('demo event ' || happened.id)::uuid, 'order.paid', happened.paid_at,
           json_build_object('type', 'order.paid', 'timestamp', webhook_time(happened.paid_at), 'version', 1,
                             'data', json_build_object('order_id', :county || '-' || happened.id, 'state', 'paid',
                                                       'shop_id', :county || '-' || happened.shop_id, 'amount_fen', happened.amount_fen,
                                                       'refunded_fen', happened.refunded_fen))::text,
           CASE WHEN NOT hook.stopped THEN 'delivered' WHEN happened.nth = 8 THEN 'failed' ELSE 'waiting' END,
           CASE WHEN NOT hook.stopped THEN 1 WHEN happened.nth = 8 THEN 11 ELSE 0 END,
           :now::timestamptz, happened.paid_at, CASE WHEN NOT hook.stopped THEN happened.paid_at + interval '1 second' END
    FROM hook
    CROSS JOIN happened
    RETURNING county, webhook_id, event_id, happened_at, state, attempts
)
INSERT INTO webhook_attempts (county, webhook_id, event_id, attempt, at, outcome, status, took_ms)
SELECT told.county, told.webhook_id, told.event_id, made.attempt,
       told.happened_at + make_interval(hours => (made.attempt - 1) * 3, secs => 1),
       CASE WHEN told.state = 'delivered' THEN 'taken' ELSE 'unreachable' END,
       CASE WHEN told.state = 'delivered' THEN 204 END, CASE WHEN told.state = 'delivered' THEN 84 ELSE 5003 END
FROM told
CROSS JOIN LATERAL generate_series(1, told.attempts) AS made (attempt)
