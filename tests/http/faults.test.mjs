// What buyers see while PostgreSQL hangs, dies or is asked to stop: old public answers with a sign, a quick 503 for the rest, then health.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import http2 from 'node:http2';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { aBuyer, addressIn, aSmallShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const REQUEST_MS = 4000;
const SLACK_MS = 1000;
const STALE_MS_MAX = 2000;
const HEALED_MS_MAX = 10_000;

const server = await aServer({ settings: { SHANHUO_REQUEST_MS: String(REQUEST_MS) } });
server.mayDie = true; // PostgreSQL dies on purpose
const setting = await aSmallShop(server);
const buyer = await aBuyer(server);
const address = fine(await buyer.post('/me/addresses', addressIn(setting.county)), 201);
const catalog = '/products';

/** Every process of this server's PostgreSQL, the postmaster first. */
async function postgres() {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number)) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (cwd.startsWith(server.data) && stat.includes('(postgres)')) found.push({ pid, parent: Number(stat.split(') ')[1].split(' ')[1]) });
  }
  return found.sort((a) => (a.parent === server.pid ? -1 : 1)).map(({ pid }) => pid);
}
const signal = (pids, name) => pids.forEach((pid) => { try { process.kill(pid, name); } catch { /* it has ended already */ } });
const isHealthy = async () => (await buyer.get('/cart')).status === 200 && (await buyer.get(catalog)).headers.get('x-stale') === null;

async function timed(call) {
  const began = performance.now();
  const answer = await call;
  return { answer, ms: performance.now() - began };
}
/** While the database is away: public answers are old and say so, all else is 503, nobody waits beyond the deadline. */
async function checkAway() {
  await wait(1100); // what is fresh needs no database
  const calls = await Promise.all([
    timed(server.get(catalog)), timed(server.get(catalog)), timed(buyer.get('/cart')), timed(buyer.get('/me/addresses')),
    timed(buyer.put('/cart', { lines: [{ offer_id: setting.offer.offer_id, packs: 1 }] })),
    timed(buyer.post('/checkout', { lines: [{ offer_id: setting.offer.offer_id, packs: 1 }], address: setting.address })),
    timed(buyer.patch(`/me/addresses/${address.address_id}`, { street: '二路' }, { version: 1 })),
  ]);
  for (const { answer, ms } of calls) assert.ok(ms < REQUEST_MS + SLACK_MS, `${answer.status} took ${ms} ms`);
  const [first, second, ...others] = calls.map(({ answer }) => answer);
  for (const { ms } of calls.slice(0, 2)) assert.ok(ms < STALE_MS_MAX, `an old answer took ${ms} ms`);
  for (const { status, headers } of [first, second]) assert.deepEqual([status, headers.get('x-stale')], [200, 'true']);
  for (const answer of others) {
    refused(answer, 503, 'unavailable');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  }
}
const prime = async () => {
  await server.until(isHealthy, HEALED_MS_MAX);
  for (let i = 0; i < 6; i++) fine(await server.get(catalog)); // each thread keeps its own
};

test('one_key_asked_twice_at_once_acts_once_and_is_nobody_elses', async () => {
  const key = randomUUID();
  const wanted = addressIn(setting.county);
  const answers = await Promise.all(Array.from({ length: 8 }, () => buyer.post('/me/addresses', wanted, { key })));
  const made = answers.filter(({ status }) => status === 201);
  assert.ok(made.length >= 1);
  for (const answer of answers) if (answer.status !== 201) refused(answer, 409, 'idempotency-key-running');
  assert.equal(new Set(made.map(({ text }) => text)).size, 1);
  const again = await buyer.post('/me/addresses', wanted, { key });
  assert.equal(again.text, made[0].text);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  refused(await buyer.post('/me/addresses', { ...wanted, street: '另一路' }, { key }), 422, 'idempotency-key-reused');
  refused(await buyer.post('/checkout', { lines: [{ offer_id: setting.offer.offer_id, packs: 1 }], address: setting.address }, { key }), 422, 'idempotency-key-reused');
  const other = fine(await (await aBuyer(server)).post('/me/addresses', wanted, { key }), 201);
  assert.notEqual(other.address_id, made[0].body.address_id);
  const [{ count }] = await server.sql`SELECT count(*) FROM addresses WHERE buyer_id = ${buyer.account_id}`;
  assert.equal(count, 2);
});

