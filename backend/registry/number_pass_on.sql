-- The ID number of a person who left passes on to whoever else carries it today.
INSERT INTO id_number_holders (id_number_index, county, member_id)
SELECT other.id_number_index, other.county, other.id
FROM members AS other
WHERE other.id_number_index = (SELECT m.id_number_index FROM members AS m WHERE m.county = :member_county AND m.id = :member_id::uuid)
  AND other.valid_to IS NULL
ORDER BY other.id
LIMIT 1
ON CONFLICT (id_number_index) DO NOTHING
