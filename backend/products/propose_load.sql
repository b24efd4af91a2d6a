-- Facts for proposing a product: the shop is the operator's own and open, the category exists.
SELECT c.base_unit
FROM shops AS s
LEFT JOIN categories AS c
       ON c.code = :category_code
WHERE s.county = :shop_county
  AND s.id = :shop_id::uuid
  AND s.id = ANY (:actor_organisations::uuid[])
  AND s.state = 'open'
