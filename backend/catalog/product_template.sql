-- The heading row of an empty file, as the program knows its columns.
SELECT :template::text AS template
