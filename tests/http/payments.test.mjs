// Money in and back: callbacks that are late, twice, forged, wrong or out of order; what a payment makes of goods, households and books.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCooperative, aCounty, addressIn, aHousehold, aLot, anOffer, aProduct, aPurchase, aShop, aSmallShop, day, signatureOf, tellPayment } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const secret = server.env.SIMULATOR_SECRET;
const signed = (body, signing) => signatureOf(secret, body, signing);
const tell = (notice, options) => tellPayment(server, notice, options);
const placed = (setting, packs = 2) => aPurchase(server, setting, { packs });
const stateOf = async ({ buyer, purchase }) => fine(await buyer.get(`/purchases/${purchase.purchase_id}`)).state;
const attributionsOf = (purchase) => server.sql`SELECT a.kind, a.household_id, a.quantity_qty, a.gross_fen, a.due_fen, a.fee_fen, a.margin_fen, a.counted, a.reason, a.status
  FROM attributions AS a JOIN orders AS o ON o.county = a.county AND o.id = a.order_id WHERE o.purchase_id = ${purchase.purchase_id} ORDER BY a.id`;

test('a payment allocates, attributes, owes and posts, and the same word again changes nothing', async () => {
  const setting = await aSmallShop(server, { platform_fee_ppm: 20_000 });
  const order = await placed(setting, 4);
  assert.equal(fine(await tell(order.notice)).result, 'applied');
  assert.equal(await stateOf(order), 'paid');
  const before = await server.sql`SELECT (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM attributions) AS attributions, (SELECT count(*) FROM dues) AS dues`;
  assert.equal(fine(await tell(order.notice)).result, 'applied');
  assert.deepEqual(await server.sql`SELECT (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM attributions) AS attributions, (SELECT count(*) FROM dues) AS dues`, before);
  assert.deepEqual(await attributionsOf(order.purchase), [{ kind: 'sale', household_id: setting.household.id, quantity_qty: 2000, gross_fen: 7600, due_fen: 5200, fee_fen: 152, margin_fen: 2248, counted: true, reason: null, status: 'registered' }]);
  const dues = await server.sql`SELECT payee_kind, source_kind, amount_fen, state FROM dues WHERE order_id = ${order.purchase.orders[0].order_id.slice(7)} ORDER BY payee_kind, source_kind`;
  assert.deepEqual(dues.map((due) => [due.payee_kind, due.source_kind, due.amount_fen, due.state]), [['freight', 'freight', 700, 'expected'], ['household', 'sale', 5200, 'expected'], ['platform', 'fee', 152, 'expected'], ['shop', 'margin', 2248, 'expected']]);
});

test('lots are used first expired first, contributions in proportion to what they have left', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), product = await aProduct(server, shop);
  const [one, two, three] = [await aHousehold(server, county, { shop }), await aHousehold(server, county, { shop, status: 'exited_supported' }), await aHousehold(server, county)];
  await aLot(server, product, [{ household: three, quantity_qty: 10_000 }]);
  await aLot(server, product, [{ household: one, quantity_qty: 3000 }, { household: two, quantity_qty: 1000 }], { expires_on: day(60) });
  const offer = await anOffer(server, product);
  const order = await placed({ offer, address: addressIn(county) }, 10);
  fine(await tell(order.notice));
  const rows = await attributionsOf(order.purchase);
  assert.deepEqual(rows.map((row) => [row.household_id, row.quantity_qty, row.counted, row.reason, row.status]), [
    [one.id, 3000, true, null, 'registered'], [two.id, 1000, true, null, 'exited_supported'], [three.id, 1000, false, 'no_agreement', 'registered']]);
  assert.equal(rows.reduce((sum, row) => sum + row.gross_fen, 0), 19_000);
});

test('a cooperative\'s due goes on to its members of the day, the rest to its account', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), product = await aProduct(server, shop);
  const members = await Promise.all([1, 2, 3].map(() => aHousehold(server, county)));
  const cooperative = await aCooperative(server, county, { retain_ppm: 100_000, members: members.map((household, i) => ({ household, shares: i + 1 })) });
  await aLot(server, product, [{ supplier: cooperative, quantity_qty: 10_000 }]);
  const order = await placed({ offer: await anOffer(server, product), address: addressIn(county) }, 2);
  fine(await tell(order.notice));
  const rows = await attributionsOf(order.purchase);
  assert.equal(rows.length, 4);
  assert.equal(rows.reduce((sum, row) => sum + row.due_fen, 0), 2600);
  assert.equal(rows.find((row) => row.household_id === null).due_fen, 260);
  assert.ok(rows.filter((row) => row.household_id !== null).every((row) => row.counted));
});

