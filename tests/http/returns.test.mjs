// After the sale: shipping, receipt, the return window, refunds in any series, and what a refund after payment of the due does.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aBuyer, aCooperative, aCounty, addressIn, aHousehold, aLot, anOffer, anOfficer, anOperator, aPaidItem, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop, tellPayment } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const idOf = (order) => order.order_id.slice(7);
const shown = async (order) => fine(await order.buyer.get(`/orders/${order.order_id}`));
const duesOf = (order) => server.sql`SELECT payee_kind, source_kind, amount_fen, state FROM dues WHERE order_id = ${idOf(order)} ORDER BY payee_kind, source_kind, amount_fen`;
const balanceOf = async (kind, holder) => Number((await server.sql`SELECT coalesce(sum(CASE WHEN credit_kind = ${kind} AND credit_holder = ${holder} THEN amount_fen ELSE -amount_fen END), 0) AS fen
  FROM entries WHERE (credit_kind = ${kind} AND credit_holder = ${holder}) OR (debit_kind = ${kind} AND debit_holder = ${holder})`)[0].fen);
async function returned(order, { line = 0, decision = {}, ...asked }) {
  const { lines } = await shown(order);
  const { return_id } = fine(await order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id: lines[line].order_line_id, cause: 'quality', ...asked }), 201);
  return fine(await order.operator.post(`/returns/${return_id}/decide`, { accepted: true, ...decision }));
}

test('an order is shipped by its shop, received by its buyer, and seen by no one else', async () => {
  const setting = await aSmallShop(server), other = await aSmallShop(server);
  const order = await aPaidOrder(server, setting, { packs: 3 });
  const operator = await anOperator(server, setting.shop), stranger = await anOperator(server, other.shop);
  const where = `/orders/${order.order_id}`, parcel = { carrier: '邮政', waybill: 'W1' };
  refused(await order.buyer.post(`${where}/receive`), 409, 'wrong-state');
  refused(await order.buyer.post(`${where}/ship`, parcel), 403, 'forbidden');
  refused(await stranger.post(`${where}/ship`, parcel), 404, 'not-found');
  fine(await operator.post(`${where}/ship`, parcel));
  refused(await operator.post(`${where}/ship`, parcel), 409, 'wrong-state');
  refused(await order.buyer.post(`${where}/cancel`), 409, 'wrong-state');
  fine(await order.buyer.post(`${where}/receive`));
  const seen = await shown(order);
  assert.deepEqual([seen.state, seen.waybill, seen.recipient, seen.helped.households_count, seen.helped.due_fen], ['received', 'W1', '李四', 1, 3900]);
  const { parts, goods_fen } = fine(await operator.get(where)), sum = ({ due_fen, fee_fen, freight_fen, margin_fen }) => due_fen + fee_fen + freight_fen + margin_fen;
  assert.deepEqual([sum(parts), parts.due_fen, seen.parts], [goods_fen, 3900, null]);
  assert.match(seen.destination_name, /试/);
  refused(await stranger.get(where), 404, 'not-found');
  refused(await (await aBuyer(server)).get(where), 404, 'not-found');
  const officer = await anOfficer(server, setting.county);
  assert.equal(fine(await officer.get(where)).recipient, null);
  assert.deepEqual(fine(await operator.get(`/shops/${setting.shop.shop_id}/orders?state=received`)).items.map((item) => item.order_id), [order.order_id]);
  assert.deepEqual(fine(await stranger.get(`/shops/${setting.shop.shop_id}/orders`)).items, []);
  assert.equal(fine(await order.buyer.get('/orders')).items.length, 1);
});

