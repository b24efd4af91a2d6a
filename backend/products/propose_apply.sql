-- Writes a proposed product with its search terms.
INSERT INTO products (county, id, shop_id, category_code, name, description, base_unit, gross_weight_ppm, words, proposed_by, created_at)
SELECT :shop_county,
       :new_id::uuid,
       :shop_id::uuid,
       :category_code,
       :name,
       coalesce(:description, ''),
       :plan::jsonb ->> 'base_unit',
       coalesce(:gross_weight_ppm::int, 1000000),
       ARRAY (SELECT jsonb_array_elements_text(:plan::jsonb -> 'words')),
       :actor_id::uuid,
       :now::timestamptz
