-- How often each person saw what is protected, by kind, in a county and days; contacts of complaints stand in the log of auditors only.
SELECT e.actor_id AS account_id,
       n.display_name AS actor_name,
       count(*) FILTER (WHERE e.event = 'id_number_revealed') AS id_numbers_count,
       count(DISTINCT e.subject_id) FILTER (WHERE e.event = 'id_number_revealed') AS persons_count,
       count(*) FILTER (WHERE e.event = 'payout_accounts_seen') AS payout_accounts_count,
       count(*) FILTER (WHERE e.event = 'recipient_revealed') AS recipients_count,
       max(e.at) AS last_at,
       e.actor_id::text AS cursor
FROM audit_events AS e
LEFT JOIN accounts_names AS n
       ON n.id = e.actor_id
WHERE e.county = :county
  AND area_within(:county, :actor_areas::text[])
  AND e.at >= :from::date::timestamp AT TIME ZONE 'Asia/Shanghai'
  AND e.at < (:to::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
  AND e.event IN ('id_number_revealed', 'payout_accounts_seen', 'recipient_revealed')
  AND (:cursor::uuid IS NULL OR e.actor_id > :cursor::uuid)
GROUP BY e.actor_id, n.display_name
ORDER BY e.actor_id
LIMIT :limit::int
