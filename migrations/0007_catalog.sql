-- Catalogue: offers.

-- owner: catalog
CREATE TABLE offers (
    county text NOT NULL,
    id uuid NOT NULL,
    shop_id uuid NOT NULL,
    product_id uuid NOT NULL,
    grade text NOT NULL,
    place_id uuid NOT NULL,
    name text NOT NULL,
    pack_qty bigint NOT NULL,
    price_fen bigint NOT NULL,
    packs_per_buyer_max int NOT NULL DEFAULT 999,
    listed boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT offers_pkey PRIMARY KEY (county, id),
    CONSTRAINT offers_product__not_found FOREIGN KEY (county, product_id) REFERENCES products (county, id),
    CONSTRAINT offers_place__not_found FOREIGN KEY (county, place_id) REFERENCES stations (county, id),
    CONSTRAINT offers_pack__invalid CHECK (pack_qty > 0 AND pack_qty <= 1000000000),
    CONSTRAINT offers_price__invalid CHECK (price_fen > 0 AND price_fen <= 1000000000)
);
CREATE INDEX offers_by_product ON offers (county, product_id);
CREATE INDEX offers_by_shop ON offers (county, shop_id);
CALL describe('offers', 'One purchasable pack of a product with a price (规格).', '
county | county code, first key
id | offer id
shop_id | shop
product_id | product
grade | grade sold
place_id | station it is sold from
name | name of the pack, such as 500 g bag
pack_qty | base units one pack holds
price_fen | price of a pack
packs_per_buyer_max | most packs in one purchase
listed | shown and sold
created_at | when it was made
version | ETag
');

GRANT SELECT, INSERT, UPDATE ON offers TO shanhuo_app;

-- What a list of goods shows of each: its cheapest listed offer, and stock in words only.
CREATE VIEW catalog_goods AS
    SELECT p.county,
           p.id,
           p.shop_id,
           p.words,
           p.name,
           p.category_code,
           p.base_unit,
           s.name AS shop_name,
           s.area_code,
           a.name AS area_name,
           c.name AS county_name,
           o.offer_name,
           o.pack_qty,
           o.price_fen,
           CASE
               WHEN o.left_packs <= 0 THEN 'sold_out'
               WHEN o.left_packs < 20 THEN 'few'
               ELSE 'plenty'
           END AS stock
    FROM products AS p
    JOIN shops AS s
      ON s.county = p.county
     AND s.id = p.shop_id
    JOIN areas AS a
      ON a.code = s.area_code
    JOIN areas AS c
      ON c.code = p.county
    JOIN LATERAL (
        SELECT f.name AS offer_name,
               f.pack_qty,
               f.price_fen,
               (coalesce(st.on_hand_qty - st.reserved_qty, 0)) / f.pack_qty AS left_packs
        FROM offers AS f
        LEFT JOIN stocks AS st
               ON st.county = f.county
              AND st.product_id = f.product_id
              AND st.grade = f.grade
              AND st.place_id = f.place_id
        WHERE f.county = p.county
          AND f.product_id = p.id
          AND f.listed
        ORDER BY f.price_fen, f.id
        LIMIT 1) AS o
      ON true
    WHERE p.state = 'approved'
      AND s.state = 'open';
COMMENT ON VIEW catalog_goods IS 'Goods on offer as lists show them: cheapest offer, stock in words.';
GRANT SELECT ON catalog_goods TO shanhuo_app;
