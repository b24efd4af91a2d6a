// Wages, rents, dividends, trusteeship and post subsidies: reckoned by a rule, proposed, approved by another, funded, paid out, each of its kind.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCooperative, aCounty, aHousehold, anOfficer, day, insertAll } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();

/** A cooperative with three member households in two villages, its officers, and a rule of a purpose that is in force. */
async function anOrganisation({ members = 3, shares = [5, 3, 2] } = {}) {
  const county = await aCounty(server);
  const households = [];
  for (let i = 0; i < members; i++)
    households.push(await aHousehold(server, county, { area_code: county.villages[i % 2], members: i + 2 }));
  const coop = await aCooperative(server, county, { members: households.map((household, i) => ({ household, shares: shares[i] ?? 1 })) });
  const [officer, second, finance] = [await anOfficer(server, county), await anOfficer(server, county), await anOfficer(server, county, 'finance')];
  const at = `/suppliers/${coop.supplier_id}`;
  const rule = async (purpose, steps) => {
    const { rule_version } = fine(await officer.post(`${at}/rules`, { purpose, steps, valid_from: day(-5), words: '试行办法' }), 201);
    fine(await second.post(`${at}/rules/${rule_version}/decide`, { accepted: true }));
    return rule_version;
  };
  const agree = (household, terms) => insertAll(server, [['link_agreements', { county: county.code, id: randomUUID(), household_id: household.id, counterparty_kind: 'supplier', counterparty_id: coop.id, price_rule: 'rate', signed_at: new Date(Date.now() - 864e5).toISOString(), valid_from: day(-100), state: 'in_force', version: 1, floor_price_fen: 0, price_qty: 500, share_ppm: 0, ...terms }]]);
  const period = { from_on: day(-30), to_on: day(-1) };
  const propose = (body) => officer.post(`${at}/distributions`, { title: '试分配', source: 'paid_in', ...period, ...body });
  return { county, households, coop, officer, second, finance, at, rule, agree, period, propose };
}
const amounts = (items) => items.filter((one) => one.payee_kind !== 'supplier').map((one) => one.amount_fen).sort((a, b) => b - a);
const codes = (response) => refused(response, 422, 'invalid').map(({ pointer, code }) => `${pointer} ${code}`);
const threeToSeven = [
  { kind: 'share', to: 'members', ppm: 300000, of: 'pool', minimum_ppm: 250000, minimum_of: 'income', by: 'shares' },
  { kind: 'rest', to: 'organisation' },
];
const value = async (sql) => String(Object.values((await server.sql(sql))[0])[0]);
const books = async (county, kind) => Number(await value(`SELECT coalesce(sum(CASE WHEN credit_kind = '${kind}' THEN amount_fen ELSE 0 END - CASE WHEN debit_kind = '${kind}' THEN amount_fen ELSE 0 END), 0) FROM entries WHERE county = '${county.code}'`));

test('a dry run shows each step and why each household gets what it gets, and writes nothing', async () => {
  const { at, officer, second, county } = await anOrganisation();
  const run = (body, who = second) => who.post(`${at}/rules/evaluations`, { purpose: 'dividend', steps: threeToSeven, ...body });
  const good = fine(await run({ pool_fen: 9000000, income_fen: 10000000 }));
  assert.equal(good.households_fen, 2700000);
  assert.equal(good.organisation_fen, 6300000);
  assert.equal(good.steps[0].minimum_held, false);
  assert.deepEqual(good.lines.map((one) => one.amount_fen).sort((a, b) => b - a), [1350000, 810000, 540000]);
  assert.ok(good.lines.every((one) => one.parts.reduce((sum, part) => sum + part.amount_fen, 0) === one.amount_fen && /\*/.test(one.name)));
  const bad = fine(await run({ pool_fen: 2000000, income_fen: 10000000 }));
  assert.equal(bad.steps[0].minimum_held, true);
  assert.equal(bad.short_fen, 500000);
  assert.equal(bad.households_fen + bad.organisation_fen, 2000000);
  assert.deepEqual(codes(await run({ income_fen: 1 })), ['/pool_fen required']);
  assert.deepEqual(codes(await run({ pool_fen: 1 })), ['/income_fen required']);
  assert.deepEqual(codes(await run({ steps: undefined })), ['/rule_version required']);
  assert.deepEqual(codes(await run({ steps: undefined, rule_version: 9 })), ['/rule_version not-found']);
  refused(await run({ pool_fen: 1, income_fen: 1 }, await anOfficer(server, await aCounty(server))), 404, 'not-found');
  const sale = fine(await officer.post(`${at}/rules/evaluations`, { rule_version: 1, pool_fen: 1001 }));
  assert.deepEqual([sale.purpose, sale.organisation_fen, sale.households_fen], ['sale', 100, 901]);
  assert.equal(await value(`SELECT count(*) FROM distributions WHERE county = '${county.code}'`), '0');
});

