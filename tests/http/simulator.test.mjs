// A county's life at random: many clients take in, buy, pay, cancel, ship, return and pay out at once; afterwards every fen and gram is accounted for.
// Operations come from one seeded generator a client. SEED=n replays a seed, SERIAL=1 with one client, so in one order. `make soak` runs long.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { aBuyer, aCooperative, aCounty, addressIn, aHousehold, aLot, anOffer, anOfficer, anOperator, aProduct, aShop, day, tellPayment } from './builders.mjs';
import { aServer, fine } from './support.mjs';

const SEEDS = Number(process.env.SEEDS ?? 2), OPERATIONS = Number(process.env.OPERATIONS ?? 300), FIRST = Number(process.env.SEED ?? 1);
const CLIENTS = process.env.SERIAL ? 1 : Number(process.env.CLIENTS ?? 16), TRACE = 40;
const JOBS = ['orders/expire', 'orders/receive', 'orders/close', 'payouts/bought', 'payments/outbox', 'intake/expire', 'ledger/seal', 'impact/fold'];
const settings = { SHANHUO_PAYMENT_DEADLINE_S: '2', SHANHUO_RETURN_WINDOW_S: '1', SHANHUO_RECEIPT_S: '1', SHANHUO_PUBLICITY_S: '1' };

/** xorshift32: random(6) is 0…5. */
function generator(seed) {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return (below) => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % below;
  };
}

/** Two counties with two shops each; goods of households and of a cooperative, consigned and bought. */
async function aWorld(server, random) {
  const shops = [], counties = [], buyers = await Promise.all(Array.from({ length: 6 }, () => aBuyer(server)));
  for (let i = 0; i < 2; i++) {
    const county = await aCounty(server);
    const staff = { proposer: await anOfficer(server, county), approver: await anOfficer(server, county), finance: await anOfficer(server, county, 'finance'), inspector: await anOfficer(server, county, 'inspector') };
    counties.push({ ...county, ...staff });
    for (let j = 0; j < 2; j++) {
      const shop = await aShop(server, county, { platform_fee_ppm: random(30_000) });
      const households = await Promise.all([1, 2, 3].map((number) => aHousehold(server, county, number < 3 ? { shop } : { status: 'never_registered' })));
      const cooperative = await aCooperative(server, county, { retain_ppm: random(200_000), members: households.map((household, k) => ({ household, shares: k + 1 })) });
      const product = await aProduct(server, shop);
      const lots = [];
      for (let k = 0; k < 3; k++) {
        lots.push(await aLot(server, product, [{ household: households[k], quantity_qty: 5_001 + random(20_000) }, { supplier: cooperative, quantity_qty: 4_999 + random(9_000), price_rule: 'share', share_ppm: 600_000 + random(100_000) },
          { household: households[random(3)], quantity_qty: 3_000, mode: 'bought' }], { expires_on: day(30 + k) }));
      }
      const offers = [await anOffer(server, product, { price_fen: 1801 + random(300) }), await anOffer(server, product, { pack_qty: 333, price_fen: 901 + random(300) })];
      shops.push({ shop, county: counties[i], households, cooperative, product, lots, offers, operator: await anOperator(server, shop) });
    }
  }
  return { server, shops, counties, buyers, purchases: [], orders: [], batches: [] };
}

