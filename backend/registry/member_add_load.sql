-- Facts for one more person: the household is the caller's; whether it has this ID number already, or another one has.
SELECT h.area_code,
       h.card_number,
       EXISTS (SELECT 1
               FROM members AS m
               WHERE m.county = h.county
                 AND m.household_id = h.id
                 AND m.id_number_index = :id_number_index
                 AND m.valid_to IS NULL) AS present,
       EXISTS (SELECT 1
               FROM id_number_holders AS held
               JOIN members AS m
                 ON m.county = held.county
                AND m.id = held.member_id
               WHERE held.id_number_index = :id_number_index
                 AND m.household_id <> h.id
                 AND m.valid_to IS NULL) AS held
FROM households AS h
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
