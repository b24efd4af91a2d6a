-- A county officer hands in a file; a job works it.
INSERT INTO imports (county, id, kind, file_name, file_hash, content, dry_run, only_clean, requested_by, requested_at)
SELECT a.code, :new_id::uuid, 'households', coalesce(:file_name, 'households.csv'), :file_hash, :content::bytea,
       coalesce(:dry_run::boolean, true), coalesce(:only_clean::boolean, false), :actor_id::uuid, :now::timestamptz
FROM areas AS a
WHERE a.code = :county
  AND a.kind = 'county'
  AND area_within(a.code, :actor_areas::text[])
RETURNING county || '-' || id AS import_id,
          state,
          dry_run,
          only_clean
