// Units that buy: list, signature, order by the one checkout, budget, pledge in five figures, certificate by county.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aBuyer, aCounty, anOfficer, anOperator, aPaidOrder, aSmallShop, tellPayment } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server, { packs: 2000 });
const officer = await anOfficer(server, setting.county);
const operator = await anOperator(server, setting.shop);
const year = Number(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 4));
const PACK_FEN = 1900;

/** A unified social credit code with its right check character. */
function aCreditCode() {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const organisation = Array.from({ length: 8 }, () => '0123456789'[Math.floor(Math.random() * 10)]).join('');
  const inner = [3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, weight, i) => sum + weight * Number(organisation[i]), 0) % 11;
  const body = `12621202${organisation}${inner === 0 ? '0' : inner === 1 ? 'X' : 11 - inner}`;
  let sum = 0, weight = 1;
  for (const one of body) { sum += alphabet.indexOf(one) * weight; weight = (weight * 3) % 31; }
  return body + alphabet[(31 - (sum % 31)) % 31];
}

/** A unit with a requester, an approver and a budget. */
async function aUnit({ amount_fen = 10_000_000 } = {}) {
  const [requester, approver] = [await aBuyer(server), await aBuyer(server)];
  const { unit_id } = fine(await officer.post('/units', { county: setting.county.code, kind: 'school', name: '试学校', area_code: setting.county.code.slice(0, 2), credit_code: aCreditCode() }), 201);
  for (const [who, duty] of [[requester, 'requester'], [approver, 'approver']]) fine(await officer.post(`/units/${unit_id}/members`, { login: who.login, duty }), 201);
  fine(await approver.post(`/units/${unit_id}/budgets`, { year, amount_fen }));
  return { unit_id, requester, approver };
}
const aPart = (packs = 10, place = '第一食堂') => ({ place, ...setting.address, lines: [{ offer_id: setting.offer.offer_id, packs }] });
const propose = (unit, { parts = [aPart()], ...more } = {}) => unit.requester.post(`/units/${unit.unit_id}/lists`, { title: '十一月食堂', year, parts, ...more });
const decide = (who, list, approve = true) => who.post(`/purchase-lists/${list.list_id}/decide`, { approve });
const order = (who, list, part = 1) => who.post(`/purchase-lists/${list.list_id}/parts/${part}/order`);
async function aSignedList(unit, options) {
  const list = fine(await propose(unit, options), 201);
  assert.equal(fine(await decide(unit.approver, list)).state, 'approved');
  return list;
}
const usedOf = async (unit) => fine(await unit.approver.get(`/units/${unit.unit_id}`)).budgets[0];
async function pay(unit, purchase) {
  const asked = fine(await unit.requester.post(`/purchases/${purchase.purchase_id}/pay`, {}), 201);
  assert.equal(fine(await tellPayment(server, { reference: asked.reference, amount_fen: asked.amount_fen, transaction_id: randomUUID() })).result, 'applied');
}
const aPledge = async (unit, more = {}) => fine(await unit.requester.post(`/units/${unit.unit_id}/pledges`, { amount_fen: 20_000_000, valid_from: `${year}-01-01`, valid_to: `${year + 1}-01-01`, ...more }), 201);
const figures = ({ pledged_fen, ordered_fen, paid_fen, delivered_fen, refunded_fen }) => [pledged_fen, ordered_fen, paid_fen, delivered_fen, refunded_fen];

