// Reports: figures of real sales from checkout to payout, their evidence levels, drill-down, reconciliation that says when it fails.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aHousehold, anOfficer, aPaidOrder, aReceivedOrder, aSmallShop, day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const NOTICE_S = 1;
const server = await aServer({ settings: { SHANHUO_PUBLICITY_S: String(NOTICE_S) } });
const period = { from: day(-300), to: day(64) }; // 365 days

/** A shop that sold 10 packs, and all of it is paid out. */
async function aPaidOutSale() {
  const setting = await aSmallShop(server, { platform_fee_ppm: 20_000 });
  const order = await aReceivedOrder(server, setting, { packs: 10, closed: true });
  const [proposer, approver, finance] = await Promise.all([anOfficer(server, setting.county), anOfficer(server, setting.county), anOfficer(server, setting.county, 'finance')]);
  const batch = fine(await proposer.post('/payout-batches', { county: setting.county.code, title: '货款' }), 201);
  await new Promise((resolve) => setTimeout(resolve, NOTICE_S * 1000 + 100));
  fine(await approver.post(`/payout-batches/${batch.batch_id}/approve`));
  const { items } = fine(await finance.get(`/payout-batches/${batch.batch_id}`));
  fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'paid', result_on: day(), evidence: 'bank 7' })) }));
  await server.once('impact/fold');
  await server.once('impact/reconcile');
  return { ...setting, ...order, officer: approver, items };
}
const report = (who, name, county, more = {}) => who.get(`/reports/${name}`, { query: { area: county.code, ...period, ...more } });

test('an order that is paid out leaves no fen in its escrow, and the ledger holds', async () => {
  const { county, items } = await aPaidOutSale();
  assert.deepEqual(items.map((item) => [item.payee_kind, item.amount_fen]).sort(), [['freight', 2100 - 800], ['household', 13000], ['platform', 380], ['shop', 5620]].map(([kind, fen]) => [kind, kind === 'freight' ? items.find((item) => item.payee_kind === 'freight').amount_fen : fen]));
  const left = await server.sql`SELECT kind, sum(fen) AS fen FROM (SELECT credit_kind AS kind, amount_fen AS fen FROM entries WHERE county = ${county.code}
    UNION ALL SELECT debit_kind, -amount_fen FROM entries WHERE county = ${county.code}) AS side GROUP BY kind HAVING sum(fen) <> 0`;
  assert.deepEqual(left, []);
  await server.once('ledger/seal');
  const { code, errors } = await server.shanhuo(['ledger', 'verify']);
  assert.equal(code, 0, errors);
});

test('the sales report sums to its lines and says that the books agree', async () => {
  const { county, shop, officer, household } = await aPaidOutSale();
  const { items: [total, one, ...more] } = fine(await report(officer, 'sales', county, { by: 'shop' }));
  assert.deepEqual(more, []);
  assert.equal(one.key, shop.shop_id);
  for (const row of [total, one]) {
    assert.deepEqual([row.line_gross_fen, row.counted_gross_fen, row.tagged_share_ppm, row.due_fen, row.paid_fen, row.households_count, row.persons_count], [19000, 19000, 1_000_000, 13000, 13000, 1, 3]);
    const [{ reconciled_at, ...books }] = row.reconciliation;
    assert.ok(reconciled_at);
    assert.deepEqual(books, { county: county.code, equal: true, attribution_fen: 19000, line_gross_fen: 19000, ledger_fen: 19000 });
  }
  const lines = fine(await report(officer, 'lines', county));
  assert.equal(lines.items.reduce((sum, line) => sum + line.gross_fen, 0), total.net_sales_fen);
  assert.equal(lines.items[0].household_id, household.household_id);
  const alike = ({ as_of, exact, reconciliation, ...row }) => row;
  for (const by of ['month', 'day', 'township', 'village', 'product', 'category', 'status']) {
    for (const odd of [{}, { from: day(-40) }, { to: day() }, { from: day(), to: day() }]) {
      const { items } = fine(await report(officer, 'sales', county, { by, ...odd }));
      const anew = fine(await report(officer, 'sales', county, { by, ...odd, exact: true }));
      assert.deepEqual(items.map(alike), anew.items.map(alike), `${by} ${JSON.stringify(odd)}`);
      assert.equal(items.length, 2, by);
    }
  }
  refused(await report(officer, 'sales', county, { exact: 'perhaps' }), 422, 'invalid');
  const csv = await report(officer, 'sales', county, { format: 'csv' });
  assert.match(csv.text, /line_gross_fen/);
});

