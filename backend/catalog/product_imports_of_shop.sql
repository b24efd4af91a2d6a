-- The files of products a shop has handed in, newest first.
SELECT i.county || '-' || i.id AS import_id,
       i.file_name,
       i.dry_run,
       i.state,
       i.rows_read,
       i.rows_taken,
       (i.report ->> 'errors_count')::int AS errors_count,
       i.requested_at,
       i.finished_at,
       i.id::text AS cursor
FROM imports AS i
WHERE i.county = :shop_county
  AND i.shop_id = :shop_id::uuid
  AND (i.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(i.county, :actor_areas::text[]))
  AND (:cursor::uuid IS NULL OR i.id < :cursor::uuid)
ORDER BY i.id DESC
LIMIT :limit::bigint
