-- Goods on offer, newest first; stock only as plenty, few or sold out.
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
       id::text || ',' || county AS cursor
FROM catalog_goods
WHERE (:area::text IS NULL OR starts_with(area_code, :area::text))
  AND (:category::text IS NULL OR category_code = :category::text)
  AND (:in_stock::boolean IS NOT TRUE OR stock <> 'sold_out')
  AND (:cursor::text IS NULL OR (id, county) < (split_part(:cursor::text, ',', 1)::uuid, split_part(:cursor::text, ',', 2)))
ORDER BY id DESC, county DESC
LIMIT :limit::bigint
