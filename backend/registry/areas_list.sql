-- Areas below a parent, or found by name; the top of the tree without either.
SELECT a.code,
       a.parent_code,
       a.name,
       a.kind,
       a.code AS cursor
FROM areas AS a
WHERE a.valid_to IS NULL
  AND a.parent_code IS NOT DISTINCT FROM :parent::text
  AND (:cursor::text IS NULL OR a.code > :cursor::text)
ORDER BY a.code
LIMIT :limit::bigint
