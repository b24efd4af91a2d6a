-- Held until the connection ends: two programs that start at once must not migrate at once.
SELECT pg_advisory_lock(hashtext('shanhuo migrations')) IS NULL AS locked
