-- The products of a shop as an import meets them.
SELECT p.id AS product_id,
       p.handle,
       p.name,
       p.category_code,
       p.description,
       p.gross_weight_ppm,
       p.state,
       p.version
FROM products AS p
WHERE p.county = :county
  AND p.shop_id = :shop_id::uuid
ORDER BY p.id
