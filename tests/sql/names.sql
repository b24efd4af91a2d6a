-- Constraints and unique indexes are named after the problem they raise; primary keys end in _pkey, references to reference tables in _fkey.
WITH named AS (
    SELECT conname AS name, contype::text AS kind
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
      AND contype IN ('c', 'u', 'f', 'x', 'p')
    UNION ALL
    SELECT c.relname, 'u'
    FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace
      AND i.indisunique
      AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
)
SELECT CASE
           WHEN name ~ '__' AND regexp_replace(name, '^.*__', '') = ANY (:'slugs'::text[]) THEN 'ok ' || name
           WHEN kind = 'p' AND name ~ '_pkey$' THEN 'ok ' || name
           WHEN kind = 'f' AND name ~ '_fkey$' THEN 'ok ' || name
           ELSE 'not ok ' || name || ': it ends in no known problem'
       END
FROM named
ORDER BY 1;
