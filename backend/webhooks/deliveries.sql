-- The messages of a webhook, newest first, each with how its last attempt ended.
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
)
SELECT d.event_id,
       d.type,
       d.happened_at,
       d.state,
       d.attempts,
       a.at AS attempted_at,
       a.outcome,
       a.status,
       a.took_ms,
       CASE WHEN d.state = 'waiting' THEN d.due_at END AS due_at,
       d.delivered_at,
       extract(epoch FROM d.happened_at) || '|' || d.event_id AS cursor
FROM hook
JOIN webhook_deliveries AS d
  ON d.county = hook.county
 AND d.webhook_id = hook.id
LEFT JOIN LATERAL (
    SELECT t.at, t.outcome, t.status, t.took_ms
    FROM webhook_attempts AS t
    WHERE t.county = d.county
      AND t.webhook_id = d.webhook_id
      AND t.event_id = d.event_id
    ORDER BY t.attempt DESC
    LIMIT 1) AS a ON true
WHERE (:state::text IS NULL OR d.state = :state)
  AND (:type::text IS NULL OR d.type = :type)
  AND (:cursor::text IS NULL
       OR (d.happened_at, d.event_id) < (to_timestamp(split_part(:cursor, '|', 1)::numeric), split_part(:cursor, '|', 2)::uuid))
ORDER BY d.happened_at DESC, d.event_id DESC
LIMIT :limit::int