test('a dividend is owed once another approves, payable once the money is in, and paid as dividend, not as sales', async () => {
  const { county, at, officer, second, finance, rule, propose, households } = await anOrganisation();
  const rule_version = await rule('dividend', threeToSeven);
  const proposed = fine(await propose({ rule_version, pool_fen: 9000001, income_fen: 10000000 }), 201);
  assert.equal(proposed.households_count, 3);
  const one = `/distributions/${proposed.distribution_id}`;
  refused(await officer.post(`${one}/decide`, { accepted: true }), 403, 'own-entry');
  refused(await finance.post(`${one}/fund`, { evidence: '回单 1' }), 409, 'wrong-state');
  refused(await (await anOfficer(server, await aCounty(server))).post(`${one}/decide`, { accepted: true }), 404, 'not-found');
  assert.equal(fine(await second.post(`${one}/decide`, { accepted: true })).state, 'approved');
  refused(await second.post(`${one}/decide`, { accepted: true }), 409, 'wrong-state');
  const lines = fine(await officer.get(`${one}/lines`)).items;
  assert.deepEqual(amounts(lines), [1350000, 810000, 540000]);
  assert.ok(lines.every(({ due_state }) => due_state === 'expected'));
  assert.equal(await books(county, 'household_payable'), 0);
  refused(await officer.post(`${one}/fund`, { evidence: '回单 1' }), 403, 'forbidden');
  assert.equal(fine(await finance.post(`${one}/fund`, { evidence: '回单 1' })).state, 'funded');
  refused(await finance.post(`${one}/fund`, { evidence: '回单 2' }), 409, 'wrong-state');
  assert.equal(await books(county, 'household_payable'), 2700000);
  const shown = fine(await officer.get(one));
  assert.equal(shown.explanation[0].taken_fen, 2700000);
  assert.deepEqual(shown.steps, threeToSeven);
  assert.equal(shown.evidence, '回单 1');

  const batch = fine(await officer.post('/payout-batches', { county: county.code, title: '分红', payees: 'households' }), 201);
  await server.sql(`UPDATE publicities SET ends_at = now() - interval '1 second', starts_at = now() - interval '1 day' WHERE county = '${county.code}'`);
  fine(await second.post(`/payout-batches/${batch.batch_id}/approve`));
  const { items } = fine(await finance.get(`/payout-batches/${batch.batch_id}/items`));
  fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'paid', result_on: day(), evidence: '银行流水' })) }));
  assert.equal(await books(county, 'household_payable'), 0);
  assert.equal(await value(`SELECT string_agg(income_kind || amount_fen, ' ' ORDER BY amount_fen) FROM payouts_paid_incomes WHERE county = '${county.code}'`), 'dividend540000 dividend810000 dividend1350000');
  assert.equal(await value(`SELECT count(*) FROM impact_paid WHERE county = '${county.code}'`), '0');
  const passbook = fine(await officer.get(`/households/${households[0].household_id}/passbook`));
  assert.deepEqual(passbook.dues.map((due) => [due.income_kind, due.distribution]), [['dividend', '试分配']]);
  assert.equal(fine(await officer.get('/distributions', { query: { county: county.code, supplier_id: at.split('/')[2] } })).items[0].state, 'funded');
});

test('wages are days at the rate of each agreement; a day for someone without one is refused by its place', async () => {
  const { rule, agree, propose, households: [one, other, stranger], officer } = await anOrganisation();
  await agree(one, { mode: 'wage', rate_fen: 12000, rate_unit: 'day' });
  await agree(other, { mode: 'wage', rate_fen: 1501, rate_unit: 'hour' });
  const rule_version = await rule('wage', [{ kind: 'each', to: 'members', per: 'unit' }]);
  const entries = [{ household_id: one.household_id, units_hundredths: 2150 }, { household_id: other.household_id, units_hundredths: 733 }];
  assert.deepEqual(codes(await propose({ rule_version, entries: [...entries, { household_id: stranger.household_id, units_hundredths: 100 }, entries[0]] })),
    ['/entries/0/household_id repeated', '/entries/2/household_id not-found', '/entries/3/household_id repeated']);
  assert.deepEqual(codes(await propose({ rule_version })), ['/entries nothing-to-share']);
  const made = fine(await propose({ rule_version, entries }), 201);
  assert.equal(made.pool_fen, 258000 + 11002);
  const shown = fine(await officer.get(`/distributions/${made.distribution_id}`));
  assert.equal(shown.income_kind, 'wage');
});

