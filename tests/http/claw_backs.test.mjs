// Taking back from future dues what a household was paid for goods that came back: proposed by one, decided by another, never below zero.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCounty, aHolder, anOfficer, aReceivedOrder, aSmallShop, day, endNotice } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const idOf = (order) => order.order_id.slice(7);
const PACK_DUE = 1300;

async function giveBack(order, packs) {
  const { lines } = fine(await order.buyer.get(`/orders/${order.order_id}`));
  const { return_id } = fine(await order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id: lines[0].order_line_id, cause: 'quality', packs }), 201);
  fine(await order.operator.post(`/returns/${return_id}/decide`, { accepted: true, goods_back: true }));
}
/** Pays all that is payable in a county, through its notice and the bank. */
async function payAll(place) {
  const batch = fine(await place.proposer.post('/payout-batches', { county: place.county.code, title: '货款' }), 201);
  await endNotice(server, batch.publicity_id);
  fine(await place.approver.post(`/payout-batches/${batch.batch_id}/approve`));
  const { items } = fine(await place.finance.get(`/payout-batches/${batch.batch_id}`));
  fine(await place.finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map((item) => ({ item_id: item.item_id, result: 'paid', result_on: day(), evidence: 'bank 1' })) }));
  return items;
}
/** A household paid for four packs, of which `back` came back afterwards, and what it is owed for `next` more packs. */
async function aKeptDue({ back = 3, next = 2 } = {}) {
  const setting = await aSmallShop(server);
  const place = { ...setting, proposer: await anOfficer(server, setting.county), approver: await anOfficer(server, setting.county), finance: await anOfficer(server, setting.county, 'finance') };
  const order = await aReceivedOrder(server, setting, { packs: 4, closed: true });
  await payAll(place);
  await giveBack(order, back);
  const later = next > 0 ? await aReceivedOrder(server, setting, { packs: next, closed: true }) : null;
  const [{ id }] = await server.sql`SELECT id FROM findings WHERE county = ${setting.county.code} AND subject_id = ${idOf(order)} AND class = 'paid_then_refunded'`;
  const where = `/findings/${setting.county.code}-${id}/claw-backs`;
  const household_id = setting.household.household_id;
  const propose = (amount_fen, { who = place.finance, reason = '退货三件', ...more } = {}) => who.post(where, { household_id, amount_fen, reason, ...more });
  const decide = (claw_back, accepted = true, who = place.approver) => who.post(`/claw-backs/${claw_back.claw_back_id}/decide`, { accepted, answer: '已与农户说明' });
  const shown = async () => fine(await place.finance.get(where));
  const kept = async () => (await shown()).households[0];
  return { ...place, order, later, where, propose, decide, shown, kept };
}
const balanceOf = async (kind, holder) => Number((await server.sql`SELECT coalesce(sum(balance_fen), 0)::bigint AS fen FROM balances WHERE kind::text = ${kind} AND holder_id = ${holder}`)[0].fen);
async function holds() {
  await server.once('ledger/seal');
  const { code, errors } = await server.shanhuo(['ledger', 'verify']);
  assert.equal(code, 0, errors);
  await server.psql(['--file', new URL('../sql/invariants.sql', import.meta.url).pathname]);
}

