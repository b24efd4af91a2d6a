// Monthly county statements: frozen numbers, two people, restated in the open; who owes one, who is late, who is missing.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { aCounty, anOfficer, aPaidOrder, aReceivedOrder, aShop, aSmallShop, day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer({ settings: { SHANHUO_PUBLICITY_S: '1', SHANHUO_STATEMENT_DUE_S: String(366 * 86400) } });
const monthsAgo = (count) => {
  const [year, month] = day().split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - count, 1)).toISOString().slice(0, 7);
};
const lastMonth = monthsAgo(1);
const daysOf = (month) => ({ from: `${month}-01`, to: new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10) });
const statement = (county, more = {}) => ({ county: county.code, month: lastMonth, ...more });
const figuresOf = ({ figures }) => Object.fromEntries(figures.map(({ name, value }) => [name, value]));

/** A county with two officers that sold 10 packs last month, before the sums were made; all is paid, `paid_on` a day of the bank's result. */
async function aCountyThatSold({ paid_on } = {}) {
  const setting = await aSmallShop(server, { platform_fee_ppm: 20_000 });
  const order = await aReceivedOrder(server, setting, { packs: 10, closed: true });
  await server.sql`UPDATE attributions SET business_day = ${`${lastMonth}-15`} WHERE county = ${setting.county.code}`;
  await server.sql`UPDATE transfers SET posted_at = ${`${lastMonth}-20T00:00:00Z`} WHERE county = ${setting.county.code}`;
  const [first, second, finance, auditor] = await Promise.all(['county', 'county', 'finance', 'auditor'].map((role) => anOfficer(server, setting.county, role)));
  let items = [];
  if (paid_on) {
    const batch = fine(await first.post('/payout-batches', { county: setting.county.code, title: '货款', payees: 'households' }), 201);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    fine(await second.post(`/payout-batches/${batch.batch_id}/approve`));
    // As if it had been approved then: no payment is older than its approval.
    await server.sql`UPDATE payout_batches SET proposed_at = ${`${lastMonth}-20T00:00:00Z`}, approved_at = ${`${lastMonth}-21T00:00:00Z`} WHERE id = ${batch.batch_id.slice(7)}`;
    ({ items } = fine(await finance.get(`/payout-batches/${batch.batch_id}`)));
    fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'paid', result_on: paid_on, evidence: 'bank 7' })) }));
    setting.batch = batch;
  }
  await server.once('impact/fold');
  await server.once('impact/reconcile');
  return { ...setting, ...order, first, second, finance, auditor, items };
}
const prepare = (who, county, more) => who.post('/county-statements', statement(county, more));
const submit = (who, { statement_id }) => who.post(`/county-statements/${statement_id}/submit`);

test('a month is computed, frozen, handed in by a second person, and its text hashes to its hash', async () => {
  const { county, first, second, auditor } = await aCountyThatSold();
  const live = fine(await first.get('/county-statements/live', { query: statement(county) }));
  assert.deepEqual([live.is_over, live.is_behind, live.reconciled, live.last_edition, live.changes], [true, false, 'equal', 0, []]);
  const figures = figuresOf(live);
  const { items: [sales] } = fine(await first.get('/reports/sales', { query: { area: county.code, ...daysOf(lastMonth) } }));
  assert.deepEqual([figures.line_gross_fen, figures.counted_gross_fen, figures.net_sales_fen, figures.due_fen, figures.households_count, figures.persons_count, figures.shops_count],
    [sales.line_gross_fen, sales.counted_gross_fen, sales.net_sales_fen, sales.due_fen, sales.households_count, sales.persons_count, 1]);
  assert.deepEqual([figures.line_gross_fen, figures.due_fen, figures.owed_fen, figures.owed_households_count, figures.paid_fen], [19000, 13000, 13000, 1, 0]);
  const prepared = fine(await prepare(first, county), 201);
  assert.deepEqual([prepared.state, prepared.edition, figuresOf(prepared)], ['prepared', 1, figures]);
  assert.equal(createHash('sha256').update(prepared.canonical).digest('hex'), prepared.hash);
  refused(await submit(first, prepared), 403, 'own-entry');
  refused(await submit(auditor, prepared), 403, 'forbidden');
  assert.equal(fine(await submit(second, prepared)).state, 'submitted');
  refused(await submit(second, prepared), 409, 'wrong-state');
  const shown = fine(await auditor.get(`/county-statements/${prepared.statement_id}`));
  assert.deepEqual([shown.state, shown.is_late, figuresOf(shown), shown.editions.length], ['submitted', false, figures, 1]);
  assert.equal(createHash('sha256').update(shown.canonical).digest('hex'), shown.hash);
  for (const { name, value } of shown.figures) assert.ok(shown.canonical.includes(`\n${name} ${value}\n`), name);
  refused(await first.post(`/county-statements/${prepared.statement_id}/withdraw`, { reason: '看错了' }), 409, 'wrong-state');
  refused(await prepare(first, county, { reason: '没有变化的更正' }), 409, 'wrong-state');
});

