// Webhooks against a receiver that is real, and bad in every way a receiver can be: it fails, is slow, answers big, redirects, dies.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { aBuyer, aCounty, anOfficer, anOperator, aPaidOrder, aShop, aSmallShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer({ jobs: true, settings: { SHANHUO_WEBHOOK_LOOPBACK: '1', SHANHUO_JOBS_TICK_MS: '20' } });
const setting = await aSmallShop(server, { packs: 2000 });
const operator = await anOperator(server, setting.shop);
const officer = await anOfficer(server, setting.county);

/** Answers by `answer(request, response, message)`; keeps what came. */
async function aReceiver(answer = (_, response) => response.writeHead(204).end()) {
  const got = [];
  const listener = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (some) => { body += some; }).on('end', () => {
      const message = { method: request.method, path: request.url, headers: request.headers, body, id: request.headers['webhook-id'], json: JSON.parse(body) };
      got.push(message);
      receiver.answer(request, response, message);
    });
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const receiver = { got, answer, address: `http://127.0.0.1:${listener.address().port}/hook`, close: () => { listener.closeAllConnections(); listener.close(); } };
  after(receiver.close);
  return receiver;
}

const signs = ({ headers, body }, secret) => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const right = `v1,${createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')}`;
  return headers['webhook-signature'].split(' ').includes(right);
};

async function aHook(receiver, { who = operator, events = 'order.paid order.shipped', ...owner } = {}) {
  const made = fine(await who.post('/webhooks', { ...(Object.keys(owner).length ? owner : { shop_id: setting.shop.shop_id }), name: '进销存', address: receiver.address ?? receiver, events }), 201);
  after(() => who.delete(`/webhooks/${made.webhook_id}`).catch(() => {}));
  return { ...made, where: `/webhooks/${made.webhook_id}` };
}
/** An owner has few webhooks: each test gives its own back. */
const giveBack = async (hook, who = operator) => fine(await who.delete(hook.where), 204);
const deliveries = async (hook, who = operator) => fine(await who.get(`${hook.where}/deliveries`)).items;
const tested = async (hook, who = operator) => fine(await who.post(`${hook.where}/test`), 201).event_id;
const delivery = async (hook, event_id) => fine(await operator.get(`${hook.where}/deliveries/${event_id}`));
const dueNow = (event_id) => server.sql`UPDATE webhook_deliveries SET due_at = now() WHERE event_id = ${event_id}`;
const ended = (hook, event_id, attempts = 1) => server.until(async () => {
  const one = await delivery(hook, event_id);
  return one.made.length >= attempts && one;
});

test('a_paid_order_is_told_signed_and_without_a_person', async () => {
  const receiver = await aReceiver(), hook = await aHook(receiver);
  const of_county = await aReceiver(), county_hook = await aHook(of_county, { who: officer, county: setting.county.code, events: 'order.paid' });
  assert.match(hook.secret, /^whsec_/);
  const sold = await aPaidOrder(server, setting);
  await server.until(() => receiver.got.length > 0 && of_county.got.length > 0);
  const [message] = receiver.got;
  assert.equal(message.method, 'POST');
  assert.ok(signs(message, hook.secret));
  assert.ok(!signs(message, `whsec_${Buffer.alloc(32).toString('base64')}`));
  assert.ok(Math.abs(Number(message.headers['webhook-timestamp']) - Date.now() / 1000) < 60);
  assert.equal(message.json.type, 'order.paid');
  assert.equal(message.json.version, 1);
  assert.ok(Math.abs(Date.parse(message.json.timestamp) - Date.now()) < 60_000);
  assert.deepEqual(Object.keys(message.json.data).sort(), ['amount_fen', 'order_id', 'refunded_fen', 'shop_id', 'state']);
  assert.equal(message.json.data.order_id, sold.order_id);
  assert.equal(message.json.data.amount_fen, sold.purchase.total_fen);
  for (const personal of ['李四', '13900000000', '试路']) assert.ok(!message.body.includes(personal));
  assert.equal(of_county.got[0].id, message.id); // one event, one id, whoever hears it
  const one = await ended(hook, message.id);
  assert.equal(one.state, 'delivered');
  assert.equal(one.body, message.body);
  assert.deepEqual(one.made.map(({ outcome, status }) => [outcome, status]), [['taken', 204]]);
  fine(await operator.post(`/orders/${sold.order_id}/ship`, { carrier: 'sf', waybill: 'SF123456' }));
  await server.until(() => receiver.got.length === 2);
  assert.equal(receiver.got[1].json.type, 'order.shipped');
  assert.equal(of_county.got.length, 1); // it did not ask for this type
  await giveBack(hook);
  await giveBack(county_hook, officer);
});

