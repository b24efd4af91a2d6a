-- The oldest upload that waits to be scaled.
WITH next AS MATERIALIZED (
    SELECT id
    FROM photos
    WHERE state = 'waiting'
    ORDER BY created_at, id
    LIMIT 1
)
SELECT o.photo_id,
       o.bytes
FROM next
JOIN photo_originals AS o
  ON o.photo_id = next.id
