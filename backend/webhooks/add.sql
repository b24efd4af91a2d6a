-- Keeps a new webhook, its secret sealed.
WITH added AS (
    INSERT INTO webhooks (county, id, owner_kind, owner_id, name, address, events, secret_sealed, made_by, made_at)
    SELECT webhook_county, webhook_id, owner_kind, owner_id, name, address, events, secret_sealed, :actor_id::uuid, :now::timestamptz
    FROM jsonb_to_record(:plan::jsonb) AS plan (webhook_county text, webhook_id uuid, owner_kind text, owner_id uuid, name text,
                                                address text, events text[], secret_sealed bytea)
    RETURNING county, id, events
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'webhook_added', county, 'webhooks', id, jsonb_build_object('events', array_to_string(events, ' ')), :request_id
    FROM added
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT FROM added)
