-- Whether the caller works in the county whose register is to be checked; no row: it is not there for them.
SELECT a.code AS county
FROM registry_area_names AS a
WHERE a.code = :county::text
  AND area_within(a.code, :actor_areas::text[])
