-- Facts for a person who leaves: the household is the caller's, the person is in it.
SELECT h.area_code,
       m.name_masked,
       m.relation,
       m.valid_from,
       m.valid_to IS NOT NULL AS gone
FROM members AS m
JOIN households AS h
  ON h.county = m.county
 AND h.id = m.household_id
WHERE m.county = :household_county
  AND m.county = :member_county
  AND m.household_id = :household_id::uuid
  AND m.id = :member_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
