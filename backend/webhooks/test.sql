-- A message that says nothing but that it came, to try an address; also of a webhook that asked for no such type.
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
), made AS (
    INSERT INTO webhook_deliveries (county, webhook_id, event_id, type, happened_at, body, made_at, due_at)
    SELECT county, id, :new_id::uuid, 'webhook.tested', :now::timestamptz,
           json_build_object('type', 'webhook.tested', 'timestamp', webhook_time(:now::timestamptz), 'version', 1,
                             'data', json_build_object('webhook_id', county || '-' || id))::text,
           :now::timestamptz, :now::timestamptz
    FROM hook
    RETURNING event_id, state
)
SELECT event_id,
       state
FROM made
