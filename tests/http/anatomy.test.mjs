// The anatomy of a price must be what a sale then really does with the money.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aServer, fine, refused } from './support.mjs';
import { aCooperative, aCounty, aHousehold, aLot, aPaidOrder, aProduct, aShop, aSmallShop, anOffer } from './builders.mjs';

const server = await aServer();
const anatomyOf = async (product) => fine(await server.get(`/products/${product.product_id}/anatomy`));
const partsOf = (offer) => offer.due_fen + offer.fee_fen + offer.shop_freight_fen + offer.margin_fen;

test('parts sum to the price, whatever the terms', async () => {
  const county = await aCounty(server);
  const shop = await aShop(server, county, { platform_fee_ppm: 23_457 });
  const households = [await aHousehold(server, county, { shop }), await aHousehold(server, county, { shop })];
  const cooperative = await aCooperative(server, county, { members: households.map((household, i) => ({ household, shares: i + 1 })), retain_ppm: 123_456 });
  const product = await aProduct(server, shop);
  await aLot(server, product, [
    { household: households[0], quantity_qty: 70_001, farm_gate_price_fen: 1307 },
    { household: households[1], quantity_qty: 33_333, price_rule: 'share', share_ppm: 700_001 },
    { supplier: cooperative, quantity_qty: 10_007, price_rule: 'larger_of', share_ppm: 610_000, farm_gate_price_fen: 999 },
    { household: households[0], quantity_qty: 5_000, mode: 'bought', farm_gate_price_fen: 1200 },
  ]);
  for (const [pack_qty, price_fen] of [[500, 1900], [1, 3], [333, 1], [2500, 8888], [117, 777], [99_999, 312_345]])
    await anOffer(server, product, { pack_qty, price_fen });
  const { offers } = await anatomyOf(product);
  assert.equal(offers.length, 6);
  for (const offer of offers) {
    assert.equal(partsOf(offer), offer.price_fen, JSON.stringify(offer));
    assert.ok(offer.household_due_fen <= offer.due_fen && offer.guaranteed_minimum_fen <= offer.due_fen, JSON.stringify(offer));
  }
});

test('a sale of one pack splits as the anatomy said', async () => {
  const setting = await aSmallShop(server, { platform_fee_ppm: 20_000 });
  const [told] = (await anatomyOf(setting.product)).offers;
  assert.equal(told.household_due_fen, 1300);
  assert.equal(told.guaranteed_minimum_fen, 1300);
  await aPaidOrder(server, setting, { packs: 1 });
  const [row] = await server.sql`SELECT sum(due_fen)::int AS due, sum(fee_fen)::int AS fee, sum(margin_fen)::int AS margin FROM attributions WHERE county = ${setting.county.code}`;
  assert.deepEqual([Number(row.due), Number(row.fee), Number(row.margin)], [told.due_fen, told.fee_fen, told.margin_fen]);
});

test('the lot that expires first is the one told of; bought goods owe nothing again', async () => {
  const county = await aCounty(server);
  const shop = await aShop(server, county);
  const household = await aHousehold(server, county, { shop });
  const product = await aProduct(server, shop);
  const tomorrow = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await aLot(server, product, [{ household, quantity_qty: 5_000 }]);
  await aLot(server, product, [{ household, quantity_qty: 5_000, mode: 'bought', farm_gate_price_fen: 1100 }], { expires_on: tomorrow });
  await anOffer(server, product);
  const [offer] = (await anatomyOf(product)).offers;
  assert.deepEqual([offer.due_fen, offer.goods_cost_fen, offer.guaranteed_minimum_fen, offer.margin_fen], [0, 1100, 0, 1900]);
});

test('nothing in line is an empty list, an unknown product is not found', async () => {
  const county = await aCounty(server);
  const product = await aProduct(server, await aShop(server, county));
  await anOffer(server, product);
  assert.deepEqual((await anatomyOf(product)).offers, []);
  const hidden = await aProduct(server, product.shop, { state: 'proposed' });
  refused(await server.get(`/products/${hidden.product_id}/anatomy`), 404, 'not-found');
});
