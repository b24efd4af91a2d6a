// What goes wrong when money is paid out: each case leaves the books right, the debt where it belongs, and nothing half done.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCounty, aHolder, aHousehold, aLot, anOfficer, aPaidOrder, aProduct, aShop, aSmallShop, day, endNotice, tellPayment } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const DUE = 156000; // 60000 g at 1300 a 500 g

/** A county that owes households for goods bought outright, and a batch of it that is approved. */
async function anApprovedBatch({ households = 1 } = {}) {
  const county = await aCounty(server);
  const shop = await aShop(server, county), product = await aProduct(server, shop);
  const owed = [];
  for (let i = 0; i < households; i++) owed.push(await aHousehold(server, county, { shop }));
  await aLot(server, product, owed.map((household) => ({ household, quantity_qty: 60000, mode: 'bought' })));
  await server.once('payouts/bought');
  const [proposer, approver, finance] = [await anOfficer(server, county), await anOfficer(server, county), await anOfficer(server, county, 'finance')];
  const propose = () => proposer.post('/payout-batches', { county: county.code, title: '收购款' });
  const approve = async (batch) => {
    await endNotice(server, batch.publicity_id);
    return approver.post(`/payout-batches/${batch.batch_id}/approve`);
  };
  const batch = fine(await propose(), 201);
  fine(await approve(batch));
  const { items } = fine(await finance.get(`/payout-batches/${batch.batch_id}`));
  const tell = (given, options) => finance.post(`/payout-batches/${batch.batch_id}/results`, { items: given }, options);
  return { county, shop, households: owed, proposer, approver, finance, propose, approve, batch, items, tell };
}
const paid = (item, more = {}) => ({ item_id: item.item_id, result: 'paid', result_on: day(), evidence: 'bank 1', ...more });
const returned = (item, more = {}) => ({ item_id: item.item_id, result: 'returned', result_on: day(), reason: 'account closed', ...more });

/** What the ledger says: owed to households, paid to them, and how often each kind was posted. */
async function booksOf(county) {
  const [sum] = await server.sql`SELECT coalesce(sum(CASE WHEN credit_kind = 'household_payable' THEN amount_fen WHEN debit_kind = 'household_payable' THEN -amount_fen END), 0)::bigint AS owed,
      coalesce(sum(CASE WHEN credit_kind = 'gateway_clearing' AND debit_kind = 'household_paid' THEN amount_fen WHEN debit_kind = 'gateway_clearing' AND credit_kind = 'household_paid' THEN -amount_fen END), 0)::bigint AS paid
    FROM entries WHERE county = ${county.code}`;
  const kinds = await server.sql`SELECT kind FROM transfers WHERE county = ${county.code} AND kind LIKE 'payout%' ORDER BY posted_at, id`;
  return { owed: Number(sum.owed), paid: Number(sum.paid), posted: kinds.map(({ kind }) => kind) };
}
const statesOf = async (county) => (await server.sql`SELECT state FROM dues WHERE county = ${county.code} AND payee_kind = 'household' ORDER BY id`).map(({ state }) => state);
const faultsOf = (answer) => refused(answer, 422, 'invalid').map(({ pointer, code }) => [pointer, code]);

test('1 the same file twice pays once', async () => {
  const { county, items, tell } = await anApprovedBatch();
  assert.equal(fine(await tell([paid(items[0])])).changed_count, 1);
  assert.equal(fine(await tell([paid(items[0])])).changed_count, 0);
  assert.deepEqual(await booksOf(county), { owed: 0, paid: DUE, posted: ['payout_paid'] });
});

test('2 the same file from two desks at once pays once', async () => {
  const { county, items, tell } = await anApprovedBatch({ households: 3 });
  const answers = await Promise.all([1, 2, 3, 4].map(() => tell(items.map((one) => paid(one)))));
  assert.ok(answers.every(({ status }) => status === 200 || status === 409), answers.map(({ text }) => text).join());
  assert.equal(answers.reduce((sum, { status, body }) => sum + (status === 200 ? body.changed_count : 0), 0), 3);
  assert.deepEqual(await booksOf(county), { owed: 0, paid: 3 * DUE, posted: ['payout_paid', 'payout_paid', 'payout_paid'] });
});

test('3 a repeat after a lost answer gets the first answer', async () => {
  const { county, items, tell } = await anApprovedBatch();
  const key = randomUUID();
  const [first, second] = [await tell([paid(items[0])], { key }), await tell([paid(items[0])], { key })];
  assert.deepEqual([fine(first).changed_count, fine(second).changed_count, second.headers.get('idempotent-replayed')], [1, 1, 'true']);
  assert.equal((await booksOf(county)).paid, DUE);
});

