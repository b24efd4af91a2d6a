-- Writes the proposed products of a file (plan.products), as products/propose writes one.
INSERT INTO products (county, id, shop_id, handle, category_code, name, description, base_unit, gross_weight_ppm, words, proposed_by, created_at)
SELECT :county,
       p.product_id,
       :shop_id::uuid,
       p.handle,
       p.category_code,
       p.name,
       coalesce(p.description, ''),
       p.base_unit,
       coalesce(p.gross_weight_ppm, 1000000),
       p.words::text[],
       :actor_id::uuid,
       :now::timestamptz
FROM jsonb_to_recordset(:plan::jsonb -> 'products') AS p (
    product_id uuid, handle text, category_code text, name text, description text, base_unit text, gross_weight_ppm int, words text)
