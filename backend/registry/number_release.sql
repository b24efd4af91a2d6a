-- A person who left the household no longer holds the ID number there.
DELETE FROM id_number_holders AS h
USING members AS m
WHERE m.county = :member_county
  AND m.id = :member_id::uuid
  AND h.id_number_index = m.id_number_index
  AND h.county = m.county
  AND h.member_id = m.id
