-- Who did or saw what, newest first: of a county and days; by person, by kind of event, or all about one thing.
SELECT e.id AS event_id,
       e.at,
       e.event,
       n.display_name AS actor_name,
       e.actor_id AS account_id,
       e.subject_kind,
       CASE WHEN e.subject_id IS NOT NULL THEN e.county || '-' || e.subject_id END AS subject_id,
       e.reason,
       e.detail,
       e.request_id,
       e.at || '|' || e.id AS cursor
FROM audit_events AS e
LEFT JOIN accounts_names AS n
       ON n.id = e.actor_id
WHERE e.county = :county
  AND area_within(:county, :actor_areas::text[])
  AND e.at >= :from::date::timestamp AT TIME ZONE 'Asia/Shanghai'
  AND e.at < (:to::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
  -- Whoever a complaint is about learns nothing of it, here neither.
  AND NOT EXISTS (SELECT 1
                  FROM complaint_parties AS p
                  WHERE p.county = e.county
                    AND p.complaint_id = e.subject_id
                    AND p.account_id = :actor_id::uuid)
  AND (:account_id::uuid IS NULL OR e.actor_id = :account_id::uuid)
  AND (:event::text IS NULL OR e.event = :event)
  AND (:subject_id::uuid IS NULL OR e.subject_id = :subject_id::uuid)
  AND (:name::text IS NULL OR starts_with(n.display_name, :name))
  AND (:cursor::text IS NULL
       OR (e.at, e.id) < (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY e.at DESC, e.id DESC
LIMIT :limit::int
