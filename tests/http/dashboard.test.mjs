// The dashboard: a month in one look, each figure to be opened; what waits for a decision; plans that are never changed, only followed by newer ones.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aHousehold, anOfficer, aLot, anOffer, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop, day, insertAll, someone, tellPayment } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer({ settings: { SHANHUO_SHIP_LATE_S: '1', SHANHUO_DUE_OVERDUE_S: '1' } });
const month = day().slice(0, 7), year = Number(month.slice(0, 4));
const dashboard = (who, area, more = {}) => who.get('/reports/dashboard', { query: { area, month, ...more } });
const plan = (area_code, more = {}) => ({ area_code, year, months: Array.from({ length: 12 }, (_, i) => ({ amount_fen: (i + 1) * 1000 })), source: '县府发〔2016〕1 号', ...more });
const pointers = (errors) => errors.map(({ pointer, code }) => `${pointer} ${code}`);
const fold = () => server.once('impact/fold');

test('the month of an area: sales, tagged share, households, what is owed, all the same as the reports behind', async () => {
  const setting = await aSmallShop(server);
  const { county, household } = setting;
  const stranger = await aHousehold(server, county, { status: 'never_registered', area_code: county.villages[1] });
  const other = await aProduct(server, setting.shop, { name: '花椒' });
  await aLot(server, other, [{ household: stranger, quantity_qty: 50_000 }]);
  await aReceivedOrder(server, setting, { packs: 3, closed: true });
  await server.sql`UPDATE dues SET payable_at = payable_at - interval '9 days' WHERE county = ${county.code}`;
  await aPaidOrder(server, { ...setting, offer: await anOffer(server, other, { price_fen: 1000 }) }, { packs: 1 });
  await fold();
  const officer = await anOfficer(server, county);
  const it = fine(await dashboard(officer, county.code));
  assert.deepEqual([it.net_fen, it.sale_fen, it.tagged_fen, it.tagged_share_ppm, it.households_count, it.persons_count], [6700, 6700, 5700, 850_746, 1, 3]);
  assert.deepEqual([it.before_fen, it.year_ago_fen, it.plan_fen, it.year_plan_fen], [0, 0, null, null]);
  assert.deepEqual([it.paid_fen, it.owed_fen, it.overdue_fen, it.overdue_households_count], [0, 3900, 3900, 1]);
  assert.deepEqual([it.trend.length, it.trend.at(-1).month, it.trend.at(-1).net_fen], [13, month, 6700]);
  assert.deepEqual(it.parts.map(({ area_code, net_fen }) => [area_code, net_fen]), [[`${county.code}100`, 6700]]);
  assert.deepEqual([it.income.at_level_e, it.income.gain_a_head_fen], [0, null], 'unknown is null, never nought');
  const [total] = fine(await officer.get('/reports/sales', { query: { area: county.code, from: `${month}-01`, to: day() } })).items;
  assert.deepEqual([total.net_sales_fen, total.counted_gross_fen, total.households_count, total.persons_count], [it.net_fen, it.tagged_fen, it.households_count, it.persons_count]);
  const there = fine(await dashboard(officer, county.villages[1]));
  assert.deepEqual([there.net_fen, there.tagged_fen, there.households_count, there.tagged_share_ppm], [1000, 0, 0, 0]);
  const lines = fine(await officer.get('/reports/lines', { query: { area: county.code, from: `${month}-01`, to: day(), shop_id: it.shops[0].shop_id } })).items;
  assert.equal(lines.reduce((sum, { gross_fen }) => sum + gross_fen, 0), it.net_fen);
  assert.ok(lines.some((line) => line.household_id === household.household_id));
});

test('a shop that stopped shipping stands on the dashboard with its open orders', async () => {
  const setting = await aSmallShop(server);
  const { order_id } = await aPaidOrder(server, setting);
  await server.sql`UPDATE orders SET paid_at = paid_at - interval '9 days' WHERE id = ${order_id.slice(7)}`;
  await fold();
  const officer = await anOfficer(server, setting.county);
  const it = fine(await dashboard(officer, setting.county.code));
  assert.deepEqual(it.shops.map(({ shop_id, unshipped_count }) => [shop_id, unshipped_count]), [[setting.shop.shop_id, 1]]);
  assert.equal(it.decisions.find(({ kind }) => kind === 'shop_stopped').count, 1);
  const { items } = fine(await officer.get('/decisions', { query: { area: setting.county.code, kind: 'shop_stopped' } }));
  assert.deepEqual(items.map(({ kind, id, words, area_code }) => [kind, id, words, area_code]), [['shop_stopped', setting.shop.shop_id, '试店', setting.county.villages[0]]]);
});

