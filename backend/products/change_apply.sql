-- Changes name, description or weight; fails whole when someone else was first.
WITH changed AS (
    UPDATE products
    SET name = coalesce(:name, name),
        description = coalesce(:description, description),
        gross_weight_ppm = coalesce(:gross_weight_ppm::int, gross_weight_ppm),
        words = (:plan::jsonb ->> 'words')::text[],
        version = version + 1
    WHERE county = :product_county
      AND id = :product_id::uuid
      AND version = :if_match::int
    RETURNING 1
)
SELECT refuse('stale')
WHERE NOT EXISTS (SELECT 1 FROM changed)
