-- Facts for proposing a supplier: its area exists and is the caller's.
SELECT a.code AS area_code
FROM areas AS a
WHERE a.code = :area_code::text
  AND length(a.code) >= 6
  AND area_within(a.code, :actor_areas::text[])
