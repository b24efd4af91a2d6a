// Every indicator is there, measured, from outside or missing with its reason; figures agree with the reports they come from.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCounty, anOfficer, aPaidOrder, aReceivedOrder, aSmallShop, day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer({ settings: { SHANHUO_PUBLICITY_S: '1' } });
const month = day().slice(0, 7);
const period = { from: `${month}-01`, to: day() };
const monthEnd = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
const all = async (who, query) => {
  const items = [];
  for (let cursor; ;) {
    const page = fine(await who.get('/reports/indicators', { query: { ...period, limit: 60, ...query, ...(cursor && { cursor }) } }));
    items.push(...page.items);
    if (!page.next_cursor) return items;
    cursor = page.next_cursor;
  }
};
const figureOf = (one) => one.amount_fen ?? one.value_count ?? one.share_ppm ?? one.value_days;
const byName = (items) => Object.fromEntries(items.map((one) => [[one.indicator, one.part].filter(Boolean).join(' '), figureOf(one)]));
const ids = (letter, from, to) => Array.from({ length: to - from + 1 }, (_, i) => `${letter}${letter === 'K' ? String(i + from).padStart(2, '0') : i + from}`);

async function aCountyThatSold() {
  const setting = await aSmallShop(server, { platform_fee_ppm: 20_000 });
  const order = await aReceivedOrder(server, setting, { packs: 10, closed: true });
  await server.once('impact/fold');
  const [officer, second, finance, viewer] = await Promise.all(['county', 'county', 'finance', 'viewer'].map((role) => anOfficer(server, setting.county, role)));
  return { ...setting, ...order, officer, second, finance, viewer };
}

test('the catalogue holds every indicator of the documents, each with definition, unit and source of its figure', async () => {
  const county = await aCounty(server), items = await all(await anOfficer(server, county), { area: county.code });
  assert.deepEqual(new Set(items.map(({ indicator }) => indicator)), new Set([...ids('K', 1, 30), ...ids('K', 33, 50), ...ids('I', 1, 23)]));
  for (const one of items) {
    assert.ok(one.label && one.meaning && one.unit && one.formula, one.indicator);
    assert.equal(one.missing_words === null, figureOf(one) !== null, `${one.indicator} ${one.part}: a figure or a reason, not both`);
    if (one.kind !== 'measured') assert.equal(one.level, null);
  }
  const found = byName(items);
  assert.deepEqual([found.K05, found.K14, found.K02, found.I9, found.I10], [0, null, null, null, null]);
});

test('figures are those of the sales report, the ledger and the payouts, and parts sum to the whole', async () => {
  const { county, officer, second, finance } = await aCountyThatSold();
  const before = byName(await all(officer, { area: county.code }));
  const { items: [sales] } = fine(await officer.get('/reports/sales', { query: { area: county.code, ...period } }));
  assert.deepEqual([before.K05, before.K13, before.I1, before.I2, before.I4], [sales.line_gross_fen, sales.counted_gross_fen, sales.net_sales_fen, sales.attributed_sales_fen, sales.due_fen]);
  assert.deepEqual([before.K14, before.I3, before['K03 active'], before.K17, before.K15], [1_000_000, Math.round(before.I4 * 1e6 / before.I1), 1, 0, 0]);
  const batch = fine(await officer.post('/payout-batches', { county: county.code, title: '货款', payees: 'households' }), 201);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  fine(await second.post(`/payout-batches/${batch.batch_id}/approve`));
  const { items } = fine(await finance.get(`/payout-batches/${batch.batch_id}`));
  fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'paid', result_on: day(), evidence: 'bank 7' })) }));
  await server.once('impact/fold');
  const after = byName(await all(officer, { area: county.code }));
  assert.deepEqual([after.K17, after['K17 goods'], after.K15, after['K15 share'], after.I16, after.K47], [before.I4, before.I4, 1, 1_000_000, 1, 1_000_000]);
  assert.equal(after['K17 goods'] + after['K17 wage'] + after['K17 rent'] + after['K17 dividend'] + after['K17 post'], after.K17);
  assert.equal(after['K23 goods'] + after['K23 wage'] + after['K23 asset'] + after['K23 other'], 1_000_000);
  assert.equal(after.K34, 0);
  // Paid, and no cost evidence: nothing above C is printed.
  assert.deepEqual([after.I7, after.I8, after.I9, after.K19, after.I10], [null, null, null, null, null]);
  // A household that moves takes its payments along, at the latest with the next reconciliation.
  const [from, to] = county.villages, paidIn = async (area) => (await all(officer, { area, indicator: 'K17' }))[0].amount_fen;
  assert.deepEqual([await paidIn(from), await paidIn(to)], [after.K17, 0]);
  await server.sql`UPDATE households SET area_code = ${to} WHERE county = ${county.code} AND area_code = ${from}`;
  for (const job of ['impact/reconcile', 'impact/fold']) await server.once(job);
  assert.deepEqual([await paidIn(from), await paidIn(to)], [0, after.K17]);
});