test('forged, stale and tampered callbacks are refused and change nothing', async () => {
  const order = await placed(await aSmallShop(server));
  refused(await tell(order.notice, { key: 'another secret' }), 401, 'unauthenticated');
  refused(await tell(order.notice, { at: Math.floor(Date.now() / 1000) - 3600 }), 401, 'unauthenticated');
  refused(await tell(order.notice, { at: Math.floor(Date.now() / 1000) + 3600 }), 401, 'unauthenticated');
  const body = JSON.stringify({ outcome: 'succeeded', happened_at: new Date().toISOString(), ...order.notice });
  refused(await server.post('/callbacks/payments/simulator', body.replace('succeeded', 'failed'), { headers: signed(body), key: null }), 401, 'unauthenticated');
  refused(await server.post('/callbacks/payments/simulator', body, { key: null }), 401, 'unauthenticated');
  refused(await tell(order.notice, { where: '/callbacks/payments/nobody' }), 404, 'not-found');
  refused(await tell({ ...order.notice, reference: randomUUID() }), 404, 'not-found');
  assert.equal(await stateOf(order), 'awaiting_payment');
  assert.deepEqual(await server.sql`SELECT 1 FROM provider_transactions WHERE reference = ${order.payment.reference}`, []);
});

test('failed then succeeded, in any order, ends paid once', async () => {
  const setting = await aSmallShop(server);
  for (const outcomes of [['failed', 'succeeded'], ['succeeded', 'failed']]) {
    const order = await placed(setting, 1);
    for (const outcome of outcomes) fine(await tell({ ...order.notice, transaction_id: randomUUID(), outcome }));
    assert.equal(await stateOf(order), 'paid');
    assert.equal((await server.sql`SELECT state FROM payments WHERE reference = ${order.payment.reference}`)[0].state, 'confirmed');
  }
});

test('failed and succeeded told at once leave what succeeded, of payments and of refunds', async () => {
  const setting = await aSmallShop(server, { packs: 400 });
  const orders = await Promise.all(Array.from({ length: 24 }, () => placed(setting, 1)));
  const both = (notice, where) => Promise.all(['succeeded', 'failed', 'failed'].map((outcome) => tell({ ...notice, transaction_id: randomUUID(), outcome }, where && { where })));
  await Promise.all(orders.map(({ notice }) => both(notice)));
  await Promise.all(orders.map(({ buyer, order_id, purchase }) => buyer.post(`/orders/${order_id ?? purchase.orders[0].order_id}/cancel`)));
  const references = orders.map((order) => order.payment.reference).join("','");
  assert.deepEqual(await server.sql(`SELECT state, count(*)::int FROM payments WHERE reference IN ('${references}') GROUP BY state`), [{ state: 'confirmed', count: 24 }]);
  const refunds = await server.sql(`SELECT reference, amount_fen FROM refunds WHERE payment_reference IN ('${references}')`);
  await Promise.all(refunds.map((refund) => both(refund, '/callbacks/payments/simulator/refunds')));
  assert.deepEqual(await server.sql(`SELECT state, count(*)::int FROM refunds WHERE payment_reference IN ('${references}') GROUP BY state`), [{ state: 'done', count: 24 }]);
});

test('a wrong amount, a second payment and a late one go back by themselves', async () => {
  const setting = await aSmallShop(server);
  const wrong = await placed(setting), twice = await placed(setting), late = await placed(setting);
  assert.equal(fine(await tell({ ...wrong.notice, amount_fen: 1 })).result, 'mismatch');
  assert.equal(await stateOf(wrong), 'awaiting_payment');
  fine(await tell(twice.notice));
  assert.equal(fine(await tell({ ...twice.notice, transaction_id: randomUUID() })).result, 'refunded_twice');
  fine(await late.buyer.post(`/purchases/${late.purchase.purchase_id}/cancel`));
  assert.equal(fine(await tell(late.notice)).result, 'refunded_late');
  const references = [wrong, twice, late].map((order) => order.payment.reference);
  const given = await server.sql(`SELECT cause, amount_fen, state FROM refunds WHERE payment_reference IN ('${references.join("','")}') ORDER BY cause`);
  assert.deepEqual(given, [{ cause: 'late', amount_fen: late.payment.amount_fen, state: 'instructed' }, { cause: 'mismatch', amount_fen: 1, state: 'instructed' }, { cause: 'paid_twice', amount_fen: twice.payment.amount_fen, state: 'instructed' }]);
});

