-- Makes deliveries of what happened: for the shop, the county, and the unit whose order or list it is. Paused and stopped webhooks
-- collect too. The message is written here once and never changes; it holds ids, states and amounts.
WITH waiting AS MATERIALIZED (
    SELECT e.county, e.id, e.at, e.subject, e.subject_id, e.became, e.shop_id, e.unit_id, e.amount_fen, e.refunded_fen
    FROM webhook_events AS e
    WHERE e.fanned_at IS NULL
    ORDER BY e.at
    LIMIT 500
), of_unit AS MATERIALIZED (
    SELECT waiting.id, o.unit_county, o.unit_id
    FROM waiting
    JOIN demand_orders AS o
      ON o.county = waiting.county
     AND o.order_id = waiting.subject_id
    WHERE waiting.subject = 'order'
), heard AS MATERIALIZED (
    SELECT waiting.id, w.county AS webhook_county, w.id AS webhook_id
    FROM waiting
    JOIN webhooks AS w
      ON w.county = waiting.county
     AND (w.owner_kind = 'county' OR w.owner_id IN (waiting.shop_id, waiting.unit_id))
    WHERE w.ended_at IS NULL
      AND waiting.subject || '.' || waiting.became = ANY (w.events)
    UNION
    SELECT waiting.id, w.county, w.id
    FROM waiting
    JOIN of_unit
      ON of_unit.id = waiting.id
    JOIN webhooks AS w
      ON w.county = of_unit.unit_county
     AND w.owner_id = of_unit.unit_id
    WHERE w.ended_at IS NULL
      AND waiting.subject || '.' || waiting.became = ANY (w.events)
), made AS (
    INSERT INTO webhook_deliveries (county, webhook_id, event_id, type, happened_at, body, made_at, due_at)
    SELECT heard.webhook_county, heard.webhook_id, waiting.id, waiting.subject || '.' || waiting.became, waiting.at,
           json_build_object('type', waiting.subject || '.' || waiting.became, 'timestamp', webhook_time(waiting.at), 'version', 1,
                             'data', json_strip_nulls(json_build_object(
                                 waiting.subject || '_id', waiting.county || '-' || waiting.subject_id,
                                 'state', waiting.became,
                                 'shop_id', waiting.county || '-' || waiting.shop_id,
                                 'unit_id', waiting.county || '-' || waiting.unit_id,
                                 'amount_fen', waiting.amount_fen,
                                 'refunded_fen', waiting.refunded_fen)))::text,
           :now::timestamptz, :now::timestamptz
    FROM waiting
    JOIN heard
      ON heard.id = waiting.id
    ON CONFLICT (county, webhook_id, event_id) DO NOTHING
)
UPDATE webhook_events AS e
SET fanned_at = :now::timestamptz
FROM waiting
WHERE e.county = waiting.county
  AND e.id = waiting.id
