// What a request costs the database: round trips by lane, read off /metrics.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { aBuyer, aSmallShop } from './builders.mjs';
import { aServer, fine } from './support.mjs';

const server = await aServer();
const PUBLISHED_MS = 600; // each thread publishes its counts four times a second

/** Flights sent so far: { read, write, report }. */
async function flights() {
  await wait(PUBLISHED_MS);
  const page = await (await fetch(`${server.operations}/metrics`)).text();
  const sent = {};
  for (const [, lane, count] of page.matchAll(/^shanhuo_lane_sent_total\{.*?lane="(\w+)".*?\} (\d+)$/gm)) sent[lane] = (sent[lane] ?? 0) + Number(count);
  return sent;
}
async function cost(work) {
  const before = await flights();
  await work();
  const after = await flights();
  return Object.fromEntries(Object.keys(after).map((lane) => [lane, after[lane] - before[lane]]));
}

test('a checkout is two round trips, a repeat of it two more, a page one or none', async () => {
  const setting = await aSmallShop(server);
  const buyer = await aBuyer(server);
  fine(await buyer.get('/me')); // from here on the thread knows the session; another thread may still ask once
  const body = { lines: [{ offer_id: setting.offer.offer_id, packs: 1 }], address: setting.address };
  const checkout = await cost(async () => fine(await buyer.post('/checkout', body, { key: 'one-and-the-same' }), 201));
  assert.equal(checkout.write, 2);
  assert.ok(checkout.read <= 1, 'at most the session');
  const again = await cost(async () => assert.equal((await buyer.post('/checkout', body, { key: 'one-and-the-same' })).headers.get('idempotent-replayed'), 'true'));
  assert.equal(again.write, 2);
  const page = await cost(async () => fine(await server.get(`/products/${setting.product.product_id}`)));
  assert.deepEqual([page.write, page.read], [0, 1]);
});
