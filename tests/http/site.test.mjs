// The runner of requests itself, over a small site of one route of each shape: tests/support/site.c.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import http2 from 'node:http2';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts, root, run, suppressions } from './support.mjs';

const built = path.join(root, 'build', process.env.MODE ?? 'asan');
let cluster, site, folder, plain, tls, operations, base;

before(async () => {
  const made = await run('make', ['-s', '-C', root, `MODE=${path.basename(built)}`, ...['cluster', 'site'].map((name) => path.relative(root, path.join(built, name)))]);
  assert.equal(made.code, 0, made.errors);
  folder = await mkdtemp(path.join(tmpdir(), 'site-'));
  [plain, tls, operations] = await freePorts(3);
  cluster = spawn(path.join(built, 'cluster'), ['--migrated'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const urls = {};
  for await (const line of createInterface({ input: cluster.stdout })) {
    urls[line.split('=', 1)[0]] = line.slice(line.indexOf('=') + 1);
    if (urls.DATABASE_SUPERUSER_URL) break;
  }
  site = spawn(path.join(built, 'site'), [plain, tls, operations].map((port) => `127.0.0.1:${port}`), {
    env: { ...process.env, SITE_FOLDER: folder, ...urls,
      LSAN_OPTIONS: `suppressions=${suppressions}:print_suppressions=0` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  site.stdout.resume();
  site.ended = new Promise((resolve) => site.once('exit', resolve));
  base = `http://127.0.0.1:${plain}/api/v1`;
  for (let i = 0; i < 300 && !(await fetch(`http://127.0.0.1:${operations}/readyz`).then((r) => r.ok, () => false)); i++) await wait(100);
});

after(async () => {
  site.kill('SIGTERM');
  const code = await site.ended;
  cluster.stdin.end();
  assert.equal(code, 0, 'it stops in order');
  await rm(folder, { recursive: true, force: true });
});

const post = (place, body, headers = {}, method = 'POST') =>
  fetch(base + place, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

/** One raw HTTP/1 conversation: everything that came back until the connection closed. */
const raw = (words) => new Promise((resolve) => {
  let answer = '';
  const socket = net.connect(plain, '127.0.0.1', () => socket.write(words));
  socket.on('data', (some) => { answer += some; }).on('close', () => resolve(answer)).on('error', () => {});
  socket.setTimeout(3000, () => { answer += '<open>'; socket.destroy(); });
});

test('a_key_gives_the_first_answer_again_and_refuses_another_body', async () => {
  const key = { 'idempotency-key': 'walnuts' };
  const first = await post('/things', { name: 'walnuts', amount: 5 }, key);
  const again = await post('/things', { name: 'walnuts', amount: 5 }, key);
  assert.deepEqual([first.status, again.status, again.headers.get('idempotent-replayed')], [201, 201, 'true']);
  assert.equal(await again.text(), await first.text());
  assert.equal((await post('/things', { name: 'pepper', amount: 5 }, key)).status, 422);
  assert.equal((await post('/things', { name: 'pepper', amount: 5 })).status, 400);
});

test('two_hundred_takers_of_fifty_leave_nothing_and_never_less', async () => {
  await post('/things', { name: 'fifty', amount: 50 }, { 'idempotency-key': 'fifty' });
  const answers = await Promise.all(Array.from({ length: 200 }, () => post('/things/fifty/take', { take: 1 })));
  const counted = {};
  for (const { status } of answers) counted[status] = (counted[status] ?? 0) + 1;
  assert.deepEqual(counted, { 200: 50, 409: 150 });
  assert.equal((await (await fetch(`${base}/things/fifty`)).json()).amount, 0);
});

test('a_stale_version_is_refused_and_a_page_needs_its_crumb', async () => {
  const program = { authorization: 'Bearer token-secret' }, browser = { cookie: 'session=cookie-secret' };
  const put = (headers) => post('/things/thing%200003', { amount: 9 }, headers, 'PUT').then(({ status }) => status);
  assert.equal(await put(program), 428);
  assert.equal(await put({ ...program, 'if-match': '"1"' }), 200);
  assert.equal(await put({ ...program, 'if-match': '"1"' }), 412);
  assert.equal(await put({ ...browser, 'if-match': '"2"' }), 403);
  assert.equal(await put({ ...browser, 'if-match': '"2"', 'x-csrf-token': 'crumb', origin: 'https://elsewhere.example' }), 403);
  assert.equal(await put({ ...browser, 'if-match': '"2"', 'x-csrf-token': 'crumb', origin: `http://127.0.0.1:${plain}` }), 200);
  assert.equal(await put({ authorization: 'Bearer stolen', 'if-match': '"3"' }), 401);
});

test('a_refused_login_is_counted_all_the_same', async () => {
  const count = async () => (await (await fetch(`${base}/fresh?limit=100`)).json()).items.filter(({ name }) => name.startsWith('login ')).length;
  const before_ = await count();
  assert.equal((await post('/login', { login: 'li', password: 'guess' })).status, 401);
  assert.equal(await count(), before_ + 1);
  const good = await post('/login', { login: 'li', password: 'sesame' });
  assert.match(good.headers.get('set-cookie'), /^session=cookie-secret; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
});

test('pages_go_on_without_gap_or_repeat_and_csv_is_for_spreadsheets', async () => {
  const names = [];
  for (let place = '/fresh?limit=100'; place; ) {
    const answer = await fetch(base + place);
    names.push(...(await answer.json()).items.map(({ name }) => name));
    place = /<\/api\/v1([^>]*)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.length >= 500);
  const csv = Buffer.from(await (await fetch(`${base}/fresh?format=csv&limit=1`)).arrayBuffer());
  assert.equal(csv.subarray(0, 3).toString('hex'), 'efbbbf');
  assert.equal((await fetch(`${base}/fresh?limit=101`)).status, 422);
});

test('a_notice_empties_the_cache', async () => {
  const first = async () => (await (await fetch(`${base}/things?limit=1`)).json()).items[0].name;
  assert.notEqual(await first(), ' first');
  await post('/things', { name: '!first', amount: 1 }, { 'idempotency-key': 'first' });
  await post('/notify', {});
  for (let i = 0; i < 50 && (await first()) !== '!first'; i++) await wait(10);
  assert.equal(await first(), '!first');
});

test('what_http_1_hides_is_refused_or_never_read', async () => {
  assert.match(await raw('GET /api/v1/fresh HTTP/1.1\r\n\r\n'), /^HTTP\/1.1 400 /);
  const smuggled = await raw('POST /api/v1/notify HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n'
    + '0\r\n\r\nGET /api/v1/fresh HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.equal(smuggled.match(/HTTP\/1\.1 /g).length, 1);
  const large = await post('/things', { name: 'x'.repeat(300 * 1024), amount: 1 }, { 'idempotency-key': 'large' });
  assert.equal(large.status, 413);
});

test('rapid_reset_loses_its_connection_and_nobody_else_notices', async () => {
  const attacker = http2.connect(`http://127.0.0.1:${plain}`);
  attacker.on('error', () => {});
  const closed = new Promise((resolve) => attacker.once('close', resolve));
  for (let round = 0; round < 40 && !attacker.closed && !attacker.destroyed; round++) {
    for (let i = 0; i < 50 && !attacker.destroyed; i++) {
      const stream = attacker.request({ ':path': '/api/v1/things/thing%200007' });
      stream.on('error', () => {});
      stream.close(http2.constants.NGHTTP2_CANCEL);
    }
    await wait(1);
  }
  await Promise.race([closed, wait(3000).then(() => assert.fail('still connected'))]);
  assert.equal((await fetch(`${base}/things/thing%200007`)).status, 200);
});

test('tls_speaks_http_2_by_the_authority_it_made_and_keys_are_private', async () => {
  const client = http2.connect(`https://localhost:${tls}`, { ca: await readFile(path.join(folder, 'ca.pem')) });
  const status = await new Promise((resolve, reject) => {
    client.on('error', reject);
    client.request({ ':path': '/api/v1/things/thing%200001' }).on('response', (headers) => resolve(headers[':status'])).resume().end();
  });
  client.close();
  assert.equal(status, 200);
  for (const name of ['ca.key', 'server.key']) assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600);
});
