// Every writing route under hostile input. The route table says what a good body is; each test spoils one thing in it and expects
// a refusal that names the place. At the end the database holds the very rows it held before.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { bodyOf as bodyIn, anId, good } from './bodies.mjs';
import { aCounty, aHousehold, aShop, signatureOf, someone } from './builders.mjs';
import { aServer, program, run } from './support.mjs';

const MEDIAN_MS_MAX = 50;
const AT_ONCE = 4;

const server = await aServer();
const county = await aCounty(server);
const shop = await aShop(server, county);
const household = await aHousehold(server, county);
const routes = JSON.parse((await run(program, ['routes', '--json'])).output).filter(({ method }) => method !== 'GET');
const withBody = routes.filter(({ body }) => body);
const named = ({ method, path }) => `${method} ${path}`;

const roleOf = ({ may }) => may.find((role) => role !== 'buyer') ?? may[0];
const organisation = ({ id }) => ({ organisation_county: county.code, organisation_id: id });
const grants = { buyer: null, operator: organisation(shop), household: organisation(household), administrator: { area_code: '' } };
const people = { undefined: server };
for (const role of new Set([...routes.map(roleOf).filter(Boolean), 'auditor'])) { // auditors write nothing
  const bound = role in grants ? grants[role] : { area_code: county.code };
  people[role] = await someone(server, { roles: bound ? [{ role, ...bound }] : [] });
}

for (const who of Object.values(people)) if (who !== server) await who.get('/me'); // a session remembers the day it was last used

const pathOf = ({ path, plain_ids }) => path.replace(/\{(\w+)\}/g, (_, name) => {
  if (name === 'provider') return 'simulator';
  return name.endsWith('_id') ? anId(!plain_ids.split(' ').includes(name) && county.code) : 'nothing';
});

const bodyOf = (fields) => bodyIn(fields, county.code);

/** Raw JSON stands in the body as it is: numbers that JavaScript can't hold. */
const raw = (json) => ({ toJSON: () => `\u0001${json}\u0001` });
const jsonOf = (body) => JSON.stringify(body).replace(/"\\u0001(.*?)\\u0001"/g, '$1');

const numbers = ({ min, max }) => [
  ...[`${BigInt(min) - 1n}`, '-9223372036854775808'].map((below) => [raw(below), 'below-min']),
  ...[`${BigInt(max) + 1n}`, '9223372036854775807', '9223372036854775808', '1e400', '-9223372036854775809'].map((above) => [raw(above), ['above-max', 'not-json', 'below-min']]),
  [raw('1.5'), 'not-whole'], [raw('1e3'), 'not-whole'], [raw('-0.0'), 'not-whole'], ['1', 'wrong-type'],
];
const times = (code) => ['2026-02-30', '2026-1-2', '20260102', '9999-99-99', '-1', ' 2026-01-02', '2026-01-02T25:00:00Z', '0'].map((words) => [words, code]);
/** What else a list must hold beside the item that is spoiled. */
const others = (min, fields) => Array.from({ length: Math.max(0, (min ?? 0) - 1) }, () => bodyOf(fields));
/** What is wrong for a kind, and the code it is refused with. */
const spoiled = {
  count: numbers, fen: numbers, qty: numbers,
  bool: () => [['true', 'wrong-type'], [0, 'wrong-type']],
  text: ({ max, min }) => [
    ['核'.repeat(max + 1), 'too-long'], ['a\u202eb', 'control-character'], ['a\u0000b', 'control-character'], ['a\u0007b', 'control-character'],
    ['\u2066a', 'control-character'], [7, 'wrong-type'], ...(min > 1 ? [['x', 'too-short']] : []),
  ],
  code: ({ max }) => [['6'.repeat(max + 1), 'too-long'], ['6a', 'not-digits'], ['٦٦٦٦٦٦', 'not-digits'], ["6' OR 1=1", 'not-digits'], [6, 'wrong-type']],
  choice: () => [['no such choice', 'not-a-choice'], ['', 'not-a-choice'], [1, 'wrong-type']],
  uuid: () => [['nothing', 'not-an-id'], [`{${randomUUID()}}`, 'not-an-id'], [randomUUID().replaceAll('-', ''), 'not-an-id'], [1, 'wrong-type']],
  uuids: ({ max }) => [[{}, 'wrong-type'], ['text', 'wrong-type'], [[1], 'wrong-type', '/0'], [['nothing'], 'not-an-id', '/0'],
    [Array(2).fill(randomUUID()), 'repeated', '/1'], [Array.from({ length: max + 1 }, () => randomUUID()), 'too-many-items']],
  county_id: () => [['nothing', 'not-an-id'], [randomUUID(), 'not-an-id'], [`62120-${randomUUID()}`, 'not-an-id'], [`'62120-${randomUUID()}`, 'not-an-id'], [1, 'wrong-type']],
  date: () => times('not-a-date'), instant: () => times('not-an-instant'),
  object: () => [['text', 'wrong-type'], [[], 'wrong-type']],
  list: ({ min, max, fields }) => [[{}, 'wrong-type'], ['text', 'wrong-type'], [[1, ...others(min, fields)], 'wrong-type', '/0'], [Array.from({ length: max + 1 }, () => bodyOf(fields)), 'too-many-items']],
};

