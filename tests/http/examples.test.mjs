// The worked examples of the design documents and what Shanhuo is first with, over HTTP, each named after where it stands; tests/README.md lists them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCooperative, aCounty, addressIn, aHousehold, aLot, anOffer, anOfficer, anOperator, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop, day } from './builders.mjs';
import { aServer, fine } from './support.mjs';

const server = await aServer({ settings: { SHANHUO_PUBLICITY_S: '0' } });
const idOf = ({ order_id }) => order_id.slice(7);
const duesOf = async (order, kind) => (await server.sql`SELECT due_fen FROM attributions WHERE order_id = ${idOf(order)} AND kind = ${kind} ORDER BY id`).map(({ due_fen }) => due_fen);

/** Seven packs of a kilogram at 38.00 yuan are received, then two of them given back. */
async function sevenLessTwo(setting) {
  const order = await aReceivedOrder(server, setting, { packs: 7 }), sold = await duesOf(order, 'sale');
  const { lines: [{ order_line_id }] } = fine(await order.buyer.get(`/orders/${order.order_id}`));
  const { return_id } = fine(await order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id, packs: 2, cause: 'quality' }), 201);
  fine(await order.operator.post(`/returns/${return_id}/decide`, { accepted: true }));
  return { sold, returned: await duesOf(order, 'refund') };
}
async function aKilogramPack(contributions, shop, county) {
  const product = await aProduct(server, shop);
  await aLot(server, product, contributions);
  return { shop, county, product, offer: await anOffer(server, product, { pack_qty: 1000, price_fen: 3800 }), address: addressIn(county) };
}

test('features 4.9: 7 kg of a lot of three households and 2 kg back, by what each gave', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), terms = { farm_gate_price_fen: 2600, price_qty: 1000 };
  const households = await Promise.all([1, 2, 3].map(() => aHousehold(server, county, { shop })));
  const setting = await aKilogramPack([120_000, 100_500, 79_500].map((quantity_qty, i) => ({ household: households[i], quantity_qty, ...terms })), shop, county);
  assert.deepEqual(await sevenLessTwo(setting), { sold: [7280, 6097, 4823], returned: [-2080, -1742, -1378] });
});

test('features 4.9: equal thirds sum to the whole, sold and given back', async () => {
  const county = await aCounty(server), shop = await aShop(server, county);
  const households = await Promise.all([1, 2, 3].map(() => aHousehold(server, county, { shop })));
  const cooperative = await aCooperative(server, county, { retain_ppm: 0, members: households.map((household) => ({ household })) });
  const setting = await aKilogramPack([{ supplier: cooperative, quantity_qty: 300_000, farm_gate_price_fen: 2600, price_qty: 1000 }], shop, county);
  assert.deepEqual(await sevenLessTwo(setting), { sold: [6067, 6067, 6066], returned: [-1733, -1734, -1733] });
});

test('features 5.3: household H-0001 from intake to income report: 18,600 paid, 10,700 net, 4,221 gained', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), product = await aProduct(server, shop);
  const household = await aHousehold(server, county, { shop, members: 4, card_number: 'H-0001' });
  const operator = await anOperator(server, shop), inspector = await anOfficer(server, county, 'inspector'), finance = await anOfficer(server, county, 'finance');
  const [officer, second] = [await anOfficer(server, county), await anOfficer(server, county)];
  const slip = { slip_id: randomUUID(), product_id: product.product_id, grade: 'A', harvested_on: day(-3), expires_on: day(90),
    contributions: [{ supplier_id: household.supplier_id, quantity_qty: 750_000, price_rule: 'farm_gate', farm_gate_price_fen: 2480, price_qty: 1000 }] };
  const { lot_id } = fine(await operator.post(`/shops/${shop.shop_id}/lots`, slip), 201);
  fine(await inspector.post(`/lots/${lot_id}/inspection`, { result: 'passed' }));
  const setting = { shop, offer: await anOffer(server, product, { pack_qty: 1000, price_fen: 3800 }), address: addressIn(county) };
  await aReceivedOrder(server, setting, { packs: 750, closed: true });
  const batch = fine(await officer.post('/payout-batches', { county: county.code, title: '核桃款' }), 201);
  fine(await second.post(`/payout-batches/${batch.batch_id}/approve`));
  const { items } = fine(await finance.get(`/payout-batches/${batch.batch_id}`));
  fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'paid', result_on: day(), evidence: 'bank 1' })) }));

  const income = async (more) => fine(await officer.get('/reports/income', { query: { area: county.code, from: day(-364), to: day(), ...more } })).households[0];
  const level = ({ level: name, paid_fen, channel_net_fen, channel_net_a_head_fen, baseline_fen, income_gain_fen }) => [name, paid_fen, channel_net_fen, channel_net_a_head_fen, baseline_fen, income_gain_fen];
  assert.deepEqual(level(await income()).slice(0, 3), ['C', 1_860_000, null]);
  const at = `/households/${household.household_id}`;
  fine(await officer.post(`${at}/costs`, { category_code: 'walnut', year: Number(day(-3).slice(0, 4)), amount_fen: 790_000, produced_qty: 750_000, evidence: 'receipt', document: '收据 1' }), 201);
  assert.deepEqual(level(await income()).slice(0, 4), ['D', 1_860_000, 1_070_000, 267_500]);
  fine(await officer.post(`${at}/baselines`, { year: 2015, kind: 'sale_of_produce', category_code: 'walnut', amount_fen: 620_000, concept: 'net', method: 'survey', full_survey: false, source: '入户调查', collected_on: '2016-01-01' }), 201);
  assert.deepEqual(level(await income({ price_factor_ppm: 1_045_000 })), ['E', 1_860_000, 1_070_000, 267_500, 647_900, 422_100]);
});

