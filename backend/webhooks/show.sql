-- One webhook; its secret is shown to nobody again.
SELECT w.county || '-' || w.id AS webhook_id,
       w.owner_kind,
       w.county,
       CASE WHEN w.owner_kind = 'shop' THEN w.county || '-' || w.owner_id END AS shop_id,
       CASE WHEN w.owner_kind = 'unit' THEN w.county || '-' || w.owner_id END AS unit_id,
       w.name,
       w.address,
       array_to_string(w.events, ' ') AS events,
       w.state,
       w.stopped_at,
       w.stopped_why,
       CASE WHEN w.old_secret_until > :now::timestamptz THEN w.old_secret_until END AS old_secret_until,
       c.display_name AS made_by,
       w.made_at,
       n.waiting_count,
       n.failed_count,
       w.version
FROM webhooks AS w
JOIN accounts AS c
  ON c.id = w.made_by
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE d.state = 'waiting') AS waiting_count, count(*) FILTER (WHERE d.state = 'failed') AS failed_count
    FROM webhook_deliveries AS d
    WHERE d.county = w.county
      AND d.webhook_id = w.id
      AND d.state <> 'delivered') AS n
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
