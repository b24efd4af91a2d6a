-- Writes a proposed product with its search terms.
INSERT INTO products (county, id, shop_id, handle, category_code, name, description, base_unit, gross_weight_ppm, words, proposed_by, created_at)
SELECT :shop_county,
       :new_id::uuid,
       :shop_id::uuid,
       :handle,
       :category_code,
       :name,
       coalesce(:description, ''),
       :plan::jsonb ->> 'base_unit',
       coalesce(:gross_weight_ppm::int, 1000000),
       (:plan::jsonb ->> 'words')::text[],
       :actor_id::uuid,
       :now::timestamptz
