-- The packs of a shop as an import meets them.
SELECT f.id AS offer_id,
       f.product_id,
       f.sku,
       f.name,
       f.grade,
       f.pack_qty,
       f.price_fen,
       f.packs_per_buyer_max,
       f.version
FROM offers AS f
WHERE f.county = :county
  AND f.shop_id = :shop_id::uuid
ORDER BY f.id
