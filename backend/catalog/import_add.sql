-- Writes the packs of a file (plan.packs), sold from the shop's own station. Those of a product not approved yet are shown when it is.
INSERT INTO offers (county, id, shop_id, product_id, grade, place_id, sku, name, pack_qty, price_fen, packs_per_buyer_max, created_at)
SELECT s.county,
       o.offer_id,
       s.id,
       o.product_id,
       o.grade,
       s.station_id,
       o.sku,
       o.name,
       o.pack_qty,
       o.price_fen,
       coalesce(o.packs_per_buyer_max, 999),
       :now::timestamptz
FROM shops AS s
CROSS JOIN jsonb_to_recordset(:plan::jsonb -> 'packs') AS o (
    offer_id uuid, product_id uuid, grade text, sku text, name text, pack_qty bigint, price_fen bigint, packs_per_buyer_max int)
WHERE s.county = :county
  AND s.id = :shop_id::uuid