const report = async (who, name, county, more = {}) => fine(await who.get(`/reports/${name}`, { query: { area: county.code, from: day(-30), to: day(), ...more } }));

test('F1: goods that go to another household later leave every report of the sale as it was', async () => {
  const setting = await aSmallShop(server), { county, product, household } = setting, officer = await anOfficer(server, county);
  await aPaidOrder(server, setting, { packs: 3 });
  await server.once('impact/fold');
  const told = async () => [(await report(officer, 'lines', county)).items, (await report(officer, 'sales', county, { by: 'status' })).items.map(({ as_of, ...row }) => row)];
  const before = await told();
  await aLot(server, product, [{ household: await aHousehold(server, county, { shop: setting.shop }), quantity_qty: 5000 }], { expires_on: day(2) });
  await server.sql`UPDATE link_agreements SET state = 'ended', valid_to = ${day(1)} WHERE household_id = ${household.id}`;
  assert.deepEqual(await told(), before);
});

test('F7: a household in two cooperatives counts once in the county, once with each, and its kilograms once', async () => {
  const county = await aCounty(server), shops = [await aShop(server, county), await aShop(server, county)], officer = await anOfficer(server, county);
  const [both, one] = [await aHousehold(server, county), await aHousehold(server, county)];
  for (const [i, shop] of shops.entries()) {
    const cooperative = await aCooperative(server, county, { retain_ppm: 0, members: [{ household: both }, ...(i === 0 ? [{ household: one }] : [])] });
    await aPaidOrder(server, await aKilogramPack([{ supplier: cooperative, quantity_qty: 20_000 }], shop, county), { packs: 6 });
  }
  await server.once('impact/fold');
  const [total, ...rows] = (await report(officer, 'sales', county, { by: 'shop' })).items;
  assert.deepEqual([total.households_count, total.persons_count, rows.map(({ households_count }) => households_count).sort()], [2, 6, [1, 2]]);
  assert.equal(rows.reduce((sum, { households_count }) => sum + households_count, 0) - total.households_count, 1, 'served by more than one');
  const lines = (await report(officer, 'lines', county)).items, grams = (list) => list.reduce((sum, { quantity_qty }) => sum + quantity_qty, 0);
  assert.deepEqual([grams(lines), grams(lines.filter(({ household_id }) => household_id === both.household_id))], [12_000, 9000]);
});

test('F13: a village that was merged away keeps its code and name in the reports of its time', async () => {
  const setting = await aSmallShop(server), { county } = setting, officer = await anOfficer(server, county), [old] = county.villages;
  await aPaidOrder(server, setting, { packs: 2 });
  await server.once('impact/fold');
  const told = async () => (await report(officer, 'sales', county, { by: 'village' })).items.slice(1).map(({ key, label, net_sales_fen }) => [key, label, net_sales_fen]);
  const before = await told();
  await server.sql`UPDATE areas SET valid_to = ${day()} WHERE code = ${old}`;
  await server.insert('areas', { code: `${county.code}100500`, parent_code: `${county.code}100`, name: '并村', kind: 'village', valid_from: day(), source: 'test' });
  assert.deepEqual([await told(), before.map(([key]) => key)], [before, [old]]);
  assert.equal(fine(await server.get(`/areas/${old}`)).valid_to, day());
});

test('F14: a posting changed by one fen makes the report say that the books do not agree', async () => {
  const setting = await aSmallShop(server), { county } = setting, officer = await anOfficer(server, county);
  await aPaidOrder(server, setting, { packs: 2 });
  const agree = async () => (await report(officer, 'sales', county, { exact: true })).items[0].reconciliation.map(({ equal }) => equal);
  assert.deepEqual(await agree(), [true]);
  const change = (by) => server.sql(`UPDATE entries SET amount_fen = amount_fen + ${by} WHERE county = '${county.code}' AND credit_kind = 'buyer_escrow'`);
  await change(1);
  const changed = await agree();
  await change(-1);
  assert.deepEqual([changed, await agree()], [[false], [true]]);
});
