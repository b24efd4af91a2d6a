-- The household a payee account is proposed for is the caller's.
SELECT h.area_code
FROM households AS h
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
