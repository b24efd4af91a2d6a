// Several parcels at once: the pick list, labels that give nobody away, and the waybill's full address, on record.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHousehold, aLot, anOperator, aPaidOrder, aShop, aSmallShop, day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server, { packs: 3 });
const late = await aLot(server, setting.product, [{ household: await aHousehold(server, setting.county), quantity_qty: 50_000 }], { expires_on: day(400) });
const operator = await anOperator(server, setting.shop), stranger = await anOperator(server, await aShop(server, setting.county));
const shop = `/shops/${setting.shop.shop_id}`;
const [first, second] = [await aPaidOrder(server, setting), await aPaidOrder(server, setting)];

test('the_pick_list_sums_by_lot_first_expired_first', async () => {
  const list = fine(await operator.get(`${shop}/pick-list`));
  assert.deepEqual(list.lots.map(({ lot_id, quantity_qty }) => [lot_id, quantity_qty]), [[setting.lot.lot_id, 1500], [late.lot_id, 500]]);
  assert.deepEqual(list.lots[0].lines.map(({ order_id, quantity_qty }) => [order_id, quantity_qty]), [[first.order_id, 1000], [second.order_id, 500]]);
  assert.deepEqual(list.orders.map(({ order_id, recipient, lines: [{ packs }] }) => [order_id, recipient, packs]), [[first.order_id, '李*', 2], [second.order_id, '李*', 2]]);
  const one = fine(await operator.get(`${shop}/pick-list`, { query: { orders: second.order_id } }));
  assert.deepEqual(one.lots.map(({ quantity_qty }) => quantity_qty), [500, 500]);
});

test('labels_are_masked_and_name_the_lots', async () => {
  const { items } = fine(await operator.get(`${shop}/labels`, { query: { orders: `${second.order_id},${first.order_id}` } }));
  assert.deepEqual(items.map(({ order_id }) => order_id), [first.order_id, second.order_id]);
  assert.deepEqual([items[1].recipient, items[1].phone, items[1].street], ['李*', '139****0000', undefined]);
  assert.deepEqual(new Set(items[1].lots.map(({ trace_path }) => trace_path)), new Set([`/trace/${setting.lot.trace_code}`, `/trace/${late.trace_code}`]));
  assert.ok(!JSON.stringify(items).includes('13900000000'));
});

test('the_full_address_is_on_record_and_only_while_there_is_something_to_deliver', async () => {
  const ask = (who, ...orders) => who.post(`${shop}/waybills`, { orders: orders.map(({ order_id }) => ({ order_id })) });
  const { items: [parcel] } = fine(await ask(operator, first));
  assert.deepEqual([parcel.recipient, parcel.phone, parcel.street], ['李四', '13900000000', '试路 1 号']);
  assert.equal(parcel.destination_names.at(-1), `试县${setting.address.area_code}`);
  const noted = await server.sql`SELECT actor_id, event FROM audit_events WHERE subject_id = ${first.order_id.slice(7)} AND event = 'recipient_revealed'`;
  assert.deepEqual(noted.map(({ actor_id }) => actor_id), [operator.account_id]);
  refused(await ask(stranger, first), 404, 'not-found');
  const where = `/orders/${first.order_id}`, seen = async () => fine(await operator.get(where)).phone;
  assert.equal(await seen(), '13900000000');
  fine(await operator.post(`${where}/ship`, { carrier: '邮政', waybill: 'WB-1' }));
  fine(await first.buyer.post(`${where}/receive`));
  assert.deepEqual(fine(await ask(operator, first)).items, []);
  await server.sql`UPDATE orders SET state = 'closed' WHERE id = ${first.order_id.slice(7)}`;
  assert.equal(await seen(), '139****0000');
  await server.sql`UPDATE orders SET state = 'received' WHERE id = ${first.order_id.slice(7)}`;
});

test('sheets_are_the_shops_own_and_ids_must_be_ids', async () => {
  refused(await stranger.get(`${shop}/pick-list`), 404, 'not-found');
  assert.deepEqual(fine(await stranger.get(`${shop}/labels`)).items, []);
  for (const sheet of ['pick-list', 'labels'])
    for (const orders of ['x', `123456-${first.order_id.slice(7)}`])
      assert.deepEqual(refused(await operator.get(`${shop}/${sheet}`, { query: { orders } }), 422, 'invalid').map(({ pointer, code }) => [pointer, code]), [['/orders', 'not-an-id']]);
  refused(await operator.post(`${shop}/waybills`, { orders: [] }), 422, 'invalid');
});
