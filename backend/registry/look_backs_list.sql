-- Looking-backs of a county, newest first; files that were only checked or had faults are among them.
SELECT i.county || '-' || i.id AS look_back_id,
       i.options ->> 'title' AS title,
       i.file_name,
       i.dry_run,
       i.state AS file_state,
       b.state,
       b.rows_count,
       b.removed_count,
       b.added_count,
       i.requested_at,
       i.id::text AS cursor
FROM imports AS i
LEFT JOIN look_backs AS b
       ON b.county = i.county
      AND b.id = i.id
WHERE i.county = :county
  AND i.kind = 'look_backs'
  AND area_within(i.county, :actor_areas::text[])
  AND (:cursor::uuid IS NULL OR i.id < :cursor::uuid)
ORDER BY i.id DESC
LIMIT :limit::bigint