test('one waits at a time; the same key answers the same, two at once freeze once', async () => {
  const { county, first, second } = await aCountyThatSold();
  const key = 'one-and-the-same-key';
  const prepared = fine(await first.post('/county-statements', statement(county), { key }), 201);
  assert.deepEqual(fine(await first.post('/county-statements', statement(county), { key }), 201), prepared);
  refused(await prepare(second, county), 409, 'taken');
  fine(await second.post(`/county-statements/${prepared.statement_id}/withdraw`, { reason: '还缺一笔' }));
  const both = await Promise.all([prepare(first, county), prepare(second, county)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
});

test('a payment the bank took back is a restatement with its reason, beside the edition it corrects', async () => {
  const { county, first, second, finance, auditor, batch, items } = await aCountyThatSold({ paid_on: `${lastMonth}-25` });
  const one = fine(await prepare(first, county), 201);
  assert.equal(figuresOf(one).paid_fen, 13000);
  fine(await submit(second, one));
  fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'returned', result_on: day(), reason: '账号已注销' })) }));
  refused(await prepare(first, county, { reason: '银行退回一笔' }), 503, 'unavailable');
  await server.once('impact/fold');
  const live = fine(await auditor.get('/county-statements/live', { query: statement(county) }));
  assert.deepEqual(live.changes.find(({ name }) => name === 'paid_fen'), { name: 'paid_fen', before: 13000, after: 0 });
  const [fault] = refused(await prepare(first, county), 422, 'invalid');
  assert.deepEqual([fault.pointer, fault.code], ['/reason', 'required']);
  const two = fine(await prepare(first, county, { reason: '银行退回一笔' }), 201);
  assert.deepEqual([two.edition, two.previous_hash, two.changes], [2, one.hash, live.changes]);
  refused(await submit(first, two), 403, 'own-entry');
  fine(await submit(second, two));
  const before = fine(await auditor.get(`/county-statements/${one.statement_id}`));
  assert.deepEqual([before.state, before.hash, figuresOf(before).paid_fen], ['submitted', one.hash, 13000]);
  assert.deepEqual(before.editions.map(({ edition, reason }) => [edition, reason]), [[1, null], [2, '银行退回一笔']]);
  const { items: [row] } = fine(await first.get('/county-statements', { query: { area: county.code } }));
  assert.deepEqual([row.state, row.edition, row.statement_id], ['submitted', 2, two.statement_id]);
});

