-- A file of a photo that the public sees: of goods on offer, or of a review that is shown.
WITH photo AS MATERIALIZED (
    SELECT p.id, p.purpose, p.bound_county, p.bound_id
    FROM photos AS p
    WHERE p.id = :photo_id::uuid
      AND p.state = 'ready'
      AND p.purpose IN ('product', 'review')
), shown AS MATERIALIZED (
    SELECT photo.id
    FROM photo
    JOIN products AS g
      ON g.county = photo.bound_county
     AND g.id = photo.bound_id
    JOIN shops AS s
      ON s.county = g.county
     AND s.id = g.shop_id
    WHERE photo.purpose = 'product'
      AND g.state = 'approved'
      AND s.state = 'open'
    UNION ALL
    SELECT photo.id
    FROM photo
    JOIN reviews AS r
      ON r.county = photo.bound_county
     AND r.id = photo.bound_id
    WHERE photo.purpose = 'review'
      AND r.state = 'shown'
)
SELECT f.bytes,
       CASE f.format WHEN 'webp' THEN 'image/webp' ELSE 'image/jpeg' END AS content_type
FROM shown
JOIN photo_files AS f
  ON f.photo_id = shown.id
WHERE f.format = :format
  AND f.size <= :size::int
ORDER BY f.size DESC
LIMIT 1
