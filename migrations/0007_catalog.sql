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
