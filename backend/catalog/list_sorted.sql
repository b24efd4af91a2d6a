-- Goods on offer in the order asked for, by whatever else they are narrowed to; of one price, the newest first.
WITH ranked AS (
    SELECT g.*,
           CASE :sort::text WHEN 'price' THEN g.price_fen WHEN 'price-desc' THEN -g.price_fen ELSE 0 END AS rank
    FROM catalog_goods AS g
    WHERE (:words::text[] IS NULL OR g.words @> :words::text[])
      AND (:shop_county::text IS NULL OR g.county = :shop_county::text)
      AND (:shop_id::uuid IS NULL OR g.shop_id = :shop_id::uuid)
      AND (:area::text IS NULL OR starts_with(g.area_code, :area::text))
      AND (:category::text IS NULL OR g.category_code = :category::text)
      AND (:in_stock::boolean IS NOT TRUE OR g.stock <> 'sold_out')
)
SELECT county || '-' || id AS product_id,
       name,
       category_code,
       county || '-' || shop_id AS shop_id,
       shop_name,
       area_code,
       area_name,
       county_name,
       offer_name,
       pack_qty,
       base_unit,
       price_fen,
       stock,
       cover_photo_id,
       rank || ',' || id || ',' || county AS cursor
FROM ranked
WHERE :cursor::text IS NULL
   OR rank > split_part(:cursor::text, ',', 1)::bigint
   OR (rank = split_part(:cursor::text, ',', 1)::bigint
       AND (id, county) < (split_part(:cursor::text, ',', 2)::uuid, split_part(:cursor::text, ',', 3)))
ORDER BY rank, id DESC, county DESC
LIMIT :limit::bigint
