-- One area with the names of what lies above it.
SELECT a.code,
       a.parent_code,
       a.name,
       a.kind,
       a.valid_from,
       a.valid_to,
       a.source,
       (SELECT coalesce(json_agg(json_build_object('code', up.code, 'name', up.name, 'kind', up.kind) ORDER BY length(up.code)), '[]'::json)
        FROM areas AS up
        WHERE up.code IN (left(a.code, 2), left(a.code, 4), left(a.code, 6), left(a.code, 9))
          AND up.code <> a.code) AS above
FROM areas AS a
WHERE a.code = :code::text
