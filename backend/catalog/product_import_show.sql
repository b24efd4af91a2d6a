-- What became of a file of products: counts, and every problem with row, column, code and message in the caller's language.
SELECT i.county || '-' || i.id AS import_id,
       i.county || '-' || i.shop_id AS shop_id,
       i.file_name,
       i.dry_run,
       i.only_clean AS skip_bad,
       i.state,
       i.rows_read,
       i.rows_taken,
       i.report ->> 'problem' AS failure,
       i.report ->> 'format' AS format,
       i.report ->> 'encoding' AS encoding,
       (i.report ->> 'products_made')::int AS products_made,
       (i.report ->> 'products_changed')::int AS products_changed,
       (i.report ->> 'products_same')::int AS products_same,
       (i.report ->> 'offers_made')::int AS offers_made,
       (i.report ->> 'offers_changed')::int AS offers_changed,
       (i.report ->> 'offers_same')::int AS offers_same,
       (i.report ->> 'errors_count')::int AS errors_count,
       (i.report ->> 'notices_count')::int AS notices_count,
       coalesce((SELECT jsonb_agg(p.problem || jsonb_build_object('message', p.problem -> 'message' ->> :language::text) ORDER BY p.place)
                 FROM jsonb_array_elements(i.report -> 'problems') WITH ORDINALITY AS p (problem, place)), '[]') AS problems,
       i.requested_at,
       i.finished_at
FROM imports AS i
WHERE i.county = :import_county
  AND i.id = :import_id::uuid
  AND i.kind = 'products'
  AND (i.shop_id = ANY (:actor_organisations::uuid[]) OR area_within(i.county, :actor_areas::text[]))
