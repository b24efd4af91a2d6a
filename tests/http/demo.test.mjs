// The demo: loads fast, can be bought from, keeps away from a database in use, and is the same world for the same seed and day.
// That its books hold is checked when the servers stop, by tests/sql/invariants.sql.
import assert from 'node:assert/strict';
import test from 'node:test';
import { aServer, fine } from './support.mjs';

// Made here, not in a test: what a test starts is stopped when it ends.
const [first, second] = [await aServer(), await aServer()];
const LOAD_MS_MAX = 20_000;
const PASSWORD = 'shanhuo-2016';
// Sealed values (also those a case will write), keyed hashes and salts differ from installation to installation; all else follows from seed and day.
const comparable = `SELECT c.table_name, string_agg(quote_ident(c.column_name), ', ' ORDER BY c.ordinal_position) AS columns
  FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name)
  WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name !~ '_sealed$|_index$|_hash$|known$|^written_by$'
    AND (c.table_name, c.column_name) <> ('cases', 'payload') AND c.table_name !~ 'migration|id_number_holders|^areas' GROUP BY c.table_name ORDER BY c.table_name`;

async function digests(server) {
  const all = {};
  for (const { table_name, columns } of await server.sql(comparable)) {
    const [{ digest }] = await server.sql(`SELECT coalesce(md5(string_agg(words, E'\\n' ORDER BY words)), '') AS digest
      FROM (SELECT (SELECT row(${columns})::text) AS words FROM ${table_name}) AS rows`);
    all[table_name] = digest;
  }
  return all;
}

async function aWorld(seed, server) {
  const loaded = await server.shanhuo(['demo', '--seed', String(seed), '--today', '2016-11-23']);
  assert.equal(loaded.code, 0, loaded.errors);
  return server;
}

test('serve --demo starts with goods on the shelf, and every printed login works', async () => {
  const began = Date.now();
  const server = await aServer({ words: ['--demo'] });
  assert.ok(Date.now() - began < LOAD_MS_MAX, `${Date.now() - began} ms`);
  const { items } = fine(await server.get('/products', { query: { limit: 50 } }));
  assert.ok(items.length >= 20);
  assert.ok(items.every((item) => item.stock !== 'none' && item.price_fen > 0));
  assert.ok(new Set(items.map((item) => item.product_id.slice(0, 6))).size > 1, 'shops of several counties');
  for (const login of ['admin', 'county1', 'county2', 'finance', 'auditor', 'prefecture', 'township', 'cadre', 'inspector', 'shop1', 'buyer1', 'household1'])
    fine(await server.post('/auth/login', { login, password: PASSWORD }));
});

test('the nightly check finds nothing wrong with the register of the demo, also not with households that were never registered', async () => {
  const server = await aServer({ words: ['--demo'] });
  assert.equal((await server.shanhuo(['jobs', '--once', 'findings/check'])).code, 0);
  assert.deepEqual(await server.sql`SELECT rule, count(*) FROM findings WHERE rule IN (SELECT name FROM quality_rules) GROUP BY rule`, []);
});

test('every offer has stock, every lot its contributions, every part of the trade its example', async () => {
  const server = await aWorld(7, first);
  const [found] = await server.sql(`SELECT
    (SELECT count(*) FROM offers AS o LEFT JOIN stocks AS s USING (county, product_id, grade, place_id) WHERE coalesce(s.on_hand_qty, 0) < o.pack_qty) AS offers_empty,
    (SELECT count(DISTINCT state) FROM dues) AS due_states,
    (SELECT count(*) FROM purchases WHERE array_length(counties, 1) > 1) AS across,
    (SELECT count(*) FROM returns) AS returns,
    (SELECT count(*) FROM reviews WHERE reply IS NOT NULL) AS reviews,
    (SELECT count(*) FROM attributions WHERE NOT counted AND reason = 'no_agreement') AS without_agreement,
    (SELECT count(*) FROM attributions WHERE NOT counted AND reason = 'not_registered') AS unregistered,
    (SELECT count(*) FROM lots WHERE inspection = 'waiting') AS waiting,
    (SELECT count(*) FROM households AS h LEFT JOIN household_statuses AS s ON s.household_id = h.id AND s.source !~ 'synthetic' WHERE s.id IS NOT NULL) AS unmarked`);
  assert.equal(found.offers_empty, 0);
  assert.equal(found.unmarked, 0);
  assert.ok(found.due_states >= 6);
  for (const part of ['across', 'returns', 'reviews', 'without_agreement', 'unregistered', 'waiting']) assert.ok(found[part] > 0, part);
  const again = await server.shanhuo(['demo']);
  assert.equal(again.code, 1);
  assert.match(again.errors, /in use/);
});

test('a county officer finds on one page what has gone wrong: a shop that stopped shipping, and a plan to hold the month against', async () => {
  const server = await aServer({ words: ['--demo'] });
  const entered = await server.post('/auth/login', { login: 'county1', password: PASSWORD });
  const county1 = server.as({ cookie: entered.headers.get('set-cookie').split(';')[0] });
  const [{ county }] = await server.sql`SELECT county FROM orders WHERE state = 'paid' GROUP BY county, shop_id HAVING min(paid_at) < now() - interval '9 days'`;
  const it = fine(await county1.get('/reports/dashboard', { query: { area: county } }));
  assert.ok(it.plan_fen > 0 && it.year_plan_fen > it.plan_fen);
  assert.ok(it.decisions.find(({ kind }) => kind === 'shop_stopped').count >= 1);
  assert.ok(it.shops[0].unshipped_count > 0);
});

test('the same seed and day make the same world', async () => {
  await aWorld(7, second);
  assert.deepEqual(await digests(second), await digests(first));
});

test('what makes no size is refused before anything is touched; another seed makes another world', async () => {
  const server = await aServer();
  for (const words of [['--size', 'huge'], ['--size', '1'], ['--seed', '-1'], ['--today', 'tomorrow']]) {
    const answer = await server.shanhuo(['demo', ...words]);
    assert.equal(answer.code, 2, words.join(' '));
  }
  assert.equal((await server.sql`SELECT count(*)::int AS count FROM shops`)[0].count, 0);
  assert.notEqual((await digests(await aWorld(8, server))).orders, (await digests(first)).orders);
});
