-- Payee accounts that wait for a second officer, oldest first.
SELECT c.county || '-' || c.id AS payee_change_id,
       c.county || '-' || c.household_id AS household_id,
       h.card_number,
       h.head_name_masked,
       c.payee_bank,
       c.payee_account_masked,
       c.reason,
       c.proposed_by,
       c.proposed_at,
       c.id::text AS cursor
FROM payee_changes AS c
JOIN households AS h
  ON h.county = c.county
 AND h.id = c.household_id
WHERE c.county = :county
  AND c.state = 'proposed'
  AND area_within(h.area_code, :actor_areas::text[])
  AND (:cursor::uuid IS NULL OR c.id > :cursor::uuid)
ORDER BY c.id
LIMIT :limit::bigint
