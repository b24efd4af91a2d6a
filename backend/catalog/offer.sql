-- Lists a pack of an approved product of the operator's own shop. `dearer_than_price` warns when the farm-gate price of the lot
-- next in line is above what the pack brings: the shop would carry the loss.
WITH product AS (
    SELECT p.county, p.id, p.shop_id, p.state, coalesce(:place_id::uuid, s.station_id) AS place_id
    FROM products AS p
    JOIN shops AS s
      ON s.county = p.county
     AND s.id = p.shop_id
    WHERE p.county = :product_county
      AND p.id = :product_id::uuid
      AND p.county = :shop_county
      AND p.shop_id = :shop_id::uuid
      AND p.shop_id = ANY (:actor_organisations::uuid[])
      AND s.state = 'open'
), offered AS (
    INSERT INTO offers (county, id, shop_id, product_id, grade, place_id, sku, name, pack_qty, price_fen, packs_per_buyer_max, created_at)
    SELECT county, :new_id::uuid, shop_id, id, :grade, place_id, :sku, :name, :pack_qty::bigint, :price_fen::bigint,
           coalesce(:packs_per_buyer_max::int, 999), :now::timestamptz
    FROM product
    WHERE state = 'approved'
    RETURNING county, id, version
)
SELECT CASE WHEN offered.id IS NULL THEN 'wrong-state' END AS problem,
       offered.county || '-' || offered.id AS offer_id,
       coalesce((
           SELECT bool_or(co.farm_gate_price_fen::numeric * :pack_qty::bigint > :price_fen::bigint::numeric * co.price_qty)
           FROM lots AS l
           JOIN contributions AS co
             ON co.county = l.county
            AND co.lot_id = l.id
           WHERE l.county = product.county
             AND l.product_id = product.id
             AND l.grade = :grade
             AND l.inspection = 'passed'
             AND l.on_hand_qty > 0
             AND co.price_rule <> 'share'), false) AS dearer_than_price,
       offered.version
FROM product
LEFT JOIN offered
       ON offered.county = product.county