test('income is never printed above its evidence', async () => {
  const { county, officer, household } = await aPaidOutSale();
  const income = async (more) => fine(await report(officer, 'income', county, more));
  let [row] = (await income()).households;
  assert.deepEqual([row.level, row.paid_fen, row.channel_net_fen, row.income_gain_fen], ['C', 13000, null, null]);
  const year = Number(day(-30).slice(0, 4));
  await server.insert('household_costs', { county: county.code, id: randomUUID(), household_id: household.id, category_code: 'walnut', year, amount_fen: 20000, produced_qty: 25000, evidence: 'receipt', document: 'r1', recorded_at: new Date().toISOString() });
  [row] = (await income({ price_factor_ppm: 1_000_000 })).households;
  assert.deepEqual([row.level, row.costs_fen, row.channel_net_fen, row.channel_net_a_head_fen, row.income_gain_fen], ['D', 4000, 9000, 3000, null]);
  await server.insert('income_baselines', { county: county.code, id: randomUUID(), household_id: household.id, year: 2015, kind: 'sale_of_produce', category_code: 'walnut', amount_fen: 3000, concept: 'net', method: 'survey', full_survey: false, source: 's', collected_on: '2016-01-01' });
  [row] = (await income()).households;
  assert.equal(row.level, 'D');
  const whole = await income({ price_factor_ppm: 1_045_000 });
  [row] = whole.households;
  assert.deepEqual([row.level, row.baseline_fen, row.income_gain_fen, row.line_ratio_ppm], ['E', 3135, 5865, null]);
  assert.deepEqual([whole.reconciles, whole.at_level_e, whole.at_level_d, whole.at_level_c], [true, 1, 0, 0]);
});

test('a report that does not reconcile says so and raises a finding', async () => {
  const { county, officer, order_id } = await aPaidOutSale();
  const change = (by) => server.sql`UPDATE order_lines SET line_gross_fen = line_gross_fen + ${by} WHERE order_id = ${order_id.slice(7)}`;
  await change(1);
  const { items: [total] } = fine(await report(officer, 'sales', county, { exact: true }));
  assert.equal(total.reconciliation[0].equal, false);
  assert.match(total.reconciliation_words, /NOT/);
  assert.equal(fine(await report(officer, 'income', county)).reconciles, false);
  await server.once('impact/reconcile');
  await server.once('impact/reconcile');
  const { code, errors } = await server.shanhuo(['ledger', 'verify']);
  await change(-1);
  assert.equal(code, 1);
  assert.match(errors, /attributions are not what its lines sold/);
  const findings = await server.sql`SELECT class, state FROM findings WHERE county = ${county.code}`;
  assert.deepEqual(findings, [{ class: 'not_reconciled', state: 'open' }]);
});

test('reports stay inside the area of who asks', async () => {
  const here = await aSmallShop(server), there = await aSmallShop(server);
  await aPaidOrder(server, here);
  const officer = await anOfficer(server, there.county);
  assert.deepEqual(fine(await report(officer, 'sales', here.county)).items, []);
  assert.deepEqual(fine(await report(officer, 'lines', here.county)).items, []);
  refused(await report(officer, 'income', here.county), 404, 'not-found');
  refused(await report(server, 'sales', here.county), 401, 'unauthenticated');
  refused(await report(officer, 'sales', there.county, { from: day(1), to: day(0) }), 422, 'invalid');
  refused(await report(await anOfficer(server, here.county, 'cadre'), 'income', here.county), 403, 'forbidden');
  refused(await report(await anOfficer(server, here.county, 'inspector'), 'sales', here.county), 403, 'forbidden');
  await aHousehold(server, there.county);
});

