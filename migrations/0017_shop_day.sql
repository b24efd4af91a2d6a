-- A shop's day: packing with marks that survive a lost line, finding suppliers by name, orders taken by phone, and what search needs.

ALTER TABLE shops
    ADD COLUMN ship_within_hours int NOT NULL DEFAULT 48,
    ADD CONSTRAINT shops_promise__invalid CHECK (ship_within_hours BETWEEN 1 AND 720);
COMMENT ON COLUMN shops.ship_within_hours IS 'the shop''s promise: hours from payment to the carrier';

ALTER TABLE orders
    ADD COLUMN packed_at timestamptz,
    ADD COLUMN placed_by uuid;
COMMENT ON COLUMN orders.packed_at IS 'when its parcel was packed, by the packer''s clock within payment and now; an order shipped unpacked counts as packed then';
COMMENT ON COLUMN orders.placed_by IS 'operator who took it by phone; null: the buyer himself';
CREATE INDEX orders_by_waybill ON orders (county, waybill);
CREATE INDEX orders_by_phone_tail ON orders (county, "right"(phone, 4));
CREATE INDEX orders_by_recipient ON orders (county, recipient COLLATE "C");

-- owner: orders
CREATE TABLE packing_marks (
    county text NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    packed boolean NOT NULL,
    packed_at timestamptz,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT packing_marks_pkey PRIMARY KEY (county, id),
    CONSTRAINT packing_marks_order__not_found FOREIGN KEY (county, order_id) REFERENCES orders (county, id)
);
CREATE INDEX packing_marks_by_order ON packing_marks (county, order_id);
CALL describe('packing_marks', 'A packer''s mark that an order is packed, or is not after all. Its id is made by the device, so that a mark sent twice, or by two devices, counts once for ever. Append-only.', '
county | county code, first key
id | client-made id, unique for ever
order_id | order
packed | true: packed; false: taken apart again
packed_at | what the order said after it; the answer to whoever sends the mark again
made_by | operator
made_at | when it arrived
');

-- owner: orders
CREATE TABLE pay_links (
    code text NOT NULL,
    buyer_id uuid NOT NULL,
    purchase_id uuid NOT NULL,
    county text NOT NULL,
    shop_id uuid NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT pay_links_pkey PRIMARY KEY (code),
    CONSTRAINT pay_links_code__invalid CHECK (length(code) >= 32)
);
CREATE INDEX pay_links_by_purchase ON pay_links (buyer_id, purchase_id);
CALL describe('pay_links', 'A code that opens a purchase for paying without an account: whoever holds it may pay and sees masked names only, so it is kept as it is and can be printed again.', '
code | random, unguessable
buyer_id | buyer of the purchase
purchase_id | purchase
county | county of the shop that took the order
shop_id | that shop
made_by | operator
made_at | when
');

-- Names of households are sealed; what finds them is a keyed hash of each search term, bound to the county.
ALTER TABLE suppliers ADD COLUMN name_index text[];
COMMENT ON COLUMN suppliers.name_index IS 'keyed hashes of the search terms of its name, a household''s head included: Chinese, pinyin, initials; null: to be made by a job';
CREATE INDEX suppliers_by_name ON suppliers USING gin (name_index);
CREATE INDEX suppliers_unnamed ON suppliers (county, id) WHERE name_index IS NULL;
CREATE INDEX households_by_phone_tail ON households (county, phone_tail);
CREATE INDEX households_by_card_tail ON households (county, "right"(card_number, 4));

CREATE INDEX link_agreements_by_counterparty ON link_agreements (county, counterparty_id) WHERE state = 'in_force';
CREATE INDEX lots_waiting ON lots (county, shop_id) WHERE inspection = 'waiting';
CREATE INDEX lots_by_expiry ON lots (county, shop_id, expires_on) WHERE inspection = 'passed' AND NOT expired AND expires_on IS NOT NULL;
CREATE INDEX dues_unpaid ON dues (county, order_id) WHERE state IN ('expected', 'payable', 'in_batch');

-- SQL's counterpart of registry/mask.c for names that buyers typed: stricter with surnames of two characters.
CREATE FUNCTION masked_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT "left"(btrim(name), 1) || '*'
$$;
COMMENT ON FUNCTION masked_name IS 'A name as strangers may see it.';
CREATE FUNCTION masked_phone(phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN length(phone) >= 11 THEN "left"("right"(phone, 11), 3) || '****' || "right"(phone, 4) ELSE '****' || "right"(phone, 2) END
$$;
COMMENT ON FUNCTION masked_phone IS 'A phone number as strangers may see it.';

CREATE VIEW registry_organisation_names AS
SELECT county, id, 'shop' AS kind, name
FROM shops
UNION ALL
SELECT county, id, 'station', name
FROM stations
UNION ALL
SELECT county, id, 'supplier', name
FROM suppliers
UNION ALL
SELECT county, id, 'household', head_name_masked
FROM households;
COMMENT ON VIEW registry_organisation_names IS 'What an organisation a role is bound to is called; a household by its masked head.';

CREATE OR REPLACE FUNCTION accounts_roles_json(account uuid, today date) RETURNS json
LANGUAGE sql STABLE AS $$
    SELECT COALESCE(json_agg(json_build_object(
               'role_id', r.id, 'role', r.role, 'area_code', r.area_code, 'area_name', a.name,
               'organisation_id', r.organisation_county || '-' || r.organisation_id, 'organisation_kind', o.kind, 'organisation_name', o.name,
               'valid_from', r.valid_from, 'valid_to', r.valid_to) ORDER BY r.id), '[]')
    FROM accounts_roles_in_force AS r
    LEFT JOIN registry_area_names AS a
           ON a.code = r.area_code
    LEFT JOIN LATERAL (
        SELECT n.kind, n.name
        FROM registry_organisation_names AS n
        WHERE n.county = r.organisation_county
          AND n.id = r.organisation_id
        LIMIT 1) AS o
           ON true
    WHERE r.account_id = account
      AND r.valid_from <= today
      AND (r.valid_to IS NULL OR r.valid_to > today)
$$;

GRANT SELECT ON registry_organisation_names TO shanhuo_app;
GRANT SELECT, INSERT ON packing_marks, pay_links TO shanhuo_app;
