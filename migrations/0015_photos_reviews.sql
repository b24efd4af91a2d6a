-- Photos of goods, reviews and returns; reviews of what was bought.

-- owner: photos
CREATE TABLE photos (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    purpose text NOT NULL,
    kind text NOT NULL,
    bytes_count int NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    refusal text,
    width int,
    height int,
    created_at timestamptz NOT NULL,
    ready_at timestamptz,
    bound_county text,
    bound_id uuid,
    unused_since timestamptz,
    CONSTRAINT photos_pkey PRIMARY KEY (id),
    CONSTRAINT photos_purpose__invalid CHECK (purpose IN ('product', 'review', 'return', 'evidence')),
    CONSTRAINT photos_kind__invalid CHECK (kind IN ('jpeg', 'png', 'webp', 'heic')),
    CONSTRAINT photos_state__wrong_state CHECK (state IN ('waiting', 'ready', 'refused')),
    CONSTRAINT photos_ready__invalid CHECK (state <> 'ready' OR width > 0 AND height > 0),
    CONSTRAINT photos_refusal__invalid CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CONSTRAINT photos_bound__invalid CHECK ((bound_id IS NULL) = (bound_county IS NULL)),
    CONSTRAINT photos_unused__invalid CHECK ((bound_id IS NULL) = (unused_since IS NOT NULL))
);
CREATE INDEX photos_waiting ON photos (created_at, id) WHERE state = 'waiting';
CREATE INDEX photos_by_owner ON photos (owner_id, created_at);
CREATE INDEX photos_by_bound ON photos (bound_id) WHERE bound_id IS NOT NULL;
CREATE INDEX photos_unused ON photos (unused_since) WHERE bound_id IS NULL;
CALL describe('photos', 'An uploaded photo (照片) and what became of it; the bytes are kept apart.', '
id | photo id
owner_id | account that uploaded it
purpose | product, review, return or evidence
kind | what the bytes are: jpeg, png, webp or heic
bytes_count | bytes of the original
state | waiting until it was scaled, then ready or refused
refusal | why it was refused: unreadable or too-large
width | pixels across, upright
height | pixels down, upright
created_at | when it was uploaded
ready_at | when it became ready or was refused
bound_county | county of what shows it
bound_id | product, review or return that shows it; null: nothing does
unused_since | since when nothing shows it; purged after seven days
');

-- owner: photos
CREATE TABLE photo_originals (
    photo_id uuid NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT photo_originals_pkey PRIMARY KEY (photo_id)
);
-- Compressed already: to try again costs time and saves nothing.
ALTER TABLE photo_originals ALTER COLUMN bytes SET STORAGE EXTERNAL;
CALL describe('photo_originals', 'The bytes as they were uploaded. They may say where and when a photo was taken: never sent to anyone.', '
photo_id | photo
bytes | the file
');

-- owner: photos
CREATE TABLE photo_files (
    photo_id uuid NOT NULL,
    format text NOT NULL,
    size int NOT NULL,
    width int NOT NULL,
    height int NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT photo_files_pkey PRIMARY KEY (photo_id, format, size),
    CONSTRAINT photo_files_format__invalid CHECK (format IN ('webp', 'jpg')),
    CONSTRAINT photo_files_size__invalid CHECK (size IN (320, 640, 1280) AND width BETWEEN 1 AND size AND height > 0)
);
ALTER TABLE photo_files ALTER COLUMN bytes SET STORAGE EXTERNAL;
CALL describe('photo_files', 'A photo as it is shown: upright, scaled, without metadata.', '
photo_id | photo
format | webp or jpg
size | the width asked for
width | the width it has: never more than the original
height | its height
bytes | the file
');

GRANT SELECT, INSERT, UPDATE, DELETE ON photos, photo_originals, photo_files TO shanhuo_app;

ALTER TABLE products ADD COLUMN photos jsonb NOT NULL DEFAULT '[]';
ALTER TABLE products ADD COLUMN cover_photo_id uuid;
COMMENT ON COLUMN products.photos IS 'its photos in order, [{photo_id, width, height}]; the first is the cover';
COMMENT ON COLUMN products.cover_photo_id IS 'the first of them, for lists';

ALTER TABLE returns ADD COLUMN photos jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN returns.photos IS 'what the buyer shows, [{photo_id, width, height}]';

-- owner: catalog
CREATE TABLE reviews (
    county text NOT NULL,
    id uuid NOT NULL,
    product_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    author_id uuid NOT NULL,
    author_masked text NOT NULL,
    bought text NOT NULL,
    rating smallint NOT NULL,
    words text NOT NULL,
    photos jsonb NOT NULL DEFAULT '[]',
    state text NOT NULL DEFAULT 'shown',
    created_at timestamptz NOT NULL,
    changed_at timestamptz,
    reply text,
    replied_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT reviews_pkey PRIMARY KEY (county, id),
    CONSTRAINT reviews_line__taken UNIQUE (county, order_line_id),
    CONSTRAINT reviews_product__not_found FOREIGN KEY (county, product_id) REFERENCES products (county, id),
    CONSTRAINT reviews_rating__invalid CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT reviews_state__wrong_state CHECK (state IN ('shown', 'hidden', 'deleted'))
);
CREATE INDEX reviews_of_product ON reviews (county, product_id, id DESC) WHERE state = 'shown';
CREATE INDEX reviews_of_shop ON reviews (county, shop_id, id DESC);
CALL describe('reviews', 'What a buyer says of goods received (评价); one an order line, for good.', '
county | county of the product, first key
id | review id
product_id | product
shop_id | its shop
order_id | the order the goods came with
order_line_id | its line
author_id | buyer
author_masked | the buyer''s name as the public sees it, masked when it was written
bought | product and pack as they were sold
rating | 1 to 5
words | what the buyer says
photos | what the buyer shows, [{photo_id, width, height}]
state | shown, hidden by the county, or deleted by the buyer: then without words and photos
created_at | when it was written
changed_at | when the buyer last changed it
reply | the shop''s answer
replied_at | when the shop last answered
version | ETag
');

-- owner: catalog
CREATE TABLE product_ratings (
    county text NOT NULL,
    product_id uuid NOT NULL,
    reviews_count int NOT NULL,
    rating_sum int NOT NULL,
    CONSTRAINT product_ratings_pkey PRIMARY KEY (county, product_id),
    CONSTRAINT product_ratings_sum__conflict CHECK (reviews_count >= 0 AND rating_sum BETWEEN reviews_count AND reviews_count * 5)
) WITH (fillfactor = 50);
CALL describe('product_ratings', 'What the shown reviews of a product add up to.', '
county | county code, first key
product_id | product
reviews_count | shown reviews
rating_sum | sum of their ratings
');

GRANT SELECT, INSERT, UPDATE ON reviews, product_ratings TO shanhuo_app;

CREATE OR REPLACE VIEW catalog_goods AS
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
           END AS stock,
           p.cover_photo_id
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