const CAUSES = ['quality', 'transport', 'shop'];
const place = async (world, random) => {
  const buyer = world.buyers[random(world.buyers.length)], lines = [];
  const first = random(world.shops.length), shops = 1 + random(3);
  for (let i = 0; i < shops; i++) {
    const { offers } = world.shops[(first + i) % world.shops.length];
    lines.push({ offer_id: offers[random(2)].offer_id, packs: 1 + random(8) });
  }
  const answer = await buyer.post('/checkout', { lines, address: addressIn(world.counties[0]) });
  if (answer.status !== 201) return answer;
  const purchase = { ...answer.body, buyer, number: world.purchases.length };
  world.purchases.push(purchase);
  const asked = await buyer.post(`/purchases/${purchase.purchase_id}/pay`, {});
  if (asked.status === 201) purchase.notice = { reference: asked.body.reference, amount_fen: asked.body.amount_fen, transaction_id: randomUUID() };
  return asked;
};
const picked = (list, random, last = 24) => list[Math.max(0, list.length - last) + random(Math.max(1, Math.min(last, list.length)))];
/** Calls `act` on one of the latest, if there is one. */
const on = (list, act) => async (world, random) => {
  const one = picked(world[list], random);
  return one === undefined ? undefined : act(world, random, one);
};
const tell = (more) => on('purchases', async (world, random, purchase) => {
  if (purchase.notice === undefined) return undefined;
  const answer = await tellPayment(world.server, { ...purchase.notice, ...more(purchase.notice, random) });
  if (answer.body.result === 'applied') {
    for (const order of purchase.orders) world.orders.push({ ...order, buyer: purchase.buyer, at: world.shops.find(({ shop }) => shop.shop_id === order.shop_id) });
  }
  return answer;
});
const operatorOf = (world, order) => (order.at ?? world.shops.find(({ county }) => county.code === order.order_id.slice(0, 6))).operator;
const ask = async (world, random, order) => {
  const seen = await order.buyer.get(`/orders/${order.order_id}`);
  if (seen.status !== 200) return seen;
  const line = seen.body.lines[random(seen.body.lines.length)], packs = random(4);
  const asked = await order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id: line.order_line_id, packs, cause: CAUSES[random(3)], ...(packs === 0 ? { refund_fen: 1 + random(500) } : {}) });
  if (asked.status !== 201) return asked;
  const decision = random(4) === 0 ? { accepted: false, answer: '照片看不清' } : { accepted: true, goods_back: random(2) === 1 };
  return operatorOf(world, order).post(`/returns/${asked.body.return_id}/decide`, decision);
};
const takeIn = async (world, random) => {
  const { shop, product, operator, county, households, cooperative, lots } = world.shops[random(world.shops.length)];
  const terms = { farm_gate_price_fen: 1300, price_qty: 500 };
  const taken = await operator.post(`/shops/${shop.shop_id}/lots`, {
    slip_id: randomUUID(), product_id: product.product_id, grade: 'A', harvested_on: day(-3), expires_on: day(90),
    contributions: [{ supplier_id: households[random(3)].supplier_id, quantity_qty: 1 + random(9_000), ...terms }, { supplier_id: cooperative.supplier_id, quantity_qty: 1 + random(9_000), mode: random(2) ? 'bought' : 'consigned', ...terms }] });
  if (taken.status !== 201) return taken;
  lots.push(taken.body);
  return county.inspector.post(`/lots/${taken.body.lot_id}/inspection`, { result: random(5) === 0 ? 'rejected' : 'passed' });
};
const move = async (world, random) => {
  const { lots, operator } = world.shops[random(world.shops.length)];
  return operator.post(`/lots/${lots[random(lots.length)].lot_id}/moves`, { kind: ['loss', 'withdrawal', 'stocktake'][random(3)], quantity_qty: random(4_000), reason: '盘点' });
};
const spoil = async (world, random) => {
  const { lots } = world.shops[random(world.shops.length)];
  await world.server.sql`UPDATE lots SET expires_on = ${day()} WHERE id = ${lots[random(lots.length)].lot_id.slice(7)}`;
};
const propose = async (world, random) => {
  const county = world.counties[random(world.counties.length)];
  const answer = await county.proposer.post('/payout-batches', { county: county.code, title: '核桃款' });
  if (answer.status === 201) world.batches.push({ ...answer.body, county });
  return answer;
};
const results = async (world, random, batch) => {
  const seen = await batch.county.finance.get(`/payout-batches/${batch.batch_id}`);
  if (seen.status !== 200 || seen.body.items.length === 0) return seen;
  const items = seen.body.items.filter(() => random(3) > 0).map(({ item_id }) => ({ item_id, result_on: day(), ...(random(4) ? { result: 'paid', evidence: 'bank' } : { result: 'returned', reason: 'account closed' }) }));
  return batch.county.finance.post(`/payout-batches/${batch.batch_id}/results`, { items });
};

