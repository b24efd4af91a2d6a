// Amounts at the upper end of what is allowed: money fits by the bounds of fields and columns, freight is checked, nothing wraps around.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBuyer, aSmallShop } from './builders.mjs';
import { aServer, fine, program, refused, run } from './support.mjs';

const INT64_MAX = 2n ** 63n - 1n;
const server = await aServer();
const fieldsOf = async (method, path) => JSON.parse((await run(program, ['routes', '--json'])).output).find((route) => route.method === method && route.path === path).body;
const maxOf = (fields, name) => BigInt(fields.find((field) => field.name === name).max);
const order = (setting, packs) => ({ lines: [{ offer_id: setting.offer.offer_id, packs }], address: setting.address });

test('the_dearest_cart_of_all_fits_its_type', async () => {
  const lines = (await fieldsOf('POST', '/checkout')).find(({ name }) => name === 'lines');
  const price = maxOf(await fieldsOf('POST', '/shops/{shop_id}/offers'), 'price_fen');
  assert.ok(price * maxOf(lines.fields, 'packs') * BigInt(lines.max) < INT64_MAX / 1000n);
});

test('a_price_above_the_bound_is_refused_by_the_table_too', async () => {
  await assert.rejects(aSmallShop(server, { price_fen: 1_000_000_001 }), /offers_price__invalid/);
});

test('freight_that_does_not_fit_is_refused', async () => {
  const setting = await aSmallShop(server, { packs: 999, pack_qty: 1_000_000_000, price_fen: 1_000_000_000,
    freight: [{ destination: '', first_g: 1, first_fen: 10_000_000, further_g: 1, further_fen: 10_000_000 }] });
  await server.sql`UPDATE products SET gross_weight_ppm = 2147483647 WHERE id = ${setting.product.id}`;
  const buyer = await aBuyer(server);
  refused(await buyer.post('/checkout', order(setting, 999)), 422, 'overflow');
  const [{ reserved_qty }] = await server.sql`SELECT reserved_qty FROM stocks WHERE product_id = ${setting.product.id}`;
  assert.equal(reserved_qty, 0);
});

test('packs_and_lines_have_both_ends', async () => {
  const setting = await aSmallShop(server);
  const buyer = await aBuyer(server);
  for (const packs of [0, -1, 1000]) assert.equal(refused(await buyer.post('/checkout', order(setting, packs)), 422, 'invalid')[0].pointer, '/lines/0/packs');
  const many = { ...order(setting, 1), lines: Array.from({ length: 51 }, () => order(setting, 1).lines[0]) };
  assert.equal(refused(await buyer.post('/checkout', many), 422, 'invalid')[0].pointer, '/lines');
  fine(await buyer.post('/checkout', order(setting, 1)), 201);
});