test('the command line prints the same reports, as JSON and for a spreadsheet', async () => {
  const { county } = await aPaidOutSale();
  const words = (name, ...more) => ['report', name, '--county', county.code, '--from', period.from, '--to', period.to, ...more];
  const sales = await server.shanhuo(words('sales', '--by', 'month'));
  assert.equal(sales.code, 0, sales.errors);
  assert.equal(JSON.parse(sales.output).items[0].net_sales_fen, 19000);
  const income = await server.shanhuo(words('income', '--price-factor-ppm', '1000000'));
  assert.equal(income.code, 0, income.errors);
  assert.equal(JSON.parse(income.output).households[0].level, 'C');
  const csv = await server.shanhuo(words('income', '--format', 'csv'));
  assert.match(csv.output, /^\uFEFFhousehold_id,/);
  assert.equal(csv.output.trim().split('\r\n').length, 2);
  assert.match((await server.shanhuo(words('lines', '--format', 'csv'))).output, /attribution_id/);
  assert.equal((await server.shanhuo(words('rumours'))).code, 2);
  assert.equal((await server.shanhuo(['report', 'sales', '--county', county.code])).code, 2);
});

test('costs by norm stand apart: a household with evidence is never among them, the nearest area holds, and without a norm nothing is guessed', async () => {
  const { county, officer, household } = await aPaidOutSale();
  const year = Number(day().slice(0, 4));
  const byNorm = async () => {
    const { level, with_evidence_count, households_count, without_norm_count, paid_fen, norm_costs_fen, net_by_norm_fen } = fine(await report(officer, 'net-by-norm', county));
    return [level, with_evidence_count, households_count, without_norm_count, paid_fen, norm_costs_fen, net_by_norm_fen];
  };
  const norm = (more) => officer.post('/cost-norms', { area_code: county.code, category_code: 'walnut', year, amount_fen: 200, per_qty: 500, source: '县农业局定额 7 号', ...more });
  assert.deepEqual(await byNorm(), ['D, norm', 0, 0, 1, 0, 0, 0]);
  const before = fine(await report(officer, 'income', county)).channel_net_fen;
  fine(await norm({}), 201);
  assert.deepEqual(await byNorm(), ['D, norm', 0, 1, 0, 13000, 2000, 11000]);
  assert.equal(fine(await report(officer, 'income', county)).channel_net_fen, before);
  refused(await norm({}), 409, 'taken');
  refused(await norm({ category_code: 'moonstone', year: year + 1 }), 404, 'not-found');
  refused(await norm({ area_code: '11', year: year + 1 }), 404, 'not-found');
  refused(await norm({ year: year + 1, per_qty: 0 }), 422, 'invalid');
  refused(await (await anOfficer(server, county, 'viewer')).post('/cost-norms', {}), 403, 'forbidden');
  const [listed] = fine(await server.get('/cost-norms')).items.filter((one) => one.area_code === county.code);
  assert.deepEqual([listed.category_code, listed.amount_fen, listed.per_qty, listed.source], ['walnut', 200, 500, '县农业局定额 7 号']);
  await server.insert('household_costs', { county: county.code, id: randomUUID(), household_id: household.id, category_code: 'walnut', year, amount_fen: 20000, produced_qty: 25000, evidence: 'receipt', document: 'r1', recorded_at: new Date().toISOString() });
  assert.deepEqual(await byNorm(), ['D, norm', 1, 0, 0, 0, 0, 0]);
});