/** What may happen, with its weight. */
const happenings = [
  [30, 'checkout', place],
  [26, 'pay', tell(() => ({}))],
  [3, 'pay twice', tell(() => ({ transaction_id: randomUUID() }))],
  [3, 'pay wrong', tell((notice, random) => ({ amount_fen: 1 + random(notice.amount_fen + 9), transaction_id: randomUUID() }))],
  [2, 'pay failed', tell(() => ({ outcome: 'failed', transaction_id: randomUUID() }))],
  [4, 'cancel purchase', on('purchases', (world, random, { buyer, purchase_id }) => buyer.post(`/purchases/${purchase_id}/cancel`))],
  [4, 'cancel order', on('orders', (world, random, { buyer, order_id }) => buyer.post(`/orders/${order_id}/cancel`))],
  [14, 'ship', on('orders', (world, random, order) => operatorOf(world, order).post(`/orders/${order.order_id}/ship`, { carrier: '邮政', waybill: 'W1' }))],
  [10, 'receive', on('orders', (world, random, { buyer, order_id }) => buyer.post(`/orders/${order_id}/receive`))],
  [14, 'return', on('orders', ask)],
  [4, 'take in', takeIn],
  [6, 'move', move],
  [1, 'spoil', spoil],
  [4, 'propose', propose],
  [1, 'withdraw', on('batches', (world, random, { county, batch_id }) => county.approver.post(`/payout-batches/${batch_id}/withdraw`, { reason: '重算' }))],
  [6, 'approve', on('batches', (world, random, { county, batch_id }) => county.approver.post(`/payout-batches/${batch_id}/approve`))],
  [7, 'results', on('batches', results)],
];
const weights = happenings.reduce((sum, [weight]) => sum + weight, 0);
function drawn(random) {
  let at = random(weights);
  return happenings.find(([weight]) => (at -= weight) < 0);
}

/** One client: draws, acts, notes. A server that is being killed may cut it off; nothing else may fail. */
async function live(world, run, number) {
  const random = generator(run.seed * 1000 + number);
  while (run.left-- > 0) {
    const [, name, act] = drawn(random);
    try {
      const answer = await act(world, random);
      const what = answer === undefined ? 'nothing to do' : `${answer.status} ${answer.status < 400 ? '' : answer.body.type}`;
      run.trace.push(`${number} ${name}: ${what}`);
      run.counts[`${name} ${answer?.status ?? '-'}`] = (run.counts[`${name} ${answer?.status ?? '-'}`] ?? 0) + 1;
      if (answer?.status >= 500 && !(run.killed && answer.status === 503)) run.faults.push(`${name}: ${answer.status} ${answer.text}`);
    } catch (error) {
      if (!run.killed) run.faults.push(`${name}: ${error.stack}`);
      await wait(50);
    }
  }
}
/** The clerk at night: jobs, again and again, while the others live. */
async function work(world, run) {
  while (!run.over) {
    for (const job of JOBS) {
      if (run.over) return;
      await world.server.once(job).catch((error) => { if (!run.killed) run.faults.push(error.message); });
    }
  }
}
/** A power cut of PostgreSQL, or of the whole server, when half is done. */
async function kill(world, run) {
  await world.server.until(() => run.left < run.operations / 2 || run.over, 600_000);
  run.killed = true;
  if (run.seed % 4 === 2) return process.kill(world.server.log('cluster_started').at(-1).postmaster, 'SIGKILL');
  await world.server.kill();
  return world.server.start();
}

/** After the last day: everything due has happened, so that what is left can be explained. */
async function settle(world) {
  const { server } = world;
  for (const ms of [2100, 1100]) { // first deadlines and receipts, then the return windows of those
    await wait(ms);
    for (const job of JOBS) await server.once(job);
  }
  await server.until(async () => {
    await server.once('payments/outbox');
    return (await server.sql`SELECT count(*)::int FROM outbox WHERE done_at IS NULL AND due_at < now()`)[0].count === 0;
  }, 60_000);
}