test('what waits for a decision can be opened, and is counted as it is listed', async () => {
  const { county, shop, household } = await aSmallShop(server);
  const officer = await anOfficer(server, county), cadre = await anOfficer(server, county.villages[1], 'cadre');
  await aShop(server, county, { state: 'proposed', name: '新店', area_code: county.villages[1] });
  await aProduct(server, shop, { state: 'proposed', name: '新品' });
  await insertAll(server, [['findings', { county: county.code, id: randomUUID(), class: 'audit', rule: 'test', area_code: county.villages[1], subject_kind: 'households', subject_id: household.id, detail: {}, state: 'open', opened_at: new Date().toISOString() }]]);
  const { decisions } = fine(await dashboard(officer, county.code));
  const list = fine(await officer.get('/decisions', { query: { area: county.code } })).items;
  for (const { kind, count, since } of decisions) {
    const behind = list.filter((one) => one.kind === kind);
    assert.equal(behind.length, count, kind);
    assert.equal(Date.parse(behind[0].since), Date.parse(since), kind);
  }
  assert.deepEqual(decisions.map(({ kind }) => kind).sort(), ['finding', 'product', 'shop']);
  assert.deepEqual(fine(await officer.get('/decisions', { query: { area: county.code, kind: 'product' } })).items.map(({ words }) => words), ['新品']);
  const own = fine(await cadre.get('/decisions', { query: { area: county.villages[1] } })).items;
  assert.deepEqual(own.map(({ kind }) => kind).sort(), ['finding', 'shop']);
  const first = fine(await officer.get('/decisions', { query: { area: county.code, limit: 2 } }));
  const rest = fine(await officer.get('/decisions', { query: { area: county.code, limit: 2, cursor: first.next_cursor } }));
  assert.deepEqual([...first.items, ...rest.items].map(({ id }) => id), list.map(({ id }) => id));
  assert.deepEqual(pointers(refused(await officer.get('/decisions', { query: { area: county.code, kind: 'rumour' } }), 422, 'invalid')), ['/kind not-a-choice']);
  for (const kind of ['distribution', 'distribution_funding', 'accreditation']) assert.deepEqual(fine(await officer.get('/decisions', { query: { area: county.code, kind } })).items, []);
});

test('figures stay with those who oversee the area', async () => {
  const here = await aSmallShop(server), there = await aSmallShop(server);
  const viewer = await someone(server, { roles: [{ role: 'viewer', area_code: here.county.code.slice(0, 2) }] });
  for (const path of ['/reports/dashboard', '/decisions', '/sales-plans', '/reports/gains']) {
    const query = { area: here.county.code, ...(path === '/reports/gains' ? { year } : {}) };
    refused(await server.get(path, { query }), 401, 'unauthenticated');
    refused(await (await anOfficer(server, here.county, 'inspector')).get(path, { query }), 403, 'forbidden');
    const answer = await (await anOfficer(server, there.county)).get(path, { query });
    if (path === '/reports/dashboard' || path === '/reports/gains') refused(answer, 404, 'not-found');
    else assert.deepEqual(fine(answer).items, [], path);
  }
  assert.equal(fine(await dashboard(viewer, here.county.code.slice(0, 2))).area_kind, 'province');
  refused(await viewer.get('/decisions', { query: { area: here.county.code } }), 403, 'forbidden');
  refused(await viewer.get('/reports/lines', { query: { area: here.county.code, from: day(), to: day() } }), 403, 'forbidden');
  const township = await anOfficer(server, `${here.county.code}100`, 'township');
  fine(await dashboard(township, `${here.county.code}100`));
  fine(await township.get('/reports/lines', { query: { area: here.county.villages[0], from: day(), to: day() } }));
  refused(await dashboard(township, here.county.code), 404, 'not-found');
  for (const bad of ['2016-13', '2016/01', '16-01']) assert.equal((await dashboard(township, `${here.county.code}100`, { month: bad })).status, 422, bad);
});

