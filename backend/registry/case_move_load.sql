-- Facts for a move: the household is the caller's, and the village it moves to is one of the county.
SELECT h.area_code,
       h.card_number,
       a.code AS into_code,
       a.name AS into_name
FROM households AS h
LEFT JOIN areas AS a
       ON a.code = :area_code
      AND a.kind = 'village'
      AND a.valid_to IS NULL
      AND starts_with(a.code, h.county)
      AND NOT EXISTS (SELECT 1 FROM village_mergers AS m WHERE m.county = h.county AND m.from_code = a.code)
WHERE h.county = :household_county
  AND h.id = :household_id::uuid
  AND area_within(h.area_code, :actor_areas::text[])
