-- Changes the products a file names again (plan.changed_products), as products/change_apply changes one; fails whole when someone else was first.
WITH planned AS (
    SELECT p.product_id, p.handle, p.name, p.description, p.gross_weight_ppm, p.words, p.version
    FROM jsonb_to_recordset(:plan::jsonb -> 'changed_products') AS p (
        product_id uuid, handle text, name text, description text, gross_weight_ppm int, words text, version int)
), changed AS (
    UPDATE products AS p
    SET handle = coalesce(planned.handle, p.handle),
        name = planned.name,
        description = coalesce(planned.description, p.description),
        gross_weight_ppm = coalesce(planned.gross_weight_ppm, p.gross_weight_ppm),
        words = planned.words::text[],
        version = p.version + 1
    FROM planned
    WHERE p.county = :county
      AND p.shop_id = :shop_id::uuid
      AND p.id = planned.product_id
      AND p.version = planned.version
      AND p.state IN ('proposed', 'approved')
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM changed) <> (SELECT count(*) FROM planned)