test('what is not over, not one\'s own or badly put is refused', async () => {
  const { county, first, auditor } = await aCountyThatSold();
  const stranger = await anOfficer(server, await aCounty(server));
  refused(await prepare(stranger, county), 404, 'not-found');
  refused(await prepare(auditor, county), 403, 'forbidden');
  refused(await prepare(server, county), 401, 'unauthenticated');
  refused(await first.get('/county-statements/live', { query: { county: county.code, month: '2026-13' } }), 422, 'invalid');
  const [early] = refused(await prepare(first, county, { month: day().slice(0, 7) }), 422, 'invalid');
  assert.deepEqual([early.pointer, early.code], ['/month', 'in-future']);
  const prepared = fine(await prepare(first, county), 201);
  refused(await stranger.get(`/county-statements/${prepared.statement_id}`), 404, 'not-found');
  refused(await submit(stranger, prepared), 404, 'not-found');
  assert.deepEqual(fine(await stranger.get(`/county-statements/${prepared.statement_id}/figures`)).items, []);
  assert.deepEqual(fine(await stranger.get('/county-statements', { query: { area: county.code } })).items, []);
});

test('a frozen statement can not be changed by the application, nor by hand without its hash telling', async () => {
  const { county, first } = await aCountyThatSold();
  const prepared = fine(await prepare(first, county), 201);
  await assert.rejects(server.sql`UPDATE county_statements SET canonical = canonical || ' ' WHERE id = ${prepared.statement_id.slice(7)}`, /county_statements_hash__invalid/);
  const [allowed] = await server.sql`SELECT has_column_privilege('shanhuo_app', 'county_statements', 'figures', 'UPDATE') AS figures, has_table_privilege('shanhuo_app', 'county_statements', 'DELETE') AS rows`;
  assert.deepEqual(allowed, { figures: false, rows: false });
});

/** A prefecture of its own with counties that have shops; `day` is a business day the job believes it is. */
let prefecturesMade = 60;
async function aPrefecture(count) {
  const code = `99${prefecturesMade++}`;
  const counties = [];
  for (let i = 0; i < count; i++) {
    const county = await aCounty(server, { code: `${code}0${i + 1}`, name: `县${i + 1}号` });
    await aShop(server, county);
    counties.push(county);
  }
  return { code, counties, viewer: await anOfficer(server, code, 'viewer') };
}
const duty = (county, month, due_at) => server.insert('statement_duties', { county: county.code, month: `${month}-01`, due_at, opened_at: due_at });
const yesterday = () => new Date(Date.now() - 86_400_000).toISOString(), tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

test('a prefecture sees what was handed in, and the missing by name, never as nought', async () => {
  const { code, counties: [one, two, three], viewer } = await aPrefecture(3);
  for (const county of [one, two]) await duty(county, lastMonth, yesterday());
  await duty(three, lastMonth, tomorrow());
  const [first, second] = [await anOfficer(server, one), await anOfficer(server, one)];
  fine(await submit(second, fine(await prepare(first, one), 201)));
  fine(await prepare(await anOfficer(server, two), two), 201); // prepared is not handed in
  const report = (who, more = {}) => who.get('/reports/statements', { query: { area: code, month: lastMonth, ...more } });
  const { items: [whole, ...rows] } = fine(await report(viewer));
  assert.deepEqual([whole.counties_due, whole.counties_submitted, whole.counties_late, whole.counties_missing], [3, 1, 1, 1]);
  assert.equal(whole.missing_words, [two, three].map((county) => `县${Number(county.code.slice(4))}号${county.code}`).join('、'));
  assert.deepEqual(rows.map(({ key, state, line_gross_fen }) => [key, state, line_gross_fen]), [[one.code, 'late', 0], [two.code, 'missing', null], [three.code, 'due', null]]);
  const { items: [, prefecture] } = fine(await report(viewer, { by: 'prefecture' }));
  assert.deepEqual([prefecture.key, prefecture.counties_missing, prefecture.missing.map(({ county }) => county)], [code, 1, [two.code, three.code]]);
  const list = fine(await viewer.get('/county-statements', { query: { area: code, month: lastMonth } })).items;
  assert.deepEqual(list.map(({ county, state }) => [county, state]), [[one.code, 'late'], [two.code, 'missing'], [three.code, 'due']]);
  assert.equal(fine(await viewer.get('/county-statements', { query: { area: code, state: 'missing' } })).items.length, 1);
  assert.deepEqual(fine(await report(first)).items, []);
  const csv = await report(viewer, { format: 'csv' });
  assert.match(csv.text, /missing_words/);
  refused(await viewer.post('/county-statements', statement(two)), 403, 'forbidden');
});