test('what is told of an order is told anew when a return changes it, though its version stands', async () => {
  const setting = await aSmallShop(server), order = await aPaidOrder(server, setting, { packs: 2 }), where = `/orders/${order.order_id}`;
  fine(await (await anOperator(server, setting.shop)).post(`${where}/ship`, { carrier: '邮政', waybill: 'W9' }));
  const before = await order.buyer.get(where), headers = { 'if-none-match': before.headers.get('etag') };
  assert.equal((await order.buyer.get(where, { headers })).status, 304);
  fine(await order.buyer.post(`${where}/returns`, { order_line_id: before.body.lines[0].order_line_id, packs: 1, cause: 'quality' }), 201);
  const after = await order.buyer.get(where, { headers });
  assert.deepEqual([after.status, after.body.version, after.body.returns.length], [200, before.body.version, 1]);

  const me = await order.buyer.get('/me'), change = (etag) => order.buyer.patch('/me', { display_name: '李五' }, { headers: { 'if-match': etag } });
  fine(await change(me.headers.get('etag')));
  refused(await change(me.headers.get('etag')), 412, 'stale');
  refused(await change('"1-'), 412, 'stale');
});

test('receipt and closing come by themselves, an open return stops the clock, and escrow is released', async () => {
  const setting = await aSmallShop(server, { platform_fee_ppm: 10_000 });
  const order = await aPaidOrder(server, setting, { packs: 2 });
  const operator = await anOperator(server, setting.shop);
  fine(await operator.post(`/orders/${order.order_id}/ship`, { carrier: '邮政', waybill: 'W2' }));
  await server.once('orders/receive');
  assert.equal((await shown(order)).state, 'shipped');
  await server.sql`UPDATE orders SET shipped_at = shipped_at - interval '365 days' WHERE id = ${idOf(order)}`;
  await server.once('orders/receive');
  assert.equal((await shown(order)).state, 'received');
  await server.sql`UPDATE orders SET received_at = received_at - interval '365 days' WHERE id = ${idOf(order)}`;
  const { return_id } = fine(await order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id: (await shown(order)).lines[0].order_line_id, packs: 1, cause: 'quality' }), 201);
  await server.once('orders/close');
  assert.equal((await shown(order)).state, 'received');
  fine(await operator.post(`/returns/${return_id}/decide`, { accepted: false, answer: '照片看不清' }));
  await server.once('orders/close');
  await server.once('orders/close');
  assert.equal((await shown(order)).state, 'closed');
  assert.ok((await duesOf(order)).every((due) => due.state === 'payable'));
  assert.deepEqual([await balanceOf('buyer_escrow', idOf(order)), await balanceOf('freight_escrow', idOf(order)), await balanceOf('household_payable', setting.household.id), await balanceOf('shop', setting.shop.id)],
    [0, 0, 2600, 3800 - 38 - 2600]);
});

test('cancelling a paid order gives everything back and the goods into their lot', async () => {
  const setting = await aSmallShop(server, { packs: 10 });
  const order = await aPaidOrder(server, setting, { packs: 4 });
  assert.equal(fine(await order.buyer.post(`/orders/${order.order_id}/cancel`)).refund_fen, order.payment.amount_fen);
  assert.equal((await shown(order)).state, 'refunded');
  refused(await order.buyer.post(`/orders/${order.order_id}/cancel`), 409, 'wrong-state');
  const [stock] = await server.sql`SELECT on_hand_qty, reserved_qty FROM stocks WHERE product_id = ${setting.product.id}`;
  assert.deepEqual(stock, { on_hand_qty: 5000, reserved_qty: 0 });
  assert.ok((await duesOf(order)).every((due) => due.state === 'reversed'));
  await server.once('payments/outbox'); // asks the provider
  await server.once('payments/outbox'); // who calls back
  assert.deepEqual(await server.sql`SELECT cause, state FROM refunds WHERE order_id = ${idOf(order)}`, [{ cause: 'cancelled', state: 'done' }]);
  assert.equal(await balanceOf('refund', idOf(order)), 0);
});