test('what_was_kept_is_taken_from_the_next_dues_by_two_people_and_every_sum_agrees', async () => {
  const { county, shop, household, order, propose, decide, kept, shown, finance, proposer, approver } = await aKeptDue();
  assert.deepEqual([(await kept()).kept_fen, (await kept()).payable_fen], [3 * PACK_DUE, 2 * PACK_DUE]);
  const shopBefore = await balanceOf('shop', shop.id);
  const claw_back = fine(await propose(2000), 201);
  refused(await propose(100), 409, 'taken');
  refused(await decide(claw_back, true, finance), 403, 'forbidden');
  assert.deepEqual(fine(await decide(claw_back)), { claw_back_id: claw_back.claw_back_id, state: 'taken', amount_fen: 2000 });
  refused(await decide(claw_back), 409, 'wrong-state');
  assert.deepEqual([(await kept()).kept_fen, (await kept()).payable_fen], [3 * PACK_DUE - 2000, 2 * PACK_DUE - 2000]);
  assert.equal(await balanceOf('household_payable', household.id), 2 * PACK_DUE - 2000);
  assert.equal(await balanceOf('shop', shop.id), shopBefore + 2000);
  const dues = await server.sql`SELECT payee_kind, amount_fen, state FROM dues WHERE order_id = ${idOf(order)} AND (source_kind = 'claw_back' OR (source_kind = 'charge' AND amount_fen > 0)) ORDER BY payee_kind`;
  assert.deepEqual(dues, [{ payee_kind: 'household', amount_fen: -2000, state: 'payable' }, { payee_kind: 'shop', amount_fen: 2000, state: 'payable' }]);
  const own = await aHolder(server, household);
  const book = fine(await own.get(`/households/${household.household_id}/passbook`));
  assert.deepEqual(book.dues.filter((due) => due.source_kind === 'claw_back').map((due) => [due.amount_fen, due.reason]), [[-2000, '退货三件']]);
  assert.equal(book.totals.payable_fen, 2 * PACK_DUE - 2000);
  const [said] = (await shown()).claw_backs;
  assert.deepEqual([said.state, said.reason, said.answer], ['taken', '退货三件', '已与农户说明']);
  const events = await server.sql`SELECT event FROM audit_events WHERE county = ${county.code} AND subject_kind = 'claw_backs' ORDER BY at, id`;
  assert.deepEqual(events.map(({ event }) => event), ['claw_back_proposed', 'claw_back_taken']);
  await holds();
  const items = await payAll({ county, proposer, approver, finance });
  assert.deepEqual(items.filter(({ payee_kind }) => payee_kind === 'household').map(({ amount_fen }) => amount_fen), [2 * PACK_DUE - 2000]);
  await server.once('impact/fold');
  await holds();
});

test('nobody_decides_their_own_proposal_and_a_refused_one_takes_nothing', async () => {
  const { propose, decide, kept, approver, proposer, household } = await aKeptDue();
  const own = fine(await propose(500, { who: approver }), 201);
  refused(await decide(own), 403, 'own-entry');
  assert.equal(fine(await decide(own, false, proposer)).state, 'refused');
  refused(await decide(own, true, proposer), 409, 'wrong-state');
  assert.equal((await kept()).kept_fen, 3 * PACK_DUE);
  assert.equal(await balanceOf('household_payable', household.id), 2 * PACK_DUE);
  fine(await propose(500), 201);
});

test('never_more_than_was_kept_nor_than_is_payable', async () => {
  const { propose, decide, kept, household } = await aKeptDue();
  const [fault] = refused(await propose(3 * PACK_DUE + 1), 422, 'invalid');
  assert.equal(fault.pointer, '/amount_fen');
  const more = fine(await propose(2 * PACK_DUE + 1), 201);
  const [short] = refused(await decide(more), 422, 'invalid');
  assert.deepEqual([short.pointer, short.code], ['/accepted', 'more-than-payable']);
  assert.equal(await balanceOf('household_payable', household.id), 2 * PACK_DUE);
  fine(await decide(more, false));
  const all = fine(await propose(2 * PACK_DUE), 201);
  fine(await decide(all));
  assert.deepEqual([(await kept()).kept_fen, (await kept()).payable_fen], [PACK_DUE, 0]);
  refused(await propose(PACK_DUE + 1), 422, 'invalid');
  await holds();
});

test('a_household_that_is_owed_nothing_gives_nothing_and_what_is_in_a_batch_is_not_touched', async () => {
  const nothing = await aKeptDue({ next: 0 });
  const waiting = fine(await nothing.propose(1), 201);
  refused(await nothing.decide(waiting), 422, 'invalid');
  const { county, proposer, propose, decide } = await aKeptDue();
  const claw_back = fine(await propose(1), 201);
  fine(await proposer.post('/payout-batches', { county: county.code, title: '货款' }), 201);
  refused(await decide(claw_back), 422, 'invalid');
  await holds();
});