/** Rows that should not be; each query says what they would mean. */
const forbidden = {
  'a purchase still waits after its deadline': `SELECT id FROM purchases WHERE state = 'awaiting_payment'`,
  'stock is reserved though nobody waits': `SELECT product_id FROM stocks WHERE reserved_qty <> 0`,
  'a lot lost its identity': `SELECT id FROM lots WHERE taken_in_qty <> sold_qty + on_hand_qty + lost_qty + withdrawn_qty OR on_hand_qty < 0`,
  'an order is received though its window is over and no return is open': `SELECT o.id, o.received_at FROM orders AS o WHERE o.state = 'received'
    AND NOT EXISTS (SELECT FROM returns AS r WHERE r.county = o.county AND r.order_id = o.id AND r.state = 'open')`,
  'a closed or refunded order still holds escrow': `SELECT o.id, b.kind, b.balance_fen FROM orders AS o JOIN balances AS b ON b.county = o.county AND b.holder_id = o.id
    WHERE o.state IN ('closed', 'refunded') AND b.kind IN ('buyer_escrow', 'freight_escrow') AND b.balance_fen <> 0`,
  'an order holds refund money though no refund is under way': `SELECT b.holder_id, b.balance_fen FROM balances AS b WHERE b.kind = 'refund'
    AND b.balance_fen <> (SELECT coalesce(sum(r.amount_fen), 0) FROM refunds AS r WHERE r.county = b.county AND r.order_id = b.holder_id AND r.state <> 'done')`,
  'more was given back than a payment brought': `SELECT payment_reference FROM refunds AS r GROUP BY provider, payment_reference
    HAVING sum(amount_fen) > (SELECT sum(t.amount_fen) FROM provider_transactions AS t WHERE t.reference = r.payment_reference AND t.kind = 'payment' AND t.result <> 'payment_failed')`,
  'money was applied of a payment that is not confirmed': `SELECT t.reference FROM provider_transactions AS t JOIN payments AS y USING (provider, reference)
    WHERE t.result = 'applied' AND y.state <> 'confirmed'`,
  'a refund was done and is not': `SELECT t.reference FROM provider_transactions AS t JOIN refunds AS r USING (provider, reference) WHERE t.result = 'refund_done' AND r.state <> 'done'`,
  'a due in a batch has no batch, or one that ended': `SELECT d.id FROM dues AS d LEFT JOIN payout_items AS i ON i.county = d.county AND i.id = d.payout_item_id
    WHERE d.state = 'in_batch' AND (i.id IS NULL OR i.state NOT IN ('proposed', 'approved'))`,
  'an item pays other than its dues': `SELECT i.id, i.amount_fen, sum(d.amount_fen) FROM payout_items AS i JOIN dues AS d ON d.county = i.county AND d.payout_item_id = i.id
    WHERE i.state IN ('proposed', 'approved', 'paid') GROUP BY i.county, i.id HAVING sum(d.amount_fen) <> i.amount_fen`,
  'gateway clearing is not paid in less refunds less payouts': `SELECT * FROM (SELECT
    (SELECT coalesce(sum(CASE WHEN debit_kind = 'gateway_clearing' THEN amount_fen ELSE -amount_fen END), 0) FROM entries WHERE 'gateway_clearing' IN (debit_kind::text, credit_kind::text)) AS clearing,
    (SELECT coalesce(sum(amount_fen), 0) FROM provider_transactions WHERE kind = 'payment' AND result = 'applied') AS paid_in,
    (SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE state = 'done' AND order_id IS NOT NULL) AS refunded,
    (SELECT coalesce(sum(amount_fen), 0) FROM payout_items WHERE state = 'paid') AS paid_out) AS sums WHERE clearing <> paid_in - refunded - paid_out`,
};

async function check(world, run) {
  const { server } = world;
  assert.deepEqual(run.faults.slice(0, 5), []);
  assert.ok(world.orders.length > run.operations / 40, `only ${world.orders.length} orders were paid`);
  for (const [meaning, query] of Object.entries(forbidden)) assert.deepEqual((await server.sql(query)).slice(0, 5), [], meaning);
  await server.psql(['--file', new URL('../sql/invariants.sql', import.meta.url).pathname]);
  const waiting = await server.sql('SELECT county FROM attributions_waiting UNION SELECT county FROM paid_waiting');
  assert.deepEqual(waiting, [], 'sums wait for rows, so they were not compared with them');
  const verified = await server.shanhuo(['ledger', 'verify']);
  assert.equal(verified.code, 0, verified.output + verified.errors);
}

for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
  test(`seed ${seed}: whatever happens, every fen and gram is accounted for`, { timeout: 3_600_000 }, async () => {
    const kills = seed % 2 === 0;
    const server = await aServer({ settings: { ...settings, SHANHUO_UNSAFE_FAST: kills ? '0' : '1' } });
    server.mayDie = kills;
    const run = { seed, operations: OPERATIONS, left: OPERATIONS, trace: [], counts: {}, faults: [], killed: false, over: false };
    const world = await aWorld(server, generator(seed));
    const working = work(world, run), killing = kills ? kill(world, run) : undefined;
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => live(world, run, number)));
    run.over = true;
    await Promise.all([working, killing]);
    try {
      await server.until(async () => (await server.get('/shops').catch(() => ({ status: 0 }))).status === 200, 30_000);
      await settle(world);
      await check(world, run);
    } catch (error) {
      console.log(`SEED=${seed} OPERATIONS=${OPERATIONS}; the last operations:\n${run.trace.slice(-TRACE).join('\n')}\n${server.log().filter(({ level }) => level === 'error').slice(-10).map((line) => JSON.stringify(line)).join('\n')}`);
      throw error;
    } finally {
      if (process.env.COUNTS) console.log(Object.entries(run.counts).sort().map(([name, count]) => `${name}: ${count}`).join('\n'));
    }
    fine(await server.get('/shops'));
  });
}
