// The payment provider's bill of a day against our books: matched, different, missing on either side; nothing is set right by itself.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aPaidOrder, aPurchase, aSmallShop, anOfficer, day, tellPayment } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const lineOf = ({ notice }, more = {}) => ({ transaction_id: notice.transaction_id, reference: notice.reference, kind: 'payment', amount_fen: notice.amount_fen, ...more });
const take = (who, county, lines, more = {}) => who.post('/bills', { county: county.code, provider: 'simulator', day: day(), lines, ...more });
const findingsOf = async (county) => server.sql`SELECT rule, state, detail FROM findings WHERE county = ${county.code} AND class = 'not_reconciled' ORDER BY rule`;

async function aSellingCounty(orders) {
  const setting = await aSmallShop(server);
  const paid = [];
  for (let i = 0; i < orders; i++) paid.push(await aPaidOrder(server, setting));
  return { ...setting, paid, finance: await anOfficer(server, setting.county, 'finance') };
}

test('a_bill_that_says_what_our_books_say_opens_nothing', async () => {
  const { county, paid, finance } = await aSellingCounty(2);
  const bill = fine(await take(finance, county, paid.map((one) => lineOf(one))), 201);
  const sum = paid[0].notice.amount_fen + paid[1].notice.amount_fen;
  assert.deepEqual([bill.lines_count, bill.matched_count, bill.different_count, bill.missing_here_count, bill.missing_there_count, bill.paid_fen, bill.our_paid_fen], [2, 2, 0, 0, 0, sum, sum]);
  assert.deepEqual(await findingsOf(county), []);
  const { items } = fine(await finance.get(`/bills/${bill.bill_id}/lines`));
  assert.deepEqual(items.map(({ state, order_id }) => [state, order_id]), paid.map(({ order_id }) => ['matched', order_id]));
});

test('each_difference_is_named_and_opens_its_finding', async () => {
  const { county, paid, finance } = await aSellingCounty(5);
  const [same, amount, reference, kind] = paid;
  const foreign = { transaction_id: randomUUID(), reference: randomUUID(), kind: 'refund', amount_fen: 77 };
  const bill = fine(await take(finance, county, [lineOf(same), lineOf(amount, { amount_fen: 1 }), lineOf(reference, { reference: 'other' }), lineOf(kind, { kind: 'refund' }), foreign]), 201);
  assert.deepEqual([bill.matched_count, bill.different_count, bill.missing_here_count, bill.missing_there_count], [1, 3, 1, 1]);
  const { items } = fine(await finance.get(`/bills/${bill.bill_id}/lines`));
  assert.deepEqual(items.map(({ state, differences }) => [state, differences]),
    [['matched', []], ['different', ['amount']], ['different', ['reference']], ['different', ['kind']], ['missing_here', []], ['missing_there', []]]);
  assert.deepEqual([items[1].amount_fen, items[1].our_amount_fen], [1, amount.notice.amount_fen]);
  assert.deepEqual([items[5].amount_fen, items[5].our_amount_fen, items[5].order_id], [null, paid[4].notice.amount_fen, paid[4].order_id]);
  assert.deepEqual((await findingsOf(county)).map(({ rule, state }) => [rule, state]),
    [['bill_different', 'open'], ['bill_different', 'open'], ['bill_different', 'open'], ['bill_missing_here', 'open'], ['bill_missing_there', 'open']]);
  assert.equal(fine(await finance.get(`/bills/${bill.bill_id}/lines`, { query: { state: 'different' } })).items.length, 3);
  const [listed] = fine(await finance.get('/bills', { query: { area: county.code } })).items;
  assert.deepEqual([listed.bill_id, listed.open_count], [bill.bill_id, 5]);
});

test('a_payment_that_failed_here_and_a_line_that_stands_twice_are_different', async () => {
  const setting = await aSellingCounty(1);
  const failed = await aPurchase(server, setting);
  fine(await tellPayment(server, { ...failed.notice, outcome: 'failed' }));
  const bill = fine(await take(setting.finance, setting.county, [lineOf(setting.paid[0]), lineOf(setting.paid[0]), lineOf(failed)]), 201);
  const { items } = fine(await setting.finance.get(`/bills/${bill.bill_id}/lines`));
  assert.deepEqual(items.map(({ state, differences, our_amount_fen }) => [state, differences, our_amount_fen === null]),
    [['matched', [], false], ['different', ['repeated'], false], ['different', ['failed_here'], true]]);
});

