// A real server for one test file: scratch data folder, random ports, its own PostgreSQL; all gone when the file ends.
//
//   const shop = await aServer();                       // once a file; more: aServer({ jobs: true, settings: { ... } })
//   const buyer = shop.as({ token });                   // the same calls as someone
//   const answer = await buyer.post('/checkout', { lines });
//   refused(answer, 409, 'out-of-stock');
//   await shop.once('orders/expire');                   // a job, now
//   const [{ count }] = await shop.sql`SELECT count(*) FROM orders WHERE id = ${id}`;
//   await shop.insert('shops', { id, name: '山货店' });   // a row straight into the database; other columns take defaults
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const program = process.env.SHANHUO_PROGRAM ?? path.join(root, 'build', process.env.MODE ?? 'asan', 'shanhuo');
const invariants = path.join(root, 'tests/sql/invariants.sql');
const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 30_000;
const OUTPUT_LINES_MAX = 20_000;

// Where the system user of a root installation can read it, wherever the clone lies.
export const suppressions = path.join(mkdtempSync(path.join(tmpdir(), 'shanhuo-lsan-')), 'lsan.txt');
copyFileSync(path.join(root, 'tests/support/lsan.txt'), suppressions);
chmodSync(path.dirname(suppressions), 0o755);
process.once('exit', () => rmSync(path.dirname(suppressions), { recursive: true, force: true }));

const sanitizers = {
  ASAN_OPTIONS: 'detect_leaks=1:abort_on_error=0:detect_stack_use_after_return=1',
  LSAN_OPTIONS: `suppressions=${suppressions}:print_suppressions=0`,
  UBSAN_OPTIONS: 'print_stacktrace=1',
};

/** A number nobody else in this run has: `unique('shop')` → "shop-1f3a…". */
export const unique = (what = 'thing') => `${what}-${randomUUID().slice(0, 13)}`;

export async function freePorts(count) {
  const servers = [];
  for (let i = 0; i < count; i++) {
    const server = createServer();
    await new Promise((resolve, reject) => server.listen(0, '127.0.0.1', resolve).once('error', reject));
    servers.push(server);
  }
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Runs a program to its end: { code, output, errors }. */
export async function run(command, words, { env = {}, input, cwd } = {}) {
  const child = spawn(command, words, { env: { ...process.env, ...env }, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '', errors = '';
  child.stdout.setEncoding('utf8').on('data', (some) => { output += some; });
  child.stderr.setEncoding('utf8').on('data', (some) => { errors += some; });
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(input ?? '');
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, output, errors };
}

/** Runs `shanhuo …` to its end. */
export const shanhuo = (words, options = {}) => run(program, words, { ...options, env: { ...sanitizers, ...options.env } });

const linesOf = (stream, lines) => {
  let rest = '';
  stream.setEncoding('utf8').on('data', (some) => {
    const parts = (rest + some).split('\n');
    rest = parts.pop();
    lines.push(...parts);
    lines.splice(0, lines.length - OUTPUT_LINES_MAX);
  });
};

/** A file-private folder that the system user of a root installation can still reach. */
export async function scratchFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'shanhuo-'));
  await chmod(folder, 0o755);
  return folder;
}

const literal = (value) => (value === null || value === undefined ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`);
const name = (word) => `"${word.replaceAll('"', '""')}"`;

/** An answer of the API: status, headers, body (parsed when JSON). */
async function answerOf(response) {
  const text = await response.text();
  const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : text };
}

/** Asserts a problem+json answer with this status and slug, answers its `errors`. */
export function refused(answer, status, slug) {
  assert.equal(answer.status, status, `expected ${status} ${slug}, got ${answer.status} ${answer.text}`);
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  assert.ok(answer.body.type.endsWith(slug), `expected ${slug}, got ${answer.body.type}`);
  return answer.body.errors ?? [];
}

/** Asserts a good answer, answers its body. */
export function fine(answer, status) {
  const good = status === undefined ? answer.status >= 200 && answer.status < 300 : answer.status === status;
  assert.ok(good, `expected ${status ?? '2xx'}, got ${answer.status} ${answer.text}`);
  return answer.body;
}

