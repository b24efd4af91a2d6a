-- Products: what can be taken in and sold; stock per product, grade and place.

-- owner: products
CREATE TABLE categories (
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    base_unit text NOT NULL,
    covered boolean NOT NULL DEFAULT false,
    CONSTRAINT categories_pkey PRIMARY KEY (code),
    CONSTRAINT categories_unit__invalid CHECK (base_unit IN ('g', 'ml', 'piece'))
);
CALL describe('categories', 'Kinds of goods. Reference table.', '
code | short code
name_zh | name in Chinese
name_en | name in English
base_unit | g, ml or piece
covered | lots need a conformity certificate (承诺达标合格证)
');

-- owner: products
CREATE TABLE products (
    county text NOT NULL,
    id uuid NOT NULL,
    shop_id uuid NOT NULL,
    category_code text NOT NULL REFERENCES categories (code),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    base_unit text NOT NULL,
    gross_weight_ppm int NOT NULL DEFAULT 1000000,
    words text[] NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'proposed',
    proposed_by uuid,
    decided_by uuid,
    created_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT products_pkey PRIMARY KEY (county, id),
    CONSTRAINT products_shop__not_found FOREIGN KEY (county, shop_id) REFERENCES shops (county, id),
    CONSTRAINT products_unit__invalid CHECK (base_unit IN ('g', 'ml', 'piece')),
    CONSTRAINT products_weight__invalid CHECK (gross_weight_ppm > 0),
    CONSTRAINT products_state__invalid CHECK (state IN ('proposed', 'approved', 'withdrawn', 'refused')),
    CONSTRAINT products_four_eyes__own_entry CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX products_by_shop ON products (county, shop_id, id);
CREATE INDEX products_newest ON products (id DESC, county DESC) WHERE state = 'approved';
CREATE INDEX products_by_words ON products USING gin (words);
CALL describe('products', 'What a shop lists (商品).', '
county | county code, first key
id | product id
shop_id | shop
category_code | kind of goods
name | name in Chinese
description | what its page tells
base_unit | g, ml or piece
gross_weight_ppm | grams of parcel per million base units, for freight
words | search terms: bigrams, pinyin, initials
state | proposed, approved, withdrawn or refused
proposed_by | who entered it
decided_by | who approved or refused it, someone else
created_at | when it was entered
version | ETag
');

-- owner: products
CREATE TABLE stocks (
    county text NOT NULL,
    product_id uuid NOT NULL,
    grade text NOT NULL,
    place_id uuid NOT NULL,
    on_hand_qty bigint NOT NULL DEFAULT 0,
    reserved_qty bigint NOT NULL DEFAULT 0,
    short_qty bigint NOT NULL DEFAULT 0,
    CONSTRAINT stocks_pkey PRIMARY KEY (county, product_id, grade, place_id),
    CONSTRAINT stocks_product__not_found FOREIGN KEY (county, product_id) REFERENCES products (county, id),
    CONSTRAINT stocks_within_hand__out_of_stock CHECK (reserved_qty <= on_hand_qty + short_qty),
    CONSTRAINT stocks_on_hand__out_of_stock CHECK (on_hand_qty >= 0),
    CONSTRAINT stocks_reserved__conflict CHECK (reserved_qty >= 0 AND short_qty >= 0)
) WITH (fillfactor = 50);
CALL describe('stocks', 'Stock of a product, grade and place in base units; offers hold none. Equals what passed, unexpired lots have on hand.', '
county | county code, first key
product_id | product
grade | grade of the lots
place_id | station where the goods lie
on_hand_qty | there now and sellable
reserved_qty | promised to unpaid purchases and paid orders not yet allocated
short_qty | promised, but lost since: what reservations exceed the goods by
');

GRANT SELECT ON categories TO shanhuo_app;
GRANT SELECT, INSERT, UPDATE ON products, stocks TO shanhuo_app;