test('4 an unknown payee in the file books nothing of it', async () => {
  const { county, items, tell } = await anApprovedBatch();
  const other = await anApprovedBatch();
  assert.deepEqual(faultsOf(await tell([paid(items[0]), paid(other.items[0])])), [['/items/1/item_id', 'not-found']]);
  assert.deepEqual(await booksOf(county), { owed: DUE, paid: 0, posted: [] });
  refused(await other.finance.post(`/payout-batches/${items[0].item_id.slice(0, 7)}${randomUUID()}/results`, { items: [paid(items[0])] }), 404, 'not-found');
});

test('5 an amount that is not the one approved is refused, fen for fen', async () => {
  const { county, items, tell } = await anApprovedBatch();
  assert.deepEqual(faultsOf(await tell([paid(items[0], { amount_fen: DUE - 1 })])), [['/items/0/amount_fen', 'amount-differs']]);
  assert.equal((await booksOf(county)).paid, 0);
  fine(await tell([paid(items[0], { amount_fen: DUE })]));
});

test('6 a file of some payments leaves the others waiting, and the rest may come later', async () => {
  const { county, items, tell } = await anApprovedBatch({ households: 2 });
  assert.equal(fine(await tell([paid(items[0])])).state, 'approved');
  assert.deepEqual((await statesOf(county)).sort(), ['in_batch', 'paid']);
  assert.equal(fine(await tell([paid(items[1])])).state, 'paid');
  assert.deepEqual(await booksOf(county), { owed: 0, paid: 2 * DUE, posted: ['payout_paid', 'payout_paid'] });
});

test('7 paid for some and returned for others in one file: each as the bank says', async () => {
  const { county, items, tell, propose } = await anApprovedBatch({ households: 2 });
  assert.equal(fine(await tell([paid(items[0]), returned(items[1])])).state, 'paid');
  assert.deepEqual(await booksOf(county), { owed: DUE, paid: DUE, posted: ['payout_paid'] });
  assert.equal(fine(await propose(), 201).total_fen, DUE);
});

test('8 returned after it was paid: the debt is open again and the next batch pays it', async () => {
  const { county, items, tell, propose, approve, finance } = await anApprovedBatch();
  fine(await tell([paid(items[0])]));
  fine(await tell([returned(items[0])]));
  assert.deepEqual(await booksOf(county), { owed: DUE, paid: 0, posted: ['payout_paid', 'payout_returned'] });
  assert.deepEqual(await statesOf(county), ['payable']);
  const next = fine(await propose(), 201);
  fine(await approve(next));
  const again = fine(await finance.get(`/payout-batches/${next.batch_id}`)).items[0];
  fine(await finance.post(`/payout-batches/${next.batch_id}/results`, { items: [paid(again)] }));
  assert.deepEqual(await booksOf(county), { owed: 0, paid: DUE, posted: ['payout_paid', 'payout_returned', 'payout_paid'] });
});

test('9 a return told twice opens the debt once, and a payment that bounced is never paid by a late line', async () => {
  const { county, items, tell } = await anApprovedBatch();
  fine(await tell([paid(items[0])]));
  fine(await tell([returned(items[0])]));
  assert.equal(fine(await tell([returned(items[0])])).changed_count, 0);
  refused(await tell([paid(items[0])]), 409, 'wrong-state');
  assert.deepEqual(await booksOf(county), { owed: DUE, paid: 0, posted: ['payout_paid', 'payout_returned'] });
});

test('10 a result before approval, or dated before it or ahead, is refused', async () => {
  const { county, propose, finance, items, tell } = await anApprovedBatch();
  assert.deepEqual(faultsOf(await tell([paid(items[0], { result_on: day(-1) })])), [['/items/0/result_on', 'before-approval']]);
  assert.deepEqual(faultsOf(await tell([paid(items[0], { result_on: day(1) })])), [['/items/0/result_on', 'in-future']]);
  fine(await tell([returned(items[0])]));
  const next = fine(await propose(), 201);
  const [waiting] = fine(await finance.get(`/payout-batches/${next.batch_id}`)).items;
  refused(await finance.post(`/payout-batches/${next.batch_id}/results`, { items: [paid(waiting)] }), 409, 'wrong-state');
  refused(await finance.get(`/payout-batches/${next.batch_id}/bank-file`), 409, 'wrong-state');
  assert.equal((await booksOf(county)).paid, 0);
});

