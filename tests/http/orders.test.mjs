// From the cart to a paid order: what a checkout guarantees, who sees what, what shipping and receipt change.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { addressIn, aBuyer, aCounty, aHousehold, aLot, anOffer, aProduct, aShop, aSmallShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const stockOf = async (product) => (await server.sql`SELECT on_hand_qty, reserved_qty, short_qty FROM stocks WHERE county = ${product.county} AND product_id = ${product.id}`)[0];

test('a checkout prices, reserves and answers its purchase', async () => {
  const { offer, product, address } = await aSmallShop(server, { packs: 10 });
  const buyer = await aBuyer(server);
  const made = fine(await buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 3 }], address }), 201);
  assert.equal(made.total_fen, 3 * 1900 + 700); // 1.5 kg: first kg 500, one further 200
  assert.equal(made.orders.length, 1);
  assert.equal(made.orders[0].lines[0].line_gross_fen, 5700);
  assert.deepEqual(await stockOf(product), { on_hand_qty: 5000, reserved_qty: 1500, short_qty: 0 });
  const shown = fine(await buyer.get(`/purchases/${made.purchase_id}`));
  assert.equal(shown.state, 'awaiting_payment');
  assert.equal(shown.orders[0].order_id, made.orders[0].order_id);
  refused(await (await aBuyer(server)).get(`/purchases/${made.purchase_id}`), 404, 'not-found');
});

test('three lines over two shops in two counties are one purchase with two orders', async () => {
  const here = await aSmallShop(server), there = await aSmallShop(server);
  const second = await anOffer(server, here.product, { pack_qty: 1000, price_fen: 3500 });
  const buyer = await aBuyer(server);
  const lines = [{ offer_id: here.offer.offer_id, packs: 2 }, { offer_id: there.offer.offer_id, packs: 1 }, { offer_id: second.offer_id, packs: 4 }];
  const made = fine(await buyer.post('/checkout', { lines, address: here.address }), 201);
  assert.deepEqual(made.orders.map((order) => order.goods_fen).sort((a, b) => a - b), [1900, 2 * 1900 + 4 * 3500]);
  assert.equal(made.total_fen, made.orders.reduce((sum, order) => sum + order.goods_fen + order.freight_fen, 0));
  assert.equal((await stockOf(here.product)).reserved_qty, 5000);
  assert.equal((await stockOf(there.product)).reserved_qty, 500);
});

test('every line that cannot be served is named with what is left, and nothing is reserved', async () => {
  const { offer, product, address } = await aSmallShop(server, { packs: 5 });
  const kilo = await anOffer(server, product, { pack_qty: 1000, price_fen: 3500 });
  const other = await aSmallShop(server, { packs: 9 });
  const buyer = await aBuyer(server);
  const lines = [{ offer_id: offer.offer_id, packs: 2 }, { offer_id: kilo.offer_id, packs: 2 }, { offer_id: other.offer.offer_id, packs: 10 }];
  const errors = refused(await buyer.post('/checkout', { lines, address }), 409, 'out-of-stock');
  assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [['/lines/1/packs', 'out-of-stock'], ['/lines/2/packs', 'out-of-stock']]);
  assert.match(errors[0].message, /1/); // 1500 g are left for packs of a kilo
  assert.match(errors[1].message, /9/);
  assert.equal((await stockOf(product)).reserved_qty, 0);
});

test('a changed price, an unknown offer, one over its limit and one no longer sold are told apart', async () => {
  const { offer, product, address } = await aSmallShop(server);
  const limited = await anOffer(server, product, { packs_per_buyer_max: 3 });
  const hidden = await anOffer(server, product, { listed: false });
  const buyer = await aBuyer(server);
  const attempt = (...lines) => buyer.post('/checkout', { lines, address });
  const [changed] = refused(await attempt({ offer_id: offer.offer_id, packs: 1, price_fen: 1800 }), 409, 'price-changed');
  assert.match(changed.message, /1900/);
  const unknown = `${offer.county}-${randomUUID()}`;
  assert.equal(refused(await attempt({ offer_id: unknown, packs: 1 }), 422, 'invalid')[0].pointer, '/lines/0/offer_id');
  const twice = { offer_id: limited.offer_id, packs: 2 };
  assert.deepEqual(refused(await attempt(twice, twice), 422, 'invalid').map((error) => error.code), ['over-limit', 'over-limit']);
  assert.equal(refused(await attempt({ offer_id: hidden.offer_id, packs: 1 }), 409, 'out-of-stock')[0].code, 'not-on-sale');
});

test('amounts beyond every bound are refused before anything is written', async () => {
  const { offer, address } = await aSmallShop(server);
  const buyer = await aBuyer(server);
  for (const packs of [0, -1, 1000, 9223372036854775807n, 1.5, '3', null]) {
    const body = `{"lines":[{"offer_id":"${offer.offer_id}","packs":${packs === '3' ? '"3"' : packs}}],"address":${JSON.stringify(address)}}`;
    assert.equal(refused(await buyer.post('/checkout', body), 422, 'invalid')[0].pointer, '/lines/0/packs');
  }
  refused(await buyer.post('/checkout', { lines: [], address }), 422, 'invalid');
  refused(await buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 1 }] }), 422, 'invalid');
  refused(await buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 1 }], address, gift: true }), 422, 'invalid');
  refused(await buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 1 }], address }, { key: null }), 400, 'idempotency-key-missing');
  refused(await server.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 1 }], address }), 401, 'unauthenticated');
});