/** Each field of a body spoiled in each way: { body, pointer, codes }. */
function* spoilings(fields, pointer = '', around = (inner) => inner) {
  yield { body: around({ ...bodyOf(fields), no_such_field: 1 }), pointer: `${pointer}/no_such_field`, codes: ['unknown-field'] };
  for (const field of fields) {
    const at = `${pointer}/${field.name}`;
    const put = (value) => around({ ...bodyOf(fields), [field.name]: value });
    const any = [[['list', 'uuids'].includes(field.kind) ? 1 : [], 'wrong-type'], ...(field.kind === 'object' ? [] : [[{ nested: {} }, 'wrong-type']]), ...(field.optional ? [] : [[null, 'required'], [undefined, 'required']])];
    for (const [value, codes, deeper = ''] of [...spoiled[field.kind](field), ...any])
      yield { body: put(value), pointer: at + deeper, codes: [codes].flat() };
    if (field.kind === 'list') yield* spoilings(field.fields, `${at}/0`, (item) => put([item, ...others(field.min, field.fields)]));
    if (field.kind === 'object') yield* spoilings(field.fields, at, put);
  }
}

const took = [];
/** The call as whoever may make it, with all it needs; `verified` routes get a good signature. */
async function call(route, { body, where = pathOf(route), version = 1, headers = {}, ...more } = {}) {
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : jsonOf(body);
  const signature = route.verified ? signatureOf(server.env.SIMULATOR_SECRET, bytes ?? '') : {}; // of text: other bytes are as good as forged
  const began = performance.now();
  const answer = await people[roleOf(route)].api(route.method, where, { body: bytes, key: randomUUID(), version, headers: { ...signature, ...headers }, ...more });
  took.push(performance.now() - began);
  return answer;
}

/** A refusal as every refusal is: 4xx, problem+json, a slug, pointers into the body, codes, and no word of the inside. */
function checkRefusal({ status, headers, body, text }, what, wanted) {
  assert.ok(status >= 400 && status < 500, `${what}: ${status} ${text}`);
  assert.match(headers.get('content-type'), /^application\/problem\+json/, what);
  assert.match(body.type, /^\/problems\/[a-z-]+$/, what);
  assert.equal(body.status, status, what);
  assert.ok(body.request_id && body.title && Array.isArray(body.errors), what);
  for (const error of body.errors) {
    assert.match(error.pointer, /^(\/.*)?$/, what);
    assert.match(error.code, /^[a-z-]+$/, what);
    assert.ok(error.message, `${what}: no words for ${error.code}`);
  }
  assert.doesNotMatch(text, /SELECT|pg_|constraint|sqlstate|backend\//, what);
  if (wanted) assert.ok([wanted].flat().includes(status), `${what}: expected ${wanted}, got ${status} ${text}`);
}

/** Runs all, a few at a time. */
async function each(items, work) {
  const rest = items[Symbol.iterator]();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const item of rest) await work(item); }));
}

const tables = (await server.sql(`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`)).map(({ name }) => name);
/** Every row of every table in one hash each. */
async function contents() {
  const hashes = tables.map((table) => `SELECT '${table.replaceAll("'", "''")}' AS name, md5(coalesce(string_agg(row::text, E'\\n' ORDER BY row::text), '')) AS hash FROM ${table} AS row`);
  return Object.fromEntries((await server.sql(hashes.join(' UNION ALL '))).map(({ name, hash }) => [name, hash]));
}
const before = await contents();

