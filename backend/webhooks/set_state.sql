-- Pauses a webhook or lets it go on, also one that was stopped; what waited meanwhile goes out then.
WITH changed AS (
    UPDATE webhooks AS w
    SET state = :state,
        stopped_at = NULL,
        stopped_why = NULL,
        version = w.version + 1
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
    RETURNING w.county, w.id, w.state, w.version
), audited AS (
    INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, detail, request_id)
    SELECT gen_random_uuid(), :now::timestamptz, :actor_id::uuid, 'webhook_state_set', county, 'webhooks', id, jsonb_build_object('state', state), :request_id
    FROM changed
)
SELECT changed.county || '-' || changed.id AS webhook_id,
       changed.state,
       changed.version
FROM changed