class Client {
  constructor(server, who) {
    this.server = server;
    this.who = who;
  }

  /** Bearer `token`, or `cookie` with `csrf`; `language` "zh" or "en". */
  as(who) {
    return new Client(this.server, { ...this.who, ...who });
  }

  /** `body`: JSON (a string or Buffer goes as it is); `key`: Idempotency-Key, for POST a fresh one unless null; `version`: If-Match. */
  async api(method, where, { body, token = this.who.token, cookie = this.who.cookie, csrf = this.who.csrf, key, version, query, headers = {}, origin } = {}) {
    const raw = typeof body === 'string' || Buffer.isBuffer(body);
    const all = { 'accept-language': this.who.language ?? 'en' };
    if (body !== undefined) all['content-type'] = 'application/json';
    if (token) all.authorization = `Bearer ${token}`;
    if (cookie) all.cookie = cookie;
    if (csrf) all['x-csrf-token'] = csrf;
    if (version !== undefined) all['if-match'] = `"${version}"`;
    if (key === undefined && method === 'POST') key = randomUUID();
    if (key) all['idempotency-key'] = key;
    const url = new URL(`${origin ?? this.server.origin}${where.startsWith('/api/') || origin ? '' : '/api/v1'}${where}`);
    for (const [field, value] of Object.entries(query ?? {})) url.searchParams.set(field, value);
    const response = await fetch(url, {
      method, redirect: 'manual', headers: { ...all, ...headers }, signal: AbortSignal.timeout(30_000),
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
    });
    return answerOf(response);
  }

  get(where, options) { return this.api('GET', where, options); }
  post(where, body, options) { return this.api('POST', where, { body, ...options }); }
  put(where, body, options) { return this.api('PUT', where, { body, ...options }); }
  patch(where, body, options) { return this.api('PATCH', where, { body, ...options }); }
  delete(where, options) { return this.api('DELETE', where, options); }
}

class Server extends Client {
  constructor(folder, ports, { settings = {}, words = [], jobs = false } = {}) {
    super(null, {});
    this.server = this;
    this.folder = folder;
    this.data = path.join(folder, 'data');
    [this.tlsPort, this.plainPort, this.operationsPort] = ports;
    this.origin = `http://127.0.0.1:${this.plainPort}`;
    this.operations = `http://127.0.0.1:${this.operationsPort}`;
    this.words = ['serve', ...(jobs ? [] : ['--no-jobs']), ...words];
    this.mayDie = false; // set by tests that kill the worker or PostgreSQL on purpose
    this.env = {
      ...sanitizers,
      SHANHUO_DATA: this.data,
      SHANHUO_TLS_ADDRESS: `127.0.0.1:${this.tlsPort}`,
      SHANHUO_PLAIN_ADDRESS: `127.0.0.1:${this.plainPort}`,
      SHANHUO_OPERATIONS_ADDRESS: `127.0.0.1:${this.operationsPort}`,
      SHANHUO_THREADS: '2',
      SHANHUO_WRITE_CONNECTIONS: '4',
      SHANHUO_UNSAFE_FAST: '1',
      PAYMENT_PROVIDER: 'simulator',
      SIMULATOR_SECRET: 'a secret of the tests',
      ...settings,
    };
  }

