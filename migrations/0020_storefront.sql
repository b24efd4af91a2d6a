-- The storefront: what a search box suggests while one types.

-- owner: catalog
CREATE TABLE suggestions (
    kind text NOT NULL,
    county text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    detail text NOT NULL,
    words text[] NOT NULL,
    CONSTRAINT suggestions_pkey PRIMARY KEY (kind, county, code),
    CONSTRAINT suggestions_kind__invalid CHECK (kind IN ('category', 'place', 'shop'))
);
CREATE INDEX suggestions_by_words ON suggestions USING gin (words);
CALL describe('suggestions', 'Kinds, places and shops that have goods, by the words they are found by. Reference table; made again from the catalogue by a job.', '
kind | category, place or shop
county | county of a shop, else empty
code | category code, area code or shop id
name | name as shown
detail | where it is; a category''s other name
words | search terms: Chinese, pinyin, initials
');
GRANT SELECT, INSERT, UPDATE, DELETE ON suggestions TO shanhuo_app;