test('what_fails_comes_again_under_its_id_and_stops_after_a_day', async () => {
  const receiver = await aReceiver((_, response) => response.writeHead(503).end('busy')), hook = await aHook(receiver);
  const event_id = await tested(hook);
  let one = await ended(hook, event_id);
  assert.equal(one.state, 'waiting');
  assert.equal(one.made[0].outcome, 'refused');
  assert.equal(one.made[0].status, 503);
  const later_s = (Date.parse(one.due_at) - Date.now()) / 1000;
  assert.ok(later_s > 0 && later_s <= 6, `${later_s}`);
  for (let attempt = 2; attempt <= 11; attempt++) {
    await dueNow(event_id);
    one = await ended(hook, event_id, attempt);
  }
  assert.equal(one.state, 'failed');
  assert.equal(new Set(receiver.got.map(({ id }) => id)).size, 1);
  assert.equal(receiver.got.length, 11);
  const stopped = fine(await operator.get(hook.where));
  assert.deepEqual([stopped.state, stopped.stopped_why, stopped.failed_count], ['stopped', 'refused', 1]);
  const [{ count }] = await server.sql`SELECT count(*) FROM audit_events WHERE event = 'webhook_stopped' AND subject_id = ${hook.webhook_id.slice(7)}`;
  assert.equal(count, 1);

  // What happens meanwhile waits; set active again it goes out, and the one given up is sent by hand, its delays counted anew.
  const waiting = await tested(hook);
  await wait(300);
  assert.equal(receiver.got.length, 11);
  receiver.answer = (_, response) => response.writeHead(200).end();
  fine(await operator.post(`${hook.where}/state`, { state: 'active' }));
  assert.equal((await ended(hook, waiting)).state, 'delivered');
  fine(await operator.post(`${hook.where}/deliveries/${event_id}/replay`));
  assert.equal((await ended(hook, event_id, 12)).state, 'delivered');
  await giveBack(hook);
});

test('gone_is_believed_at_once', async () => {
  const receiver = await aReceiver((_, response) => response.writeHead(410).end()), hook = await aHook(receiver);
  const one = await ended(hook, await tested(hook));
  assert.equal(one.state, 'failed');
  assert.equal(fine(await operator.get(hook.where)).state, 'stopped');
  await giveBack(hook);
});

test('redirects_big_answers_and_closed_ports_are_no_yes', async () => {
  const elsewhere = await aReceiver();
  const receiver = await aReceiver((_, response) => response.writeHead(307, { location: elsewhere.address }).end()), hook = await aHook(receiver);
  assert.equal((await ended(hook, await tested(hook))).made[0].outcome, 'redirected');
  assert.equal(elsewhere.got.length, 0);
  receiver.answer = (_, response) => { response.writeHead(200); for (let i = 0; i < 64; i++) response.write('x'.repeat(65_536)); response.end(); };
  assert.equal((await ended(hook, await tested(hook))).made[0].outcome, 'too_big');
  receiver.answer = (request) => request.socket.destroy();
  assert.equal((await ended(hook, await tested(hook))).made[0].outcome, 'unreachable');
  receiver.close();
  assert.equal((await ended(hook, await tested(hook))).made[0].outcome, 'unreachable');
  await giveBack(hook);
});

test('a_slow_receiver_keeps_neither_jobs_nor_others_waiting_and_times_out', async () => {
  const slow = await aReceiver(() => {}), slow_hook = await aHook(slow), quick = await aReceiver(), quick_hook = await aHook(quick);
  const never = await tested(slow_hook);
  await server.until(() => slow.got.length === 1);
  const began = Date.now();
  const sold = await aPaidOrder(server, setting); // its callback is a job's too
  await server.until(() => quick.got.some(({ json }) => json.data.order_id === sold.order_id));
  assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
  const one = await server.until(async () => { const found = await delivery(slow_hook, never); return found.made.length > 0 && found; }, 15_000);
  assert.equal(one.made[0].outcome, 'timeout');
  assert.ok(one.made[0].took_ms >= 9_000 && one.made[0].took_ms < 14_000);
  await giveBack(slow_hook);
  await giveBack(quick_hook);
});

test('for_a_day_both_secrets_sign', async () => {
  const receiver = await aReceiver(), hook = await aHook(receiver);
  const fresh = fine(await operator.post(`${hook.where}/secret`));
  assert.notEqual(fresh.secret, hook.secret);
  assert.ok(Date.parse(fresh.old_secret_until) > Date.now() + 23 * 3_600_000);
  await ended(hook, await tested(hook));
  assert.ok(signs(receiver.got[0], hook.secret) && signs(receiver.got[0], fresh.secret));
  await server.sql`UPDATE webhooks SET old_secret_until = now() WHERE id = ${hook.webhook_id.slice(7)}`;
  await ended(hook, await tested(hook));
  assert.ok(!signs(receiver.got[1], hook.secret) && signs(receiver.got[1], fresh.secret));
  const [row] = await server.sql`SELECT w::text AS words FROM webhooks AS w WHERE id = ${hook.webhook_id.slice(7)}`;
  for (const { secret } of [hook, fresh]) assert.ok(!row.words.includes(secret) && !row.words.includes(Buffer.from(secret).toString('hex')));
  await giveBack(hook);
});

