// Measures the product beside its own limits, in alternation: bare libh2o answering the same bytes, pgbench running the same statements over
// the same socket. `make bench`; settings: BENCH_SIZE (seed, small, county or a number of order lines), BENCH_ROUNDS, BENCH_SECONDS, BENCH_DATA (data folder).
// Prints a table of medians and writes build/bench.json. Data is made once and kept; nothing else is left running.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const built = path.resolve(process.argv[2] ?? 'build/release');
const program = path.join(built, 'shanhuo');
const size = process.env.BENCH_SIZE ?? 'county';
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const only = (process.env.BENCH_ONLY ?? '').split(',').filter(Boolean);
const isRoot = process.getuid() === 0;
const data = process.env.BENCH_DATA ?? (isRoot ? `/var/tmp/shanhuo-bench-${size}` : path.resolve(`build/bench/${size}`));
const THREADS = 2, BUYERS = 64, BENCH_BUYERS = 200, SEED_PRODUCTS = 10_000, PRODUCTS_OF_PGBENCH = 16, CHECKOUTS = 20_000, CONNECTIONS = 32, SHARES = 8, STREAMS = 10;
const RESIDENT_KIB_MAX = 64 * 1024;

const children = new Set();
function start(command, words, options = {}) {
  const child = spawn(command, words, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function freePorts(count) {
  const servers = [];
  for (let i = 0; i < count; i++) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
  }
  return servers.map((server) => { const { port } = server.address(); server.close(); return port; });
}

const get = async (url) => fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => null);

// ---- The product ----

async function serve(scratch) {
  const [tls, plain, operations] = await freePorts(3);
  const began = performance.now();
  const child = start(program, ['serve'], {
    env: {
      ...process.env, SHANHUO_DATA: data, SHANHUO_TLS_ADDRESS: `127.0.0.1:${tls}`, SHANHUO_PLAIN_ADDRESS: `127.0.0.1:${plain}`,
      SHANHUO_OPERATIONS_ADDRESS: `127.0.0.1:${operations}`, SHANHUO_THREADS: String(THREADS), SHANHUO_LOG_FILE: '/dev/null', PAYMENT_PROVIDER: 'simulator',
    },
    cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `http://127.0.0.1:${plain}`, secure = `https://127.0.0.1:${tls}`, watch = `http://127.0.0.1:${operations}`;
  while ((await get(`${watch}/readyz`))?.status !== 200) {
    if (child.exitCode !== null) throw new Error('the server ended while starting');
    await wait(5);
  }
  return { child, origin, secure, watch, ready_ms: Math.round(performance.now() - began) };
}

/** The socket of the embedded PostgreSQL, as its own pid file says. */
async function socketOf() {
  const lines = (await readFile(path.join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  return { host: lines[4].trim(), port: lines[3].trim() };
}
const connect = (socket, user) => `host=${socket.host} port=${socket.port} dbname=shanhuo user=${user}`;
async function psql(socket, user, words, input) {
  const child = execFile('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-d', connect(socket, user), ...words], { maxBuffer: 1 << 28 });
  let out = '', errors = '';
  child.stdout.on('data', (some) => { out += some; });
  child.stderr.on('data', (some) => { errors += some; });
  child.stdin.end(input ?? '');
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`psql: ${errors}`);
  return out;
}

async function metrics(server) {
  const values = {};
  for (const line of (await (await get(`${server.watch}/metrics`)).text()).split('\n')) {
    const cut = line.lastIndexOf(' ');
    if (cut > 0 && line[0] !== '#') values[line.slice(0, cut)] = Number(line.slice(cut + 1));
  }
  return values;
}

async function workerResidentKib() {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.includes(`SHANHUO_DATA=${data}\0`) || (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() !== 'shanhuo-worker') continue;
    return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))[1]);
  }
  return NaN;
}

// ---- Data, once ----

/** Another size or another schema: then the data is made anew. */
async function dataWanted() {
  const hash = createHash('sha256').update(size);
  for (const file of (await readdir('migrations')).sort()) hash.update(await readFile(path.join('migrations', file)));
  return hash.digest('hex');
}

