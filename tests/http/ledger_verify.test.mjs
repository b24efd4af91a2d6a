// The ledger is sealed, its seals are public, and `shanhuo ledger verify` finds whatever a superuser changed.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { aCounty, aHousehold, aLot, anOfficer, aPaidOrder, aProduct, aShop, aSmallShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const verify = () => server.shanhuo(['ledger', 'verify']);

async function aPostedCounty() {
  const county = await aCounty(server);
  const shop = await aShop(server, county);
  const product = await aProduct(server, shop);
  const household = await aHousehold(server, county, { shop });
  await aLot(server, product, [{ household, quantity_qty: 60000, mode: 'bought' }]);
  await aLot(server, product, [{ household, quantity_qty: 1000, mode: 'bought' }]);
  await server.once('payouts/bought');
  return { county, household };
}

test('posted_transfers_are_sealed_once_and_the_heads_are_public', async () => {
  const { county } = await aPostedCounty();
  await server.once('ledger/seal');
  await server.once('ledger/seal');
  const { items } = fine(await server.get(`/ledger/seals?county=${county.code}`));
  assert.deepEqual(items.map(({ number, previous_head, transfers_count }) => [number, previous_head, transfers_count]), [[1, '0'.repeat(64), 2]]);
  assert.match(items[0].head, /^[0-9a-f]{64}$/);
  refused(await server.get('/ledger/seals'), 422, 'invalid');
  const { code, output, errors } = await verify();
  assert.equal(code, 0, errors);
  assert.match(output, /ledger holds/);
});

test('each_seal_follows_the_one_before', async () => {
  const { county } = await aPostedCounty();
  await server.once('ledger/seal');
  const shop = await aShop(server, county);
  const product = await aProduct(server, shop);
  await aLot(server, product, [{ household: await aHousehold(server, county, { shop }), quantity_qty: 500, mode: 'bought' }]);
  await server.once('payouts/bought');
  await server.once('ledger/seal');
  const { items: [second, first] } = fine(await server.get(`/ledger/seals?county=${county.code}`));
  assert.equal(second.previous_head, first.head);
  assert.equal((await verify()).code, 0);
});

test('the_application_itself_cannot_change_what_was_posted', async () => {
  const rows = await server.sql`SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = 'shanhuo_app'
    AND table_name IN ('transfers', 'entries', 'seals', 'seal_transfers', 'attributions') AND privilege_type NOT IN ('SELECT', 'INSERT')`;
  assert.deepEqual(rows, []);
});

/** Each changes one row behind the application's back and puts it back. */
const tamperings = [
  ['an amount', (county) => `UPDATE entries SET amount_fen = amount_fen + $ WHERE county = '${county}'`, /seal 1/],
  ['a payee', (county, id) => `UPDATE entries SET credit_holder = CASE WHEN $ = 1 THEN '${county}00-0000-4000-8000-000000000000'::uuid ELSE '${id}'::uuid END WHERE county = '${county}'`, /seal 1/],
  ['a reference', (county) => `UPDATE transfers SET reference = CASE WHEN $ = 1 THEN reference || 'x' ELSE rtrim(reference, 'x') END WHERE county = '${county}'`, /seal 1/],
  ['a day', (county) => `UPDATE transfers SET business_day = business_day + $ WHERE county = '${county}'`, /business day/],
  ['a balance', (county) => `UPDATE balances SET balance_fen = balance_fen + $ WHERE county = '${county}'`, /sum of its entries/],
  ['a due', (county) => `UPDATE dues SET amount_fen = amount_fen + $ WHERE county = '${county}' AND payee_kind = 'household'`, /dues/],
  ['a count', (county) => `UPDATE seals SET transfers_count = transfers_count + $ WHERE county = '${county}'`, /seal 1/],
];
for (const [what, change, names] of tamperings) {
  test(`verify finds ${what} that was changed`, async () => {
    const { county, household } = await aPostedCounty();
    await server.once('ledger/seal');
    const sql = change(county.code, household.id);
    await server.sql(sql.replace('$', '1'));
    const { code, errors } = await verify();
    await server.sql(sql.replace('$', '-1'));
    assert.equal(code, 1);
    assert.match(errors, new RegExp(`county ${county.code}`));
    assert.match(errors, names);
    assert.equal((await verify()).code, 0);
  });
}

// ---- What else seals cover, and whole rows: a superuser's hand on any of it is found ----

