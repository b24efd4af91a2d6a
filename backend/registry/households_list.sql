-- Households of an area, masked, with the status they have today and what is open about them.
SELECT h.county || '-' || h.id AS household_id,
       h.card_number,
       h.head_name_masked,
       h.area_code,
       a.name AS area_name,
       s.status,
       n.display_name AS helper_name,
       (SELECT count(*) FROM members AS m WHERE m.county = h.county AND m.household_id = h.id AND m.valid_to IS NULL) AS members_count,
       (SELECT count(*) FROM findings AS f WHERE f.county = h.county AND f.subject_id = h.id AND f.state <> 'closed') AS findings_open,
       h.version,
       h.id::text AS cursor
FROM households AS h
JOIN areas AS a
  ON a.code = h.area_code
LEFT JOIN household_statuses AS s
       ON s.county = h.county
      AND s.household_id = h.id
      AND s.valid @> :today::date
      AND upper_inf(s.known)
LEFT JOIN accounts_names AS n
       ON n.id = h.helper_account_id
WHERE h.county = :county::text
  AND area_within(h.area_code, :actor_areas::text[])
  AND (:area::text IS NULL OR starts_with(h.area_code, :area::text))
  AND (:status::text IS NULL OR s.status = :status::text)
  AND (:helper_account_id::uuid IS NULL OR h.helper_account_id = :helper_account_id::uuid)
  AND (:without_helper::boolean IS NULL
       OR (h.helper_account_id IS NULL AND s.status IS NOT NULL AND s.status IN ('registered', 'returned')) = :without_helper::boolean)
  AND (:card_number::text IS NULL OR h.card_number = :card_number::text)
  AND (:phone_tail::text IS NULL OR h.phone_tail = :phone_tail::text)
  AND (:cursor::uuid IS NULL OR h.id > :cursor::uuid)
ORDER BY h.id
LIMIT :limit::bigint