  async start() {
    this.output = [];
    this.errors = [];
    this.child = spawn(program, this.words, { env: { ...process.env, ...this.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve, reject) => this.child.once('error', reject).once('close', (code, signal) => resolve(code ?? signal)));
    this.ended.catch(() => {});
    linesOf(this.child.stdout, this.output);
    linesOf(this.child.stderr, this.errors);
    let ended = false;
    this.ended.finally(() => { ended = true; }).catch(() => {});
    for (const began = Date.now(); !this.output.some((line) => line.startsWith('ready in ')); await wait(10)) {
      if (ended || Date.now() - began > READY_MS_MAX) {
        this.child.kill('SIGKILL');
        throw new Error(`${program} did not start:\n${[...this.output, ...this.errors].join('\n')}`);
      }
    }
    return this;
  }

  get pid() { return this.child.pid; }
  /** What it took from start to ready, as it says itself. */
  get readyMs() { return Number(this.output.findLast((line) => line.startsWith('ready in ')).match(/ready in (\d+) ms/)[1]); }
  /** Log lines so far, newest last; `event` picks. */
  log(event) {
    const lines = this.errors.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    return event === undefined ? lines : lines.filter((line) => line.event === event);
  }

  /** Waits until `found()` answers something true, at most ms. */
  async until(found, ms = 10_000) {
    for (const began = Date.now(); Date.now() - began < ms; await wait(10)) {
      const what = await found();
      if (what) return what;
    }
    throw new Error(`not within ${ms} ms: ${found}`);
  }

  /** Any sub-command against this server's data. */
  shanhuo(words, options = {}) { return shanhuo(words, { ...options, env: { ...this.env, ...options.env } }); }

  /** Runs a job now, to its end. */
  async once(job) {
    const { code, errors } = await this.shanhuo(['jobs', '--once', job]);
    assert.equal(code, 0, `job ${job}: ${errors}`);
  }

  async urls() {
    const [app, owner, superuser] = (await readFile(path.join(this.data, 'running'), 'utf8')).split('\n');
    return { app, owner, superuser };
  }

  /** SQL as the superuser, rows as objects. A template's values are quoted; a plain string runs as it stands. */
  async sql(parts, ...values) {
    const query = typeof parts === 'string' ? parts : parts.reduce((sql, part, i) => sql + literal(values[i - 1]) + part);
    const reads = /^\s*(select|values|with|table|insert|update|delete)\b/i.test(query);
    const returns = /^\s*(select|values|with|table)\b/i.test(query) || /\breturning\b/i.test(query);
    const wrapped = reads && returns ? `WITH answer AS (${query.replace(/;\s*$/, '')}) SELECT coalesce(json_agg(answer), '[]') FROM answer` : query;
    const text = await this.psql(['--command', wrapped]);
    return reads && returns ? JSON.parse(text) : text.trim();
  }

  async psql(words, options = {}) {
    const { superuser } = await this.urls();
    const { code, output, errors } = await run('psql', [superuser, '-XqAt', '-v', 'ON_ERROR_STOP=1', ...words], options);
    assert.equal(code, 0, `psql: ${errors}`);
    return output;
  }

  /** One row straight into a table; answers it whole. */
  async insert(table, row) {
    const columns = Object.keys(row).map(name).join(', ');
    const json = literal(JSON.stringify(row));
    const [inserted] = await this.sql(
      `INSERT INTO ${name(table)} (${columns}) SELECT ${columns} FROM json_populate_record(NULL::${name(table)}, ${json}) RETURNING *`);
    return inserted;
  }

  /** SIGTERM, exit code 0, no sanitizer report, no child that died unasked, the books in order. */
  async stop() {
    if (!this.mayDie && existsSync(invariants)) await this.psql(['--file', invariants]);
    this.child.kill('SIGTERM');
    const code = await Promise.race([this.ended, wait(STOP_MS_MAX, 'not in time', { ref: false })]);
    if (code === 'not in time') this.child.kill('SIGKILL');
    const reports = this.errors.filter((line) => /Sanitizer|runtime error:/.test(line));
    assert.equal(code, 0, `shanhuo serve ended with ${code}:\n${this.errors.slice(-40).join('\n')}`);
    assert.deepEqual(reports, [], this.errors.filter((line) => !line.startsWith('{')).join('\n'));
    if (!this.mayDie) assert.deepEqual(this.log('child_died'), []);
  }

  /** As a power cut would. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

const running = new Set();
const endAll = () => { for (const server of running) server.child?.kill('SIGKILL'); };
process.once('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** Starts a server and stops it, with its checks, after the last test of the file. */
export async function aServer(options = {}) {
  const folder = await scratchFolder();
  const server = new Server(folder, await freePorts(3), options);
  running.add(server);
  after(async () => {
    try {
      if (server.child.exitCode === null && server.child.signalCode === null) await server.stop();
    } finally {
      running.delete(server);
      await rm(folder, { recursive: true, force: true });
    }
  });
  return server.start();
}
