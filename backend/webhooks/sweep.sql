-- Forgets what was told: events after a day, messages with their attempts after thirty, whether they got through or not.
WITH old AS (
    DELETE FROM webhook_events
    WHERE fanned_at < :now::timestamptz - interval '1 day'
)
DELETE FROM webhook_deliveries
WHERE made_at < :now::timestamptz - interval '30 days'
