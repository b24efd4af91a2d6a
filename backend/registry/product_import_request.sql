-- An operator hands in a file of products of the own shop; a job works it.
INSERT INTO imports (county, id, kind, shop_id, file_name, file_hash, content, options, dry_run, only_clean, requested_by, requested_at)
SELECT s.county, :new_id::uuid, 'products', s.id, coalesce(:file_name, 'products'), :file_hash, :content::bytea,
       jsonb_strip_nulls(jsonb_build_object('category_code', :category_code::text, 'grade', :grade::text)),
       coalesce(:dry_run::boolean, true), coalesce(:skip_bad::boolean, false), :actor_id::uuid, :now::timestamptz
FROM shops AS s
WHERE s.county = :shop_county
  AND s.id = :shop_id::uuid
  AND s.id = ANY (:actor_organisations::uuid[])
  AND s.state = 'open'
RETURNING county || '-' || id AS import_id,
          state,
          dry_run,
          only_clean AS skip_bad
