// A power cut in the middle of a thousand checkouts, once for the server and once for PostgreSQL: nothing acknowledged is lost, no order
// is half made, no stock is lost, the books balance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { aBuyer, aPurchase, aSmallShop, tellPayment } from './builders.mjs';
import { aServer, fine } from './support.mjs';

const CHECKOUTS = 1000, CLIENTS = 16;

/** Keeps asking until a thousand were tried; every third purchase is paid as well. What was acknowledged is remembered. */
async function sell(server, setting, state) {
  const buyers = await Promise.all(Array.from({ length: CLIENTS }, () => aBuyer(server)));
  await Promise.all(buyers.map(async (buyer) => {
    while (state.tried < CHECKOUTS) {
      const number = state.tried++;
      try {
        if (number % 3 === 0) {
          const order = await aPurchase(server, setting, { buyer, packs: 1 });
          state.placed.push(order.purchase.purchase_id);
          if (fine(await tellPayment(server, order.notice)).result === 'applied') state.paid.push(order.purchase.purchase_id);
        } else {
          const lines = [{ offer_id: setting.offer.offer_id, packs: 1 }];
          state.placed.push(fine(await buyer.post('/checkout', { lines, address: setting.address }), 201).purchase_id);
        }
      } catch {
        await wait(25); // refused, cut off or not there: effect unknown, not acknowledged
      }
    }
  }));
}

/** Lanes that lost their connection come back by themselves, each a little later than the last try. */
const HEALED_MS_MAX = 10_000;

/** Every acknowledged purchase is there, whole; the invariants find nothing; selling goes on. */
async function check(server, setting, state) {
  assert.ok(state.placed.length > CHECKOUTS / 20, `${state.placed.length} were placed`);
  const rows = await server.sql(`SELECT p.id, p.state FROM purchases AS p JOIN orders AS o ON o.purchase_id = p.id JOIN order_lines AS l ON l.order_id = o.id`);
  const states = new Map(rows.map((row) => [row.id, row.state]));
  assert.deepEqual(state.placed.filter((id) => !states.has(id)), []);
  assert.deepEqual(state.paid.filter((id) => states.get(id) !== 'paid'), []);
  await server.psql(['--file', new URL('../sql/invariants.sql', import.meta.url).pathname]);
  const order = await server.until(() => aPurchase(server, setting, { packs: 1 }).catch((refusal) => (/got 503/.test(refusal.message) ? null : Promise.reject(refusal))), HEALED_MS_MAX);
  assert.equal(fine(await tellPayment(server, order.notice)).result, 'applied');
}

/** Durable for once: unsafe speed would lose what the kill is meant to keep. */
const settings = { SHANHUO_UNSAFE_FAST: '0' };

test('SIGKILL of the whole server in the middle of a thousand checkouts', { timeout: 60_000 }, async () => {
  const server = await aServer({ settings });
  server.mayDie = true;
  const setting = await aSmallShop(server, { packs: 2000 });
  const state = { tried: 0, placed: [], paid: [] };
  const selling = sell(server, setting, state);
  await server.until(() => state.tried > CHECKOUTS / 4, 30_000);
  await server.kill();
  await server.start();
  await selling;
  await check(server, setting, state);
});

test('SIGKILL of PostgreSQL in the middle of a thousand checkouts', { timeout: 60_000 }, async () => {
  const server = await aServer({ settings });
  server.mayDie = true;
  const setting = await aSmallShop(server, { packs: 2000 });
  const state = { tried: 0, placed: [], paid: [] };
  const selling = sell(server, setting, state);
  await server.until(() => state.tried > CHECKOUTS / 4, 30_000);
  process.kill(server.log('cluster_started').at(-1).postmaster, 'SIGKILL');
  await selling;
  await server.until(async () => (await server.get('/purchases').catch(() => ({ status: 0 }))).status === 401, 30_000);
  await check(server, setting, state);
});