test('months and areas below sum to the whole', async () => {
  const { county, officer } = await aCountyThatSold();
  const [whole] = await all(officer, { area: county.code, indicator: 'K05' });
  for (const by of ['month', 'area']) {
    const rows = await all(officer, { area: county.code, indicator: 'K05', by });
    assert.equal(rows.reduce((sum, one) => sum + one.amount_fen, 0), whole.amount_fen, by);
  }
  const [fault] = refused(await officer.get('/reports/indicators', { query: { ...period, area: county.code, by: 'month' } }), 422, 'invalid');
  assert.deepEqual([fault.pointer, fault.code], ['/indicator', 'required']);
  refused(await officer.get('/reports/indicators', { query: { area: county.code, from: period.to, to: '2001-01-01' } }), 422, 'invalid');
});

test('a figure from outside is recorded with its source, a later one counts, and inputs divide', async () => {
  const { county, officer, viewer } = await aCountyThatSold();
  const figure = (more) => ({ area_code: county.code, indicator: 'K39', from_on: `${month}-01`, to_on: monthEnd, value: 870_000, source: '县统计局 2026 年调查', ...more });
  const record = (items, who = officer) => who.post('/outside-figures', { items });
  assert.equal(fine(await record([figure()]), 201).recorded_count, 1);
  const shown = async (id) => (await all(officer, { area: county.code, indicator: id }))[0];
  assert.deepEqual([(await shown('K39')).share_ppm, (await shown('K39')).source, (await shown('K39')).level], [870_000, '县统计局 2026 年调查', null]);
  fine(await record([figure({ value: 880_000 }), figure({ indicator: 'K36', part: 'base', value: 1000 })]), 201);
  assert.equal((await shown('K39')).share_ppm, 880_000);
  const incidence = (await all(officer, { area: county.code, indicator: 'K36' })).find(({ part }) => part === '');
  const persons = byName(await all(officer, { area: county.code, indicator: 'K33' }))['K33 persons'];
  assert.equal(incidence.share_ppm, persons * 1000);
  const { items } = fine(await officer.get('/outside-figures', { query: { area: county.code } }));
  assert.deepEqual(items.filter(({ indicator }) => indicator === 'K39').map(({ value, holds }) => [value, holds]), [[880_000, true], [870_000, false]]);
  const [event] = await server.sql`SELECT detail FROM audit_events WHERE event = 'outside_figure_recorded' AND subject_id = ${items[0].figure_id}`;
  assert.equal(event.detail.indicator, items[0].indicator);
  refused(await record([figure()], viewer), 403, 'forbidden');
});