test('a_list_of_three_canteens_is_signed_ordered_paid_and_certified', async () => {
  const unit = await aUnit(), pledge = await aPledge(unit);
  const read = async () => figures(fine(await server.get(`/pledges/${pledge.pledge_id}`)));
  const list = await aSignedList(unit, { pledge_id: pledge.pledge_id, parts: [aPart(10, '东'), aPart(20, '西'), aPart(30, '南')] });
  assert.deepEqual(await read(), [20_000_000, 0, 0, 0, 0]);
  const bought = [];
  for (const part of [1, 2, 3]) bought.push(fine(await order(unit.approver, list, part), 201));
  const total = bought.reduce((sum, one) => sum + one.total_fen, 0);
  assert.deepEqual(await read(), [20_000_000, total, 0, 0, 0]);
  await pay(unit, bought[0]);
  assert.deepEqual(await read(), [20_000_000, total, bought[0].total_fen, 0, 0]);
  const { order_id } = bought[0].orders[0];
  fine(await operator.post(`/orders/${order_id}/ship`, { carrier: '邮政', waybill: 'W1' }));
  fine(await unit.requester.post(`/orders/${order_id}/receive`));
  assert.deepEqual(await read(), [20_000_000, total, bought[0].total_fen, bought[0].total_fen, 0]);
  const { items: [row] } = fine(await unit.approver.get(`/units/${unit.unit_id}/certificate`, { query: { year } }));
  assert.deepEqual([row.county, row.orders_count, row.paid_fen, row.delivered_fen, row.households], [setting.county.code, 1, bought[0].total_fen, bought[0].total_fen, '<5']);
  const paper = await unit.approver.get(`/units/${unit.unit_id}/certificate`, { query: { year, format: 'pdf' } });
  assert.match(paper.headers.get('content-type'), /pdf/);
  const { items: [invoice] } = fine(await unit.requester.get(`/units/${unit.unit_id}/invoices`, { query: { year } }));
  assert.deepEqual([invoice.order_id, invoice.invoice_title, invoice.amount_fen, invoice.shop_name], [order_id, '试学校', bought[0].total_fen, '试店']);
});

test('what_was_refunded_is_a_figure_of_its_own', async () => {
  const unit = await aUnit(), pledge = await aPledge(unit);
  const purchase = fine(await order(unit.requester, await aSignedList(unit, { pledge_id: pledge.pledge_id })), 201);
  await pay(unit, purchase);
  fine(await unit.requester.post(`/orders/${purchase.orders[0].order_id}/cancel`));
  assert.deepEqual(figures(fine(await server.get(`/pledges/${pledge.pledge_id}`))), [20_000_000, purchase.total_fen, purchase.total_fen, 0, purchase.total_fen]);
  assert.equal((await usedOf(unit)).used_fen, 0);
});

test('the_budget_is_never_overdrawn_not_even_in_a_race', async () => {
  const unit = await aUnit({ amount_fen: 10 * PACK_FEN + 5000 });
  const lists = [];
  for (let i = 0; i < 6; i++) lists.push(fine(await propose(unit), 201));
  const answers = await Promise.all(lists.map((list) => decide(unit.approver, list)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409]);
  for (const answer of answers.filter(({ status }) => status === 409)) refused(answer, 409, 'over-budget');
  assert.ok((await usedOf(unit)).left_fen >= 0);
  refused(await unit.approver.post(`/units/${unit.unit_id}/budgets`, { year, amount_fen: 100 }), 409, 'over-budget');
});

test('freight_counts_too_and_an_order_beyond_the_budget_holds_no_stock', async () => {
  const unit = await aUnit({ amount_fen: 10 * PACK_FEN }), list = await aSignedList(unit);
  const before = await server.sql`SELECT reserved_qty FROM stocks WHERE product_id = ${setting.product.id}`;
  refused(await order(unit.requester, list), 409, 'over-budget');
  assert.deepEqual(await server.sql`SELECT reserved_qty FROM stocks WHERE product_id = ${setting.product.id}`, before);
  assert.deepEqual(await server.sql`SELECT order_id FROM unit_orders WHERE list_id = ${list.list_id.slice(7)}`, []);
});