async function fill() {
  const marker = `${data}.ready`, wanted = await dataWanted();
  if ((await readFile(marker, 'utf8').catch(() => '')) === wanted) return;
  if (process.env.BENCH_DATA === undefined) await rm(data, { recursive: true, force: true });
  if (size !== 'seed') {
    console.log(`loading the ${size} demo into ${data} (once) …`);
    const child = start(program, ['demo', '--size', size], { env: { ...process.env, SHANHUO_DATA: data } });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error('shanhuo demo failed; BENCH_SIZE=seed needs no demo');
  }
  const scratch = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const server = await serve(scratch);
  if (size === 'seed') await psql(await socketOf(), 'shanhuo_owner', ['-v', `products=${SEED_PRODUCTS}`, '-f', 'tests/sql/seed_goods.sql']);
  await psql(await socketOf(), 'postgres', ['-c', 'VACUUM ANALYZE']);
  await end(server.child);
  await rm(scratch, { recursive: true });
  await writeFile(marker, wanted);
}

const uuidLike = (n) => `@@@@@@@@@@@@@@@@${n.toString(16).padStart(16, '0')}`; // pgbench's query fills the first half

/** Three lines over two shops, the same for the product's buyers and for pgbench. */
function checkoutOf(offers, n) {
  const pick = (i) => offers[(n * 7 + i * 1009) % offers.length];
  const first = pick(0);
  let other = 1, third = 1;
  while (pick(other).shop_id === first.shop_id || pick(other).product_id === first.product_id) other++;
  while (pick(other + third).shop_id !== pick(other).shop_id || pick(other + third).product_id === pick(other).product_id) third++;
  return [first, pick(other), pick(other + third)];
}

function planOf(lines) {
  const orders = new Map();
  let ids = 2;
  for (const line of lines) {
    const key = line.shop_id;
    if (!orders.has(key)) orders.set(key, { order_county: line.offer_county, order_id: uuidLike(ids++), shop_id: line.shop_id, goods_fen: 0, freight_fen: 500, lines: [] });
    const order = orders.get(key), { name, pack_qty, price_fen, platform_fee_ppm, offer_id, product_id, grade, place_id } = line;
    order.goods_fen += price_fen;
    order.lines.push({ order_line_id: uuidLike(ids++), position: order.lines.length + 1, offer_id, product_id, grade, place_id, name, packs: 1, pack_qty, price_fen, line_gross_fen: price_fen, platform_fee_ppm });
  }
  const all = [...orders.values()];
  return {
    purchase_id: uuidLike(1), state: 'awaiting_payment', total_fen: all.reduce((sum, order) => sum + order.goods_fen + order.freight_fen, 0), deadline_at: '2099-01-01T00:00:00Z',
    recipient: '李四', phone: '13900000000', street: '试路 1 号', orders: all,
    reservations: lines.map(({ offer_county, product_id, grade, place_id, pack_qty }) => ({ county: offer_county, product_id, grade, place_id, quantity_qty: pack_qty }))
      .sort((a, b) => (a.county + a.product_id < b.county + b.product_id ? -1 : 1)),
  };
}

async function prepareCheckouts(socket, scratch, area) {
  const offers = (await psql(socket, 'shanhuo_owner', ['-v', `area=${area}`, '-f', 'tests/bench/offers.sql'])).trim().split('\n').map((line) => JSON.parse(line));
  const md5 = (words) => createHash('md5').update(words).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const rows = [], wishes = [];
  for (let n = 0; n < CHECKOUTS; n++) {
    const lines = checkoutOf(offers, n), buyer = n % BENCH_BUYERS, address_id = md5(`bench address ${buyer}`), plan = planOf(lines);
    plan.destination_code = area;
    const body = { lines: lines.map(({ offer_county, offer_id }) => ({ offer_county, offer_id, packs: 1 })), address_id };
    wishes.push(`bench-token-${buyer}\t${JSON.stringify({ lines: lines.map(({ offer_county, offer_id }) => ({ offer_id: `${offer_county}-${offer_id}`, packs: 1 })), address_id })}`);
    const answer = JSON.stringify({ ...plan, reservations: undefined });
    rows.push([n, md5(`bench account ${buyer}`), address_id, JSON.stringify(body), JSON.stringify(plan), answer].map((cell) => String(cell).replaceAll('\\', '\\\\')).join('\t'));
  }
  await writeFile(path.join(scratch, 'wishes'), wishes.join('\n'));
  await psql(socket, 'shanhuo_owner', ['-c', 'COPY bench_checkouts FROM STDIN'], `${rows.join('\n')}\n\\.\n`);
  await psql(socket, 'postgres', ['-c', 'VACUUM ANALYZE bench_checkouts', '-c', 'CHECKPOINT']);
}