test('two misses in a row become one finding, and punctuality counts them', async () => {
  const { code, counties: [one, two], viewer } = await aPrefecture(2);
  for (const county of [one, two]) for (const ago of [3, 2, 1]) await duty(county, monthsAgo(ago), yesterday());
  await server.sql`INSERT INTO county_statements (county, id, month, edition, state, formula, as_of, reconciled, figures, canonical, hash, prepared_by, prepared_at, submitted_by, submitted_at)
    SELECT ${two.code}, gen_random_uuid(), ${`${monthsAgo(2)}-01`}::date, 1, 'submitted', 'statement 1', '2016-01-01', 'equal', '[]', '', encode(sha256(''), 'hex'), gen_random_uuid(), '2016-01-01', gen_random_uuid(), '2016-01-02'`;
  await server.once('reporting/duties');
  await server.once('reporting/duties');
  const findings = await server.sql`SELECT county, class, rule, detail FROM findings WHERE county = ANY (${`{${one.code},${two.code}}`}::text[])`;
  assert.deepEqual(findings, [{ county: one.code, class: 'audit', rule: 'statement_missed_twice', detail: { for: code, since: monthsAgo(3), months: [monthsAgo(2), monthsAgo(1)] } }]);
  const { items: [whole, first, second] } = fine(await viewer.get('/reports/punctuality', { query: { area: code, from: `${monthsAgo(3)}-01`, to: day() } }));
  assert.deepEqual([whole.due_count, whole.on_time_count, whole.missing_count, whole.on_time_ppm, whole.misses_in_row], [6, 1, 5, 166666, 1]);
  assert.deepEqual([first.misses_in_row, second.misses_in_row, second.on_time_ppm], [3, 1, 333333]);
  assert.ok(first.escalated_at && !second.escalated_at);
});

test('duties follow the months: one for each county with a shop, none twice, none for a county without', async () => {
  const { counties: [one] } = await aPrefecture(1);
  const bare = await aCounty(server);
  await server.once('reporting/duties');
  await server.once('reporting/duties');
  const months = async (county) => (await server.sql`SELECT to_char(month, 'YYYY-MM') AS month FROM statement_duties WHERE county = ${county.code} ORDER BY month`).map(({ month }) => month);
  assert.deepEqual(await months(one), [lastMonth]);
  assert.deepEqual(await months(bare), []);
  await server.sql`UPDATE statement_duties SET month = ${`${monthsAgo(4)}-01`} WHERE county = ${one.code}`;
  await server.once('reporting/duties');
  assert.deepEqual(await months(one), [4, 3, 2, 1].map(monthsAgo));
});

test('a statement is the same on paper: figures as JSON, CSV, XLSX and PDF', async () => {
  const { county, first } = await aCountyThatSold();
  const { statement_id, figures } = fine(await prepare(first, county), 201);
  const where = `/county-statements/${statement_id}/figures`;
  const { items } = fine(await first.get(where, { query: { limit: 100 } }));
  assert.deepEqual(items.map(({ amount_fen, value_count }) => amount_fen ?? value_count), figures.map(({ value }) => value));
  const csv = await first.get(where, { query: { format: 'csv' } });
  for (const { label, level, amount_fen, value_count } of items) assert.ok(csv.text.includes(`"${label}",${level ? `"${level}"` : ''},${amount_fen === null ? '' : `"${amount_fen}"`},${value_count === null ? '' : `"${value_count}"`},`), label);
  for (const format of ['xlsx', 'pdf']) assert.equal((await first.get(where, { query: { format } })).status, 200, format);
  await aPaidOrder(server, await aSmallShop(server));
});
