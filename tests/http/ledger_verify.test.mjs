// The ledger is sealed, its seals are public, and `shanhuo ledger verify` finds whatever a superuser changed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { aCounty, addressIn, aHousehold, aLot, anOffer, anOfficer, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop } from './builders.mjs';
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
  for (const event of ['household_seen', 'household_changed'])
    await server.sql`INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, reason)
      VALUES (${randomUUID()}, '2026-11-23T00:00:00Z', ${randomUUID()}, ${event}, ${county.code}, 'households', ${household.id}, 'asked')`;
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
    AND table_name IN ('transfers', 'entries', 'seals', 'seal_transfers', 'seal_records', 'day_heads', 'attributions', 'contributions', 'audit_events') AND privilege_type NOT IN ('SELECT', 'INSERT')`;
  assert.deepEqual(rows, []);
});

/** What a superuser may do behind the application's back, and how verify names it. The county's copy is put back after each. */
const first = (table) => `(SELECT id FROM ${table} WHERE county = '$' ORDER BY written_by, id LIMIT 1)`;
const tamperings = [
  ['an amount that was raised', `UPDATE entries SET amount_fen = amount_fen + 1 WHERE county = '$'`, /seal 1, position 1, transfer [0-9a-f-]{36}: is not what was sealed/],
  ['a payee that was changed', `UPDATE entries SET credit_holder = gen_random_uuid() WHERE county = '$'`, /seal 1, position 1, transfer/],
  ['a reference that was changed', `UPDATE transfers SET reference = reference || 'x' WHERE county = '$' AND id = ${first('transfers')}`, /seal 1, position 1, transfer/],
  ['a time that was changed', `UPDATE transfers SET posted_at = posted_at - interval '1 ms' WHERE county = '$' AND id <> ${first('transfers')}`, /seal 1, position 2, transfer .*is not what was sealed/],
  ['a person that was changed', `UPDATE transfers SET made_by = gen_random_uuid() WHERE county = '$'`, /seal 1, position 1, transfer/],
  ['a business day that was changed', `UPDATE transfers SET business_day = business_day + 1 WHERE county = '$'`, /business day/],
  ['an entry that was deleted', `DELETE FROM entries WHERE county = '$' AND transfer_id = ${first('transfers')}`, /seal 1, position 1, transfer/],
  ['an entry that was put in', `INSERT INTO entries (county, transfer_id, position, debit_kind, debit_holder, credit_kind, credit_holder, amount_fen)
     SELECT county, transfer_id, position + 50, debit_kind, debit_holder, credit_kind, credit_holder, amount_fen FROM entries WHERE county = '$'`, /seal 1, position 1, transfer/],
  ['an entry of no transfer', `INSERT INTO entries (county, transfer_id, position, debit_kind, debit_holder, credit_kind, credit_holder, amount_fen)
     SELECT county, gen_random_uuid(), 1, 'refund', debit_holder, 'refund', credit_holder, 1 FROM entries WHERE county = '$' LIMIT 1`, /is below zero/],
  ['a transfer that was deleted', `DELETE FROM entries WHERE county = '$' AND transfer_id = ${first('transfers')}; DELETE FROM transfers WHERE county = '$' AND id = ${first('transfers')}`,
    /seal 1, position 1, transfer .*: is gone/],
  ['a transfer that was put in', `INSERT INTO transfers (county, id, kind, reference, posted_at, business_day, made_by, written_by)
     SELECT county, gen_random_uuid(), kind, 'forged', posted_at, business_day, made_by, written_by FROM transfers WHERE county = '$' AND id = ${first('transfers')}`, /was never sealed/],
  ['transfers that changed places', `UPDATE seal_transfers SET position = -position WHERE county = '$'; UPDATE seal_transfers SET position = 3 + position WHERE county = '$'`, /seal 1, position 1, transfer/],
  ['a balance that was changed', `UPDATE balances SET balance_fen = balance_fen + 1 WHERE county = '$'`, /sum of its entries/],
  ['a due that was changed', `UPDATE dues SET amount_fen = amount_fen + 1 WHERE county = '$' AND payee_kind = 'household'`, /dues/],
  ['a seal that was deleted', `DELETE FROM seals WHERE county = '$' AND number = 1`, /seal 2: does not follow the seal before/],
  ['the last seal that was deleted', `DELETE FROM seals WHERE county = '$' AND number = 2`, /seal 2 is gone/],
  ['all seals that were deleted with all they say', `DELETE FROM seals WHERE county = '$'; DELETE FROM seal_transfers WHERE county = '$'; DELETE FROM seal_records WHERE county = '$'`,
    /seal 1: is gone; its head is kept of .* in day_heads/],
  ['a head that was changed', `UPDATE seals SET head = translate(head, '0123', '1230') WHERE county = '$' AND number = 2`, /seal 2: its head is not that of what it covers/],
  ['a previous head that was changed', `UPDATE seals SET previous_head = repeat('a', 64) WHERE county = '$' AND number = 2`, /seal 2: does not follow/],
  ['a time of sealing that was changed', `UPDATE seals SET sealed_at = sealed_at - interval '1 ms' WHERE county = '$' AND number = 2`, /seal 2, position 1/],
  ['a count that was changed', `UPDATE seals SET transfers_count = transfers_count + 1 WHERE county = '$' AND number = 1`, /seal 1/],
  ['seals that changed places', `UPDATE seals SET number = -number WHERE county = '$'; UPDATE seals SET number = 3 + number WHERE county = '$'`, /does not follow/],
  ['a link of the chain that was changed', `UPDATE seal_transfers SET link = sha256(link) WHERE county = '$' AND position = 2`, /seal 1, position 2, transfer/],
  ['an audit event whose words were changed', `UPDATE audit_events SET reason = 'forged' WHERE county = '$' AND id = ${first('audit_events')}`, /audit_events [0-9a-f-]{36}: is not what was sealed/],
  ['an audit event of another actor', `UPDATE audit_events SET actor_id = gen_random_uuid() WHERE county = '$' AND id = ${first('audit_events')}`, /audit_events .*: is not what was sealed/],
  ['an audit event that was deleted', `DELETE FROM audit_events WHERE county = '$' AND id = ${first('audit_events')}`, /position 1, audit_events .*: is gone/],
  ['an audit event that was put in', `INSERT INTO audit_events (id, at, actor_id, event, county, subject_kind, subject_id, written_by)
     SELECT gen_random_uuid(), at, actor_id, event, county, subject_kind, subject_id, written_by FROM audit_events WHERE county = '$' AND id = ${first('audit_events')}`, /audit_events .*: was never sealed/],
  ['a delivery that grew', `UPDATE contributions SET quantity_qty = quantity_qty + 1 WHERE county = '$' AND id = ${first('contributions')}`, /contributions .*: is not what was sealed/],
  ['a delivery that was given to another', `UPDATE contributions SET household_id = gen_random_uuid() WHERE county = '$' AND id = ${first('contributions')}`, /contributions .*: is not what was sealed/],
  ['an attribution that was raised', `UPDATE attributions SET due_fen = due_fen + 1, margin_fen = margin_fen - 1 WHERE county = '$'`, /attributions .*: is not what was sealed/],
  ['an attribution to another household', `UPDATE attributions SET household_id = gen_random_uuid() WHERE county = '$'`, /attributions .*: is not what was sealed/],
  ['an attribution that was deleted', `DELETE FROM attributions WHERE county = '$'`, /attributions .*: is gone/],
  ['a list of records that was deleted', `DELETE FROM seal_records WHERE county = '$' AND kind = 'audit_events'`, /seal 1: a list of its records is gone/],
  ['a list of records that was changed', `UPDATE seal_records SET digests = sha256(digests) WHERE county = '$' AND kind = 'contributions'`, /seal 1/],
  ['a kept head that was changed', `UPDATE day_heads SET head = repeat('b', 64) WHERE county = '$'`, /signature does not hold/],
];
const kept = ['transfers', 'entries', 'balances', 'dues', 'seals', 'seal_transfers', 'seal_records', 'day_heads', 'audit_events', 'contributions', 'attributions'];

/** One county, sealed twice, is tampered with again and again; foreign keys are off, as a superuser can have them. */
test('verify_finds_whatever_a_superuser_changed', async (t) => {
  const { county } = await aPostedCounty();
  await server.once('ledger/seal');
  const shop = await aShop(server, county);
  const product = await aProduct(server, shop);
  await aLot(server, product, [{ household: await aHousehold(server, county, { shop }), quantity_qty: 5000 }]);
  const offer = await anOffer(server, product);
  await aReceivedOrder(server, { county, shop, offer, address: addressIn(county) }, { closed: true });
  await server.once('ledger/seal');
  assert.equal((await verify()).code, 0);
  const written = Object.fromEntries((await server.sql`SELECT table_name, string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name`).map(({ table_name, columns }) => [table_name, columns]));
  const each = (sql) => kept.map((table) => sql.replaceAll('WHICH', table).replaceAll('COLUMNS', written[table]).replaceAll('$', county.code)).join(';');
  await server.psql(['--command', each(`CREATE TABLE kept_WHICH AS SELECT * FROM WHICH WHERE county = '$'`)]);
  for (const [what, sql, names] of tamperings)
    await t.test(what, async () => {
      await server.psql(['--command', `SET session_replication_role = replica; ${sql.replaceAll('$', county.code)}`]);
      const { code, errors } = await verify();
      await server.psql(['--command', `SET session_replication_role = replica; ${each(`DELETE FROM WHICH WHERE county = '$'; INSERT INTO WHICH (COLUMNS) SELECT COLUMNS FROM kept_WHICH`)}`]);
      assert.equal(code, 1, errors);
      assert.match(errors, new RegExp(`county ${county.code}`));
      assert.match(errors, names);
    });
  await server.psql(['--command', each('DROP TABLE kept_WHICH')]);
  const { code, errors } = await verify();
  assert.equal(code, 0, errors);
});

test('what_concerns_no_county_is_sealed_as_well', async () => {
  const id = randomUUID();
  await server.sql`INSERT INTO audit_events (id, at, event) VALUES (${id}, '2026-11-23T00:00:00Z', 'signed_in')`;
  await server.once('ledger/seal');
  await server.sql`UPDATE audit_events SET event = 'signed_out' WHERE id = ${id}`;
  const { errors } = await verify();
  await server.sql`UPDATE audit_events SET event = 'signed_in' WHERE id = ${id}`;
  assert.match(errors, new RegExp(`county 000000, seal 1, position \\d+, audit_events ${id}: is not what was sealed`));
  assert.equal((await verify()).code, 0);
});

// ---- The file the county keeps ----

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

test('a_file_that_is_no_list_of_heads_proves_nothing', async () => {
  const file = path.join(server.folder, 'no-heads.txt');
  await writeFile(file, 'number,head\n1,ab\n');
  const { code, errors } = await server.shanhuo(['ledger', 'verify', '--heads', file]);
  assert.equal(code, 2);
  assert.match(errors, /line 1 of the heads is none/);
  assert.equal((await server.shanhuo(['ledger', 'verify', '--heads', '/nowhere'])).code, 2);
  refused(await server.get('/ledger/heads'), 422, 'invalid');
  refused(await server.get('/ledger/heads/file?county=999999'), 404, 'not-found');
});
