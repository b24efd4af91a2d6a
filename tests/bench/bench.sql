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
