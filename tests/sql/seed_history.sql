-- Years of trade on top of seed_goods.sql in the same session, for plans and privileges only: the rows fill tables, their sums mean nothing.
-- psql variables: `products` as there. Run as the owner.
\set ON_ERROR_STOP on
\if :{?products} \else \set products 2000 \endif

INSERT INTO suppliers (county, id, kind, area_code, name, state, created_at)
SELECT pg_temp.county(n), pg_temp.nth(41, n), 'cooperative', pg_temp.village(n), '试合作社', 'active', '2015-01-01' FROM generate_series(0, 199) AS n;
INSERT INTO memberships (county, supplier_id, household_id, valid_from, shares)
SELECT pg_temp.county(n), pg_temp.nth(41, n % 200), pg_temp.nth(3, n), '2015-01-01', 1 FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO role_grants (account_id, id, role, area_code, valid_from, granted_at)
SELECT pg_temp.nth(20, n), pg_temp.nth(22, n), 'cadre', pg_temp.village(n), '2016-01-01', '2016-01-01' FROM generate_series(0, 1999) AS n;
INSERT INTO idempotency_keys (actor_id, key, request_hash, answer_status, answer_body, created_at)
SELECT pg_temp.nth(20, n % 2000), 'key' || n, 'none', 200, '{}', '2016-01-01'::timestamptz + n * interval '1 minute' FROM generate_series(0, 9999) AS n;
INSERT INTO audit_events (id, at, event, county, subject_id)
SELECT pg_temp.nth(23, n), '2016-01-01'::timestamptz + n * interval '1 minute', 'seeded', pg_temp.county(n), pg_temp.nth(24, n) FROM generate_series(0, 9999) AS n;
INSERT INTO income_baselines (county, id, household_id, year, kind, amount_fen, concept, method, source, collected_on)
SELECT pg_temp.county(n), pg_temp.nth(25, n), pg_temp.nth(3, n % (2 * :products)), 2014, 'sale_of_produce', 100000, 'net', 'survey', 'seed', '2014-12-31'
FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO findings (county, id, class, rule, area_code, subject_kind, subject_id, state, opened_at)
SELECT pg_temp.county(n), pg_temp.nth(26, n), 'audit', 'seed', pg_temp.village(n), 'households', pg_temp.nth(3, n),
       CASE WHEN n % 20 < 4 THEN 'open' ELSE 'closed' END, '2016-01-01'
FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO publicities (county, id, kind, subject_kind, subject_id, area_code, title, content, starts_at, ends_at, created_at)
SELECT pg_temp.county(n), pg_temp.nth(27, n), 'payout', 'payout_batches', pg_temp.nth(28, n), pg_temp.county(n), '公示', '{}',
       '2016-01-01'::timestamptz + n * interval '1 hour', '2016-01-08'::timestamptz + n * interval '1 hour', '2016-01-01'
FROM generate_series(0, 19999) AS n;
INSERT INTO objections (county, id, publicity_id, words, raised_at)
SELECT pg_temp.county(n), pg_temp.nth(42, n), pg_temp.nth(27, n % 1000), 'seed', '2016-01-02' FROM generate_series(0, 1999) AS n;
INSERT INTO cases (county, id, kind, state, area_code, household_id, reason, proposed_by, proposed_at, ended_at)
SELECT pg_temp.county(n), pg_temp.nth(43, n), 'move', CASE WHEN n % 10 = 0 THEN 'review' ELSE 'done' END, pg_temp.village(n), pg_temp.nth(3, n), 'seed',
       pg_temp.nth(20, n % 2000), '2016-01-01', CASE WHEN n % 10 <> 0 THEN '2016-02-01'::timestamptz END
FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO case_steps (county, case_id, step, actor_id, at, accepted)
SELECT pg_temp.county(n), pg_temp.nth(43, n), s.step, pg_temp.nth(20, n % 2000), '2016-01-01', true
FROM generate_series(0, 2 * :products - 1) AS n
CROSS JOIN (VALUES ('proposal'), ('review'), ('decision')) AS s (step);
INSERT INTO id_number_holders (id_number_index, county, member_id)
SELECT encode(sha256(convert_to(n::text, 'UTF8')), 'hex'), pg_temp.county(n), pg_temp.nth(5, n) FROM generate_series(0, 6 * :products - 1) AS n;
INSERT INTO stock_moves (county, id, lot_id, kind, quantity_qty, reason, made_at)
SELECT pg_temp.county(n), pg_temp.nth(29, n), pg_temp.nth(10, n), 'passed', 1, 'seed', '2016-09-03' FROM generate_series(0, 2 * :products - 1) AS n;

INSERT INTO addresses (buyer_id, id, recipient, phone, area_code, street, created_at)
SELECT pg_temp.nth(20, n), pg_temp.nth(30, n), '李四', '13900000000', pg_temp.village(n), '试路', '2016-01-01' FROM generate_series(0, 1999) AS n;
INSERT INTO cart_lines (buyer_id, county, offer_id, packs, added_at)
SELECT pg_temp.nth(20, n % 2000), pg_temp.county(n), pg_temp.nth(9, n % (2 * :products)), 1, '2016-01-01' FROM generate_series(0, 3999) AS n;
INSERT INTO purchases (buyer_id, id, state, total_fen, counties, created_at, deadline_at)
SELECT pg_temp.nth(20, n % 2000), pg_temp.nth(31, n), CASE WHEN n % 50 = 0 THEN 'awaiting_payment' ELSE 'paid' END, 1900, ARRAY[pg_temp.county(n)],
       '2016-01-01'::timestamptz + n * interval '1 minute', '2016-01-01'::timestamptz + (n + 30) * interval '1 minute'
