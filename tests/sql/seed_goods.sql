-- Goods for sale in four counties, enough of everything that the planner behaves as in real life. All consistent: what the lots hold
-- is in stock. psql variable `products` (a multiple of 100) says how many; everything else follows from it. Run as the owner.
\set ON_ERROR_STOP on
\if :{?products} \else \set products 2000 \endif
SET synchronous_commit = off;
SET client_min_messages = warning;

-- The n-th of a kind of thing: an UUIDv7 of a known moment.
CREATE OR REPLACE FUNCTION pg_temp.nth(kind int, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(1700000000000 + n * 1000), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8000' || lpad(to_hex(n), 12, '0'))::uuid
$$;
-- 100 shops; n-th things with the same n % 4 lie in the same county.
CREATE OR REPLACE FUNCTION pg_temp.county(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT '99020' || (1 + n % 4) $$;
CREATE OR REPLACE FUNCTION pg_temp.village(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT pg_temp.county(n) || '10020' || (n / 4) % 5 $$;

INSERT INTO areas (code, parent_code, name, kind, valid_from, source)
VALUES ('99', NULL, '试省', 'province', '2010-01-01', 'seed'), ('9902', '99', '试市', 'prefecture', '2010-01-01', 'seed')
ON CONFLICT DO NOTHING;
INSERT INTO areas (code, parent_code, name, kind, valid_from, source)
SELECT pg_temp.county(n), '9902', '试县' || n, 'county', '2010-01-01', 'seed' FROM generate_series(0, 3) AS n;
INSERT INTO areas (code, parent_code, name, kind, valid_from, source)
SELECT pg_temp.county(n) || '100', pg_temp.county(n), '试乡' || n, 'township', '2010-01-01', 'seed' FROM generate_series(0, 3) AS n;
INSERT INTO areas (code, parent_code, name, kind, valid_from, source)
SELECT pg_temp.village(n), pg_temp.county(n) || '100', '试村' || n, 'village', '2010-01-01', 'seed' FROM generate_series(0, 19) AS n;
INSERT INTO categories (code, name_zh, name_en, base_unit)
SELECT 'seed' || n, '试' || n, 'Seed ' || n, 'g' FROM generate_series(0, 9) AS n;

INSERT INTO stations (county, id, area_code, name, state, opened_on, created_at)
SELECT pg_temp.county(n), pg_temp.nth(1, n), pg_temp.village(n), '试站' || n, 'open', '2015-01-01', '2015-01-01' FROM generate_series(0, 99) AS n;
INSERT INTO shops (county, id, station_id, area_code, name, platform_fee_ppm, state, created_at)
SELECT pg_temp.county(n), pg_temp.nth(2, n), pg_temp.nth(1, n), pg_temp.village(n), '试店' || n, 20000, 'open', '2015-01-01'
FROM generate_series(0, 99) AS n;
INSERT INTO freight_rules (county, shop_id, destination, first_g, first_fen, further_g, further_fen)
SELECT pg_temp.county(n), pg_temp.nth(2, n), d.destination, 1000, d.fen, 1000, 200
FROM generate_series(0, 99) AS n CROSS JOIN (VALUES ('', 900), ('99', 500), ('9902', 300)) AS d (destination, fen);

INSERT INTO households (county, id, area_code, card_number, head_name_masked, head_name_sealed, created_at)
SELECT pg_temp.county(n), pg_temp.nth(3, n), pg_temp.village(n), 'S' || n, '张*', '\x00', '2015-01-01' FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO suppliers (county, id, kind, household_id, area_code, name, state, created_at)
SELECT pg_temp.county(n), pg_temp.nth(4, n), 'household', pg_temp.nth(3, n), pg_temp.village(n), '张*', 'active', '2015-01-01'
FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO members (county, id, household_id, relation, name_masked, name_sealed, valid_from)
SELECT pg_temp.county(n), pg_temp.nth(5, n), pg_temp.nth(3, n % (2 * :products)), 'other', '张*', '\x00', '2015-01-01'
FROM generate_series(0, 6 * :products - 1) AS n;
INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source, origin)
SELECT pg_temp.county(n), pg_temp.nth(6, n), pg_temp.nth(3, n), 'registered', '[2015-01-01,)', '[2015-01-01,)', 'seed', 'seed', 'import'
FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO link_agreements (county, id, household_id, counterparty_kind, counterparty_id, mode, price_rule, signed_at, valid_from, state)
SELECT pg_temp.county(n), pg_temp.nth(7, n), pg_temp.nth(3, n), 'shop', pg_temp.nth(2, n % 100), 'purchase', 'farm_gate', '2015-01-01', '2015-01-01', 'in_force'
FROM generate_series(0, 2 * :products - 1) AS n;

INSERT INTO products (county, id, shop_id, category_code, name, description, base_unit, words, state, created_at)
SELECT pg_temp.county(n), pg_temp.nth(8, n), pg_temp.nth(2, n % 100), 'seed' || n % 10, '核桃' || n, '山里的核桃，手工挑选。', 'g',
       ARRAY['核桃', 'hetao', 'ht', 'n' || n], 'approved', '2016-01-01'
FROM generate_series(0, :products - 1) AS n;
INSERT INTO offers (county, id, shop_id, product_id, grade, place_id, name, pack_qty, price_fen, created_at)
SELECT pg_temp.county(n), pg_temp.nth(9, n), pg_temp.nth(2, n % 100), pg_temp.nth(8, n % :products), 'A', pg_temp.nth(1, n % 100),
       CASE WHEN n < :products THEN '500 g' ELSE '1 kg' END, CASE WHEN n < :products THEN 500 ELSE 1000 END, 1900 + n % 500, '2016-01-01'
FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO lots (county, id, shop_id, product_id, place_id, grade, harvested_on, expires_on, taken_in_at, taken_in_qty, inspection, inspected_at, slip_id, trace_code)
SELECT pg_temp.county(n), pg_temp.nth(10, n), pg_temp.nth(2, n % 100), pg_temp.nth(8, n % :products), pg_temp.nth(1, n % 100), 'A',
       '2016-09-01', '2099-01-01', '2016-09-02', 1000000000000, 'passed', '2016-09-03', pg_temp.nth(11, n), 'SEED' || n
FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO trace_codes (code, county, lot_id)
SELECT 'SEED' || n, pg_temp.county(n), pg_temp.nth(10, n) FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO contributions (county, id, lot_id, supplier_id, household_id, position, quantity_qty, mode, price_rule, farm_gate_price_fen, price_qty, share_ppm, delivered_on)
SELECT pg_temp.county(n), pg_temp.nth(12, n), pg_temp.nth(10, n % (2 * :products)), pg_temp.nth(4, n % (2 * :products)), pg_temp.nth(3, n % (2 * :products)),
       n / (2 * :products), 500000000000, 'consigned', 'farm_gate', 1000, 500, 0, '2016-09-02'
FROM generate_series(0, 4 * :products - 1) AS n;
INSERT INTO contribution_balances (county, contribution_id, lot_id, left_qty)
SELECT county, id, lot_id, quantity_qty FROM contributions WHERE farm_gate_price_fen = 1000 AND county LIKE '99020%';
INSERT INTO stocks (county, product_id, grade, place_id, on_hand_qty)
SELECT county, product_id, grade, place_id, sum(on_hand_qty) FROM lots WHERE county LIKE '99020%' GROUP BY county, product_id, grade, place_id;

-- Buyers log in with bearer tokens: the word 'seed-token-' and the number of the buyer.
INSERT INTO accounts (id, login, display_name, password_hash, consent_version, consented_at, created_at)
SELECT pg_temp.nth(20, n), 'seed' || lpad(n::text, 6, '0'), '买家' || n, 'none', '1', '2016-01-01', '2016-01-01' FROM generate_series(0, 1999) AS n;
INSERT INTO sessions (id, token_hash, account_id, kind, name, csrf, created_at, expires_at)
SELECT pg_temp.nth(21, n), encode(sha256(convert_to('seed-token-' || n, 'UTF8')), 'hex'), pg_temp.nth(20, n), 'token', 'seed', 'none', '2016-01-01', '2099-01-01'
FROM generate_series(0, 1999) AS n;