test('what is measured can not be typed in, nor a strange area, a strange indicator or a period that ends before it begins; all or none', async () => {
  const { county, officer } = await aCountyThatSold(), other = await aCounty(server);
  const figure = (more) => ({ area_code: county.code, indicator: 'K39', from_on: `${month}-01`, to_on: monthEnd, value: 1, source: '某次调查', ...more });
  for (const [more, pointer] of [[{ indicator: 'K05' }, '/items/1/indicator'], [{ indicator: 'K99' }, '/items/1/indicator'], [{ part: 'nowhere' }, '/items/1/indicator'], [{ area_code: other.code }, '/items/1/area_code'], [{ to_on: '2001-01-01' }, '/items/1/to_on'], [{ value: -1 }, '/items/1/value']])
    assert.equal(refused(await officer.post('/outside-figures', { items: [figure(), figure(more)] }), 422, 'invalid')[0].pointer, pointer);
  refused(await officer.post('/outside-figures', { items: [] }), 422, 'invalid');
  refused(await officer.post('/outside-figures', { items: [figure({ source: '' })] }), 422, 'invalid');
  assert.deepEqual(fine(await officer.get('/outside-figures', { query: { area: county.code } })).items, []);
  assert.deepEqual(await all(officer, { area: other.code }), []);
  refused(await server.get('/reports/indicators', { query: { ...period, area: county.code } }), 401, 'unauthenticated');
  const sold = await aPaidOrder(server, await aSmallShop(server));
  refused(await sold.buyer.get('/reports/indicators', { query: { ...period, area: county.code } }), 403, 'forbidden');
});

test('a pledge counts by what was paid and delivered under it', async () => {
  const { county, officer, order_id } = await aCountyThatSold(), unit = { county: county.code, id: randomUUID() };
  const share = async () => (await all(officer, { area: county.code, indicator: 'K29' }))[0];
  assert.equal((await share()).share_ppm, null);
  await server.psql(['--command', `SET session_replication_role = replica;
    INSERT INTO pledges (county, id, unit_id, amount_fen, valid_from, valid_to, area_code, pledged_by, pledged_at)
    VALUES ('${county.code}', '${unit.id}', '${unit.id}', 100000, '${day(-30)}', '${day(30)}', '${county.code}', '${unit.id}', now());`]);
  assert.deepEqual([(await share()).share_ppm, (await share()).denominator], [0, 100_000]);
  await server.psql(['--command', `SET session_replication_role = replica;
    INSERT INTO unit_orders (county, order_id, unit_county, unit_id, list_id, part, pledge_id) VALUES ('${county.code}', '${order_id.slice(7)}', '${county.code}', '${unit.id}', '${unit.id}', 1, '${unit.id}');`]);
  const [{ fen }] = await server.sql`SELECT goods_fen + freight_fen AS fen FROM orders WHERE id = ${order_id.slice(7)}`;
  assert.deepEqual([(await share()).numerator, (await share()).share_ppm], [fen, fen * 10]);
});

test('the same figures come as CSV', async () => {
  const { county, officer } = await aCountyThatSold();
  const csv = fine(await officer.get('/reports/indicators', { query: { ...period, area: county.code, indicator: 'K05', format: 'csv' } }));
  const { amount_fen } = (await all(officer, { area: county.code, indicator: 'K05' }))[0];
  assert.ok(String(csv).includes(`"${amount_fen}"`), csv);
});

test('targets are dated and sourced; the last one entered holds, older ones stay, and each county has its own', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const target = (more, who = officer) => who.post('/targets', { area_code: county.code, indicator: 'K06', year: 2020, base_year: 2015, value: 2_000_000, source: '全国电商扶贫规划', ...more });
  const first = fine(await target({}), 201);
  assert.deepEqual([first.indicator, first.part, first.year, first.value], ['K06', '', 2020, 2_000_000]);
  fine(await target({ value: 2_200_000, source: '县里调整 3 号' }), 201);
  const list = async (who) => fine(await who.get('/targets', { query: { area: county.code, indicator: 'K06' } })).items;
  assert.deepEqual((await list(officer)).map((one) => [one.value, one.base_year, one.unit, one.holds]), [[2_200_000, 2015, 'ppm', true], [2_000_000, 2015, 'ppm', false]]);
  assert.equal(refused(await target({ indicator: 'K99' }), 422, 'invalid')[0].pointer, '/indicator');
  refused(await target({ base_year: 2020 }), 422, 'invalid');
  refused(await target({ area_code: '110101' }), 404, 'not-found');
  refused(await target({}, await anOfficer(server, county, 'finance')), 403, 'forbidden');
  assert.deepEqual(await list(await anOfficer(server, await aCounty(server))), []);
});
