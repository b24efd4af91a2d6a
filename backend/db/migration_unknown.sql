-- What was applied by a newer program than this one.
SELECT number, name
FROM schema_migration
WHERE number <> ALL (:numbers::integer[])
ORDER BY number
