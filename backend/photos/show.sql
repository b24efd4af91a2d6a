-- What became of an upload, for whoever uploaded it.
WITH file AS (
    SELECT coalesce(json_agg(f.size ORDER BY f.size), '[]') AS sizes
    FROM photo_files AS f
    WHERE f.photo_id = :photo_id::uuid
      AND f.format = 'webp'
)
SELECT p.id AS photo_id,
       p.purpose AS use,
       p.state,
       p.refusal,
       p.width,
       p.height,
       file.sizes,
       p.created_at,
       p.bound_id IS NOT NULL AS used
FROM photos AS p
CROSS JOIN file
WHERE p.id = :photo_id::uuid
  AND p.owner_id = :actor_id::uuid
