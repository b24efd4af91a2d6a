-- Writes how attempts ended (:plan). A message given up stops its webhook, which is on record; what waits for it stays. An attempt that was
-- taken for lost meanwhile, or whose message was sent anew by hand, changes nothing but the log.
WITH ended AS MATERIALIZED (
    SELECT x.county, x.webhook_id, x.event_id, x.attempt, x.outcome, x.status, x.took_ms, x.again_s
    FROM jsonb_to_recordset(:plan::jsonb) AS x (
        county text, webhook_id uuid, event_id uuid, attempt int, outcome text, status int, took_ms int, again_s bigint)
), logged AS (
    INSERT INTO webhook_attempts (county, webhook_id, event_id, attempt, at, outcome, status, took_ms)
    SELECT county, webhook_id, event_id, attempt, :now::timestamptz, outcome, nullif(status, 0), took_ms
    FROM ended
    ON CONFLICT (county, webhook_id, event_id, attempt) DO NOTHING
), settled AS (
    UPDATE webhook_deliveries AS d
    SET state = CASE WHEN ended.outcome = 'taken' THEN 'delivered' WHEN ended.again_s = 0 THEN 'failed' ELSE 'waiting' END,
        due_at = :now::timestamptz + ended.again_s * interval '1 second',
        claimed_until = NULL,
        delivered_at = CASE WHEN ended.outcome = 'taken' THEN :now::timestamptz END
    FROM ended
    WHERE d.county = ended.county
      AND d.webhook_id = ended.webhook_id
      AND d.event_id = ended.event_id
      AND d.attempts = ended.attempt
      AND d.state = 'waiting'
    RETURNING d.county, d.webhook_id, d.state, ended.outcome
), given_up AS MATERIALIZED (
    SELECT county, webhook_id, min(outcome) AS outcome
    FROM settled
    WHERE state = 'failed'
    GROUP BY county, webhook_id
), stopped AS (
    UPDATE webhooks AS w
    SET state = 'stopped',
        stopped_at = :now::timestamptz,
        stopped_why = given_up.outcome,
        version = w.version + 1
    FROM given_up
    WHERE w.county = given_up.county
      AND w.id = given_up.webhook_id
      AND w.state = 'active'
    RETURNING w.county, w.id, w.stopped_why
)
INSERT INTO audit_events (id, at, event, county, subject_kind, subject_id, detail)
SELECT gen_random_uuid(), :now::timestamptz, 'webhook_stopped', county, 'webhooks', id, jsonb_build_object('outcome', stopped_why)
FROM stopped
