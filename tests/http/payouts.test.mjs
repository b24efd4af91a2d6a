// Payout batches: two gates, the bank's results, the household's passbook and its own word; public notices and objections.
import assert from 'node:assert/strict';
import test from 'node:test';
import { aCounty, aHousehold, aLot, anOfficer, aProduct, aShop, day, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const NOTICE_S = 2;
const server = await aServer({ settings: { SHANHUO_PUBLICITY_S: String(NOTICE_S) } });
const noticeEnds = () => new Promise((resolve) => setTimeout(resolve, NOTICE_S * 1000 + 100));

/** A county whose shop bought goods outright: dues are payable once the job ran. 60000 g at 1300 a 500 g are 156000 fen each. */
async function aCountyThatOwes({ households = 1 } = {}) {
  const county = await aCounty(server);
  const shop = await aShop(server, county);
  const product = await aProduct(server, shop);
  const owed = [];
  for (let i = 0; i < households; i++) owed.push(await aHousehold(server, county, { shop }));
  await aLot(server, product, owed.map((household) => ({ household, quantity_qty: 60000, mode: 'bought' })));
  await server.once('payouts/bought');
  return {
    county, shop, product, households: owed,
    proposer: await anOfficer(server, county), approver: await anOfficer(server, county), finance: await anOfficer(server, county, 'finance'),
  };
}
const propose = (who, county, more = {}) => who.post('/payout-batches', { county: county.code, title: '核桃收购款', ...more });
const holder = (household) => someone(server, { roles: [{ role: 'household', organisation_county: household.county, organisation_id: household.id }] });

/** …with a batch that is approved. */
async function anApprovedBatch(options) {
  const place = await aCountyThatOwes(options);
  const batch = fine(await propose(place.proposer, place.county), 201);
  await noticeEnds();
  fine(await place.approver.post(`/payout-batches/${batch.batch_id}/approve`));
  const { items } = fine(await place.finance.get(`/payout-batches/${batch.batch_id}`));
  return { ...place, batch, items };
}
const paid = (item, evidence = 'bank 1') => ({ item_id: item.item_id, result: 'paid', result_on: day(), evidence });
const returned = (item) => ({ item_id: item.item_id, result: 'returned', result_on: day(), reason: 'account closed' });

test('goods_bought_are_owed_once_the_lot_passed_and_only_once', async () => {
  const { county, shop, households: [household] } = await aCountyThatOwes();
  await server.once('payouts/bought');
  const dues = await server.sql`SELECT payee_kind, payee_id, amount_fen, state FROM dues WHERE county = ${county.code} ORDER BY payee_kind`;
  assert.deepEqual(dues, [
    { payee_kind: 'household', payee_id: household.id, amount_fen: 156000, state: 'payable' },
    { payee_kind: 'shop', payee_id: shop.id, amount_fen: -156000, state: 'payable' }]);
  const [balance] = await server.sql`SELECT balance_fen FROM balances WHERE county = ${county.code} AND holder_id = ${household.id}`;
  assert.equal(balance.balance_fen, 156000);
});

test('a_batch_takes_all_that_is_payable_and_hangs_out_a_masked_notice', async () => {
  const { county, proposer, households } = await aCountyThatOwes({ households: 2 });
  const batch = fine(await propose(proposer, county), 201);
  assert.equal(batch.total_fen, 312000);
  assert.equal(batch.items_count, 2);
  const notice = fine(await server.get(`/announcements/${batch.publicity_id}`));
  assert.equal(notice.open, true);
  assert.deepEqual(notice.lines.map((line) => [line.payee, line.amount_fen]), [['张*', 156000], ['张*', 156000]]);
  assert.ok(!JSON.stringify(notice).includes(households[0].id));
  const list = fine(await server.get(`/announcements?area=${county.code}`));
  assert.deepEqual(list.items.map((item) => item.publicity_id), [batch.publicity_id]);
  for (const [open, count] of [[true, 1], [false, 0]]) assert.equal(fine(await server.get('/announcements', { query: { area: county.code, open } })).items.length, count);
  refused(await propose(proposer, county), 409, 'conflict');
});

test('two_proposals_at_once_never_share_a_due', async () => {
  const { county, proposer, approver } = await aCountyThatOwes({ households: 3 });
  const answers = await Promise.all([propose(proposer, county), propose(approver, county)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409]);
});

test('a_batch_is_refused_to_the_wrong_role_another_county_and_bad_input', async () => {
  const { county, finance } = await aCountyThatOwes();
  const stranger = await anOfficer(server, await aCounty(server));
  refused(await propose(server, county), 401, 'unauthenticated');
  refused(await propose(await anOfficer(server, county, 'auditor'), county), 403, 'forbidden');
  refused(await propose(stranger, county), 404, 'not-found');
  const [fault] = refused(await propose(finance, county, { payees: 'nobody' }), 422, 'invalid');
  assert.equal(fault.pointer, '/payees');
  const batch = fine(await propose(finance, county), 201);
  refused(await stranger.get(`/payout-batches/${batch.batch_id}`), 404, 'not-found');
  refused(await stranger.post(`/payout-batches/${batch.batch_id}/approve`), 404, 'not-found');
});

test('no_batch_is_approved_before_its_notice_ended_nor_by_its_proposer', async () => {
  const { county, proposer, approver, finance } = await aCountyThatOwes();
  const batch = fine(await propose(proposer, county), 201);
  const approve = (who) => who.post(`/payout-batches/${batch.batch_id}/approve`);
  refused(await approve(approver), 409, 'notice-open');
  await noticeEnds();
  refused(await approve(proposer), 403, 'own-entry');
  refused(await approve(finance), 403, 'forbidden');
  assert.equal(fine(await approve(approver)).state, 'approved');
  refused(await approve(approver), 409, 'wrong-state');
});

test('an_objection_stops_the_clock_until_it_is_answered_by_someone_else', async () => {
  const { county, proposer, approver } = await aCountyThatOwes();
  const batch = fine(await propose(proposer, county), 201);
  const objection = fine(await server.post(`/announcements/${batch.publicity_id}/objections`, { words: '金额与交货不符' }), 201);
  await noticeEnds();
  const approve = () => approver.post(`/payout-batches/${batch.batch_id}/approve`);
  const answer = (who, upheld) => who.post(`/objections/${objection.objection_id}/answer`, { answer: '已核对过磅单', upheld });
  refused(await approve(), 409, 'notice-open');
  refused(await answer(proposer, false), 403, 'own-entry');
  const listed = fine(await approver.get(`/announcements/${batch.publicity_id}/objections`));
  assert.equal(listed.items.length, 1);
  fine(await answer(approver, false));
  refused(await answer(approver, true), 409, 'wrong-state');
  refused(await approve(), 409, 'notice-open'); // it stood still from the first moment on, so nearly all its time is left
  await noticeEnds();
  refused(await server.post(`/announcements/${batch.publicity_id}/objections`, { words: '太晚的异议' }), 409, 'wrong-state');
  fine(await approve());
});

test('no_payment_skips_the_notice_whoever_writes', async () => {
  const { county, proposer, approver } = await aCountyThatOwes();
  const batch = fine(await propose(proposer, county), 201), id = batch.batch_id.slice(7);
  const tried = (statement) => server.psql(['-c', statement]).then(() => 'written', String); // even as the superuser
  const become = (state) => tried(`UPDATE payout_batches SET state = '${state}', approved_by = gen_random_uuid(), approved_at = now() WHERE id = '${id}'`);
  assert.match(await become('approved'), /payout_batches_pass__notice_open/);
  assert.match(await become('paid'), /payout_batches_pass__notice_open/);
  assert.match(await tried(`UPDATE payout_items SET state = 'paid', result_on = current_date WHERE batch_id = '${id}'`), /payout_items_pass__notice_open/);
  assert.match(await tried(`INSERT INTO publicity_passes (county, publicity_id, subject_id, ends_at, passed_at)
    SELECT county, id, subject_id, ends_at, now() FROM publicities WHERE subject_id = '${id}'`), /publicity_passes_period__notice_open/);
  await noticeEnds();
  assert.match(await become('approved'), /payout_batches_pass__notice_open/, 'a notice that ended is not yet one that was passed');
  fine(await approver.post(`/payout-batches/${batch.batch_id}/approve`));
  const [pass] = await server.sql`SELECT subject_id FROM publicity_passes WHERE publicity_id = ${batch.publicity_id.slice(7)}`;
  assert.equal(pass.subject_id, id);
  assert.match(await tried(`UPDATE publicities SET withdrawn_at = now() WHERE subject_id = '${id}'`), /publicity_passes_gate__notice_open/);
});

test('an_upheld_objection_keeps_the_gate_shut_and_withdrawal_frees_the_dues', async () => {
  const { county, proposer, approver } = await aCountyThatOwes();
  const batch = fine(await propose(proposer, county), 201);
  const objection = fine(await server.post(`/announcements/${batch.publicity_id}/objections`, { words: '不是他家的货' }), 201);
  fine(await approver.post(`/objections/${objection.objection_id}/answer`, { answer: '属实', upheld: true }));
  await noticeEnds();
  refused(await approver.post(`/payout-batches/${batch.batch_id}/approve`), 409, 'notice-open');
  fine(await approver.post(`/payout-batches/${batch.batch_id}/withdraw`, { reason: '异议成立' }));
  refused(await approver.post(`/payout-batches/${batch.batch_id}/withdraw`, { reason: '再次' }), 409, 'wrong-state');
  assert.ok(fine(await server.get(`/announcements/${batch.publicity_id}`)).withdrawn_at !== undefined);
  fine(await propose(proposer, county), 201);
});

test('the_banks_results_are_posted_once_and_a_return_makes_dues_payable_again', async () => {
  const { county, batch, items, finance, proposer, approver } = await anApprovedBatch({ households: 2 });
  const results = (...given) => finance.post(`/payout-batches/${batch.batch_id}/results`, { items: given });
  refused(await approver.post(`/payout-batches/${batch.batch_id}/results`, { items: [paid(items[0])] }), 403, 'forbidden');
  assert.equal(fine(await results(paid(items[0]))).state, 'approved');
  assert.equal(fine(await results(paid(items[0]))).changed_count, 0);
  assert.equal(fine(await results(returned(items[1]))).state, 'paid');
  refused(await results(paid(items[1])), 409, 'wrong-state');
  const posted = await server.sql`SELECT kind FROM transfers WHERE county = ${county.code} AND kind LIKE 'payout%'`;
  assert.deepEqual(posted, [{ kind: 'payout_paid' }]);
  assert.equal(fine(await results(returned(items[0]))).changed_count, 1);
  const balances = await server.sql`SELECT balance_fen FROM balances WHERE county = ${county.code} AND kind = 'household_payable'`;
  assert.deepEqual(balances.map((row) => row.balance_fen), [156000, 156000]);
  assert.equal(fine(await propose(proposer, county), 201).total_fen, 312000);
});

test('results_say_where_they_are_wrong', async () => {
  const { batch, items: [item], finance } = await anApprovedBatch();
  const results = (...given) => finance.post(`/payout-batches/${batch.batch_id}/results`, { items: given });
  const faultOf = async (answer) => refused(await answer, 422, 'invalid').map(({ pointer, code }) => [pointer, code])[0];
  assert.deepEqual(await faultOf(results({ ...paid(item), evidence: undefined })), ['/items/0/evidence', 'required']);
  assert.deepEqual(await faultOf(results({ ...paid(item), result_on: day(2) })), ['/items/0/result_on', 'in-future']);
  assert.deepEqual(await faultOf(results(paid(item), paid(item))), ['/items/1/item_id', 'duplicate-field']);
  assert.deepEqual(await faultOf(results(paid({ item_id: batch.batch_id }))), ['/items/0/item_id', 'not-found']);
  const file = await finance.get(`/payout-batches/${batch.batch_id}/bank-file`);
  assert.match(file.text, /1560\.00/);
});

test('results_before_approval_change_nothing', async () => {
  const { county, proposer, finance } = await aCountyThatOwes();
  const batch = fine(await propose(proposer, county), 201);
  const { items } = fine(await finance.get(`/payout-batches/${batch.batch_id}`));
  refused(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: [paid(items[0])] }), 409, 'wrong-state');
  refused(await finance.get(`/payout-batches/${batch.batch_id}/bank-file`), 409, 'wrong-state');
});

test('a_household_sees_its_passbook_and_disputes_what_never_came', async () => {
  const { batch, items: [item], finance, households: [household] } = await anApprovedBatch();
  fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: [paid(item)] }));
  const own = await holder(household), other = await holder(await aHousehold(server, { code: household.county, villages: [household.area_code] }));
  const book = fine(await own.get(`/households/${household.household_id}/passbook`));
  assert.equal(book.totals.paid_fen, 156000);
  assert.equal(book.deliveries.length, 1);
  assert.equal(book.payouts[0].evidence, 'bank 1');
  refused(await other.get(`/households/${household.household_id}/passbook`), 404, 'not-found');
  const [due] = book.dues;
  refused(await other.post(`/dues/${due.due_id}/answer`, { answer: 'confirmed' }), 404, 'not-found');
  const answer = fine(await own.post(`/dues/${due.due_id}/answer`, { answer: 'disputed', words: '没有收到' }));
  assert.match(answer.number, /^\d{14}$/);
  refused(await own.post(`/dues/${due.due_id}/answer`, { answer: 'confirmed' }), 409, 'wrong-state');
});