test('every_field_of_every_body_spoiled_in_every_way_is_refused_with_its_pointer', async () => {
  const cases = withBody.flatMap((route) => [...spoilings(route.body)].map((spoiling) => ({ route, ...spoiling })));
  assert.ok(cases.length > 1000);
  await each(cases, async ({ route, body, pointer, codes }) => {
    const what = `${named(route)} ${jsonOf(body).slice(0, 200)}`;
    const answer = await call(route, { body });
    checkRefusal(answer, what, [400, 422]);
    if (answer.status === 422) assert.ok(answer.body.errors.some((error) => error.pointer === pointer && codes.includes(error.code)), `${what}: expected ${codes} at ${pointer}, got ${answer.text}`);
    else assert.ok(codes.includes('not-json'), `${what}: ${answer.text}`);
  });
});

test('a_body_that_is_no_object_of_json_is_refused', async () => {
  const deep = (open, close, inner) => `{"x":${open.repeat(10_000)}${inner}${close.repeat(10_000)}}`;
  const bodies = [
    ['', 400], ['{', 400], ['nothing', 400], ['{"a":1,}', 400], ["{'a':1}", 400], ['{"a":NaN}', 400], ['{} {}', 400], ['\ufeff{}', 400],
    [Buffer.from('{"a":"\xff\xfe"}', 'latin1'), 400], [Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'), 400], [Buffer.from('{"a":"\xc0\x80"}', 'latin1'), 400], ['{"a":"\\ud800"}', 400], [Buffer.from([0]), 400],
    ['[]', 422], ['"text"', [400, 422]], ['1', [400, 422]], ['null', [400, 422]], ['{"a":1,"a":2}', 422], ['{"\\u0000":1}', 422], ['{"x":"\\u0000"}', 422],
    [deep('[', ']', ''), 422], [deep('{"x":', '}', '1'), 422], ['['.repeat(10_000), [400, 422]],
  ];
  const cases = withBody.flatMap((route) => bodies.map(([body, wanted]) => ({ route, body, wanted })));
  await each(cases, async ({ route, body, wanted }) =>
    checkRefusal(await call(route, { body }), `${named(route)} with ${String(body).slice(0, 40)}`, route.verified ? [wanted, 401].flat() : wanted));
});

test('a_body_where_none_belongs_is_refused', async () => {
  await each(routes.filter(({ body, upload, path }) => !body && !upload && path !== '/auth/logout'), async (route) => {
    checkRefusal(await call(route, { body: { x: 1 } }), named(route), 422);
    checkRefusal(await call(route, { body: '[' }), named(route), 400);
  });
});

test('a_body_of_300_kb_is_too_large_and_a_wrong_content_type_is_not_read', async () => {
  await each(routes.filter(({ path }) => path !== '/auth/logout'), async (route) => {
    if (!route.upload) checkRefusal(await call(route, { body: `{"x":"${'x'.repeat(300 * 1024)}"}` }), named(route), 413);
    if (route.verified) return; // signed bytes are judged by their signature
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx', ''])
      checkRefusal(await call(route, { body: '{}', headers: { 'content-type': type } }), `${named(route)} as ${type}`, 415);
  });
});

test('ids_in_the_path_that_name_nothing_are_404', async () => {
  const ids = ['nothing', '0', '-1', '%00', '%ff%fe', '%', '%zz', "'%20OR%201=1--", 'x'.repeat(400), `${county.code}-nothing`, `000000-${randomUUID()}`, `${county.code}-${randomUUID()}x`, '..%2f..%2fetc', randomUUID().toUpperCase()];
  const cases = routes.filter(({ path }) => /_id\}/.test(path)).flatMap((route) => ids.map((id) => ({ route, id })));
  await each(cases, async ({ route, id }) => {
    const where = pathOf(route).replace(/[\w-]*[0-9a-f]{8}-[0-9a-f-]{27}/, () => id);
    checkRefusal(await call(route, { where, body: route.body && bodyOf(route.body) }), `${named(route)} at ${id}`, route.upload ? undefined : route.path.startsWith('/me/') ? [404, 400, 403] : [404, 400]);
  });
});

test('ids_nobody_has_change_nothing', async () => {
  await each(routes.filter(({ path }) => /_id\}/.test(path)), async (route) => {
    checkRefusal(await call(route, { body: route.body && bodyOf(route.body) }), named(route));
  });
});