test('11 a late result belongs to the day the bank says, and the dispute of a payment that comes back falls away with it', async () => {
  const { county, households, batch, items, tell } = await anApprovedBatch();
  await server.sql`UPDATE payout_batches SET approved_at = approved_at - interval '40 days' WHERE county = ${county.code} AND id = ${batch.batch_id.slice(7)}`;
  fine(await tell([paid(items[0], { result_on: day(-35) })]));
  const own = await aHolder(server, households[0]);
  const book = () => own.get(`/households/${households[0].household_id}/passbook`);
  const { payouts: [payout], dues: [due] } = fine(await book());
  assert.equal(payout.result_on, day(-35));
  fine(await own.post(`/dues/${due.due_id}/answer`, { answer: 'disputed', words: '没有收到' }));
  fine(await tell([returned(items[0])]));
  const after = fine(await book());
  assert.deepEqual([after.dues[0].state, after.dues[0].answered_at, after.totals.paid_fen, after.totals.payable_fen], ['payable', null, 0, DUE]);
});

/** An order that was paid and cancelled, its refund, and how the provider tells of refunds. */
async function aRefund() {
  const setting = await aSmallShop(server);
  const { buyer, order_id, notice } = await aPaidOrder(server, setting);
  const finance = await anOfficer(server, setting.county, 'finance');
  const id = order_id.slice(7);
  fine(await buyer.post(`/orders/${order_id}/cancel`));
  const refunds = () => server.sql`SELECT reference, amount_fen, state FROM refunds WHERE payment_reference = ${notice.reference} ORDER BY instructed_at, reference`;
  const [first] = await refunds();
  const tell = (outcome, { reference = first.reference, transaction_id = randomUUID() } = {}) =>
    tellPayment(server, { reference, amount_fen: first.amount_fen, transaction_id, outcome }, { where: '/callbacks/payments/simulator/refunds' });
  const told = async (...given) => fine(await tell(...given)).result;
  const retry = (who = finance) => who.post(`/orders/${order_id}/refunds/retry`);
  const balance = async (kind) => {
    const [sum] = await server.sql`SELECT coalesce(sum(CASE WHEN credit_kind::text = ${kind} THEN amount_fen ELSE -amount_fen END), 0)::bigint AS fen FROM entries
      WHERE county = ${setting.county.code} AND ((credit_kind::text = ${kind} AND credit_holder = ${id}) OR (debit_kind::text = ${kind} AND debit_holder = ${id}))`;
    return Number(sum.fen);
  };
  const findings = async () => (await server.sql`SELECT rule FROM findings WHERE county = ${setting.county.code} AND subject_id = ${id} ORDER BY rule`).map(({ rule }) => rule);
  return { setting, buyer, order_id, id, notice, finance, first, refunds, tell, told, retry, balance, findings };
}
const callsOf = (refund) => server.sql`SELECT id FROM outbox WHERE kind = 'refund' AND payload -> 'call' ->> 'reference' = ${refund.reference}`;