test('the odd fen of a refund goes by the order of the sale, wherever its rows lie on disk', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), product = await aProduct(server, shop);
  const members = await Promise.all([1, 2, 3].map(() => aHousehold(server, county, { shop })));
  const cooperative = await aCooperative(server, county, { retain_ppm: 0, members: members.map((household) => ({ household })) });
  await aLot(server, product, [{ supplier: cooperative, quantity_qty: 1000 }]);
  const order = await aReceivedOrder(server, { offer: await anOffer(server, product, { price_fen: 1000 }), shop, address: addressIn(county) }, { packs: 2 });
  const rows = (kind) => server.sql`SELECT id, household_id, gross_fen FROM attributions WHERE order_id = ${idOf(order)} AND kind = ${kind} ORDER BY id`;
  const sold = await rows('sale');
  assert.deepEqual(sold.map(({ gross_fen }) => gross_fen), [667, 667, 666]);
  await server.sql`UPDATE attributions SET reason = reason WHERE id = ${sold[0].id}`; // moves behind the others
  const asFound = 'SET enable_indexscan = off; SET enable_bitmapscan = off'; // as they lie, whatever plan a grown table gets
  const read = await server.sql(`${asFound}; SELECT jsonb_path_query_array(facts::jsonb, '$.lines[*].sold[*].row.attribution_id') FROM orders_refundable WHERE order_id = '${idOf(order)}'`);
  assert.deepEqual(JSON.parse(read), sold.map(({ id }) => id));
  await returned(order, { packs: 1 });
  const given = Object.fromEntries((await rows('refund')).map(({ household_id, gross_fen }) => [household_id, gross_fen]));
  assert.deepEqual(sold.map(({ household_id }) => given[household_id]), [-333, -334, -333]);
});

test('partial refunds in a random series end to the fen where one refund of their sum would', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  let state = seed;
  const random = (below) => { state = (state * 1103515245 + 12345) % 2147483648; return state % below; };
  const county = await aCounty(server), shop = await aShop(server, county, { platform_fee_ppm: 13_337 }), product = await aProduct(server, shop);
  const members = await Promise.all([1, 2, 3].map(() => aHousehold(server, county, { shop })));
  const cooperative = await aCooperative(server, county, { retain_ppm: 70_001, members: members.map((household, i) => ({ household, shares: 3 + i })) });
  await aLot(server, product, [{ household: members[0], quantity_qty: 20_123 }, { supplier: cooperative, quantity_qty: 30_877, price_rule: 'share', share_ppm: 612_345 }, { household: members[1], quantity_qty: 9_000, mode: 'bought' }]);
  const offer = await anOffer(server, product, { price_fen: 1933 });
  for (let round = 0; round < 3; round++) {
    const order = await aReceivedOrder(server, { offer, shop, address: addressIn(county) }, { packs: 17 });
    for (let packs = 17; packs > 0;) {
      const some = 1 + random(Math.min(packs, 5)), money = random(3) === 0 && packs > some ? 1 + random(200) : 0;
      const causes = ['quality', 'transport', 'shop'];
      if (money) await returned(order, { packs: 0, refund_fen: money, cause: causes[random(3)] });
      await returned(order, { packs: some, cause: causes[random(3)], decision: { goods_back: random(2) === 1 } });
      packs -= some;
    }
    const sums = (await server.sql`SELECT sum(quantity_qty) AS qty, sum(gross_fen) AS gross, sum(due_fen) AS due, sum(fee_fen) AS fee, sum(margin_fen) AS margin FROM attributions WHERE order_id = ${idOf(order)}`)[0];
    assert.deepEqual(sums, { qty: 0, gross: 0, due: 0, fee: 0, margin: 0 }, `seed ${seed}`);
    assert.equal((await shown(order)).refunded_fen, 17 * 1933, `seed ${seed}`);
  }
});

