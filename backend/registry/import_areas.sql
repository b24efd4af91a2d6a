-- Takes areas_incoming over into areas: adds, renames, revives, and ends what the edition no longer holds.
WITH added AS (
    INSERT INTO areas (code, parent_code, name, kind, valid_from, source)
    SELECT i.code, i.parent_code, i.name, i.kind, :valid_from::date, :source
    FROM areas_incoming AS i
    WHERE NOT EXISTS (SELECT 1 FROM areas AS a WHERE a.code = i.code)
    RETURNING code
),
changed AS (
    UPDATE areas AS a
    SET parent_code = i.parent_code, name = i.name, kind = i.kind, valid_to = NULL, source = :source
    FROM areas_incoming AS i
    WHERE a.code = i.code
      AND (a.parent_code, a.name, a.kind, a.valid_to) IS DISTINCT FROM (i.parent_code, i.name, i.kind, NULL)
    RETURNING a.code
),
former_names AS (
    INSERT INTO area_aliases (alias, code, note)
    SELECT a.name, a.code, 'former name'
    FROM areas AS a
    JOIN areas_incoming AS i ON i.code = a.code AND i.name <> a.name
    ON CONFLICT DO NOTHING
    RETURNING code
),
ended AS (
    UPDATE areas AS a
    SET valid_to = greatest(:valid_from::date, a.valid_from + 1)
    WHERE starts_with(a.code, :within)
      AND a.valid_to IS NULL
      AND split_part(a.source, ' ', 1) = split_part(:source, ' ', 1)
      AND NOT EXISTS (SELECT 1 FROM areas_incoming AS i WHERE i.code = a.code)
    RETURNING a.code
),
orphans AS (
    SELECT count(*) AS orphans
    FROM areas_incoming AS i
    WHERE i.parent_code IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM areas_incoming AS p WHERE p.code = i.parent_code)
      AND NOT EXISTS (SELECT 1 FROM areas AS p WHERE p.code = i.parent_code)
)
SELECT (SELECT count(*) FROM added) AS added,
       (SELECT count(*) FROM changed) AS changed,
       (SELECT count(*) FROM ended) AS ended,
       CASE WHEN o.orphans > 0 THEN refuse('invalid') END AS refused
FROM orphans AS o
