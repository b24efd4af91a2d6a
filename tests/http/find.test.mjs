// The search of every workplace: by anything one may remember, within what one may know of.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCounty, aHousehold, anOfficer, anOperator, aPaidOrder, aShop, aSmallShop, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server), { county, shop } = setting;
await server.sql`UPDATE products SET words = '{核桃,核,hetao,ht}', name = '薄皮核桃' WHERE id = ${setting.product.id}`;
const sold = await aPaidOrder(server, setting);
await server.sql`UPDATE orders SET waybill = 'SF-7788', recipient = '欧阳修', phone = '13900006543' WHERE id = ${sold.order_id.slice(7)}`;
const card = await aHousehold(server, county, { card_number: 'Q99-31415', phone_tail: '2718' });
const trouble = randomUUID();
await server.insert('findings', { county: county.code, id: trouble, class: 'complaint', rule: '短斤少两', area_code: county.code, subject_kind: 'orders', subject_id: sold.order_id.slice(7), opened_at: new Date().toISOString() });
await server.once('registry/index_names');

const operator = await anOperator(server, shop), officer = await anOfficer(server, county), colleague = await anOperator(server, await aShop(server, county));
const elsewhere = await anOfficer(server, await aCounty(server));
const cadre = await someone(server, { roles: [{ role: 'cadre', area_code: county.villages[1] }] });
const find = async (who, q) => fine(await who.get('/find', { query: { q } })).items;
const kinds = async (who, q) => (await find(who, q)).map(({ kind, id }) => `${kind} ${id.slice(7)}`);
const order = `order ${sold.order_id.slice(7)}`, finding = `finding ${trouble}`;

test('an_order_is_found_by_waybill_recipient_phone_and_id', async () => {
  for (const q of ['SF-7788', '欧阳', '欧阳修', '6543', '13900006543', sold.order_id, sold.order_id.slice(7)]) assert.deepEqual(await kinds(operator, q), [order], q);
  assert.deepEqual(await find(operator, '6543'), [{ kind: 'order', id: sold.order_id, words: '薄皮核桃 500 g ×2', where: `试店 · ${new Date(Date.now() + 28_800_000).toISOString().slice(0, 10)}` }]);
});

test('the_county_finds_orders_by_number_but_not_by_whom_they_go_to', async () => {
  for (const q of ['SF-7788', sold.order_id]) assert.deepEqual(await kinds(officer, q), [order, finding], q);
  for (const q of ['欧阳修', '6543']) assert.deepEqual(await kinds(officer, q), [], q);
});

test('lots_products_shops_households_and_findings', async () => {
  assert.deepEqual(await kinds(operator, setting.lot.trace_code.toLowerCase()), [`lot ${setting.lot.id}`]);
  assert.deepEqual(await kinds(operator, setting.lot.slip_id), [`lot ${setting.lot.id}`]);
  for (const q of ['核桃', 'hetao', 'ht']) assert.deepEqual(await kinds(operator, q), [`product ${setting.product.id}`], q);
  assert.ok((await kinds(officer, '试店')).includes(`shop ${shop.id}`));
  for (const q of ['31415', 'q99-31415', '2718']) assert.deepEqual(await find(officer, q), [{ kind: 'household', id: card.household_id, words: '张* Q99-31415', where: `试县${county.villages[0]}` }], q);
  assert.deepEqual(await kinds(officer, trouble), [finding]);
  assert.ok((await kinds(officer, 'zhang')).length > 1);
});

test('nobody_finds_what_is_not_for_them', async () => {
  for (const q of ['SF-7788', '欧阳修', '6543', sold.order_id, setting.lot.trace_code, '核桃']) {
    assert.deepEqual(await kinds(colleague, q), [], q);
    assert.deepEqual(await kinds(elsewhere, q), [], q);
  }
  for (const q of ['31415', 'zhang', trouble]) assert.deepEqual(await kinds(elsewhere, q), [], q);
  assert.deepEqual(await kinds(cadre, '31415'), [], 'a household of the other village');
  refused(await sold.buyer.get('/find', { query: { q: 'x' } }), 403, 'forbidden');
  refused(await server.get('/find', { query: { q: 'x' } }), 401, 'unauthenticated');
  refused(await operator.get('/find'), 422, 'invalid');
  refused(await operator.get('/find', { query: { q: '。。' } }), 422, 'invalid');
  assert.deepEqual(await find(operator, "'; DROP TABLE orders; --a"), []);
});
