-- Whose a webhook is, for what may be asked of it.
SELECT w.owner_kind,
       w.version
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
