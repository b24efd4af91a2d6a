-- What became of a file: counts and every problem with row, column, rule and reason.
SELECT i.county || '-' || i.id AS import_id,
       i.file_name,
       i.file_hash,
       i.dry_run,
       i.only_clean,
       i.state,
       i.rows_read,
       i.rows_taken,
       i.report,
       i.refused IS NOT NULL AS has_refused,
       i.requested_at,
       i.finished_at
FROM imports AS i
WHERE i.county = :import_county
  AND i.id = :import_id::uuid
  AND i.kind = 'households'
  AND area_within(i.county, :actor_areas::text[])
