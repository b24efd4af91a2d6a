INSERT INTO schema_migration (number, name, checksum, applied_at)
VALUES (:number::integer, :name, sha256(convert_to(:source, 'UTF8')), :now::timestamptz)