test('freight follows the longest destination of the shop\'s table, and "not delivered" refuses', async () => {
  const county = await aCounty(server);
  const rule = { first_g: 1000, first_fen: 900, further_g: 500, further_fen: 100 };
  const shop = await aShop(server, county, { freight: [{ destination: '', ...rule }, { destination: county.code, ...rule, first_fen: 300 }, { destination: county.villages[1], ...rule, delivered: false }] });
  const product = await aProduct(server, shop, { gross_weight_ppm: 1_200_000 });
  await aLot(server, product, [{ household: await aHousehold(server, county, { shop }), quantity_qty: 100_000 }]);
  const offer = await anOffer(server, product);
  const buyer = await aBuyer(server);
  const to = (area_code, packs) => buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs }], address: { ...addressIn(county), area_code } });
  assert.equal(fine(await to(county.villages[0], 3), 201).orders[0].freight_fen, 300 + 2 * 100); // 1.8 kg
  assert.equal(fine(await to('99', 1), 201).orders[0].freight_fen, 900);
  assert.equal(refused(await to(county.villages[1], 1), 409, 'not-delivered')[0].pointer, '/lines/0/offer_id');
  assert.equal(refused(await to('123456', 1), 422, 'invalid')[0].pointer, '/address/area_code');
});

test('the same key gives the same purchase, another body is refused', async () => {
  const { offer, product, address } = await aSmallShop(server);
  const buyer = await aBuyer(server), key = randomUUID();
  const body = { lines: [{ offer_id: offer.offer_id, packs: 1 }], address };
  const first = await buyer.post('/checkout', body, { key }), again = await buyer.post('/checkout', body, { key });
  assert.equal(fine(again, 201).purchase_id, fine(first, 201).purchase_id);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  refused(await buyer.post('/checkout', { ...body, lines: [{ offer_id: offer.offer_id, packs: 2 }] }, { key }), 422, 'idempotency-key-reused');
  assert.equal((await stockOf(product)).reserved_qty, 500);
});

test('a cart shows today\'s prices, what is scarce and what keeps it from being sold', async () => {
  const { offer, product, address } = await aSmallShop(server, { packs: 8 });
  const buyer = await aBuyer(server);
  fine(await buyer.put('/cart', { lines: [{ offer_id: offer.offer_id, packs: 9 }] }));
  const [line] = fine(await buyer.get('/cart')).lines;
  assert.deepEqual([line.price_fen, line.availability, line.problems], [1900, 'few', ['out-of-stock']]);
  await server.sql`UPDATE offers SET price_fen = 2000 WHERE id = ${offer.id}`;
  fine(await buyer.put('/cart', { lines: [{ offer_id: offer.offer_id, packs: 2 }] }));
  const cart = fine(await buyer.get('/cart'));
  assert.deepEqual([cart.goods_fen, cart.lines[0].problems], [4000, []]);
  fine(await buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 2 }], address }), 201);
  assert.deepEqual(fine(await buyer.get('/cart')).lines, []);
  refused(await buyer.put('/cart', { lines: [{ offer_id: `${product.county}-${randomUUID()}`, packs: 1 }] }), 404, 'not-found');
  fine(await buyer.delete('/cart'));
});

test('addresses are the buyer\'s own, versioned, and a checkout may name one', async () => {
  const { offer, address } = await aSmallShop(server);
  const buyer = await aBuyer(server), stranger = await aBuyer(server);
  const { address_id, version } = fine(await buyer.post('/me/addresses', address), 201);
  assert.equal(fine(await buyer.get('/me/addresses')).items.length, 1);
  assert.equal(fine(await buyer.patch(`/me/addresses/${address_id}`, { street: '新路 2 号' }, { version })).version, version + 1);
  refused(await buyer.patch(`/me/addresses/${address_id}`, { street: '旧' }, { version }), 412, 'stale');
  refused(await stranger.delete(`/me/addresses/${address_id}`), 404, 'not-found');
  const line = { offer_id: offer.offer_id, packs: 1 };
  fine(await buyer.post('/checkout', { lines: [line], address_id }), 201);
  assert.equal(refused(await stranger.post('/checkout', { lines: [line], address_id }), 422, 'invalid')[0].pointer, '/address_id');
  fine(await buyer.delete(`/me/addresses/${address_id}`));
});

test('a cancelled purchase and one past its deadline give their stock back, once', async () => {
  const { offer, product, address } = await aSmallShop(server);
  const buyer = await aBuyer(server);
  const place = async () => fine(await buyer.post('/checkout', { lines: [{ offer_id: offer.offer_id, packs: 2 }], address }), 201).purchase_id;
  const cancelled = await place(), late = await place(), waiting = await place();
  fine(await buyer.post(`/purchases/${cancelled}/cancel`));
  refused(await buyer.post(`/purchases/${cancelled}/cancel`), 409, 'wrong-state');
  await server.sql`UPDATE purchases SET deadline_at = created_at WHERE id = ${late}`;
  await server.once('orders/expire');
  await server.once('orders/expire');
  const states = await Promise.all([cancelled, late, waiting].map(async (id) => fine(await buyer.get(`/purchases/${id}`)).state));
  assert.deepEqual(states, ['cancelled', 'expired', 'awaiting_payment']);
  assert.deepEqual(await stockOf(product), { on_hand_qty: 25000, reserved_qty: 1000, short_qty: 0 });
  refused(await buyer.post(`/purchases/${late}/pay`, {}), 409, 'wrong-state');
});