test('12 a refund the provider failed is asked for again under its number, once at a time, until it is done', async () => {
  const { buyer, finance, first, refunds, told, retry, balance } = await aRefund();
  refused(await retry(), 409, 'wrong-state');
  await told('failed');
  refused(await retry(buyer), 403, 'forbidden');
  refused(await retry(await anOfficer(server, await aCounty(server), 'finance')), 404, 'not-found');
  const answers = await Promise.all([retry(), retry(finance)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const answer = fine(answers.find(({ status }) => status === 200));
  assert.deepEqual([answer.refunds_count, answer.amount_fen], [1, first.amount_fen]);
  assert.equal((await callsOf(first)).length, 2, 'the same number went out twice, and no other');
  await told('failed');
  fine(await retry());
  assert.equal(await told('succeeded'), 'refund_done');
  assert.deepEqual(await refunds(), [{ ...first, state: 'done' }]);
  refused(await retry(), 409, 'wrong-state');
  assert.equal(await balance('refund'), 0, 'nothing is on its way any more');
});

test('13 a refund that was done after all, while it was asked for again, is given once', async () => {
  const { first, refunds, told, tell, retry, balance, findings } = await aRefund();
  await told('failed');
  fine(await retry());
  const transaction_id = randomUUID();
  assert.equal(await told('succeeded', { transaction_id }), 'refund_done');
  assert.equal(await told('succeeded', { transaction_id }), 'refund_done');
  assert.deepEqual([await balance('refund'), await balance('refund_receivable')], [0, 0]);
  const answers = await Promise.all([tell('failed'), tell('failed')]);
  assert.ok(answers.every(({ status }) => status === 200), 'what is told late changes nothing');
  assert.deepEqual(await refunds(), [{ ...first, state: 'done' }]);
  assert.deepEqual(await findings(), ['refund_failed']);
});

test('14 what the provider gave back twice is owed back, never below zero', async () => {
  const { first, told, tell, balance, findings } = await aRefund();
  const results = (await Promise.all([tell('succeeded'), tell('succeeded')])).map((answer) => fine(answer).result);
  assert.deepEqual(results.sort(), ['refund_done', 'refund_repeated']);
  assert.deepEqual([await balance('refund'), await balance('refund_receivable')], [0, -first.amount_fen]);
  const transaction_id = randomUUID();
  for (let i = 0; i < 2; i++) assert.equal(await told('succeeded', { transaction_id }), 'refund_repeated');
  assert.deepEqual([await balance('refund'), await balance('refund_receivable')], [0, -2 * first.amount_fen]);
  assert.deepEqual(await findings(), ['refunded_twice']);
});

test('15 a number that once replaced another is given back beside it only as a debt', async () => {
  const { first, notice, setting, id, told, tell, balance, findings } = await aRefund();
  await told('failed');
  const reference = randomUUID(); // as retries were numbered before
  await server.sql`INSERT INTO refunds (provider, reference, payment_reference, county, order_id, amount_fen, cause, instructed_at, repeats)
    VALUES ('simulator', ${reference}, ${notice.reference}, ${setting.county.code}, ${id}, ${first.amount_fen}, 'cancelled', now(), ${first.reference})`;
  const results = (await Promise.all([tell('succeeded'), tell('succeeded', { reference })])).map((answer) => fine(answer).result);
  assert.deepEqual(results.sort(), ['refund_done', 'refund_repeated']);
  assert.deepEqual([await balance('refund'), await balance('refund_receivable')], [0, -first.amount_fen]);
  assert.deepEqual(await findings(), ['refund_failed', 'refunded_twice']);
});

test('16 no due counts as paid without an item whose batch passed its notice, whoever writes', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), product = await aProduct(server, shop), household = await aHousehold(server, county, { shop });
  await aLot(server, product, [{ household, quantity_qty: 60000, mode: 'bought' }]);
  await server.once('payouts/bought');
  const proposer = await anOfficer(server, county);
  const batch = fine(await proposer.post('/payout-batches', { county: county.code, title: '收购款' }), 201);
  const write = (change) => server.psql(['--command', `UPDATE dues SET ${change} WHERE county = '${county.code}' AND payee_kind = 'household'`]);
  for (const state of ['paid', 'confirmed', 'disputed']) {
    await assert.rejects(async () => write(`state = '${state}'`), /dues_pass__notice_open/, state);
    await assert.rejects(async () => write(`state = '${state}', payout_item_id = NULL`), /dues_item__notice_open/, state);
  }
  assert.deepEqual(await statesOf(county), ['in_batch']);
  fine(await proposer.post(`/payout-batches/${batch.batch_id}/withdraw`, { reason: '重做' }));
});

test('after all of it the ledger holds', async () => {
  await server.once('ledger/seal');
  const { code, errors } = await server.shanhuo(['ledger', 'verify']);
  assert.equal(code, 0, errors);
});

test('what_is_owed_ages_by_the_day_it_became_payable_until_it_is_in_a_batch', async () => {
  const { county, items, tell, finance, propose, households } = await anApprovedBatch({ households: 2 });
  const ageing = async () => fine(await finance.get('/payables/ageing', { query: { county: county.code } })).items.find(({ payee_kind }) => payee_kind === 'household');
  assert.deepEqual([(await ageing()).payable_fen, (await ageing()).in_batch_fen], [0, 2 * DUE]);
  fine(await tell(items.map((one) => returned(one))));
  await server.sql`UPDATE dues SET payable_at = payable_at - interval '40 days' WHERE county = ${county.code} AND payee_id = ${households[0].id}`;
  const { payees_count, payable_fen, week_fen, month_fen, quarter_fen, older_fen, oldest_on, in_batch_fen } = await ageing();
  assert.deepEqual([payees_count, payable_fen, week_fen, month_fen, quarter_fen, older_fen, oldest_on, in_batch_fen], [2, 2 * DUE, DUE, 0, DUE, 0, day(-40), 0]);
  const { items: [first, second] } = fine(await finance.get('/payables', { query: { county: county.code, payee_kind: 'household' } }));
  assert.deepEqual([first.payee_id, first.days, first.amount_fen, second.days], [households[0].household_id, 40, DUE, 0]);
  const page = fine(await finance.get('/payables', { query: { county: county.code, payee_kind: 'household', limit: 1 } }));
  assert.equal(fine(await finance.get('/payables', { query: { county: county.code, payee_kind: 'household', cursor: page.next_cursor } })).items[0].payee_id, second.payee_id);
  const stranger = await anOfficer(server, await aCounty(server), 'finance');
  assert.deepEqual(fine(await stranger.get('/payables', { query: { county: county.code } })).items, []);
  assert.deepEqual(fine(await stranger.get('/payables/ageing', { query: { county: county.code } })).items, []);
  refused(await finance.get('/payables'), 422, 'invalid');
  fine(await propose(), 201);
  assert.deepEqual([(await ageing()).payable_fen, (await ageing()).in_batch_fen], [0, 2 * DUE]);
});