test('callback, cancel and deadline race: exactly one wins, and no fen is lost', async () => {
  const setting = await aSmallShop(server, { packs: 400 });
  const orders = await Promise.all(Array.from({ length: 24 }, () => placed(setting, 1)));
  await server.sql`UPDATE purchases SET deadline_at = created_at WHERE state = 'awaiting_payment' AND deadline_at > now()`;
  const told = Promise.all(orders.map((order) => tell(order.notice)));
  const cancelled = Promise.all(orders.map((order) => order.buyer.post(`/purchases/${order.purchase.purchase_id}/cancel`)));
  const [answers, cancels] = await Promise.all([told, cancelled, server.once('orders/expire')]);
  for (const [i, order] of orders.entries()) {
    const state = await stateOf(order);
    assert.equal(answers[i].status, 200, answers[i].text);
    assert.ok([200, 409].includes(cancels[i].status), cancels[i].text);
    assert.equal(answers[i].body.result, state === 'paid' ? 'applied' : 'refunded_late');
    assert.equal(cancels[i].status === 200, state === 'cancelled');
  }
  assert.equal((await server.sql`SELECT reserved_qty FROM stocks WHERE product_id = ${setting.product.id}`)[0].reserved_qty, 0);
});

test('a paid line that can no longer be served goes back at once and opens a finding', async () => {
  const setting = await aSmallShop(server, { packs: 4 });
  const short = await placed(setting, 3);
  // A loss after the reservation, as intake books it.
  await server.sql`UPDATE lots SET lost_qty = 1500 WHERE id = ${setting.lot.id}`;
  await server.sql`UPDATE contribution_balances SET left_qty = 500 WHERE lot_id = ${setting.lot.id}`;
  await server.sql`UPDATE stocks SET on_hand_qty = 500, short_qty = 1000 WHERE product_id = ${setting.product.id}`;
  fine(await tell(short.notice));
  const { orders: [order] } = fine(await short.buyer.get(`/purchases/${short.purchase.purchase_id}`));
  assert.deepEqual([order.state, order.refunded_fen], ['paid', 3800]);
  const [finding] = await server.sql`SELECT class, subject_id FROM findings WHERE county = ${setting.county.code}`;
  assert.deepEqual(finding, { class: 'short_delivery', subject_id: order.order_id.slice(7) });
  const [refund] = await server.sql`SELECT amount_fen, cause FROM refunds WHERE payment_reference = ${short.payment.reference}`;
  assert.deepEqual(refund, { amount_fen: 3800, cause: 'not_served' });
});

test('the simulator pays and refunds over real HTTP through the outbox', async () => {
  const setting = await aSmallShop(server);
  const order = await placed(setting);
  fine(await server.api('POST', order.payment.pay_url, { body: { outcome: 'succeed', duplicates: 2 }, key: null }), 202);
  // A call that fails is made again, with backoff: what counts is that it arrives.
  const worked = (arrived) => server.until(async () => { await server.once('payments/outbox'); return arrived(); }, 20_000);
  await worked(async () => await stateOf(order) === 'paid');
  const late = await placed(setting);
  fine(await late.buyer.post(`/purchases/${late.purchase.purchase_id}/cancel`));
  fine(await server.api('POST', late.payment.pay_url, { body: { outcome: 'succeed' }, key: null }), 202);
  // The callback, the refund, its result.
  await worked(async () => (await server.sql`SELECT state FROM refunds WHERE payment_reference = ${late.payment.reference}`)[0]?.state === 'done');
  refused(await server.post('/simulator/refunds', { reference: 'x', payment_reference: 'y', amount_fen: 5 }, { key: null }), 401, 'unauthenticated');
});
