-- One message: as it is signed and sent, and every attempt.
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
), attempt AS MATERIALIZED (
    SELECT json_agg(json_build_object('attempt', t.attempt, 'at', t.at, 'outcome', t.outcome, 'status', t.status, 'took_ms', t.took_ms)
                    ORDER BY t.attempt DESC) AS made
    FROM hook
    JOIN webhook_attempts AS t
      ON t.county = hook.county
     AND t.webhook_id = hook.id
    WHERE t.event_id = :event_id::uuid
)
SELECT d.event_id,
       d.type,
       d.happened_at,
       d.state,
       d.attempts,
       CASE WHEN d.state = 'waiting' THEN d.due_at END AS due_at,
       d.delivered_at,
       d.body,
       coalesce(attempt.made, '[]') AS made
FROM hook
JOIN webhook_deliveries AS d
  ON d.county = hook.county
 AND d.webhook_id = hook.id
CROSS JOIN attempt
WHERE d.event_id = :event_id::uuid