test('rent needs no entries: what is leased stands in the agreement', async () => {
  const { rule, agree, propose, households: [one, other] } = await anOrganisation();
  await agree(one, { mode: 'rent', rate_fen: 80000, rate_unit: 'mu', units_hundredths: 350 });
  await agree(other, { mode: 'rent', rate_fen: 80001, rate_unit: 'mu', units_hundredths: 133 });
  const made = fine(await propose({ rule_version: await rule('rent', [{ kind: 'each', to: 'members', per: 'unit' }]) }), 201);
  assert.equal(made.households_fen, 280000 + 106401);
});

test('posts are paid by grade from a fund, whose money passes through its own account', async () => {
  const { county, rule, propose, second, officer, finance, households } = await anOrganisation();
  const grades = [96000, 72000, 48000, 36000].map((amount_fen, i) => ({ grade: i + 1, amount_fen }));
  const rule_version = await rule('post_subsidy', [{ kind: 'each', to: 'members', per: 'grade', grades }]);
  const entries = households.map(({ household_id }, i) => ({ household_id, grade: i + 1, units_hundredths: i === 2 ? 50 : undefined }));
  const { payer_id } = fine(await finance.post('/payers', { county: county.code, kind: 'county', name: '县公益岗资金' }), 201);
  refused(await finance.post('/payers', { county: county.code, kind: 'county', name: '县公益岗资金' }), 409, 'taken');
  assert.deepEqual(codes(await propose({ rule_version, entries, source: 'subsidy' })), ['/payer_id required']);
  assert.deepEqual(codes(await propose({ rule_version, entries, payer_id })), ['/payer_id not-for-this-step']);
  const { distribution_id, households_fen } = fine(await propose({ rule_version, entries, source: 'subsidy', payer_id }), 201);
  assert.equal(households_fen, 96000 + 72000 + 24000);
  fine(await second.post(`/distributions/${distribution_id}/decide`, { accepted: true }));
  fine(await finance.post(`/distributions/${distribution_id}/fund`, { evidence: '国库回单' }));
  const [payer] = fine(await officer.get('/payers', { query: { county: county.code } })).items;
  assert.deepEqual([payer.given_fen, payer.received_fen], [192000, 192000]);
  assert.equal(await books(county, 'household_payable'), 192000);
});

test('two stages: a village keeps its part only where it has a collective', async () => {
  const { county, rule, propose, second, officer, finance } = await anOrganisation();
  const rule_version = await rule('dividend', [{ kind: 'rest', to: 'villages', by: 'shares', keep_ppm: 100000 }]);
  assert.deepEqual(codes(await propose({ rule_version, pool_fen: 100003 })), ['/rule_version no-collective', '/rule_version no-collective']);
  await insertAll(server, county.villages.map((area_code) => ['suppliers', { county: county.code, id: randomUUID(), kind: 'collective', area_code, name: `${area_code}村集体`, state: 'active', created_at: new Date().toISOString() }]));
  const { distribution_id } = fine(await propose({ rule_version, pool_fen: 100003 }), 201);
  fine(await second.post(`/distributions/${distribution_id}/decide`, { accepted: true }));
  fine(await finance.post(`/distributions/${distribution_id}/fund`, { evidence: '回单' }));
  const lines = fine(await officer.get(`/distributions/${distribution_id}/lines`)).items;
  assert.deepEqual(lines.slice(0, 2).map((one) => [one.payee_kind, one.amount_fen]), [['supplier', 7000], ['supplier', 3000]]);
  assert.equal(lines.reduce((sum, one) => sum + one.amount_fen, 0), 100003);
  assert.equal(await books(county, 'supplier_payable'), 10000);
});

