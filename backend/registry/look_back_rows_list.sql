-- The households a looking-back corrects, masked, with what they were held to be and why that is wrong.
SELECT r.county || '-' || r.household_id AS household_id,
       h.card_number,
       h.head_name_masked,
       h.area_code,
       a.name AS area_name,
       r.status_before,
       r.status,
       r.valid_from,
       r.reason,
       r.household_id::text AS cursor
FROM look_back_rows AS r
JOIN households AS h
  ON h.county = r.county
 AND h.id = r.household_id
JOIN areas AS a
  ON a.code = h.area_code
WHERE r.county = :look_back_county
  AND r.look_back_id = :look_back_id::uuid
  AND area_within(r.county, :actor_areas::text[])
  AND (:cursor::uuid IS NULL OR r.household_id > :cursor::uuid)
ORDER BY r.household_id
LIMIT :limit::bigint