test('a_later_refund_of_the_same_order_counts_what_was_taken_back', async () => {
  const { order, household, propose, decide, kept } = await aKeptDue({ back: 2 });
  fine(await decide(fine(await propose(PACK_DUE + 1), 201)));
  await giveBack(order, 2);
  assert.equal((await kept()).kept_fen, 4 * PACK_DUE - (PACK_DUE + 1));
  const [sums] = await server.sql`SELECT sum(gross_fen)::bigint AS gross, sum(due_fen)::bigint AS due, sum(charged_fen)::bigint AS charged FROM attributions WHERE order_id = ${idOf(order)} AND household_id = ${household.id}`;
  assert.deepEqual([sums.gross, sums.due, sums.charged].map(Number), [0, 4 * PACK_DUE - (PACK_DUE + 1), 4 * PACK_DUE - (PACK_DUE + 1)]);
  await holds();
});

test('a_claw_back_and_a_batch_at_the_same_moment_never_take_the_same_money', async () => {
  for (let round = 0; round < 4; round++) {
    const place = await aKeptDue();
    const claw_back = fine(await place.propose(2 * PACK_DUE - 100 * round), 201);
    const [taken, proposed] = await Promise.all([place.decide(claw_back), place.proposer.post('/payout-batches', { county: place.county.code, title: '货款' })]);
    assert.ok([200, 409, 422].includes(taken.status), taken.text);
    assert.ok([201, 409].includes(proposed.status), proposed.text);
    const [sum] = await server.sql`SELECT coalesce(sum(amount_fen) FILTER (WHERE state = 'payable'), 0)::bigint AS payable, coalesce(sum(amount_fen) FILTER (WHERE state = 'in_batch'), 0)::bigint AS batch
      FROM dues WHERE county = ${place.county.code} AND payee_kind = 'household'`;
    assert.ok(Number(sum.payable) >= 0 && Number(sum.batch) >= 0, JSON.stringify(sum));
    assert.equal(Number(sum.payable) + Number(sum.batch), 2 * PACK_DUE - (taken.status === 200 ? 2 * PACK_DUE - 100 * round : 0));
  }
  await holds();
});

test('two_decisions_at_once_and_the_same_key_again_take_it_once', async () => {
  const { propose, decide, kept, approver, proposer } = await aKeptDue();
  const claw_back = fine(await propose(700), 201);
  const answers = await Promise.all([decide(claw_back), decide(claw_back, true, proposer), decide(claw_back, false)]);
  assert.equal(answers.filter(({ status }) => status === 200).length, 1, answers.map(({ text }) => text).join());
  const once = fine(await propose(100), 201);
  const key = crypto.randomUUID(), again = () => approver.post(`/claw-backs/${once.claw_back_id}/decide`, { accepted: true }, { key });
  assert.deepEqual(fine(await again()), fine(await again()));
  const { kept_fen } = await kept();
  assert.ok([3 * PACK_DUE - 800, 3 * PACK_DUE - 100].includes(kept_fen), kept_fen);
  await holds();
});

test('other_counties_roles_and_findings_are_kept_out', async () => {
  const { county, where, propose, decide, order, household } = await aKeptDue();
  const stranger = await anOfficer(server, await aCounty(server), 'finance'), other = await anOfficer(server, await aCounty(server));
  refused(await stranger.get(where), 404, 'not-found');
  refused(await propose(1, { who: stranger }), 404, 'not-found');
  refused(await propose(1, { who: order.buyer }), 403, 'forbidden');
  refused(await propose(1, { who: order.operator }), 403, 'forbidden');
  const claw_back = fine(await propose(1), 201);
  refused(await decide(claw_back, true, other), 404, 'not-found');
  const elsewhere = await aKeptDue();
  refused(await propose(1, { household_id: elsewhere.household.household_id }), 422, 'invalid');
  await server.sql`UPDATE findings SET state = 'closed', rectified_by = NULL WHERE county = ${county.code} AND subject_id = ${idOf(order)}`;
  fine(await decide(claw_back, false));
  refused(await propose(1), 409, 'wrong-state');
  assert.equal(await balanceOf('household_payable', household.id), 2 * PACK_DUE);
});