test('a_process_that_dies_amid_a_call_loses_nothing', async () => {
  const receiver = await aReceiver(() => {}), hook = await aHook(receiver);
  const event_id = await tested(hook);
  await server.until(() => receiver.got.length === 1); // it holds the message and says nothing
  server.mayDie = true;
  const jobs = execFileSync('pgrep', ['-P', String(server.pid), '-x', 'shanhuo-jobs'], { encoding: 'utf8' }).trim();
  process.kill(Number(jobs), 'SIGKILL');
  receiver.answer = (_, response) => response.writeHead(200).end();
  const before = await delivery(hook, event_id);
  assert.deepEqual([before.state, before.attempts, before.made.length], ['waiting', 1, 0]);
  await server.sql`UPDATE webhook_deliveries SET due_at = now(), claimed_until = now() WHERE event_id = ${event_id}`; // a minute later
  const one = await ended(hook, event_id);
  assert.equal(one.state, 'delivered');
  assert.equal(one.made[0].attempt, 2);
  assert.deepEqual(receiver.got.map(({ id }) => id), [event_id, event_id]); // at least once, and known by its id
  await giveBack(hook);
});

test('sent_again_since_a_time', async () => {
  const receiver = await aReceiver(), hook = await aHook(receiver);
  const [first, second] = [await tested(hook), await tested(hook)];
  await ended(hook, first);
  await ended(hook, second);
  assert.equal(fine(await operator.post(`${hook.where}/replay`, { since: new Date(Date.now() + 60_000).toISOString() })).events_count, 0);
  assert.equal(fine(await operator.post(`${hook.where}/replay`, { since: new Date(Date.now() - 60_000).toISOString() })).events_count, 2);
  await server.until(() => receiver.got.length === 4);
  assert.deepEqual(receiver.got.slice(2).map(({ id }) => id).sort(), [first, second].sort());
  await ended(hook, first, 2);
  await giveBack(hook);
});

test('paused_it_collects', async () => {
  const receiver = await aReceiver(), hook = await aHook(receiver, { events: 'order.paid' });
  fine(await operator.post(`${hook.where}/state`, { state: 'paused' }));
  await aPaidOrder(server, setting);
  await server.until(async () => (await deliveries(hook)).length === 1);
  await wait(400);
  assert.equal(receiver.got.length, 0);
  fine(await operator.post(`${hook.where}/state`, { state: 'active' }));
  await server.until(() => receiver.got.length === 1);
  await giveBack(hook);
});

test('what_did_not_commit_is_told_to_nobody', async () => {
  const sold = await aPaidOrder(server, setting);
  const count = async () => (await server.sql`SELECT count(*) FROM webhook_events WHERE subject_id = ${sold.order_id.slice(7)} AND became = 'shipped'`)[0].count;
  refused(await anOperator(server, await aShop(server, setting.county)).then((other) => other.post(`/orders/${sold.order_id}/ship`, { carrier: 'sf', waybill: 'SF1' })), 404, 'not-found');
  assert.equal(await count(), 0);
  const key = randomUUID();
  for (const _ of [1, 2]) fine(await operator.post(`/orders/${sold.order_id}/ship`, { carrier: 'sf', waybill: 'SF123456' }, { key }));
  refused(await operator.post(`/orders/${sold.order_id}/ship`, { carrier: 'sf', waybill: 'SF123456' }), 409, 'wrong-state');
  assert.equal(await count(), 1);
});