const sqlOf = async (name) => (await readFile(`backend/${name}.sql`, 'utf8')).split('\n').filter((line) => !line.startsWith('--')).join('\n').trim().replace(/;$/, '');

/** pgbench takes the files as they are: it too calls parameters :name. */
async function prepareScripts(socket, scratch) {
  const products = (await psql(socket, 'shanhuo_owner', ['-c', "SELECT county || ' ' || id FROM products WHERE state = 'approved' ORDER BY id"])).trim().split('\n');
  const step = Math.floor(products.length / PRODUCTS_OF_PGBENCH);
  const show = await sqlOf('catalog/show'), scripts = [], defined = [];
  for (let i = 0; i < PRODUCTS_OF_PGBENCH; i++) {
    const [county, id] = products[i * step].split(' ');
    defined.push('-D', `county_${i}=${county}`, '-D', `id_${i}=${id}`);
    scripts.push('-f', path.join(scratch, `show_${i}.sql`));
    await writeFile(path.join(scratch, `show_${i}.sql`), `${show.replaceAll(/:product_county\b/g, `:county_${i}`).replaceAll(/:product_id\b/g, `:id_${i}`)};\n`);
  }
  const fresh = "lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint), 13, '0') || lpad(to_hex(:client_id::int), 3, '0')";
  const inside = await Promise.all(['accounts/claim_key', 'orders/checkout_load', 'products/reserve', 'orders/checkout_apply', 'accounts/store_key'].map(sqlOf));
  await writeFile(path.join(scratch, 'checkout.sql'), `\\set n random(0, ${CHECKOUTS - 1})
WITH fresh AS (SELECT ${fresh} AS id)
SELECT c.actor_id, c.address_id, c.body, replace(c.plan, '@@@@@@@@@@@@@@@@', fresh.id) AS plan, c.answer AS answer_body, 'pgbench-' || fresh.id AS idempotency_key
FROM bench_checkouts AS c CROSS JOIN fresh WHERE c.n = :n::int \\gset
BEGIN;
${inside.join(';\n')};
COMMIT;
`);
  return { show: [...defined, ...scripts], products };
}

// ---- One measurement each: a rate per second ----

async function h2load(url, words = [], connections = CONNECTIONS) {
  const { stdout } = await run('h2load', ['-D', String(seconds), '--warm-up-time', '1', '-c', String(connections), '-m', String(STREAMS), '-t', '1', ...words, ...(url ? [url] : [])], { maxBuffer: 1 << 26 });
  const rate = Number(/finished in [^,]+, ([\d.]+) req\/s/.exec(stdout)?.[1]);
  const bad = /(\d+) failed, (\d+) errored/.exec(stdout), statuses = /status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx/.exec(stdout);
  if (!(rate > 0) || Number(bad[1]) > 0 || Number(statuses[3]) + Number(statuses[4]) > 0) throw new Error(`h2load ${url}: ${stdout}`);
  return { rate };
}

async function pgbench(socket, clients, words) {
  const { stdout } = await run('pgbench', ['-n', '-M', 'prepared', '-c', String(clients), '-j', '1', '-T', String(seconds), ...words, connect(socket, 'shanhuo_app')],
    { maxBuffer: 1 << 26, env: { ...process.env, PGOPTIONS: '-c TimeZone=UTC -c DateStyle=ISO,YMD -c client_min_messages=warning' } });
  const rate = Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]), failed = Number(/number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0);
  if (!(rate > 0) || failed > 0) throw new Error(`pgbench: ${stdout}`);
  return { rate, latency_us: Math.round(Number(/latency average = ([\d.]+)/.exec(stdout)[1]) * 1000) };
}

async function buyers(server, scratch) {
  const { stdout } = await run(path.join(built, 'buyers'), [`${server.secure}/api/v1/checkout`, String(seconds), String(BUYERS), path.join(scratch, 'wishes')]);
  const told = JSON.parse(stdout);
  if (told.done === 0 || told.refused > told.done / 1000) throw new Error(`buyers: ${stdout}`);
  return { rate: told.done * 1e6 / told.took_us, ...told };
}

