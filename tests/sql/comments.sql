-- Every table, view and column says what it is for.
WITH relations AS (
    SELECT c.oid, c.relname, c.relkind
    FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace
      AND c.relkind IN ('r', 'p', 'v', 'm')
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
), described AS (
    SELECT relname AS name, obj_description(oid) AS words
    FROM relations
    UNION ALL
    SELECT r.relname || '.' || a.attname, col_description(r.oid, a.attnum)
    FROM relations AS r
    JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p')
    UNION ALL
    SELECT p.proname || '()', obj_description(p.oid)
    FROM pg_proc AS p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')
)
SELECT CASE WHEN btrim(coalesce(words, '')) <> '' THEN 'ok ' || name ELSE 'not ok ' || name || ': no comment' END
FROM described
ORDER BY 1;
