-- Facts for a household by form: its village is the caller's, and which of its ID numbers another household holds.
SELECT left(a.code, 6) AS county,
       (SELECT coalesce(json_agg(json_build_object('id_number_index', h.id_number_index)), '[]'::json)
        FROM id_number_holders AS h
        JOIN members AS m
          ON m.county = h.county
         AND m.id = h.member_id
        WHERE h.id_number_index IN (SELECT jsonb_array_elements_text(:indexes::jsonb))
          AND m.valid_to IS NULL) AS held
FROM areas AS a
WHERE a.code = :village_code
  AND length(a.code) > 6
  AND (a.valid_to IS NULL OR a.valid_to > :today::date)
  AND area_within(a.code, :actor_areas::text[])
