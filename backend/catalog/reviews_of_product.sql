-- What buyers say of a product, newest first, for everyone; never who they are.
SELECT r.county || '-' || r.id AS review_id,
       r.author_masked AS author,
       r.bought,
       r.rating,
       r.words,
       r.photos,
       r.created_at,
       r.changed_at,
       r.reply,
       r.replied_at,
       r.id::text AS cursor
FROM reviews AS r
JOIN products AS p
  ON p.county = r.county
 AND p.id = r.product_id
WHERE r.county = :product_county
  AND r.product_id = :product_id::uuid
  AND r.state = 'shown'
  AND p.state = 'approved'
  AND (:cursor::uuid IS NULL OR r.id < :cursor::uuid)
ORDER BY r.id DESC
LIMIT :limit::bigint
