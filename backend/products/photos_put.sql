-- The photos of a product in their order, the first being its cover: those it has already, and ready ones of the operator's own.
WITH product AS (
    SELECT p.county, p.id
    FROM products AS p
    WHERE p.county = :product_county
      AND p.id = :product_id::uuid
      AND p.shop_id = ANY (:actor_organisations::uuid[])
      AND p.state IN ('proposed', 'approved')
), asked AS MATERIALIZED (
    SELECT a.position, f.id, f.width, f.height
    FROM unnest(:photo_ids::uuid[]) WITH ORDINALITY AS a (id, position)
    LEFT JOIN photos AS f
           ON f.id = a.id
          AND f.purpose = 'product'
          AND f.state = 'ready'
          AND (f.bound_id = :product_id::uuid OR f.bound_id IS NULL AND f.owner_id = :actor_id::uuid)
), photo AS MATERIALIZED (
    SELECT coalesce(jsonb_agg(jsonb_build_object('photo_id', id, 'width', width, 'height', height) ORDER BY position), '[]') AS photos,
           (array_agg(id ORDER BY position))[1] AS cover_photo_id,
           min(position) FILTER (WHERE id IS NULL) AS missing
    FROM asked
), changed AS (
    UPDATE products AS p
    SET photos = photo.photos,
        cover_photo_id = photo.cover_photo_id,
        version = p.version + 1
    FROM product
    CROSS JOIN photo
    WHERE p.county = product.county
      AND p.id = product.id
      AND p.version = :if_match::int
      AND photo.missing IS NULL
    RETURNING p.county, p.id, p.photos, p.version
)
SELECT CASE
           WHEN photo.missing IS NOT NULL THEN 'photo-not-ready'
           WHEN changed.id IS NULL THEN 'stale'
       END AS problem,
       '/photo_ids/' || (photo.missing - 1) AS problem_pointer,
       product.county || '-' || product.id AS product_id,
       changed.photos,
       changed.version
FROM product
CROSS JOIN photo
LEFT JOIN changed
       ON changed.county = product.county
      AND changed.id = product.id
