-- Who saw what is protected, of whom, when and why, newest first. Contacts of complaints show to auditors only.
SELECT e.id AS event_id,
       e.at,
       e.actor_id AS account_id,
       n.display_name AS actor_name,
       e.event,
       e.subject_kind,
       e.county || '-' || e.subject_id AS subject_id,
       h.county || '-' || h.id AS household_id,
       h.card_number,
       h.head_name_masked,
       e.detail ->> 'purpose' AS purpose,
       e.reason,
       e.at || '|' || e.id AS cursor
FROM audit_events AS e
LEFT JOIN accounts_names AS n
       ON n.id = e.actor_id
LEFT JOIN registry_households_masked AS h
       ON h.county = e.county
      AND e.subject_kind = 'members'
      AND h.id = (e.detail ->> 'household_id')::uuid
WHERE e.county = :county
  AND area_within(:county, :actor_areas::text[])
  AND e.at >= :from::date::timestamp AT TIME ZONE 'Asia/Shanghai'
  AND e.at < (:to::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
  AND e.event IN ('id_number_revealed', 'payout_accounts_seen', 'recipient_revealed', 'complaint_contact_seen')
  AND (:event::text IS NULL OR e.event = :event::text)
  AND (:account_id::uuid IS NULL OR e.actor_id = :account_id::uuid)
  AND (:household_id::uuid IS NULL OR h.id = :household_id::uuid)
  AND (e.event <> 'complaint_contact_seen'
       OR EXISTS (SELECT
                  FROM accounts_roles_in_force AS g
                  WHERE g.account_id = :actor_id::uuid
                    AND g.role = 'auditor'
                    AND starts_with(:county, g.area_code)
                    AND g.valid_from <= :today::date
                    AND (g.valid_to IS NULL OR g.valid_to > :today::date)))
  -- Whoever a complaint is about learns nothing of it, here neither.
  AND NOT EXISTS (SELECT
                  FROM complaint_parties AS p
                  WHERE p.county = e.county
                    AND p.complaint_id = e.subject_id
                    AND p.account_id = :actor_id::uuid)
  AND (:cursor::text IS NULL
       OR (e.at, e.id) < (split_part(:cursor::text, '|', 1)::timestamptz, split_part(:cursor::text, '|', 2)::uuid))
ORDER BY e.at DESC, e.id DESC
LIMIT :limit::int