test('a_missing_or_unusable_idempotency_key_is_400', async () => {
  await each(routes.filter(({ idempotent }) => idempotent), async (route) => {
    const body = route.upload ? undefined : route.body ? bodyOf(route.body) : undefined;
    const type = route.upload ? { headers: { 'content-type': route.upload }, body: 'a\n' } : { body };
    const answer = await call(route, { ...type, key: null });
    checkRefusal(answer, named(route), 400);
    assert.equal(answer.body.type, '/problems/idempotency-key-missing');
    for (const key of ['x'.repeat(129), 'a b', 'ä']) checkRefusal(await call(route, { ...type, key }), `${named(route)} with key ${key}`, 400);
  });
});

test('a_missing_version_is_428_and_one_that_was_never_ours_is_412', async () => {
  await each(routes.filter(({ versioned }) => versioned), async (route) => {
    const body = route.body && bodyOf(route.body);
    const bare = await people[roleOf(route)].api(route.method, pathOf(route), { body: body && jsonOf(body), key: randomUUID() });
    checkRefusal(bare, named(route), 428);
    for (const tag of ['1', '*', 'W/"1"', '"-1"', '"9223372036854775808"', '"2147483648"', '"1", "2"', '""', '"1e3"'])
      checkRefusal(await call(route, { body, headers: { 'if-match': tag } }), `${named(route)} with ${tag}`, 412);
  });
});

test('queries_of_every_reading_route_are_refused_with_their_field', async () => {
  const reading = JSON.parse((await run(program, ['routes', '--json'])).output).filter(({ method }) => method === 'GET');
  const queries = ['limit=0', 'limit=101', 'limit=-1', 'limit=1.5', 'limit=9223372036854775808', 'limit=1&limit=2', 'no_such_field=1', 'cursor=%00', 'cursor=%ff', 'cursor=nothing', "cursor='", 'cursor=,', 'cursor=|', 'cursor=99999999999999999999', `cursor=${'x'.repeat(600)}`, 'limit=%zz', '%00=1', '=', '&&&', 'format=xml'];
  const needed = (route, but) => Object.fromEntries((route.query ?? []).filter(({ optional, name }) => !optional && name !== but).map((field) => [field.name, good[field.kind](field, county.code)]));
  const ask = async (route, query) => {
    const answer = await (people[roleOf(route)] ?? people.county).api('GET', `${pathOf(route)}?${query}`);
    assert.ok(answer.status < 500, `${named(route)}?${query}: ${answer.status} ${answer.text}`);
    return answer;
  };
  await each(reading.flatMap((route) => queries.map((query) => ({ route, query }))), async ({ route, query }) => {
    const answer = await ask(route, `${new URLSearchParams(needed(route))}&${query}`);
    const [name] = query.split('=');
    if (/^(limit|no_such)/.test(name)) assert.ok([422, 404].includes(answer.status), `${named(route)}?${query}: ${answer.status} ${answer.text}`);
    if (answer.status === 422 && name) assert.ok(answer.body.errors.length > 0 && answer.body.errors.every(({ pointer }) => pointer.startsWith('/')), `${named(route)}?${query}: ${answer.text}`);
  });
  const spoiledFields = reading.flatMap((route) => (route.query ?? []).flatMap((field) => spoiled[field.kind](field).filter(([, code]) => code !== 'wrong-type').map(([value]) => ({ route, field, value }))));
  await each(spoiledFields, async ({ route, field, value }) => {
    const words = typeof value === 'string' ? value : jsonOf(value);
    if (words === '') return; // an empty field of a form is as good as none
    const answer = await ask(route, new URLSearchParams({ ...needed(route, field.name), [field.name]: words }));
    assert.ok([422, 404, 413].includes(answer.status), `${named(route)}?${field.name}=${words}: ${answer.status} ${answer.text}`);
  });
});

test('a_refusal_is_quick', () => {
  took.sort((a, b) => a - b);
  const median = took[took.length >> 1];
  assert.ok(took.length === 0 || median < MEDIAN_MS_MAX, `half of ${took.length} refusals took more than ${median} ms`);
});

test('after_all_that_the_database_holds_what_it_held', async () => {
  assert.deepEqual(await contents(), before);
});
