-- The file that was just begun, held until its transaction ends; a crash gives it back.
SELECT i.county,
       i.id AS import_id,
       i.shop_id,
       i.file_name,
       i.content,
       i.options,
       i.dry_run,
       i.only_clean,
       i.attempts,
       i.requested_by
FROM imports AS i
WHERE i.county = :county
  AND i.id = :import_id::uuid
  AND i.state = 'waiting'
FOR UPDATE SKIP LOCKED
