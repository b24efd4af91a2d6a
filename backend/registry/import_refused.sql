-- The rows an import did not take, as they are kept: sealed. Only for who handed the file in: they hold full numbers.
SELECT i.county || '-' || i.id AS import_id,
       i.file_name,
       i.refused AS sealed
FROM imports AS i
WHERE i.county = :import_county
  AND i.id = :import_id::uuid
  AND i.refused IS NOT NULL
  AND i.requested_by = :actor_id::uuid
  AND area_within(i.county, :actor_areas::text[])
