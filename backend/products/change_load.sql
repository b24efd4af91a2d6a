-- Facts for changing a product: it is of the operator's own shop.
SELECT p.version,
       p.name
FROM products AS p
WHERE p.county = :product_county
  AND p.id = :product_id::uuid
  AND p.shop_id = ANY (:actor_organisations::uuid[])
  AND p.state IN ('proposed', 'approved')