test('a_refusal_is_not_kept_under_its_key', async () => {
  const key = randomUUID();
  const order = (packs) => ({ lines: [{ offer_id: setting.offer.offer_id, packs }], address: setting.address });
  const before = await server.sql('SELECT count(*) FROM idempotency_keys');
  refused(await buyer.post('/checkout', order(51), { key }), 409, 'out-of-stock');
  refused(await buyer.post('/checkout', { nothing: 1 }, { key }), 422, 'invalid');
  assert.deepEqual(await server.sql('SELECT count(*) FROM idempotency_keys'), before);
  fine(await buyer.post('/checkout', order(1), { key }), 201);
});

test('a_hanging_postgresql_hangs_nobody', async () => {
  await prime();
  const stopped = await postgres();
  signal(stopped, 'SIGSTOP');
  try {
    await checkAway();
  } finally {
    signal(stopped, 'SIGCONT');
  }
  await server.until(isHealthy, HEALED_MS_MAX);
});

test('a_page_seen_before_is_shown_old_and_any_other_is_a_shell_that_says_so', async () => {
  const html = { accept: 'text/html' }, product = `/products/${setting.product.product_id}`;
  const open = (where) => timed(server.api('GET', where, { origin: server.origin, headers: html }));
  fine((await open(product)).answer, 200);
  const stopped = await postgres();
  signal(stopped, 'SIGSTOP');
  try {
    await wait(1100);
    const [seen, unseen] = await Promise.all([open(product), open(`/shops/${setting.shop.shop_id}`)]);
    assert.deepEqual([seen.answer.status, seen.answer.headers.get('x-stale')], [200, 'true']);
    assert.match(seen.answer.text, /<h1[^>]*>核桃</);
    assert.equal(unseen.answer.status, 503);
    assert.match(unseen.answer.headers.get('content-type'), /^text\/html/);
    for (const { ms } of [seen, unseen]) assert.ok(ms < REQUEST_MS + SLACK_MS, `${ms} ms`);
  } finally {
    signal(stopped, 'SIGCONT');
  }
  await server.until(isHealthy, HEALED_MS_MAX);
});

test('killed_backends_come_back', async () => {
  await prime();
  const [, ...backends] = await postgres();
  signal(backends, 'SIGKILL'); // the postmaster restarts all of them
  await server.until(isHealthy, HEALED_MS_MAX);
});

test('a_killed_postmaster_comes_back_and_nobody_waits', async () => {
  await prime();
  const all = await postgres();
  signal(all, 'SIGSTOP'); // a dead database would be back before anyone could ask
  signal(all.slice(0, 1), 'SIGKILL');
  const asked = await Promise.all([timed(buyer.get('/cart')), timed(server.get(catalog)), timed(buyer.put('/cart', { lines: [] }))]);
  for (const { answer, ms } of asked) {
    assert.ok(ms < REQUEST_MS + SLACK_MS, `${ms} ms`);
    assert.ok([200, 503].includes(answer.status), answer.text);
  }
  signal(all, 'SIGCONT');
  await server.until(isHealthy, 2 * HEALED_MS_MAX);
});

test('after_sigterm_a_request_under_way_is_answered_and_http_2_is_told_to_go_away', async () => {
  await server.until(isHealthy, HEALED_MS_MAX);
  const locked = server.psql(['--command', `BEGIN; UPDATE addresses SET street = street WHERE id = '${address.address_id}'; SELECT pg_sleep(1.5); COMMIT`]);
  await server.until(async () => (await server.sql(`SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'`)).length === 1);
  const { items } = fine(await buyer.get('/me/addresses'));
  const { version } = items.find(({ address_id }) => address_id === address.address_id);
  const client = http2.connect(server.origin);
  const goneAway = new Promise((resolve) => client.once('goaway', resolve));
  client.on('error', () => {});
  const answered = new Promise((resolve, reject) => {
    const stream = client.request({ ':method': 'PATCH', ':path': `/api/v1/me/addresses/${address.address_id}`, authorization: `Bearer ${buyer.token}`, 'content-type': 'application/json', 'if-match': `"${version}"` });
    stream.on('error', reject).on('response', (headers) => resolve(headers[':status'])).resume();
    stream.end('{"street":"三路"}');
  });
  await server.until(async () => (await server.sql(`SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).length === 1);
  const began = performance.now();
  server.child.kill('SIGTERM');
  assert.equal(await answered, 200);
  await Promise.race([goneAway, wait(2000, undefined, { ref: false }).then(() => assert.fail('no GOAWAY'))]);
  client.close();
  assert.equal(await server.ended, 0);
  assert.ok(performance.now() - began < 10_000);
  await locked;
});
