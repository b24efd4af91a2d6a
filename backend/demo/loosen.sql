-- Before a big load: takes keys and indexes off the tables that grow most and notes how to put them back, both or neither. Rows come
-- faster without them, and building an index at once costs less than growing it row by row.
DO $loosen$
DECLARE
    step record;
BEGIN
    CREATE TABLE demo_definitions (position int GENERATED ALWAYS AS IDENTITY, definition text NOT NULL);
    CREATE TEMPORARY TABLE grown ON COMMIT DROP AS
        SELECT name::regclass AS id
        FROM unnest(ARRAY['purchases', 'orders', 'order_lines', 'payments', 'provider_transactions', 'transfers', 'entries', 'allocations',
                          'attributions', 'dues', 'payout_items']) AS name;
    CREATE TEMPORARY TABLE taken ON COMMIT DROP AS
        SELECT row_number() OVER (ORDER BY kind, name) AS position, kind, name, build, remove
        FROM (SELECT 0 AS kind, id::text AS name, format('ALTER TABLE %s RESET (autovacuum_enabled)', id) AS build,
                     format('ALTER TABLE %s SET (autovacuum_enabled = false)', id) AS remove
              FROM grown
              UNION ALL
              SELECT 1, i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS build,
                     format('DROP INDEX %s', i.indexrelid::regclass) AS remove
              FROM pg_index AS i
              WHERE i.indrelid IN (SELECT id FROM grown)
                AND NOT EXISTS (SELECT 1 FROM pg_constraint AS c WHERE c.conindid = i.indexrelid AND c.contype <> 'f')
              UNION ALL
              SELECT CASE c.contype WHEN 'f' THEN 3 ELSE 2 END, c.conrelid::regclass || '.' || c.conname,
                     format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)),
                     format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname)
              FROM pg_constraint AS c
              WHERE c.contype IN ('p', 'u', 'f')
                AND (c.conrelid IN (SELECT id FROM grown) OR c.contype = 'f' AND c.confrelid IN (SELECT id FROM grown))) AS found;
    INSERT INTO demo_definitions (definition)
        SELECT build
        FROM taken
        ORDER BY position;
    FOR step IN SELECT remove FROM taken ORDER BY kind DESC, name LOOP
        EXECUTE step.remove;
    END LOOP;
END $loosen$
