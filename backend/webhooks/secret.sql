-- A new secret; the one before it signs too for a day, so that a receiver can change over without losing a message.
WITH changed AS (
    UPDATE webhooks AS w
    SET secret_sealed = plan.secret_sealed,
        old_secret_sealed = w.secret_sealed,
        old_secret_until = plan.old_secret_until,
        version = w.version + 1
    FROM jsonb_to_record(:plan::jsonb) AS plan (secret_sealed bytea, old_secret_until timestamptz, seen_version int)
    WHERE w.county = :webhook_county
      AND w.id = :webhook_id::uuid
      AND w.ended_at IS NULL
      AND w.version = plan.seen_version
    RETURNING w.county, w.id
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'webhook_secret_changed', county, 'webhooks', id, '{}', :request_id
    FROM changed
)
SELECT refuse('plan-stale')
WHERE NOT EXISTS (SELECT FROM changed)
