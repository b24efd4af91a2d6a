-- An upload as it will be shown, for whoever uploaded it.
SELECT f.bytes,
       'image/webp' AS content_type
FROM photos AS p
JOIN photo_files AS f
  ON f.photo_id = p.id
WHERE p.id = :photo_id::uuid
  AND p.owner_id = :actor_id::uuid
  AND f.format = 'webp'
  AND f.size <= coalesce(:size::int, 640)
ORDER BY f.size DESC
LIMIT 1
