// Orders taken by phone: the same checkout for somebody without an account, paid by an unguessable link and by nothing else.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aBuyer, anOffer, anOfficer, anOperator, aProduct, aShop, aSmallShop, tellPayment } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server, { packs: 100 });
const operator = await anOperator(server, setting.shop);
const neighbour = await aShop(server, setting.county), stranger = await anOperator(server, neighbour);
const address = { ...setting.address, phone: '138 0000 1234' };
const call = (more = {}, who = operator, options) => who.post(`/shops/${setting.shop.shop_id}/phone-orders`, { lines: [{ offer_id: setting.offer.offer_id, packs: 2 }], address, ...more }, options);
const reserved = async () => (await server.sql`SELECT reserved_qty FROM stocks WHERE product_id = ${setting.product.id}`)[0].reserved_qty;
const rowOf = async ({ orders: [{ order_id }] }) => (await server.sql`SELECT * FROM orders WHERE id = ${order_id.slice(7)}`)[0];

test('a_phone_order_holds_stock_and_is_paid_by_its_link', async () => {
  const before = await reserved();
  const placed = fine(await call(), 201);
  assert.equal(await reserved(), before + 1000);
  const row = await rowOf(placed);
  assert.deepEqual([row.channel, row.placed_by, row.state], ['phone', operator.account_id, 'awaiting_payment']);
  const page = fine(await server.get(`/pay/${placed.pay_code}`));
  assert.deepEqual([page.state, page.total_fen, page.recipient, page.phone, page.lines[0].packs], ['awaiting_payment', placed.total_fen, '李*', '138****1234', 2]);
  assert.ok(!JSON.stringify(page).includes(address.street) && !JSON.stringify(page).includes('李四'));
  const asked = fine(await server.post(`/pay/${placed.pay_code}`, {}), 201);
  assert.equal(asked.amount_fen, placed.total_fen);
  assert.equal(asked.buyer_id, undefined);
  assert.equal(fine(await tellPayment(server, { reference: asked.reference, amount_fen: asked.amount_fen, transaction_id: randomUUID() })).result, 'applied');
  assert.deepEqual([fine(await server.get(`/pay/${placed.pay_code}`)).state, (await rowOf(placed)).state], ['paid', 'paid']);
  refused(await server.post(`/pay/${placed.pay_code}`, {}), 409, 'wrong-state');
  assert.ok(fine(await operator.get(`/shops/${setting.shop.shop_id}/today`)).to_pack.items.some(({ channel }) => channel === 'phone'));
});

test('one_number_is_one_buyer_and_who_took_the_order_is_on_record', async () => {
  const [first, second] = [await rowOf(fine(await call(), 201)), await rowOf(fine(await call({ address: { ...address, phone: '+8613800001234' } }), 201))];
  const third = await rowOf(fine(await call({ address: { ...address, phone: '13800009999' } }), 201));
  assert.equal(first.buyer_id, second.buyer_id);
  assert.notEqual(first.buyer_id, third.buyer_id);
  const noted = await server.sql`SELECT actor_id FROM audit_events WHERE subject_id = ${first.id} AND event = 'phone_order_placed'`;
  assert.deepEqual(noted, [{ actor_id: operator.account_id }]);
});

test('the_link_can_be_shown_again_while_it_waits_and_only_to_the_shop', async () => {
  const placed = fine(await call(), 201), where = `/orders/${placed.orders[0].order_id}`;
  assert.equal(fine(await operator.get(where)).pay_code, placed.pay_code);
  assert.equal(fine(await (await anOfficer(server, setting.county)).get(where)).pay_code, null);
  refused(await stranger.get(where), 404, 'not-found');
});

test('a_repeat_with_the_same_key_is_one_order', async () => {
  const key = randomUUID(), before = await reserved();
  const [one, other] = [fine(await call({}, operator, { key }), 201), fine(await call({}, operator, { key }), 201)];
  assert.deepEqual(one, other);
  assert.equal(await reserved(), before + 1000);
});

test('it_waits_a_day_and_then_gives_its_stock_back', async () => {
  const before = await reserved(), placed = fine(await call(), 201);
  const hours = (Date.parse(placed.deadline_at) - Date.now()) / 3_600_000;
  assert.ok(hours > 23.9 && hours <= 24);
  await server.sql`UPDATE purchases SET deadline_at = now() - interval '1 minute' WHERE id = ${placed.purchase_id}`;
  assert.equal(fine(await server.get(`/pay/${placed.pay_code}`)).state, 'expired');
  refused(await server.post(`/pay/${placed.pay_code}`, {}), 409, 'wrong-state');
  await server.once('orders/expire');
  assert.equal(await reserved(), before);
});

test('the_same_rules_hold_as_at_the_checkout', async () => {
  assert.deepEqual(refused(await call({ lines: [{ offer_id: setting.offer.offer_id, packs: 500 }] }), 409, 'out-of-stock').map(({ pointer }) => pointer), ['/lines/0/packs']);
  refused(await call({ lines: [{ offer_id: setting.offer.offer_id, packs: 1, price_fen: 1 }] }), 409, 'price-changed');
  assert.deepEqual(refused(await call({ address: { ...address, phone: '12345' } }), 422, 'invalid').map(({ pointer }) => pointer), ['/address/phone']);
  assert.deepEqual(refused(await call({ address: undefined }), 422, 'invalid').map(({ pointer, code }) => [pointer, code]), [['/address', 'required']]);
  refused(await call({ address_id: randomUUID() }), 422, 'invalid');
});

test('nobody_sells_what_is_not_his_shops', async () => {
  const product = await aProduct(server, { ...neighbour }), offer = await anOffer(server, product);
  assert.deepEqual(refused(await call({ lines: [{ offer_id: offer.offer_id, packs: 1 }] }), 422, 'invalid').map(({ pointer, code }) => [pointer, code]), [['/lines/0/offer_id', 'not-found']]);
  refused(await call({}, stranger), 404, 'not-found');
  refused(await call({}, await aBuyer(server)), 403, 'forbidden');
});

test('a_guessed_code_opens_nothing', async () => {
  for (const code of ['x', 'A'.repeat(43), '%27%20OR%201=1']) {
    refused(await server.get(`/pay/${code}`), 404, 'not-found');
    refused(await server.post(`/pay/${code}`, {}), 404, 'not-found');
  }
});
