-- Sends one message again, under its id, whatever became of it.
WITH hook AS MATERIALIZED (
    SELECT w.county, w.id
    FROM webhooks AS w
    WHERE w.county = :webhook_county
      AND w.id = :webhook_id::uuid
      AND w.ended_at IS NULL
      AND (w.owner_kind = 'shop' AND w.owner_id = ANY (:actor_organisations::uuid[])
           OR w.owner_kind = 'county' AND area_within(w.county, :actor_areas::text[])
           OR EXISTS (SELECT
                      FROM unit_members AS m
                      WHERE m.county = w.county
                        AND m.unit_id = w.owner_id
                        AND m.account_id = :actor_id::uuid
                        AND m.duty = 'approver'
                        AND m.ended_at IS NULL))
), replayed AS (
    UPDATE webhook_deliveries AS d
    SET state = 'waiting',
        due_at = :now::timestamptz,
        attempts_before = d.attempts,
        delivered_at = NULL
    FROM hook
    WHERE d.county = hook.county
      AND d.webhook_id = hook.id
      AND d.event_id = :event_id::uuid
      AND (d.claimed_until IS NULL OR d.claimed_until <= :now::timestamptz)
    RETURNING d.county, d.webhook_id AS id, d.event_id
), told AS MATERIALIZED (
    SELECT county, id, count(*) AS events_count
    FROM replayed
    GROUP BY county, id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'webhook_replayed', county, 'webhooks', id, jsonb_build_object('events_count', events_count), :request_id
    FROM told
)
SELECT CASE WHEN replayed.event_id IS NULL THEN 'wrong-state' END AS problem,
       d.event_id,
       'waiting' AS state
FROM hook
JOIN webhook_deliveries AS d
  ON d.county = hook.county
 AND d.webhook_id = hook.id
LEFT JOIN replayed
       ON replayed.event_id = d.event_id
WHERE d.event_id = :event_id::uuid
