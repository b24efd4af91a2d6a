-- The sealed ID number of one person in the caller's area.
SELECT m.county || '-' || m.id AS member_id,
       m.id_number_sealed AS sealed
FROM members AS m
JOIN households AS h
  ON h.county = m.county
 AND h.id = m.household_id
WHERE m.county = :household_county
  AND m.county = :member_county
  AND m.household_id = :household_id::uuid
  AND m.id = :member_id::uuid
  AND m.id_number_sealed IS NOT NULL
  AND area_within(h.area_code, :actor_areas::text[])
