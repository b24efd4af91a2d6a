-- The buyer's cart with today's prices, how much is left, and what would keep a line from being sold.
WITH line AS (
    SELECT c.county, c.offer_id, c.packs, c.added_at, o.price_fen, o.pack_qty, o.packs_per_buyer_max, o.shop_id, s.name AS shop_name,
           p.name || ' ' || o.name AS name,
           o.listed AND p.state = 'approved' AND s.state = 'open' AS on_sale,
           greatest(0, coalesce(st.on_hand_qty - st.reserved_qty, 0)) AS left_qty
    FROM cart_lines AS c
    JOIN offers AS o ON o.county = c.county AND o.id = c.offer_id
    JOIN products AS p ON p.county = o.county AND p.id = o.product_id
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    LEFT JOIN stocks AS st
           ON st.county = o.county AND st.product_id = o.product_id AND st.grade = o.grade AND st.place_id = o.place_id
    WHERE c.buyer_id = :actor_id::uuid
), judged AS (
    SELECT line.*,
           CASE WHEN NOT on_sale OR left_qty < pack_qty THEN 'sold_out'
                WHEN left_qty < pack_qty * 10 THEN 'few'
                ELSE 'plenty' END AS availability,
           array_remove(ARRAY [
               CASE WHEN NOT on_sale THEN 'not-on-sale' END,
               CASE WHEN on_sale AND left_qty < pack_qty * packs THEN 'out-of-stock' END,
               CASE WHEN packs > packs_per_buyer_max THEN 'over-limit' END], NULL) AS problems
    FROM line
)
SELECT coalesce(json_agg(json_build_object(
           'offer_id', county || '-' || offer_id, 'shop_id', county || '-' || shop_id, 'shop_name', shop_name, 'name', name,
           'packs', packs, 'price_fen', price_fen, 'line_gross_fen', price_fen * packs, 'availability', availability,
           'problems', problems) ORDER BY added_at, county, offer_id), '[]') AS lines,
       coalesce(sum(price_fen * packs), 0)::bigint AS goods_fen
FROM judged
