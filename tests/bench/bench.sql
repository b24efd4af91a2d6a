-- What a measurement needs beside goods: buyers who log in with the token 'bench-token-N' and have an address, and checkouts prepared for
-- pgbench. Variables: buyers, area. Run as the owner; harmless when it was run before.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
INSERT INTO accounts (id, login, display_name, password_hash, consent_version, consented_at, created_at)
SELECT md5('bench account ' || n)::uuid, 'bench' || n, '买家' || n, 'none', '1', '2020-01-01', '2020-01-01' FROM generate_series(0, :buyers - 1) AS n
ON CONFLICT DO NOTHING;
INSERT INTO sessions (id, token_hash, account_id, kind, name, csrf, created_at, expires_at, last_used_on)
SELECT md5('bench session ' || n)::uuid, encode(sha256(convert_to('bench-token-' || n, 'UTF8')), 'hex'), md5('bench account ' || n)::uuid, 'token', 'bench', 'none',
       '2020-01-01', '2099-01-01', '2020-01-01'
FROM generate_series(0, :buyers - 1) AS n
ON CONFLICT DO NOTHING;
INSERT INTO addresses (buyer_id, id, recipient, phone, area_code, street, created_at)
SELECT md5('bench account ' || n)::uuid, md5('bench address ' || n)::uuid, '李四', '13900000000', :'area', '试路 1 号', '2020-01-01'
FROM generate_series(0, :buyers - 1) AS n
ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS bench_checkouts (n int PRIMARY KEY, actor_id text, address_id text, body text, plan text, answer text);
TRUNCATE bench_checkouts;
GRANT SELECT ON bench_checkouts TO shanhuo_app;
-- Goods without end, so that no measurement sells out: one more lot for everything in stock, last in line.
WITH supply AS (
    SELECT s.county, s.product_id, s.grade, s.place_id, p.shop_id, md5('bench lot ' || s.county || s.product_id || s.grade || s.place_id)::uuid AS id,
           (SELECT min(u.id::text)::uuid FROM suppliers AS u WHERE u.county = s.county AND u.household_id IS NULL) AS organisation_id,
           (SELECT min(u.id::text)::uuid FROM suppliers AS u WHERE u.county = s.county) AS supplier_id
    FROM stocks AS s
    JOIN products AS p ON p.county = s.county AND p.id = s.product_id
), lot AS (
    INSERT INTO lots (county, id, shop_id, product_id, place_id, grade, harvested_on, taken_in_at, taken_in_qty, inspection, inspected_at, slip_id, trace_code)
    SELECT county, id, shop_id, product_id, place_id, grade, '2020-01-01', '2020-01-02', 1000000000000, 'passed', '2020-01-03', id, 'BENCH' || id
    FROM supply
    ON CONFLICT DO NOTHING
    RETURNING county, id, product_id, grade, place_id, taken_in_qty
), contributed AS (
    INSERT INTO contributions (county, id, lot_id, supplier_id, household_id, position, quantity_qty, mode, price_rule, farm_gate_price_fen, price_qty, share_ppm, delivered_on)
    SELECT lot.county, lot.id, lot.id, u.id, u.household_id, 0, lot.taken_in_qty, 'consigned', 'farm_gate', 1, 500, 0, '2020-01-02'
    FROM lot
    JOIN supply ON supply.county = lot.county AND supply.id = lot.id
    JOIN suppliers AS u ON u.county = lot.county AND u.id = coalesce(supply.organisation_id, supply.supplier_id)
    RETURNING county, id, lot_id, quantity_qty
), balanced AS (
    INSERT INTO contribution_balances (county, contribution_id, lot_id, left_qty)
    SELECT county, id, lot_id, quantity_qty FROM contributed
)
UPDATE stocks AS s
SET on_hand_qty = s.on_hand_qty + lot.taken_in_qty
FROM lot
WHERE s.county = lot.county AND s.product_id = lot.product_id AND s.grade = lot.grade AND s.place_id = lot.place_id;
