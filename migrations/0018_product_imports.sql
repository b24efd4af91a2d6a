-- Product imports: what finds a product or a pack again in the next file, and files of products beside those of households.

ALTER TABLE products ADD COLUMN handle text;
COMMENT ON COLUMN products.handle IS 'the shop''s own name for it, by which an import finds it again';
CREATE UNIQUE INDEX products_handle__taken ON products (county, shop_id, handle);

ALTER TABLE offers ADD COLUMN sku text;
COMMENT ON COLUMN offers.sku IS 'the shop''s own number of this pack (货号), by which an import finds it again';
CREATE UNIQUE INDEX offers_sku__taken ON offers (county, shop_id, sku);

ALTER TABLE imports
    ADD COLUMN shop_id uuid,
    ADD COLUMN options jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN attempts int NOT NULL DEFAULT 0,
    DROP CONSTRAINT imports_kind__invalid,
    ADD CONSTRAINT imports_kind__invalid CHECK (kind IN ('households', 'products')),
    ADD CONSTRAINT imports_shop__invalid CHECK ((kind = 'products') = (shop_id IS NOT NULL));
COMMENT ON COLUMN imports.kind IS 'households or products';
COMMENT ON COLUMN imports.shop_id IS 'the shop whose products the file holds';
COMMENT ON COLUMN imports.options IS 'what else was asked of it, such as a category for rows that name none';
COMMENT ON COLUMN imports.attempts IS 'how often a job began with it; a file that never ends is given up';
CREATE INDEX imports_by_shop ON imports (county, shop_id, id) WHERE shop_id IS NOT NULL;
