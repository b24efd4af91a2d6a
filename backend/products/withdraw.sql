-- The operator takes a product out of the shop for good; its offers are no longer shown.
WITH product AS (
    SELECT p.county, p.id, p.state
    FROM products AS p
    WHERE p.county = :product_county
      AND p.id = :product_id::uuid
      AND p.shop_id = ANY (:actor_organisations::uuid[])
), withdrawn AS (
    UPDATE products AS p
    SET state = 'withdrawn',
        version = p.version + 1
    FROM product
    WHERE p.county = product.county
      AND p.id = product.id
      AND p.state IN ('proposed', 'approved')
    RETURNING p.county, p.id, p.state, p.version
)
SELECT CASE WHEN withdrawn.id IS NULL THEN 'wrong-state' END AS problem,
       product.county || '-' || product.id AS product_id,
       withdrawn.state,
       withdrawn.version
FROM product
LEFT JOIN withdrawn
       ON withdrawn.county = product.county
      AND withdrawn.id = product.id
