-- Throws away what nothing has shown for seven days, a bounded number.
WITH old AS MATERIALIZED (
    SELECT id
    FROM photos
    WHERE bound_id IS NULL
      AND unused_since <= :now::timestamptz - interval '7 days'
    ORDER BY unused_since
    LIMIT 500
), gone AS (
    DELETE FROM photos AS p
    USING old
    WHERE p.id = old.id
      AND p.bound_id IS NULL
    RETURNING p.id
), files AS (
    DELETE FROM photo_files AS f
    USING gone
    WHERE f.photo_id = gone.id
)
DELETE FROM photo_originals AS o
USING gone
WHERE o.photo_id = gone.id