test('others_do_not_know_of_it', async () => {
  const receiver = await aReceiver(), hook = await aHook(receiver), event_id = await tested(hook);
  const county = await aCounty(server);
  const strangers = [await anOperator(server, await aShop(server, setting.county)), await anOfficer(server, county), officer, await aBuyer(server)];
  for (const stranger of strangers) {
    for (const where of ['', '/deliveries', `/deliveries/${event_id}`]) {
      const answer = await stranger.get(`${hook.where}${where}`);
      if (where === '/deliveries') assert.deepEqual(fine(answer).items, []);
      else refused(answer, 404, 'not-found');
    }
    for (const act of ['/secret', '/test', `/deliveries/${event_id}/replay`]) refused(await stranger.post(`${hook.where}${act}`), 404, 'not-found');
    refused(await stranger.post(`${hook.where}/replay`, { since: new Date().toISOString() }), 404, 'not-found');
    refused(await stranger.post(`${hook.where}/state`, { state: 'paused' }), 404, 'not-found');
    refused(await stranger.put(hook.where, { name: '甲', address: receiver.address, events: 'order.paid' }, { version: 1 }), 404, 'not-found');
    refused(await stranger.delete(hook.where), 404, 'not-found');
    assert.ok(!fine(await stranger.get('/webhooks')).items.some(({ webhook_id }) => webhook_id === hook.webhook_id));
    refused(await stranger.post('/webhooks', { shop_id: setting.shop.shop_id, name: '甲', address: receiver.address, events: 'order.paid' }), 404, 'not-found');
  }
  assert.equal(fine(await operator.get('/webhooks', { query: { shop_id: setting.shop.shop_id } })).items.some(({ webhook_id }) => webhook_id === hook.webhook_id), true);
  await giveBack(hook);
  refused(await operator.get(hook.where), 404, 'not-found');
});

test('changing_it_takes_the_version_that_was_seen', async () => {
  const receiver = await aReceiver(), other = await aReceiver(), hook = await aHook(receiver);
  const wish = { name: '新名', address: other.address, events: 'order.paid' };
  refused(await operator.put(hook.where, wish, { version: 9 }), 412, 'stale');
  refused(await operator.put(hook.where, wish), 428, 'version-missing');
  assert.equal(fine(await operator.put(hook.where, wish, { version: 1 })).version, 2);
  await ended(hook, await tested(hook));
  assert.deepEqual([receiver.got.length, other.got.length], [0, 1]);
  await giveBack(hook);
});

test('what_is_wrong_is_said_where_it_stands', async () => {
  const shop_id = setting.shop.shop_id, good = { shop_id, name: '甲', address: 'https://example.com/', events: 'order.paid' };
  const errors = async (more, who = operator) => refused(await who.post('/webhooks', { ...good, ...more }), 422, 'invalid').map(({ pointer, code }) => [pointer, code]);
  assert.deepEqual(await errors({ events: 'complaint.filed' }), [['/events', 'not-a-choice']]);
  assert.deepEqual(await errors({ events: 'order.paid order.paid' }), [['/events', 'not-a-choice']]);
  assert.deepEqual(await errors({ address: 'https://10.0.0.1/' }), [['/address', 'address-forbidden']]);
  assert.deepEqual(await errors({ address: 'ftp://example.com/' }), [['/address', 'https-only']]);
  assert.deepEqual(await errors({ address: 'https://user@example.com/' }), [['/address', 'not-an-address']]);
  assert.deepEqual(await errors({ shop_id: undefined }), [['', 'required']]);
  assert.deepEqual(await errors({ county: setting.county.code }), [['', 'repeated']]);
  const made = [];
  for (let i = 0; i < 5; i++) made.push(await aHook('https://example.com/'));
  refused(await operator.post('/webhooks', good), 409, 'wrong-state');
  for (const hook of made) await giveBack(hook);
});

test('outside_of_trials_this_machine_is_never_called', async () => {
  const strict = await aServer({ jobs: true, settings: { SHANHUO_JOBS_TICK_MS: '20' } });
  const there = await aSmallShop(strict), who = await anOperator(strict, there.shop), receiver = await aReceiver();
  const good = { shop_id: there.shop.shop_id, name: '甲', events: 'order.paid' };
  const codes = async (address) => refused(await who.post('/webhooks', { ...good, address }), 422, 'invalid').map(({ code }) => code);
  assert.deepEqual(await codes(receiver.address), ['https-only']);
  assert.deepEqual(await codes('https://127.0.0.1/'), ['address-forbidden']);
  assert.deepEqual(await codes('https://localhost/'), ['address-forbidden']);
  assert.deepEqual(await codes('https://example.com:5432/'), ['port-forbidden']);
  // A name that leads here only later (rebinding) is judged by its number when it is called.
  const hook = fine(await who.post('/webhooks', { ...good, address: 'https://example.com/' }), 201), where = `/webhooks/${hook.webhook_id}`;
  const port = new URL(receiver.address).port;
  for (const address of [`https://127.0.0.1:${port}/`, `https://localhost:${port}/`, `https://[::ffff:127.0.0.1]:${port}/`]) {
    await strict.sql`UPDATE webhooks SET address = ${address} WHERE id = ${hook.webhook_id.slice(7)}`;
    const { event_id } = fine(await who.post(`${where}/test`), 201);
    const one = await strict.until(async () => { const found = fine(await who.get(`${where}/deliveries/${event_id}`)); return found.made.length > 0 && found; });
    assert.equal(one.made[0].outcome, 'address_forbidden', address);
  }
  assert.equal(receiver.got.length, 0);
});
