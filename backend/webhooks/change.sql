-- Changes name, address and events of a webhook; what waits goes to the new address.
WITH changed AS (
    UPDATE webhooks AS w
    SET name = plan.name,
        address = plan.address,
        events = plan.events,
        version = w.version + 1
    FROM jsonb_to_record(:plan::jsonb) AS plan (name text, address text, events text[])
    WHERE w.county = :webhook_county
      AND w.id = :webhook_id::uuid
      AND w.ended_at IS NULL
      AND w.version = :if_match::int
    RETURNING w.county, w.id, w.name, w.address, w.events, w.state, w.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'webhook_changed', county, 'webhooks', id, jsonb_build_object('events', array_to_string(events, ' ')), :request_id
    FROM changed
)
SELECT CASE WHEN changed.id IS NULL THEN refuse('stale') END AS refused,
       changed.county || '-' || changed.id AS webhook_id,
       changed.name,
       changed.address,
       array_to_string(changed.events, ' ') AS events,
       changed.state,
       changed.version
FROM (VALUES (1)) AS asked (once)
LEFT JOIN changed ON true