/** A county with sold goods, taken-in goods, a posted payment and something an officer did, all sealed; its head of the day kept. */
async function aSealedCounty() {
  const shop = await aSmallShop(server);
  await aPaidOrder(server, shop, { packs: 2 });
  const county = shop.county;
  const officer = await anOfficer(server, county);
  const { station_id } = fine(await officer.post('/stations', { area_code: county.villages[0], name: '核桃站' }), 201);
  fine(await (await anOfficer(server, county)).post(`/stations/${station_id}/decide`, { accepted: true }));
  await server.once('payouts/bought');
  await server.once('ledger/seal');
  await server.once('ledger/seal');
  return county.code;
}
const tables = ['transfers', 'entries', 'attributions', 'contributions', 'audit_events', 'seals', 'seal_transfers', 'seal_records', 'day_heads'];
/** Changes behind everybody's back, without the database's own guards, and puts all back afterwards. */
const guards = 'SET session_replication_role = replica; ';
async function tampered(county, sql, look) {
  const own = (table) => `FROM ${table} WHERE county = '${county}'`;
  await server.psql(['--command', guards + tables.map((table) => `CREATE TABLE kept_${table} AS SELECT * ${own(table)};`).join(' ')]);
  try {
    await server.psql(['--single-transaction', '--command', guards + sql]);
    return await look();
  } finally {
    await server.psql(['--single-transaction', '--command', guards + tables.map((table) => `DELETE ${own(table)}; INSERT INTO ${table} SELECT * FROM kept_${table}; DROP TABLE kept_${table};`).join(' ')]);
  }
}
const one = (table) => `(SELECT id FROM ${table} WHERE county = '$' ORDER BY id LIMIT 1)`;
const hands = [
  ['an attribution changed', `UPDATE attributions SET gross_fen = gross_fen + 1, due_fen = due_fen + 1 WHERE county = '$' AND id = ${one('attributions')}`, /attributions .* is not what was sealed/],
  ['an attribution gone', `DELETE FROM attributions WHERE county = '$' AND id = ${one('attributions')}`, /attributions .* is gone/],
  ['a contribution given to another household', `UPDATE contributions SET household_id = gen_random_uuid() WHERE county = '$' AND id = ${one('contributions')}`, /contributions .* is not what was sealed/],
  ['an audit event reworded', `UPDATE audit_events SET reason = 'never' WHERE county = '$' AND id = ${one('audit_events')}`, /audit_events .* is not what was sealed/],
  ['an audit event gone', `DELETE FROM audit_events WHERE county = '$' AND id = ${one('audit_events')}`, /audit_events .* is gone/],
  ['an audit event slipped in', `INSERT INTO audit_events (id, at, event, county, written_by) SELECT gen_random_uuid(), at, 'invented', county, (written_by::text::bigint - 1)::text::xid8 FROM audit_events WHERE county = '$' AND id = (SELECT id FROM audit_events WHERE county = '$' ORDER BY written_by LIMIT 1)`, /audit_events/],
  ['an entry gone', `DELETE FROM entries WHERE county = '$' AND transfer_id = (SELECT transfer_id FROM entries WHERE county = '$' ORDER BY transfer_id LIMIT 1)`, /seal \d+, position \d+/],
  ['a whole transfer gone', `DELETE FROM entries WHERE county = '$' AND transfer_id = ${one('transfers')}; DELETE FROM transfers WHERE county = '$' AND id = ${one('transfers')}`, /seal \d+, position \d+/],
  ['two entries swapped', `UPDATE entries SET debit_kind = credit_kind, debit_holder = credit_holder, credit_kind = debit_kind, credit_holder = debit_holder WHERE county = '$' AND transfer_id = ${one('transfers')}`, /seal \d+, position \d+/],
  ['a list of records gone', "DELETE FROM seal_records WHERE county = '$' AND kind = 'audit_events'", /list of its records is gone/],
  ['the chain cut off', "DELETE FROM seal_records WHERE county = '$'; DELETE FROM seal_transfers WHERE county = '$'; DELETE FROM seals WHERE county = '$'", /is gone; its head is kept/],
  ['a kept head rewritten', "UPDATE day_heads SET head = repeat('0', 64) WHERE county = '$'", /its signature does not hold/],
];
for (const [what, sql, names] of hands) {
  test(`verify finds ${what}`, async () => {
    const county = await aSealedCounty();
    const { code, errors } = await tampered(county, sql.replaceAll('$', county), verify);
    assert.equal(code, 1);
    assert.match(errors, new RegExp(`county ${county}`));
    assert.match(errors, names);
    const again = await verify();
    assert.equal(again.code, 0, again.errors);
  });
}

test("the county's own file finds a chain that was rewritten as a whole, heads and all", async () => {
  const county = await aSealedCounty();
  const file = path.join(server.folder, 'heads.txt');
  const heads = await server.get(`/ledger/heads/file?county=${county}`);
  assert.match(fine(heads), new RegExp(`\nhead\t${county}\t`));
  await writeFile(file, heads.text);
  const against = (more = file) => server.shanhuo(['ledger', 'verify', '--heads', more]);
  assert.equal((await against()).code, 0);
  const rewrite = `DELETE FROM day_heads WHERE county = '${county}'; DELETE FROM seal_records WHERE county = '${county}'; DELETE FROM seal_transfers WHERE county = '${county}'; DELETE FROM seals WHERE county = '${county}'`;
  const [plain, held] = await tampered(county, rewrite, async () => {
    await server.once('ledger/seal');
    await server.psql(['--command', `UPDATE seals SET sealed_at = sealed_at WHERE county = '${county}'`]);
    return [await verify(), await against()];
  });
  assert.equal(plain.code, 0, plain.errors);
  assert.equal(held.code, 1);
  assert.match(held.errors, /in the county's file/);
  const forged = path.join(server.folder, 'forged.txt');
  await writeFile(forged, heads.text.replace(/head\t(\d+)\t([\d-]+)\t1\t..../, 'head\t$1\t$2\t1\t0000'));
  const refusal = await against(forged);
  assert.equal(refusal.code, 2);
  assert.match(refusal.errors, /not signed/);
});