test('a refund after the due was paid leaves the household alone, charges the shop and opens a finding', async () => {
  const setting = await aSmallShop(server);
  const order = await aReceivedOrder(server, setting, { packs: 4, closed: true });
  await server.sql`UPDATE dues SET state = 'paid', payout_item_id = ${await aPaidItem(server, setting.county, setting.household)} WHERE order_id = ${idOf(order)} AND payee_kind = 'household'`;
  const before = await balanceOf('household_payable', setting.household.id);
  assert.equal((await returned(order, { packs: 1 })).refund_fen, 1900);
  assert.equal((await returned(order, { packs: 2, decision: { goods_back: true } })).refund_fen, 3800);
  assert.equal(await balanceOf('household_payable', setting.household.id), before);
  assert.equal(await balanceOf('shop_receivable', setting.shop.id), -5700);
  const charges = (await duesOf(order)).filter((due) => due.source_kind === 'charge');
  assert.deepEqual(charges.map((due) => [due.payee_kind, due.amount_fen, due.state]), [['shop', -2600, 'payable'], ['shop', -1300, 'payable']]);
  const findings = await server.sql`SELECT class FROM findings WHERE subject_id = ${idOf(order)}`;
  assert.deepEqual(findings, [{ class: 'paid_then_refunded' }]);
});

test('a return asks no more than was bought, and is decided once, by its shop or county', async () => {
  const setting = await aSmallShop(server), other = await aSmallShop(server);
  const order = await aReceivedOrder(server, setting, { packs: 2 });
  const [{ order_line_id }] = (await shown(order)).lines;
  const ask = (body) => order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id, cause: 'quality', ...body });
  refused(await ask({ packs: 3 }), 422, 'invalid');
  refused(await ask({ packs: 0 }), 422, 'invalid');
  refused(await ask({ packs: 0, refund_fen: 3801 }), 422, 'invalid');
  refused(await (await aBuyer(server)).post(`/orders/${order.order_id}/returns`, { order_line_id, cause: 'quality', packs: 1 }), 404, 'not-found');
  const { return_id } = fine(await ask({ packs: 1 }), 201);
  refused(await ask({ packs: 1 }), 409, 'taken');
  assert.equal(fine(await order.operator.get(`/shops/${setting.shop.shop_id}/returns?state=open`)).items.length, 1);
  const decide = (who, body) => who.post(`/returns/${return_id}/decide`, { accepted: true, ...body });
  refused(await decide(await anOperator(server, other.shop)), 404, 'not-found');
  refused(await decide(order.operator, { refund_fen: 3801 }), 422, 'invalid');
  refused(await decide(order.operator, { freight_fen: 100_000 }), 422, 'invalid');
  const decisions = await Promise.all([decide(order.operator), decide(await anOfficer(server, setting.county)), decide(order.operator)]);
  assert.deepEqual(decisions.map((answer) => answer.status).sort(), [200, 409, 409]);
  assert.equal((await shown(order)).refunded_fen, 1900);
});

test('a refund the provider could not do is told, and may be done later', async () => {
  const order = await aPaidOrder(server, await aSmallShop(server));
  fine(await order.buyer.post(`/orders/${order.order_id}/cancel`));
  const [{ reference, amount_fen }] = await server.sql`SELECT reference, amount_fen FROM refunds WHERE order_id = ${idOf(order)}`;
  const where = '/callbacks/payments/simulator/refunds';
  assert.equal(fine(await tellPayment(server, { reference, amount_fen, transaction_id: randomUUID(), outcome: 'failed' }, { where })).result, 'refund_failed');
  assert.equal((await server.sql`SELECT state FROM refunds WHERE reference = ${reference}`)[0].state, 'failed');
  assert.deepEqual(await server.sql`SELECT class, rule FROM findings WHERE subject_id = ${idOf(order)}`, [{ class: 'not_reconciled', rule: 'refund_failed' }]);
  const done = { reference, amount_fen, transaction_id: randomUUID() };
  for (let i = 0; i < 2; i++) assert.equal(fine(await tellPayment(server, done, { where })).result, 'refund_done');
  assert.equal((await server.sql`SELECT state FROM refunds WHERE reference = ${reference}`)[0].state, 'done');
  assert.equal((await server.sql`SELECT count(*) FROM transfers WHERE kind = 'refund_done' AND reference = ${reference}`)[0].count, 1);
});
