-- The next file that waits, held until its transaction ends; a crash gives it back.
SELECT i.county,
       i.id AS import_id,
       i.file_name,
       i.content,
       i.dry_run,
       i.only_clean,
       i.requested_by
FROM imports AS i
WHERE i.state = 'waiting'
ORDER BY i.requested_at
LIMIT 1
FOR UPDATE SKIP LOCKED
