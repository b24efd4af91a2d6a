-- Who holds these ID numbers today, in the byte order of their hashes.
SELECT h.id_number_index,
       m.household_id
FROM id_number_holders AS h
JOIN members AS m
  ON m.county = h.county
 AND m.id = h.member_id
WHERE h.id_number_index IN (SELECT jsonb_array_elements_text(:indexes::jsonb))
  AND (m.valid_to IS NULL OR m.valid_to > :today::date)
ORDER BY h.id_number_index COLLATE "C"
