// The flash sale: two hundred buyers at once for fifty packs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBuyer, anOffer, aSmallShop } from './builders.mjs';
import { aServer, refused } from './support.mjs';

const server = await aServer();
const buyersOf = async (count) => {
  const buyers = [];
  while (buyers.length < count) buyers.push(...await Promise.all(Array.from({ length: Math.min(20, count - buyers.length) }, () => aBuyer(server))));
  return buyers;
};
const stockOf = async (product) => (await server.sql`SELECT on_hand_qty, reserved_qty FROM stocks WHERE product_id = ${product.id}`)[0];

test('two hundred checkouts for fifty packs place exactly fifty, the others are told what is left', async () => {
  const { offer, product, address } = await aSmallShop(server, { packs: 50 });
  const buyers = await buyersOf(200);
  const answers = await Promise.all(buyers.map((buyer) => buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 1 }], address })));
  const placed = answers.filter((answer) => answer.status === 201);
  assert.equal(placed.length, 50);
  assert.equal(new Set(placed.map((answer) => answer.body.purchase_id)).size, 50);
  for (const answer of answers.filter((one) => one.status !== 201)) {
    const [error] = refused(answer, 409, 'out-of-stock');
    assert.deepEqual([error.pointer, error.code], ['/lines/0/packs', 'out-of-stock']);
    assert.match(error.message, /0/);
  }
  assert.deepEqual(await stockOf(product), { on_hand_qty: 25_000, reserved_qty: 25_000 });
});

test('carts that share goods in opposite order neither deadlock nor oversell', async () => {
  const one = await aSmallShop(server, { packs: 30 }), two = await aSmallShop(server, { packs: 30 });
  const double = await anOffer(server, one.product, { pack_qty: 1000, price_fen: 3700 });
  const buyers = await buyersOf(60);
  const lines = [{ offer_id: one.offer.offer_id, packs: 1 }, { offer_id: two.offer.offer_id, packs: 2 }, { offer_id: double.offer_id, packs: 1 }];
  const answers = await Promise.all(buyers.map((buyer, i) => buyer.post('/checkout', { lines: i % 2 ? lines : [...lines].reverse(), address: one.address })));
  assert.equal(answers.filter((answer) => answer.status === 201).length, 10);
  for (const answer of answers.filter((each) => each.status !== 201)) refused(answer, 409, 'out-of-stock');
  assert.deepEqual([(await stockOf(one.product)).reserved_qty, (await stockOf(two.product)).reserved_qty], [15_000, 10_000]);
});

test('thirty-two requests under one key make one purchase', async () => {
  const { offer, product, address } = await aSmallShop(server);
  const buyer = await aBuyer(server), key = 'one-key-for-all';
  const answers = await Promise.all(Array.from({ length: 32 }, () => buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 1 }], address }, { key })));
  const made = answers.filter((answer) => answer.status === 201);
  for (const answer of answers.filter((each) => each.status !== 201)) refused(answer, 409, 'idempotency-key-running');
  assert.ok(made.length >= 1);
  assert.equal(new Set(made.map((answer) => answer.body.purchase_id)).size, 1);
  assert.equal((await stockOf(product)).reserved_qty, 500);
});
