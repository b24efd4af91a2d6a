// A shop's month: every sum with what it is made of, and the same from the ledger.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCounty, aLot, anOffer, anOfficer, anOperator, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop, day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server, { packs: 200, platform_fee_ppm: 20_000 });
const tea = await aProduct(server, setting.shop, { name: '绿茶' });
await aLot(server, tea, [{ household: setting.household, quantity_qty: 20_000, farm_gate_price_fen: 900 }]);
const teaOffer = await anOffer(server, tea, { price_fen: 2500 });
const operator = await anOperator(server, setting.shop);
const shop = `/shops/${setting.shop.shop_id}/statements`, month = day().slice(0, 7);
const statement = async (who = operator) => fine(await who.get(shop, { query: { month } }));
const days = async (options = {}) => operator.get(`${shop}/days`, { query: { month, ...options } });
const sum = (rows, name) => rows.reduce((total, row) => total + row[name], 0);

const plain = await aPaidOrder(server, setting, { packs: 3 });
await aPaidOrder(server, setting, { lines: [{ offer_id: teaOffer.offer_id, packs: 2 }, { offer_id: setting.offer.offer_id, packs: 1 }] });
const back = await aReceivedOrder(server, setting, { packs: 4 });
const { lines: [line] } = fine(await back.buyer.get(`/orders/${back.order_id}`));
const asked = fine(await back.buyer.post(`/orders/${back.order_id}/returns`, { order_line_id: line.order_line_id, packs: 1, cause: 'quality' }), 201);
fine(await operator.post(`/returns/${asked.return_id}/decide`, { accepted: true, goods_back: false, answer: '好' }));
await aReceivedOrder(server, setting, { packs: 2, closed: true });

test('the_month_adds_up_and_agrees_with_the_ledger', async () => {
  const { sales, reconciliation, reconciles, freight, shop_name } = await statement();
  assert.equal(shop_name, '试店');
  assert.deepEqual([sales.sales_fen, sales.refunds_fen, sales.net_fen, sales.orders_count], [10 * 1900 + 2 * 2500, 1900, 9 * 1900 + 2 * 2500, 4]);
  assert.equal(sales.dues_fen + sales.fees_fen + sales.freight_borne_fen + sales.margin_fen, sales.net_fen);
  assert.deepEqual(reconciliation, { attribution_fen: sales.net_fen, parts_fen: sales.net_fen, ledger_fen: sales.net_fen });
  assert.equal(reconciles, true);
  const [{ total }] = await server.sql`SELECT sum(freight_fen) AS total FROM orders WHERE shop_id = ${setting.shop.id} AND paid_at IS NOT NULL`;
  assert.deepEqual(freight, { charged_fen: total, given_back_fen: 0, net_fen: total });
});

test('every_sum_is_the_sum_of_its_rows', async () => {
  const { sales, products, suppliers } = await statement(), { items } = fine(await days());
  for (const name of ['net_fen', 'dues_fen', 'fees_fen', 'freight_borne_fen', 'margin_fen']) {
    assert.equal(sum(products, name), sales[name], name);
    assert.equal(sum(items, name), sales[name], name);
  }
  for (const name of ['sales_fen', 'refunds_fen']) assert.equal(sum(items, name), sales[name], name);
  assert.equal(sum(suppliers, 'due_fen'), sales.dues_fen);
  for (const one of suppliers) assert.equal(one.waiting_fen + one.payable_fen + one.paid_fen + one.reversed_fen, one.due_fen);
  assert.deepEqual([suppliers[0].kind, suppliers[0].name, suppliers[0].id], ['household', '张*', setting.household.household_id]);
  assert.ok(suppliers[0].payable_fen > 0 && suppliers[0].waiting_fen > 0);
  assert.deepEqual(new Set(products.map(({ product_name }) => product_name)), new Set(['核桃', '绿茶']));
});

test('the_days_come_as_csv_and_by_pages', async () => {
  const csv = await days({ format: 'csv' });
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  assert.match(csv.text, /net_fen/);
  const first = fine(await days({ limit: 1 })), second = fine(await days({ limit: 1, cursor: first.next_cursor }));
  assert.notEqual(first.items[0].product_id, second.items[0].product_id);
});

test('a_sum_the_ledger_does_not_know_is_told', async () => {
  const [row] = await server.sql`SELECT * FROM attributions WHERE order_id = ${plain.order_id.slice(7)} LIMIT 1`;
  const extra = { ...row, id: randomUUID(), gross_fen: 1, due_fen: 0, fee_fen: 0, freight_fen: 0, margin_fen: 1, quantity_qty: 0 };
  await server.insert('attributions', extra);
  const { reconciles, reconciliation } = await statement();
  assert.deepEqual([reconciles, reconciliation.attribution_fen - reconciliation.ledger_fen], [false, 1]);
  await server.sql`DELETE FROM attributions WHERE id = ${extra.id}`;
  assert.equal((await statement()).reconciles, true);
});

test('another_month_is_empty_and_no_month_is_the_one_that_runs', async () => {
  const none = fine(await operator.get(shop, { query: { month: '2015-01' } }));
  assert.deepEqual([none.sales.net_fen, none.products, none.payouts, none.reconciles], [0, [], [], true]);
  for (const bad of ['2026-13', '2026/11', 'x']) refused(await operator.get(shop, { query: { month: bad } }), 422, 'invalid');
  assert.equal(fine(await operator.get(shop)).month, month);
});

test('statements_are_the_shops_and_its_countys', async () => {
  const stranger = await anOperator(server, await aShop(server, setting.county));
  refused(await stranger.get(shop, { query: { month } }), 404, 'not-found');
  assert.deepEqual(fine(await stranger.get(`${shop}/days`, { query: { month } })).items, []);
  refused(await (await anOfficer(server, await aCounty(server))).get(shop, { query: { month } }), 404, 'not-found');
  assert.equal((await statement(await anOfficer(server, setting.county, 'auditor'))).reconciles, true);
});