test('a_corrected_bill_is_the_next_edition_and_what_is_open_is_not_opened_twice', async () => {
  const { county, paid, finance } = await aSellingCounty(2);
  const first = [lineOf(paid[0], { amount_fen: 5 })];
  fine(await take(finance, county, first), 201);
  refused(await take(finance, county, first), 409, 'taken');
  const again = fine(await take(finance, county, [...first, lineOf(paid[1])]), 201);
  assert.deepEqual([again.edition, again.matched_count, again.different_count, again.missing_there_count], [2, 1, 1, 0]);
  const right = fine(await take(finance, county, paid.map((one) => lineOf(one))), 201);
  assert.equal(right.matched_count, 2);
  assert.deepEqual((await findingsOf(county)).map(({ rule, state }) => [rule, state]), [['bill_different', 'open'], ['bill_missing_there', 'open']], 'nothing is forgiven by itself');
});

test('a_bill_shared_by_counties_says_each_its_own', async () => {
  const here = await aSellingCounty(1), there = await aSellingCounty(1);
  const bill = fine(await take(here.finance, here.county, [lineOf(here.paid[0]), lineOf(there.paid[0])]), 201);
  assert.deepEqual([bill.lines_count, bill.matched_count, bill.elsewhere_count, bill.paid_fen], [2, 1, 1, here.paid[0].notice.amount_fen]);
  const { items } = fine(await here.finance.get(`/bills/${bill.bill_id}/lines`));
  assert.equal(items.length, 1, "another county's line is counted, never shown");
  refused(await there.finance.get(`/bills/${bill.bill_id}`), 404, 'not-found');
  assert.deepEqual(fine(await there.finance.get('/bills')).items, []);
});

test('a_refund_is_matched_by_the_order_it_gives_back', async () => {
  const setting = await aSellingCounty(1);
  const [{ buyer, order_id, notice }] = setting.paid;
  fine(await buyer.post(`/orders/${order_id}/cancel`));
  const [refund] = await server.sql`SELECT reference, amount_fen FROM refunds WHERE payment_reference = ${notice.reference}`;
  const transaction_id = `refund-${refund.reference}`;
  fine(await tellPayment(server, { transaction_id, ...refund }, { where: '/callbacks/payments/simulator/refunds' }));
  const bill = fine(await take(setting.finance, setting.county, [lineOf(setting.paid[0]), { transaction_id, kind: 'refund', ...refund }]), 201);
  assert.deepEqual([bill.matched_count, bill.paid_fen - bill.refunded_fen, bill.our_refunded_fen], [2, 0, refund.amount_fen]);
});

test('bills_are_for_finance_of_the_county_and_refuse_bad_input', async () => {
  const { county, paid, finance } = await aSellingCounty(1);
  const lines = [lineOf(paid[0])];
  refused(await take(server, county, lines), 401, 'unauthenticated');
  refused(await take(await anOfficer(server, county), county, lines), 403, 'forbidden');
  refused(await take(await anOfficer(server, (await aSmallShop(server)).county, 'finance'), county, lines), 404, 'not-found');
  const fault = async (more, given = lines) => refused(await take(finance, county, given, more), 422, 'invalid').map(({ pointer, code }) => [pointer, code]);
  assert.deepEqual(await fault({ provider: 'simulated' }), [['/provider', 'not-found']]);
  assert.deepEqual(await fault({ day: day(1) }), [['/day', 'in-future']]);
  assert.deepEqual((await fault({}, [lineOf(paid[0], { amount_fen: 0 })]))[0][0], '/lines/0/amount_fen');
  assert.deepEqual((await fault({}, [lineOf(paid[0], { kind: 'fee' })]))[0][0], '/lines/0/kind');
  const key = randomUUID();
  const [one, two] = [await finance.post('/bills', { county: county.code, provider: 'simulator', day: day(), lines }, { key }), await finance.post('/bills', { county: county.code, provider: 'simulator', day: day(), lines }, { key })];
  assert.equal(fine(one, 201).bill_id, fine(two, 201).bill_id);
  assert.deepEqual(await server.sql`SELECT event FROM audit_events WHERE county = ${county.code} AND subject_kind = 'bills'`, [{ event: 'bill_taken' }]);
});