FROM generate_series(0, 9999) AS n;
INSERT INTO orders (county, id, buyer_id, purchase_id, shop_id, state, goods_fen, freight_fen, recipient, phone, destination_code, street, created_at, paid_on, shipped_at, received_at)
SELECT pg_temp.county(n), pg_temp.nth(32, n), pg_temp.nth(20, n % 2000), pg_temp.nth(31, n), pg_temp.nth(2, n % 100),
       (ARRAY['awaiting_payment', 'paid', 'shipped', 'received', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed'])[1 + n / 4 % 10], 1900, 500,
       '李四', '13900000000', pg_temp.county(n), '试路', '2016-01-01'::timestamptz + n * interval '1 minute', '2016-01-01'::date + (n / 50)::int,
       '2016-01-02'::timestamptz + n * interval '1 minute', '2016-01-03'::timestamptz + n * interval '1 minute'
FROM generate_series(0, 9999) AS n;
INSERT INTO order_lines (county, id, order_id, position, offer_id, product_id, grade, place_id, name, packs, pack_qty, price_fen, line_gross_fen, platform_fee_ppm)
SELECT pg_temp.county(n), pg_temp.nth(33, n), pg_temp.nth(32, n % 10000), 1 + n / 10000, pg_temp.nth(9, n % :products), pg_temp.nth(8, n % :products), 'A',
       pg_temp.nth(1, n % 100), '核桃', 1, 500, 1900, 1900, 20000
FROM generate_series(0, 19999) AS n;
INSERT INTO allocations (county, id, order_id, order_line_id, lot_id, contribution_id, quantity_qty, allocated_at)
SELECT pg_temp.county(n), pg_temp.nth(34, n), pg_temp.nth(32, n % 10000), pg_temp.nth(33, n), pg_temp.nth(10, n % (2 * :products)), pg_temp.nth(12, n % (4 * :products)), 500, '2016-01-01'
FROM generate_series(0, 19999) AS n;
INSERT INTO attributions (county, id, kind, order_id, order_line_id, allocation_id, contribution_id, supplier_id, household_id, shop_id, product_id, area_code,
    quantity_qty, gross_fen, due_fen, fee_fen, freight_fen, margin_fen, counted, status, mode, business_day, posted_at)
SELECT pg_temp.county(n), pg_temp.nth(35, n), 'sale', pg_temp.nth(32, n % 10000), pg_temp.nth(33, n), pg_temp.nth(34, n), pg_temp.nth(12, n % (4 * :products)),
       pg_temp.nth(4, n % (2 * :products)), pg_temp.nth(3, n % (2 * :products)), pg_temp.nth(2, n % 100), pg_temp.nth(8, n % :products), pg_temp.village(n),
       500, 1900, 1000, 38, 0, 862, true, 'registered', 'consigned', '2016-01-01'::date + (n % 10000 / 50)::int, '2016-01-01'
FROM generate_series(0, 19999) AS n;
INSERT INTO transfers (county, id, kind, reference, posted_at, business_day)
SELECT pg_temp.county(n), pg_temp.nth(36, n), 'payment', 'order ' || n, '2016-01-01', '2016-01-01' FROM generate_series(0, 9999) AS n;
INSERT INTO entries (county, transfer_id, position, debit_kind, debit_holder, credit_kind, credit_holder, amount_fen)
SELECT pg_temp.county(n), pg_temp.nth(36, n % 10000), 1 + n / 10000, 'gateway_clearing', pg_temp.nth(32, n % 10000), 'buyer_escrow', pg_temp.nth(32, n % 10000), 1900
FROM generate_series(0, 19999) AS n;
INSERT INTO balances (county, kind, holder_id, balance_fen)
SELECT pg_temp.county(n), 'household_payable', pg_temp.nth(3, n), 1000 FROM generate_series(0, 2 * :products - 1) AS n;
INSERT INTO seals (county, number, previous_head, head, transfers_count, sealed_at)
SELECT pg_temp.county(n), 1 + n / 4, 'none', 'none', 25, '2016-01-02' FROM generate_series(0, 399) AS n;
INSERT INTO seal_transfers (county, transfer_id, seal_number, position)
SELECT pg_temp.county(n), pg_temp.nth(36, n), 1 + n / 100, n % 100 FROM generate_series(0, 8999) AS n;
INSERT INTO payments (provider, reference, buyer_id, purchase_id, amount_fen, state, created_at)
SELECT 'simulator', 'p' || n, pg_temp.nth(20, n % 2000), pg_temp.nth(31, n), 1900, 'confirmed', '2016-01-01' FROM generate_series(0, 9999) AS n;
INSERT INTO provider_transactions (provider, transaction_id, reference, kind, amount_fen, result, happened_at, received_at)
SELECT 'simulator', 't' || n, 'p' || n, 'payment', 1900, 'applied', '2016-01-01', '2016-01-01' FROM generate_series(0, 9999) AS n;
INSERT INTO refunds (provider, reference, payment_reference, county, order_id, amount_fen, cause, state, instructed_at)
SELECT 'simulator', 'r' || n, 'p' || n, pg_temp.county(n), pg_temp.nth(32, n), 100, 'quality', 'done', '2016-01-01' FROM generate_series(0, 4999) AS n;
INSERT INTO returns (county, id, order_id, order_line_id, packs, refund_fen, cause, state, requested_by, requested_at)
SELECT pg_temp.county(n), pg_temp.nth(40, n), pg_temp.nth(32, n), pg_temp.nth(33, n), 1, 100, 'quality', 'accepted', pg_temp.nth(20, n % 2000), '2016-01-01'
FROM generate_series(0, 4999) AS n;
INSERT INTO outbox (id, kind, payload, due_at, done_at)
SELECT pg_temp.nth(37, n), 'seeded', '{}', '2016-01-01', CASE WHEN n % 100 > 0 THEN timestamptz '2016-01-01' END FROM generate_series(0, 9999) AS n;
INSERT INTO publicity_passes (county, publicity_id, subject_id, ends_at, passed_at)
SELECT county, id, subject_id, ends_at, ends_at FROM publicities WHERE id IN (SELECT pg_temp.nth(27, n) FROM generate_series(0, 199) AS n);
INSERT INTO payout_batches (county, id, title, state, total_fen, items_count, publicity_id, proposed_by, proposed_at)
SELECT pg_temp.county(n), pg_temp.nth(28, n), '兑付', 'paid', 1000, 1, pg_temp.nth(27, n), pg_temp.nth(20, n), '2016-01-01' FROM generate_series(0, 199) AS n;
INSERT INTO payout_items (county, id, batch_id, payee_kind, payee_id, payee_masked, amount_fen, state, result_on)
SELECT pg_temp.county(n), pg_temp.nth(39, n), pg_temp.nth(28, n % 200), 'household', pg_temp.nth(3, n), '张*', 1000, 'paid', '2016-06-01'
FROM generate_series(0, 1999) AS n;
INSERT INTO dues (county, id, payee_kind, payee_id, source_kind, order_id, attribution_id, amount_fen, state, expected_on, payout_item_id)
SELECT pg_temp.county(n), pg_temp.nth(38, n), 'household', pg_temp.nth(3, n % (2 * :products)), 'sale', pg_temp.nth(32, n % 10000), pg_temp.nth(35, n), 1000,
       (ARRAY['expected', 'payable', 'in_batch', 'paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'paid'])[1 + n / 4 % 10], '2016-01-01', pg_temp.nth(39, n % 2000)
FROM generate_series(0, 19999) AS n;
INSERT INTO complaints (county, id, number, code_for, channel, category, area_code, words, raised_by, received_at, sort_due_at, answer_due_at, assigned_to)
SELECT pg_temp.county(n), pg_temp.nth(50, n), pg_temp.county(n) || lpad(n::text, 8, '0'), '', 'web', 'goods', pg_temp.village(n), 'seed',
       pg_temp.nth(20, n % 2000), '2016-01-01'::timestamptz + n * interval '1 hour', '2016-01-03'::timestamptz + n * interval '1 hour',
       '2016-02-01'::timestamptz + n * interval '1 hour', pg_temp.nth(20, n % 200)
FROM generate_series(0, 9999) AS n;
INSERT INTO complaint_steps (county, id, complaint_id, kind, at, shown)
SELECT pg_temp.county(n), pg_temp.nth(51, n), pg_temp.nth(50, n % 10000), 'noted', '2016-01-02', false FROM generate_series(0, 19999) AS n;
INSERT INTO complaint_parties (county, complaint_id, account_id, named_at)
SELECT pg_temp.county(n), pg_temp.nth(50, n), pg_temp.nth(20, n % 2000), '2016-01-01' FROM generate_series(0, 9999) AS n;
SET client_min_messages = error;
INSERT INTO bills (county, id, provider, day, edition, digest, lines_count, matched_count, different_count, missing_here_count, missing_there_count,
                   elsewhere_count, paid_fen, refunded_fen, our_paid_fen, our_refunded_fen, taken_by, taken_at)
SELECT pg_temp.county(n), pg_temp.nth(60, n), 'simulator', '2016-01-01'::date + n, 1, 'seed' || n, 20, 19, 0, 1, 0, 0, 1, 0, 1, 0,
       pg_temp.nth(20, 1), '2016-01-02' FROM generate_series(0, 1999) AS n;
INSERT INTO bill_lines (county, id, bill_id, position, transaction_id, reference, kind, amount_fen, state, finding_id)
SELECT pg_temp.county(n), pg_temp.nth(61, n * 20 + m), pg_temp.nth(60, n), m + 1, 'seed' || n || '-' || m, 'seed', 'payment', 1,
       CASE WHEN m = 0 THEN 'missing_here' ELSE 'matched' END, CASE WHEN m = 0 THEN pg_temp.nth(26, n) END
FROM generate_series(0, 1999) AS n CROSS JOIN generate_series(0, 19) AS m;

ANALYZE;
