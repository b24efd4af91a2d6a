-- What a quote, a checkout and an order from a purchase list know of an offer and of freight, written once.
CREATE VIEW orders_offers AS
    SELECT o.county, o.id AS offer_id, o.shop_id,
           json_build_object('offer_id', o.id, 'offer_county', o.county, 'shop_id', o.shop_id, 'shop_county', o.county, 'shop_name', s.name,
               'product_id', o.product_id, 'grade', o.grade, 'place_id', o.place_id, 'name', p.name || ' ' || o.name, 'pack_qty', o.pack_qty,
               'price_fen', o.price_fen, 'packs_per_buyer_max', o.packs_per_buyer_max, 'gross_weight_ppm', p.gross_weight_ppm,
               'platform_fee_ppm', s.platform_fee_ppm, 'on_sale', o.listed AND p.state = 'approved' AND s.state = 'open',
               'left_qty', greatest(0, coalesce(t.on_hand_qty - t.reserved_qty, 0))) AS facts
    FROM offers AS o
    JOIN products AS p ON p.county = o.county AND p.id = o.product_id
    JOIN shops AS s ON s.county = o.county AND s.id = o.shop_id
    LEFT JOIN stocks AS t
           ON t.county = o.county AND t.product_id = o.product_id AND t.grade = o.grade AND t.place_id = o.place_id;
COMMENT ON VIEW orders_offers IS 'Offers as a cart is priced and reserved by them.';

CREATE VIEW orders_freights AS
    SELECT county, shop_id, destination,
           json_build_object('shop_id', shop_id, 'shop_county', county, 'destination', destination, 'first_g', first_g, 'first_fen', first_fen,
               'further_g', further_g, 'further_fen', further_fen, 'delivered', delivered) AS facts
    FROM freight_rules;
COMMENT ON VIEW orders_freights IS 'Freight rules as a cart is priced by them.';

GRANT SELECT ON orders_offers, orders_freights TO shanhuo_app;