test('what an organisation retained is shared only once, however many ask at the same time', async () => {
  const { county, coop, rule, propose, second } = await anOrganisation();
  const transfer = randomUUID();
  await insertAll(server, [
    ['transfers', { county: county.code, id: transfer, kind: 'shop_funded', reference: transfer, posted_at: new Date().toISOString(), business_day: day(), written_by: '1' }],
    ['entries', { county: county.code, transfer_id: transfer, position: 1, debit_kind: 'gateway_clearing', debit_holder: '00000000-0000-0000-0000-000000000000', credit_kind: 'cooperative', credit_holder: coop.id, amount_fen: 50000 }],
    ['balances', { county: county.code, kind: 'cooperative', holder_id: coop.id, balance_fen: 50000 }],
    ['dues', { county: county.code, id: randomUUID(), payee_kind: 'supplier', payee_id: coop.id, source_kind: 'sale', amount_fen: 50000, state: 'payable', income_kind: 'sale_of_produce', expected_on: day(), payable_at: new Date().toISOString() }],
  ]);
  const rule_version = await rule('dividend', [{ kind: 'rest', to: 'members', by: 'shares' }]);
  assert.deepEqual(codes(await propose({ rule_version, pool_fen: 50001, source: 'retained' })), ['/source pool-too-small']);
  const made = [];
  for (let i = 0; i < 3; i++) made.push(fine(await propose({ rule_version, pool_fen: 30000, source: 'retained' }), 201).distribution_id);
  const answers = await Promise.all(made.map((id) => second.post(`/distributions/${id}/decide`, { accepted: true })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  assert.equal(await books(county, 'cooperative'), 20000);
  assert.equal(await books(county, 'household_payable'), 30000);
  assert.equal(await value(`SELECT sum(amount_fen) FROM dues WHERE county = '${county.code}' AND payee_kind = 'supplier' AND state = 'payable'`), '20000');
});

test('a proposal is refused with a reason and owes nobody anything; one of a rule not in force is not made', async () => {
  const { at, rule, propose, second, officer, county } = await anOrganisation();
  const rule_version = await rule('dividend', threeToSeven);
  assert.deepEqual(codes(await propose({ rule_version, pool_fen: 2000000, income_fen: 10000000 })), ['/pool_fen pool-too-small']);
  const { distribution_id } = fine(await propose({ rule_version, pool_fen: 5000000, income_fen: 10000000 }), 201);
  assert.equal(fine(await second.post(`/distributions/${distribution_id}/decide`, { accepted: false, reason: '账目不清' })).state, 'refused');
  assert.equal(fine(await officer.get(`/distributions/${distribution_id}`)).reason, '账目不清');
  assert.equal(await value(`SELECT count(*) FROM dues WHERE county = '${county.code}'`), '0');
  const waiting = fine(await officer.post(`${at}/rules`, { purpose: 'dividend', steps: threeToSeven, valid_from: day(-1), words: '未批' }), 201).rule_version;
  assert.deepEqual(codes(await propose({ rule_version: waiting, pool_fen: 5000000, income_fen: 10000000 })), ['/rule_version wrong-state']);
  assert.deepEqual(codes(await propose({ rule_version: 1, pool_fen: 5000000 })), ['/rule_version not-for-this-step']);
});

test('3,000 sheep of 300 households, ten each, to the fen', async () => {
  const { county, rule, agree, propose, second, finance, coop } = await anOrganisation({ members: 1 });
  const households = Array.from({ length: 300 }, () => randomUUID());
  await insertAll(server, households.flatMap((id, i) => [
    ['households', { county: county.code, id, area_code: county.villages[i % 2], card_number: `S${county.code}-${i}`, head_name_masked: '巴*', head_name_sealed: '\\x00', created_at: new Date().toISOString() }],
    ['link_agreements', { county: county.code, id: randomUUID(), household_id: id, counterparty_kind: 'supplier', counterparty_id: coop.id, mode: 'trusteeship', price_rule: 'rate', rate_fen: 100000, rate_unit: 'head', units_hundredths: 1000, signed_at: new Date(Date.now() - 864e5).toISOString(), valid_from: day(-100), state: 'in_force', version: 1, floor_price_fen: 0, price_qty: 500, share_ppm: 0 }],
  ]));
  assert.ok(agree);
  const rule_version = await rule('trusteeship', [{ kind: 'share', to: 'organisation', ppm: 30000, of: 'pool' }, { kind: 'rest', to: 'members', by: 'units' }]);
  const made = fine(await propose({ rule_version, pool_fen: 3000 * 123337 }), 201);
  assert.deepEqual([made.households_count, made.households_fen], [300, 358910670]);
  fine(await second.post(`/distributions/${made.distribution_id}/decide`, { accepted: true }));
  fine(await finance.post(`/distributions/${made.distribution_id}/fund`, { evidence: '合同款到账' }));
  assert.equal(await value(`SELECT count(DISTINCT amount_fen) || ' ' || min(amount_fen) || ' ' || max(amount_fen) || ' ' || sum(amount_fen) FROM dues WHERE county = '${county.code}'`), '2 1196368 1196369 358910670');
  assert.equal(await books(county, 'household_payable'), 358910670);
});
