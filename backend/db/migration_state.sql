-- One migration as it was applied; `unchanged` compares what was applied with what is built in.
SELECT name, checksum = sha256(convert_to(:source, 'UTF8')) AS unchanged
FROM schema_migration
WHERE number = :number::integer
