// Campaigns and what they brought beside what would have been sold anyway, accredited lines by their own day, pairings with their purchases.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBuyer, aCounty, anOfficer, aPaidOrder, aSmallShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const LINE_FEN = 3800;
const dayOf = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** A shop of its own county that sold on these days (before today). */
async function aHistory(days) {
  const setting = await aSmallShop(server, { packs: 400 });
  for (const days_ago of days) {
    const { order_id } = await aPaidOrder(server, setting);
    await server.sql`UPDATE orders SET paid_on = ${dayOf(-days_ago)} WHERE id = ${order_id.slice(7)}`;
  }
  const [officer, second] = [await anOfficer(server, setting.county), await anOfficer(server, setting.county)];
  return { ...setting, officer, second };
}
const announce = (history, more = {}) => history.officer.post('/campaigns', { county: history.county.code, template: 'other', title: '年货节', starts_on: dayOf(-2), ends_on: dayOf(0), ...more });
const resultOf = async ({ officer }, { campaign_id }) => fine(await officer.get(`/campaigns/${campaign_id}/result`));
async function accredit({ officer, second, product }, valid_from, valid_to) {
  const { accreditation_id } = fine(await officer.post('/accreditations', { product_id: product.product_id, valid_from, valid_to, source: '认定文件 1 号' }), 201);
  return second.post(`/accreditations/${accreditation_id}/decide`, { approve: true });
}

test('an_accreditation_that_lapses_at_midnight_parts_the_lines', async () => {
  const history = await aHistory([2, 1, 1]);
  fine(await accredit(history, dayOf(-60), dayOf(-1)));
  const result = await resultOf(history, fine(await announce(history), 201));
  assert.deepEqual([result.sales_fen, result.accredited_fen, result.not_accredited_fen], [3 * LINE_FEN, LINE_FEN, 2 * LINE_FEN]);
});

test('the_increment_is_what_the_same_weekdays_before_did_not_sell', async () => {
  const history = await aHistory([1, 1, 1, 8, 8, 15, 22, 3]);
  const result = await resultOf(history, fine(await announce(history, { starts_on: dayOf(-1), ends_on: dayOf(0) }), 201));
  assert.deepEqual([result.sales_fen, result.expected_fen, result.increment_fen], [3 * LINE_FEN, LINE_FEN, 2 * LINE_FEN]);
  assert.deepEqual([result.after_fen, result.after_dip_fen], [null, null]);
});

test('the_dip_after_it_is_told_when_four_weeks_have_passed', async () => {
  const history = await aHistory([60, 50, 40, 40, 30]);
  const result = await resultOf(history, fine(await announce(history, { starts_on: dayOf(-40), ends_on: dayOf(-39) }), 201));
  assert.deepEqual([result.before_fen, result.after_fen, result.after_dip_fen], [2 * LINE_FEN, LINE_FEN, -LINE_FEN]);
});

test('a_campaign_that_runs_has_sales_but_no_increment_yet', async () => {
  const history = await aHistory([0, 0]), result = await resultOf(history, fine(await announce(history, { starts_on: dayOf(-1), ends_on: dayOf(1) }), 201));
  assert.deepEqual([result.is_over, result.sales_fen, result.increment_fen], [false, 2 * LINE_FEN, null]);
});

test('the_indicators_count_a_day_of_two_campaigns_once', async () => {
  const history = await aHistory([1, 1, 2, 9]), { county, officer } = history;
  fine(await accredit(history, dayOf(-1), dayOf(9)));
  fine(await announce(history), 201);
  fine(await announce(history, { starts_on: dayOf(-1) }), 201);
  const figure = async (area, indicator) => fine(await officer.get('/reports/indicators', { query: { area, indicator, from: dayOf(-2), to: dayOf(0) } })).items[0];
  const [increment, share] = [await figure(county.code, 'I20'), await figure(county.code, 'I21')];
  assert.deepEqual([increment.kind, increment.amount_fen], ['measured', Math.round(3 * LINE_FEN - LINE_FEN / 4)]);
  assert.deepEqual([share.numerator, share.denominator, share.share_ppm], [2 * LINE_FEN, 3 * LINE_FEN, 666_667]);
});

test('the_public_reads_a_result_when_it_is_over_and_of_five_orders', async () => {
  const history = await aHistory([1, 1, 1, 1, 3]);
  const few = fine(await announce(history), 201), runs = fine(await announce(history, { starts_on: dayOf(-3), ends_on: dayOf(1) }), 201);
  const over = fine(await announce(history, { starts_on: dayOf(-4) }), 201);
  const read = async ({ campaign_id }) => fine(await server.get(`/campaigns/${campaign_id}`));
  for (const one of [few, runs]) assert.deepEqual([(await read(one)).is_shown, (await read(one)).sales_fen, (await read(one)).before_fen], [false, null, null]);
  assert.deepEqual([(await read(over)).is_shown, (await read(over)).sales_fen], [true, 5 * LINE_FEN]);
  assert.equal((await resultOf(history, few)).sales_fen, 4 * LINE_FEN);
  const stranger = await anOfficer(server, await aCounty(server));
  assert.equal((await resultOf({ officer: stranger }, few)).sales_fen, null);
  refused(await server.get(`/campaigns/${few.campaign_id}/result`), 401, 'unauthenticated');
});

test('the_first_page_names_campaigns_from_two_weeks_before', async () => {
  const history = await aHistory([]);
  const made = [];
  for (const [from, to] of [[-2, 1], [14, 15], [15, 16], [-3, 0]]) made.push(fine(await announce(history, { starts_on: dayOf(from), ends_on: dayOf(to) }), 201).campaign_id);
  const { campaigns } = fine(await server.get('/home'));
  assert.deepEqual(campaigns.map(({ campaign_id }) => campaign_id).filter((one) => made.includes(one)).sort(), made.slice(0, 2).sort());
});

