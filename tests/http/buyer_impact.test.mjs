// What a buyer sees of an order and of what became of the money: only their own, and never a household.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBuyer, aHousehold, aLot, anOffer, anOperator, aPaidItem, aPaidOrder, aProduct, aPurchase, aReceivedOrder, aSmallShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server, { packs: 40 });
const impact = async (buyer) => fine(await buyer.get('/me/impact'), 200);
const orderOf = async (who, order_id) => fine(await who.get(`/orders/${order_id}`), 200);

test('who_bought_nothing_brought_nothing', async () => {
  assert.deepEqual(await impact(await aBuyer(server)),
    { bought_fen: 0, to_households_fen: 0, paid_fen: 0, due_fen: 0, households: '0', villages: [], months: [], purchases: [] });
  refused(await server.get('/me/impact'), 401, 'unauthenticated');
});

test('what_reached_households_is_summed_by_village_month_and_purchase', async () => {
  const { buyer } = await aPaidOrder(server, setting, { packs: 2 });
  await aPaidOrder(server, setting, { packs: 1, buyer });
  await aPurchase(server, setting, { packs: 1, buyer });
  const mine = await impact(buyer);
  assert.equal(mine.bought_fen, 3 * 1900);
  assert.equal(mine.to_households_fen, 3 * 1300);
  assert.deepEqual([mine.paid_fen, mine.due_fen, mine.households], [0, 3 * 1300, '<5']);
  assert.deepEqual(mine.villages.map(({ area_code, to_households_fen }) => [area_code, to_households_fen]), [[setting.household.area_code, 3900]]);
  assert.deepEqual(mine.months.map(({ bought_fen, to_households_fen }) => [bought_fen, to_households_fen]), [[5700, 3900]]);
  assert.deepEqual(mine.purchases.map(({ bought_fen, households }) => [bought_fen, households]), [[1900, '<5'], [3800, '<5']]);
  assert.doesNotMatch(JSON.stringify(mine), /household_id|张/);
});

test('paid_is_what_the_bank_paid', async () => {
  const { buyer } = await aPaidOrder(server, setting, { packs: 2 });
  await server.sql`UPDATE dues SET state = 'paid', payable_at = now(), paid_at = now(), payout_item_id = ${await aPaidItem(server, setting.county, setting.household)} WHERE order_id IN (SELECT id FROM orders WHERE buyer_id = ${buyer.account_id}) AND payee_kind = 'household'`;
  server.mayDie = true; // the books know nothing of this payment
  const mine = await impact(buyer);
  assert.deepEqual([mine.paid_fen, mine.due_fen], [2600, 0]);
});

test('five_households_are_a_number', async () => {
  const product = await aProduct(server, setting.shop);
  const households = [];
  for (let i = 0; i < 5; i++) households.push(await aHousehold(server, setting.county, { shop: setting.shop }));
  await aLot(server, product, households.map((household) => ({ household, quantity_qty: 500 })));
  const offer = await anOffer(server, product, { pack_qty: 2500, price_fen: 9000 });
  const { buyer } = await aPaidOrder(server, { ...setting, offer }, { packs: 1 });
  assert.equal((await impact(buyer)).households, '5');
});

test('an_order_says_what_may_be_done_now_and_until_when', async () => {
  const { buyer, order_id, notice } = await aPurchase(server, setting, { packs: 1 });
  const operator = await anOperator(server, setting.shop);
  assert.deepEqual((await orderOf(buyer, order_id)).may, ['pay']);
  assert.ok((await orderOf(buyer, order_id)).deadlines.pay);
  assert.ok(notice);
  const paid = await aPaidOrder(server, setting, { packs: 1 });
  assert.deepEqual((await orderOf(paid.buyer, paid.order_id)).may, ['cancel']);
  assert.deepEqual((await orderOf(operator, paid.order_id)).may, ['ship', 'cancel']);
  fine(await operator.post(`/orders/${paid.order_id}/ship`, { carrier: '邮政', waybill: '1' }));
  const shipped = await orderOf(paid.buyer, paid.order_id);
  assert.deepEqual(shipped.may, ['receive', 'return']);
  assert.ok(Date.parse(shipped.deadlines.receive) > Date.now());
  fine(await paid.buyer.post(`/orders/${paid.order_id}/receive`));
  const received = await orderOf(paid.buyer, paid.order_id);
  assert.deepEqual(received.may, ['return', 'review']);
  assert.ok(Date.parse(received.deadlines.return) > Date.now());
  assert.deepEqual((await orderOf(operator, paid.order_id)).may, []);
});

test('an_order_leads_to_the_lots_it_was_served_from', async () => {
  const { buyer, order_id } = await aReceivedOrder(server, setting, { packs: 1 });
  const [line] = (await orderOf(buyer, order_id)).lines;
  assert.deepEqual(line.trace_codes, [setting.lot.trace_code]);
  assert.equal(line.product_id, setting.product.product_id);
  assert.equal(fine(await server.get(`/trace/${line.trace_codes[0]}`), 200).product_id, line.product_id);
});