test('a_part_is_ordered_once_by_two_at_the_same_time_and_again_when_it_lapsed', async () => {
  const unit = await aUnit(), list = await aSignedList(unit);
  const answers = await Promise.all([order(unit.requester, list), order(unit.approver, list), order(unit.requester, list)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
  const first = answers.find(({ status }) => status === 201).body;
  fine(await unit.requester.post(`/purchases/${first.purchase_id}/cancel`));
  fine(await order(unit.requester, list), 201);
});

test('a_closed_list_frees_what_it_did_not_order', async () => {
  const unit = await aUnit(), list = await aSignedList(unit, { parts: [aPart(), aPart()] });
  const bought = fine(await order(unit.requester, list), 201);
  assert.equal((await usedOf(unit)).used_fen, bought.total_fen + 10 * PACK_FEN);
  fine(await unit.requester.post(`/purchase-lists/${list.list_id}/close`));
  assert.equal((await usedOf(unit)).used_fen, bought.total_fen);
  refused(await order(unit.requester, list, 2), 409, 'wrong-state');
});

test('who_proposed_does_not_sign_and_a_refused_list_is_not_ordered', async () => {
  const unit = await aUnit(), list = fine(await propose(unit), 201);
  refused(await decide(unit.requester, list), 403, 'own-entry');
  refused(await order(unit.requester, list), 409, 'wrong-state');
  assert.equal(fine(await decide(unit.approver, list, false)).state, 'refused');
  refused(await decide(unit.approver, list), 409, 'wrong-state');
  refused(await order(unit.requester, list), 409, 'wrong-state');
  refused(await unit.approver.post(`/units/${unit.unit_id}/lists`, { title: 'x', year, parts: [aPart()] }), 403, 'forbidden');
  refused(await unit.requester.post(`/units/${unit.unit_id}/budgets`, { year, amount_fen: 1 }), 403, 'forbidden');
});

test('a_price_that_changed_after_the_signature_is_refused', async () => {
  const unit = await aUnit(), list = await aSignedList(unit);
  await server.sql`UPDATE offers SET price_fen = price_fen + 1 WHERE id = ${setting.offer.id}`;
  refused(await order(unit.requester, list), 409, 'price-changed');
  await server.sql`UPDATE offers SET price_fen = price_fen - 1 WHERE id = ${setting.offer.id}`;
});

test('another_units_things_are_not_there', async () => {
  const unit = await aUnit(), other = await aUnit(), list = fine(await propose(unit), 201);
  for (const who of [other.approver, await aBuyer(server)]) {
    refused(await who.get(`/units/${unit.unit_id}`), 404, 'not-found');
    refused(await who.get(`/purchase-lists/${list.list_id}`), 404, 'not-found');
    refused(await decide(who, list), 404, 'not-found');
    refused(await order(who, list), 404, 'not-found');
    refused(await who.post(`/units/${unit.unit_id}/pledges`, { amount_fen: 1, valid_from: '2026-01-01', valid_to: '2026-02-01' }), 404, 'not-found');
  }
  const foreign = await anOfficer(server, await aCounty(server));
  refused(await foreign.get(`/units/${unit.unit_id}`), 404, 'not-found');
  refused(await foreign.post(`/units/${unit.unit_id}/members`, { login: other.requester.login, duty: 'approver' }), 404, 'not-found');
  assert.equal(fine(await officer.get(`/purchase-lists/${list.list_id}`)).may.length, 0);
  const pledge = await aPledge(unit);
  assert.deepEqual(refused(await propose(other, { pledge_id: pledge.pledge_id }), 422, 'invalid').map(({ pointer }) => pointer), ['/pledge_id']);
});

test('a_pledge_is_seen_by_all_its_orders_by_few', async () => {
  const unit = await aUnit(), pledge = await aPledge(unit, { words: '备忘录' });
  fine(await order(unit.requester, await aSignedList(unit, { pledge_id: pledge.pledge_id })), 201);
  const where = `/pledges/${pledge.pledge_id}`;
  refused(await server.get(`${where}/orders`), 401, 'unauthenticated');
  assert.deepEqual(fine(await (await aBuyer(server)).get(`${where}/orders`)).items, []);
  assert.deepEqual(fine(await (await aBuyer(server)).get(where)).may, []);
  assert.deepEqual(fine(await unit.requester.get(where)).may, ['withdraw']);
  for (const who of [officer, unit.approver]) assert.equal(fine(await who.get(`${where}/orders`)).items.length, 1);
  assert.ok(fine(await server.get('/pledges', { query: { unit_id: unit.unit_id } })).items.some(({ pledge_id }) => pledge_id === pledge.pledge_id));
  fine(await unit.requester.post(`/pledges/${pledge.pledge_id}/withdraw`));
  refused(await unit.requester.post(`/pledges/${pledge.pledge_id}/withdraw`), 409, 'wrong-state');
});

test('goods_of_another_area_do_not_count_to_a_pledge_for_one', async () => {
  const unit = await aUnit(), elsewhere = await aCounty(server), pledge = await aPledge(unit, { area_code: elsewhere.code });
  fine(await order(unit.requester, await aSignedList(unit, { pledge_id: pledge.pledge_id })), 201);
  assert.equal(fine(await server.get(`/pledges/${pledge.pledge_id}`)).ordered_fen, 0);
});

test('what_is_typed_wrong_is_named', async () => {
  const unit = await aUnit(), where = '/units';
  const pointers = (answer) => refused(answer, 422, 'invalid').map(({ pointer }) => pointer);
  const one = { county: setting.county.code, kind: 'school', name: '试学校', area_code: setting.county.code, credit_code: aCreditCode() };
  assert.deepEqual(pointers(await officer.post(where, { ...one, credit_code: '12621202123456789Z' })), ['/credit_code']);
  assert.deepEqual(pointers(await officer.post(where, { ...one, area_code: '779999' })), ['/area_code']);
  assert.deepEqual(pointers(await officer.post(where, { ...one, county: '779999' })), ['/county']);
  refused(await unit.requester.post(where, one), 403, 'forbidden');
  const again = randomUUID();
  assert.deepEqual(fine(await officer.post(where, one, { key: again }), 201), fine(await officer.post(where, one, { key: again }), 201));
  refused(await officer.post(where, one), 409, 'taken');
  assert.deepEqual(pointers(await officer.post(`/units/${unit.unit_id}/members`, { login: 'nobody-here', duty: 'approver' })), ['/login']);
  refused(await officer.post(`/units/${unit.unit_id}/members`, { login: unit.requester.login, duty: 'approver' }), 409, 'taken');
  refused(await officer.post(`/units/${unit.unit_id}/members`, { login: officer.login, duty: 'approver' }), 403, 'own-entry');
  const unknown = `${setting.county.code}-${randomUUID()}`;
  assert.deepEqual(pointers(await propose(unit, { parts: [aPart(), { ...aPart(), lines: [{ offer_id: unknown, packs: 1 }] }] })), ['/parts/1/lines/0/offer_id']);
  assert.deepEqual(pointers(await propose(unit, { parts: [{ ...aPart(), area_code: '779999' }] })), ['/parts/0/area_code']);
  assert.deepEqual(pointers(await unit.requester.post(`/units/${unit.unit_id}/pledges`, { amount_fen: 1, valid_from: '2026-02-01', valid_to: '2026-01-01' })), []);
  refused(await order(unit.requester, await aSignedList(unit), 9), 404, 'not-found');
});

test('who_left_the_unit_does_nothing_for_it', async () => {
  const unit = await aUnit(), list = fine(await propose(unit), 201);
  fine(await officer.post(`/units/${unit.unit_id}/members/${unit.approver.account_id}/end`));
  refused(await decide(unit.approver, list), 404, 'not-found');
  refused(await officer.post(`/units/${unit.unit_id}/members/${unit.approver.account_id}/end`), 404, 'not-found');
});

test('orders_of_others_are_no_units_orders', async () => {
  const sold = await aPaidOrder(server, setting);
  assert.deepEqual(await server.sql`SELECT order_id FROM unit_orders WHERE order_id = ${sold.order_id.slice(7)}`, []);
});

/** An order of a unit that is on its way. */
async function aShippedOrder(packs = 10) {
  const unit = await aUnit(), purchase = fine(await order(unit.requester, await aSignedList(unit, { parts: [aPart(packs)] })), 201);
  await pay(unit, purchase);
  const { order_id } = purchase.orders[0];
  fine(await operator.post(`/orders/${order_id}/ship`, { carrier: '邮政', waybill: 'W2' }));
  const { lines: [{ order_line_id }] } = fine(await unit.approver.get(`/orders/${order_id}/acceptance`));
  return { ...unit, order_id, order_line_id };
}
const accept = (who, { order_id }, lines = [], more = {}) => who.post(`/orders/${order_id}/acceptance`, { lines, ...more });

test('what_is_not_taken_is_asked_back_and_the_rest_is_received', async () => {
  const sent = await aShippedOrder(), { order_id, order_line_id } = sent;
  fine(await accept(sent.approver, sent, [{ order_line_id, accepted_packs: 7, cause: 'transport' }], { words: '三袋破了' }), 201);
  const note = fine(await sent.requester.get(`/orders/${order_id}/acceptance`));
  assert.deepEqual([note.state, note.words, note.may, note.lines[0].sent_packs, note.lines[0].accepted_packs, note.lines[0].cause], ['received', '三袋破了', [], 10, 7, 'transport']);
  const { items: [back] } = fine(await operator.get(`/shops/${setting.shop.shop_id}/returns`, { query: { state: 'open' } }));
  assert.deepEqual([back.order_id, back.packs, back.cause], [order_id, 3, 'transport']);
  fine(await operator.post(`/returns/${back.return_id}/decide`, { accepted: true, answer: '退款' }));
  const { items: [row] } = fine(await sent.approver.get(`/units/${sent.unit_id}/orders`));
  assert.deepEqual([row.order_id, row.sent_packs, row.accepted_packs, row.refunded_fen], [order_id, 10, 7, 3 * PACK_FEN]);
});

test('an_order_is_accepted_once_by_two_at_the_same_time', async () => {
  const sent = await aShippedOrder(2);
  const answers = await Promise.all([sent.requester, sent.approver].map((who) => accept(who, sent)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  refused(await accept(sent.requester, sent), 409, 'wrong-state');
  const received = await aShippedOrder(2), race = await Promise.all([accept(received.approver, received), received.requester.post(`/orders/${received.order_id}/receive`)]);
  assert.equal(race.filter(({ status }) => status === 409).length, 1);
});

test('an_acceptance_names_what_is_wrong_in_it', async () => {
  const sent = await aShippedOrder(2), { order_line_id } = sent, other = await aShippedOrder(1);
  const wrong = async (lines) => refused(await accept(sent.approver, sent, lines), 422, 'invalid').map(({ pointer }) => pointer);
  assert.deepEqual(await wrong([{ order_line_id, accepted_packs: 3 }]), ['/lines/0/accepted_packs']);
  assert.deepEqual(await wrong([{ order_line_id, accepted_packs: 1 }]), ['/lines/0/cause']);
  assert.deepEqual(await wrong([{ order_line_id, accepted_packs: 2, cause: 'shop' }]), ['/lines/0/cause']);
  assert.deepEqual(await wrong([{ order_line_id, accepted_packs: 2 }, { order_line_id: other.order_line_id, accepted_packs: 1 }]), ['/lines/1/order_line_id']);
  assert.deepEqual(await wrong([{ order_line_id, accepted_packs: 2 }, { order_line_id, accepted_packs: 2 }]), ['/lines/0/order_line_id']);
});

test('an_acceptance_is_its_units', async () => {
  const sent = await aShippedOrder(1), stranger = await aBuyer(server), foreign = await anOfficer(server, await aCounty(server));
  for (const who of [stranger, (await aUnit()).approver, foreign]) refused(await who.get(`/orders/${sent.order_id}/acceptance`), 404, 'not-found');
  refused(await accept(stranger, sent), 404, 'not-found');
  refused(await accept(officer, sent), 404, 'not-found');
  assert.deepEqual(fine(await officer.get(`/orders/${sent.order_id}/acceptance`)).may, []);
  assert.deepEqual(fine(await stranger.get(`/units/${sent.unit_id}/orders`)).items, []);
  const unsent = await aUnit(), purchase = fine(await order(unsent.requester, await aSignedList(unsent)), 201);
  refused(await accept(unsent.approver, purchase.orders[0]), 409, 'wrong-state');
});