// ---- Scenarios: the product and its limit ----

async function bareOf(server, scratch) {
  const list = `${server.origin}/api/v1/products?limit=20`;
  const answer = await get(list), headers = ['content-type', 'etag', 'cache-control', 'vary', 'x-content-type-options', 'link'];
  await writeFile(path.join(scratch, 'head'), headers.filter((name) => answer.headers.get(name)).map((name) => `${name}: ${answer.headers.get(name)}\n`).join(''));
  await writeFile(path.join(scratch, 'body'), Buffer.from(await answer.arrayBuffer()));
  const certificate = await readFile(path.join(data, 'tls/server.pem')), key = await readFile(path.join(data, 'tls/server.key'));
  await writeFile(path.join(scratch, 'pem'), certificate);
  await writeFile(path.join(scratch, 'key'), key, { mode: 0o600 });
  const [plain, tls] = await freePorts(2);
  start(path.join(built, 'bare'), [plain, tls, path.join(scratch, 'pem'), path.join(scratch, 'key'), THREADS, path.join(scratch, 'head'), path.join(scratch, 'body')].map(String));
  await wait(200);
  return { plain: `http://127.0.0.1:${plain}/`, secure: `https://127.0.0.1:${tls}/` };
}

/** Several h2load, a connection and a share of the paths each: one gives all of its connections the same paths at the same moment. */
async function h2loadShared(files) {
  const all = await Promise.all(files.map((file) => h2load(null, ['-i', file], 1)));
  return { rate: all.reduce((sum, { rate }) => sum + rate, 0) };
}

/** Another spelling of the same path: the cache keys by what was sent, so that no answer is ever used twice within its second. */
const spelled = (id, n) => [...id].map((letter, i) => ((n >> (i % 24)) & 1 ? `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}` : letter)).join('');

async function scenariosOf(server, socket, scratch) {
  const bare = await bareOf(server, scratch), scripts = await prepareScripts(socket, scratch);
  const uris = scripts.products.length >= 10_000 ? scripts.products.map((one) => `${server.origin}/api/v1/products/${one.replace(' ', '-')}`)
    : Array.from({ length: 20_000 }, (_, n) => `${server.origin}/api/v1/products/${spelled(scripts.products[n % scripts.products.length].replace(' ', '-'), Math.floor(n / scripts.products.length))}`);
  const shares = Array.from({ length: SHARES }, (_, share) => path.join(scratch, `uris${share}`));
  await Promise.all(shares.map((file, share) => writeFile(file, uris.filter((_, n) => n % SHARES === share).join('\n'))));
  const reads = THREADS, writes = THREADS * 8; // the server's own default: one read lane and eight write connections a thread
  const constants = ['-D', `request_hash=${'0'.repeat(64)}`, '-D', 'now=2026-11-23T00:00:00Z', '-D', 'period_payment_deadline_s=1800', '-D', 'period_phone_deadline_s=86400', '-D', 'request_id=bench', '-D', 'answer_status=201'];
  return [
    { name: 'list, h2c', target: 0.7, ours: () => h2load(`${server.origin}/api/v1/products?limit=20`), limit: () => h2load(bare.plain), beside: 'bare libh2o' },
    { name: 'list, TLS', target: 0.7, ours: () => h2load(`${server.secure}/api/v1/products?limit=20`), limit: () => h2load(bare.secure), beside: 'bare libh2o' },
    { name: 'product by id', target: 0.8, ours: () => h2loadShared(shares), limit: () => pgbench(socket, reads, scripts.show), beside: `pgbench, ${reads} connections` },
    { name: 'checkout', target: 0.7, ours: () => buyers(server, scratch), limit: () => pgbench(socket, writes, [...constants, '-f', path.join(scratch, 'checkout.sql')]), beside: `pgbench, ${writes} connections` },
  ].filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)));
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => { const all = sorted(values), half = all.length >> 1; return all.length % 2 ? all[half] : (all[half - 1] + all[half]) / 2; };
const spread = (values) => { const all = sorted(values); return Math.round((all.at(-1) - all[0]) / 2 / median(all) * 100); };

