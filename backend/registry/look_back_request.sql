-- A county officer hands in the file of a looking-back; a job reads it, and it waits for a second officer.
INSERT INTO imports (county, id, kind, file_name, file_hash, content, options, dry_run, only_clean, requested_by, requested_at)
SELECT a.code, :new_id::uuid, 'look_backs', coalesce(:file_name, 'look_back.csv'), :file_hash, :content::bytea,
       jsonb_build_object('title', :title::text, 'source', :source::text), coalesce(:dry_run::boolean, true), false, :actor_id::uuid,
       :now::timestamptz
FROM areas AS a
WHERE a.code = :county
  AND a.kind = 'county'
  AND area_within(a.code, :actor_areas::text[])
RETURNING county || '-' || id AS look_back_id,
          state,
          dry_run