test('a plan is entered with its source, followed by newer ones and never changed', async () => {
  const { county } = await aSmallShop(server), other = await aSmallShop(server);
  const officer = await anOfficer(server, county);
  const first = fine(await officer.post('/sales-plans', plan(county.code)), 201);
  const it = fine(await dashboard(officer, county.code));
  assert.deepEqual([it.plan_fen, it.year_plan_fen], [Number(month.slice(5)) * 1000, 78_000]);
  assert.equal(it.plan_to_date_fen, Number(month.slice(5)) * (Number(month.slice(5)) + 1) * 500);
  const key = randomUUID(), newer = plan(county.code, { source: '调整' });
  const second = fine(await officer.post('/sales-plans', newer, { key }), 201);
  assert.deepEqual(fine(await officer.post('/sales-plans', newer, { key }), 201), second);
  const { items } = fine(await officer.get('/sales-plans', { query: { area: county.code } }));
  assert.deepEqual(items.map(({ plan_id }) => plan_id).sort(), [first.plan_id, second.plan_id].sort());
  const audited = await server.sql`SELECT event FROM audit_events WHERE county = ${county.code} AND subject_kind = 'sales_plans'`;
  assert.deepEqual(audited.map(({ event }) => event), ['sales_plan_entered', 'sales_plan_entered']);
  refused(await officer.post('/sales-plans', plan(other.county.code)), 404, 'not-found');
  for (const role of ['finance', 'auditor', 'viewer', 'township']) refused(await (await anOfficer(server, county, role)).post('/sales-plans', plan(county.code)), 403, 'forbidden');
  refused(await officer.post('/sales-plans', plan(county.code), { key: null }), 400, 'idempotency-key-missing');
  for (const wrong of [{ months: [] }, { months: plan(county.code).months.slice(1) }, { months: plan(county.code).months.map(() => ({ amount_fen: -1 })) }, { year: 1900 }, { source: '' }]) {
    const errors = refused(await officer.post('/sales-plans', plan(county.code, wrong)), 422, 'invalid');
    assert.ok(errors[0].pointer.startsWith(`/${Object.keys(wrong)[0]}`), JSON.stringify(errors));
  }
  await assert.rejects(server.sql`SET ROLE shanhuo_app; UPDATE sales_plans SET year = 2000`);
});

test('the spread of gains tells the known from the unknown', async () => {
  const { county, household } = await aSmallShop(server);
  const officer = await anOfficer(server, county);
  const row = (level, gain_fen, id = randomUUID()) => ['income_years', { county: county.code, year, household_id: id, area_code: county.villages[0], level, members_count: 2, paid_fen: 40_000, net_fen: gain_fen, gain_fen, poverty_line_fen: 0, price_factor_ppm: 0, reckoned_at: new Date().toISOString() }];
  await insertAll(server, [row('C', null, household.id), row('D', null), row('E', 30_000), row('E', -4)]);
  const it = fine(await officer.get('/reports/gains', { query: { area: county.code, year } }));
  assert.deepEqual([it.households_count, it.at_level_c, it.at_level_d, it.at_level_e, it.unknown_count, it.poverty_line_fen], [4, 1, 1, 2, 2, null]);
  assert.equal(it.bands.reduce((sum, { gain_count }) => sum + gain_count, 0), 2);
  assert.deepEqual(it.bands.slice(0, 3).map(({ gain_count }) => gain_count), [1, 0, 1]);
});

test('sums follow what is paid, refunded and paid out, and say when they are behind', async () => {
  const setting = await aSmallShop(server);
  const officer = await anOfficer(server, setting.county);
  const ask = async () => fine(await officer.get('/reports/sales', { query: { area: setting.county.code, from: `${month}-01`, to: day() } })).items[0];
  const order = await aPaidOrder(server, setting, { packs: 2 });
  const before = await ask();
  assert.equal(before.net_sales_fen, 0);
  assert.ok(Date.parse(before.as_of) <= Date.parse((await server.sql`SELECT posted_at FROM attributions WHERE county = ${setting.county.code}`)[0].posted_at));
  await fold();
  assert.equal((await ask()).net_sales_fen, 3800);
  fine(await order.buyer.post(`/orders/${order.order_id}/cancel`));
  await fold();
  const after = await ask();
  assert.deepEqual([after.line_gross_fen, after.refunds_fen, after.net_sales_fen], [3800, -3800, 0]);
  assert.ok(Date.now() - Date.parse(after.as_of) < 30_000);
  refused(await tellPayment(server, { ...order.notice, reference: 'none' }), 404, 'not-found');
});

test('two folders at once count each row once', async () => {
  const setting = await aSmallShop(server);
  for (let i = 0; i < 4; i++) await aPaidOrder(server, setting, { packs: 1 });
  await Promise.all(Array.from({ length: 4 }, fold));
  const [{ sum }] = await server.sql`SELECT sum(sale_fen)::int AS sum FROM sales_months WHERE county = ${setting.county.code}`;
  assert.equal(sum, 4 * 1900);
});
