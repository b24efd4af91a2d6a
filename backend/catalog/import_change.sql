-- Changes name, price, limit or SKU of the packs a file names again (plan.changed_packs); fails whole when someone else was first.
WITH planned AS (
    SELECT o.offer_id, o.sku, o.name, o.price_fen, o.packs_per_buyer_max, o.version
    FROM jsonb_to_recordset(:plan::jsonb -> 'changed_packs') AS o (
        offer_id uuid, sku text, name text, price_fen bigint, packs_per_buyer_max int, version int)
), changed AS (
    UPDATE offers AS f
    SET sku = coalesce(planned.sku, f.sku),
        name = planned.name,
        price_fen = planned.price_fen,
        packs_per_buyer_max = coalesce(planned.packs_per_buyer_max, f.packs_per_buyer_max),
        version = f.version + 1
    FROM planned
    WHERE f.county = :county
      AND f.shop_id = :shop_id::uuid
      AND f.id = planned.offer_id
      AND f.version = planned.version
    RETURNING 1
)
SELECT refuse('plan-stale')
WHERE (SELECT count(*) FROM changed) <> (SELECT count(*) FROM planned)