async function measure(scenario, server) {
  await scenario.ours();
  await scenario.limit();
  const ours = [], limit = [], details = [], before = await metrics(server);
  for (let i = 0; i < rounds; i++) {
    const [one, other] = [await scenario.ours(), await scenario.limit()];
    ours.push(one.rate);
    limit.push(other.rate);
    details.push({ ours: one, limit: other });
  }
  const after = await metrics(server), counted = {};
  for (const [name, value] of Object.entries(after)) if (value !== before[name]) counted[name] = value - before[name];
  const ratio = median(ours.map((rate, i) => rate / limit[i]));
  const result = { name: scenario.name, ours: median(ours), ours_spread: spread(ours), limit: median(limit), limit_spread: spread(limit), beside: scenario.beside, ratio, target: scenario.target, details, counted };
  print(result);
  return result;
}

const whole = (number) => Math.round(number).toLocaleString('en').padStart(9);
function print(one) {
  console.log(`${one.name.padEnd(14)} ${whole(one.ours)}/s ±${String(one.ours_spread).padStart(2)} %  ${whole(one.limit)}/s ±${String(one.limit_spread).padStart(2)} %  ratio ${one.ratio.toFixed(2)} ` +
    `(≥ ${one.target.toFixed(1)}${one.ratio < one.target ? ', MISSED' : ''})  ${one.beside}`);
}

async function main() {
  await mkdir(path.dirname(data), { recursive: true });
  await fill();
  const scratch = await mkdtemp(path.join(tmpdir(), 'bench-'));
  await chmod(scratch, 0o755);
  const server = await serve(scratch), socket = await socketOf();
  const area = (await psql(socket, 'shanhuo_owner', ['-c', 'SELECT area_code FROM shops ORDER BY id LIMIT 1'])).trim();
  await psql(socket, 'shanhuo_owner', ['-v', `buyers=${BENCH_BUYERS}`, '-v', `area=${area}`, '-f', 'tests/bench/bench.sql']);
  await prepareCheckouts(socket, scratch, area);
  const results = [];
  console.log(`${size} data, ${rounds} rounds of ${seconds} s each, in alternation; medians, ± half the range\n`);
  for (const scenario of await scenariosOf(server, socket, scratch)) results.push(await measure(scenario, server));
  const resident_kib = await workerResidentKib();
  console.log(`${'memory'.padEnd(14)} ${(resident_kib / 1024).toFixed(1)} MiB resident in the worker (< 64${resident_kib < RESIDENT_KIB_MAX ? '' : ', MISSED'})`);
  console.log(`${'start'.padEnd(14)} ${server.ready_ms} ms from the command to ready, database included`);
  const checkout = results.find(({ name }) => name === 'checkout');
  const product = results.find(({ name }) => name === 'product by id');
  if (product) {
    const { shanhuo_cache_hits_total: hits = 0, shanhuo_cache_misses_total: misses } = product.counted;
    console.log(`${'cache hits'.padEnd(14)} ${(hits / (hits + misses) * 100).toFixed(1)} % of "product by id"`);
  }
  if (checkout) {
    const requests = checkout.counted['shanhuo_answers_total{class="2xx"}'];
    console.log(`${'flights'.padEnd(14)} ${(checkout.counted['shanhuo_lane_sent_total{lane="write"}'] / requests).toFixed(2)} of the write lane a checkout`);
  }
  const broken = await psql(socket, 'shanhuo_owner', ['-f', 'tests/sql/invariants.sql']).then(() => '', (error) => error.message);
  console.log(`${'invariants'.padEnd(14)} ${broken === '' ? 'hold' : broken}`);
  await writeFile('build/bench.json', JSON.stringify({ size, rounds, seconds, at: new Date().toISOString(), results, resident_kib, ready_ms: server.ready_ms }, null, 1));
  await Promise.all([...children].map(end));
  await rm(scratch, { recursive: true });
  process.exitCode = broken === '' && results.every(({ ratio, target }) => ratio >= target) && resident_kib < RESIDENT_KIB_MAX ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { for (const child of children) child.kill('SIGTERM'); process.exitCode = 1; });
main().catch(async (error) => {
  console.error(error.message.slice(0, 2000));
  await Promise.all([...children].map(end));
  process.exitCode = 1;
});