test('consumption_day_is_17_october_once_a_year', async () => {
  const history = await aHistory([]);
  const day = { template: 'consumption_day', title: '扶贫消费日', starts_on: '2026-03-01', ends_on: '2026-03-02' };
  const made = fine(await announce(history, day), 201);
  assert.deepEqual([made.starts_on, made.ends_on], ['2026-10-17', '2026-10-18']);
  refused(await announce(history, { ...day, starts_on: '2026-10-17' }), 409, 'taken');
});

test('a_campaign_is_taken_back_before_its_first_day_or_within_a_day_of_entering', async () => {
  const history = await aHistory([]), { officer } = history;
  const take = (who, { campaign_id }) => who.post(`/campaigns/${campaign_id}/withdraw`);
  const [early, late] = [fine(await announce(history, { starts_on: dayOf(5), ends_on: dayOf(6) }), 201), fine(await announce(history), 201)];
  await server.sql`UPDATE campaigns SET made_at = made_at - interval '2 days' WHERE county = ${history.county.code}`;
  refused(await take(await anOfficer(server, await aCounty(server)), early), 404, 'not-found');
  assert.deepEqual([(await resultOf(history, early)).may, (await resultOf(history, late)).may], [['withdraw'], []]);
  refused(await take(officer, late), 409, 'wrong-state');
  fine(await take(officer, early));
  refused(await take(officer, early), 404, 'not-found');
  const mistaken = fine(await announce(history, { starts_on: dayOf(-1) }), 201);
  fine(await take(officer, mistaken));
});

test('nobody_accredits_what_he_proposed_nor_twice_for_a_day', async () => {
  const history = await aHistory([]);
  const { accreditation_id } = fine(await history.officer.post('/accreditations', { product_id: history.product.product_id, valid_from: dayOf(0), valid_to: dayOf(9), source: '文件' }), 201);
  refused(await history.officer.post(`/accreditations/${accreditation_id}/decide`, { approve: true }), 403, 'own-entry');
  const waiting = async () => fine(await history.second.get('/decisions', { query: { area: history.county.code, kind: 'accreditation' } })).items.map(({ id }) => id);
  assert.deepEqual(await waiting(), [accreditation_id]);
  fine(await history.second.post(`/accreditations/${accreditation_id}/decide`, { approve: true }));
  assert.deepEqual(await waiting(), []);
  refused(await history.second.post(`/accreditations/${accreditation_id}/decide`, { approve: true }), 409, 'wrong-state');
  refused(await accredit(history, dayOf(5), dayOf(20)), 409, 'taken');
  const foreign = await anOfficer(server, await aCounty(server));
  refused(await foreign.post(`/accreditations/${accreditation_id}/decide`, { approve: true }), 404, 'not-found');
  refused(await foreign.post('/accreditations', { product_id: history.product.product_id, valid_from: dayOf(0), valid_to: dayOf(9), source: '文件' }), 404, 'not-found');
});

test('a_pairing_reports_what_its_region_bought_within_its_days', async () => {
  const history = await aHistory([0, 0]), { county, officer } = history;
  const year = Number(dayOf(0).slice(0, 4)), helper = await aCounty(server);
  const pair = (more) => officer.post('/pairings', { county: county.code, kind: 'region', valid_from: `${year}-01-01`, source: '协作协议', ...more });
  const here = fine(await pair({ helper_area_code: county.code.slice(0, 4) }), 201);
  const nothing = fine(await pair({ helper_area_code: helper.code }), 201);
  const later = fine(await pair({ helper_area_code: county.code, valid_from: dayOf(1) }), 201);
  const read = async () => Object.fromEntries(fine(await officer.get('/pairings', { query: { area: county.code, year } })).items.map((one) => [one.pairing_id, one.paid_fen]));
  const found = await read();
  assert.ok(found[here.pairing_id] >= 2 * LINE_FEN);
  assert.deepEqual([found[nothing.pairing_id], found[later.pairing_id] ?? 0], [0, 0]);
  fine(await officer.post(`/pairings/${here.pairing_id}/end`, { valid_to: dayOf(0) }));
  assert.equal((await read())[here.pairing_id], 0);
  refused(await officer.post(`/pairings/${here.pairing_id}/end`, { valid_to: dayOf(0) }), 404, 'not-found');
});

test('what_is_typed_wrong_is_named', async () => {
  const history = await aHistory([]), { county, officer } = history;
  const pointers = (answer) => refused(answer, 422, 'invalid').map(({ pointer }) => pointer);
  assert.deepEqual(pointers(await announce(history, { county: '779999' })), ['/county']);
  assert.deepEqual(pointers(await announce(history, { ends_on: dayOf(-3) })), ['/ends_on']);
  assert.deepEqual(pointers(await announce(history, { ends_on: dayOf(70) })), ['/ends_on']);
  assert.deepEqual(pointers(await officer.post('/pairings', { county: county.code, kind: 'region', helper_area_code: '779999', valid_from: dayOf(0), source: 'xx' })), ['/helper_area_code']);
  assert.deepEqual(pointers(await officer.post('/pairings', { county: county.code, kind: 'fixed_point', helper_area_code: county.code, valid_from: dayOf(0), source: 'xx' })), ['/unit_id']);
  assert.deepEqual(pointers(await officer.post('/pairings', { county: county.code, kind: 'region', helper_area_code: county.code, valid_from: dayOf(0), valid_to: dayOf(0), source: 'xx' })), ['/valid_to']);
  refused(await (await aBuyer(server)).post('/campaigns', {}), 403, 'forbidden');
});
