// `shanhuo backup` of a running installation, `shanhuo restore` on another machine: the same seals, the same people, or a clear no.
import assert from 'node:assert/strict';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { aCounty, aHousehold, aLot, anOfficer, aProduct, aShop } from './builders.mjs';
import { aServer, fine, run, shanhuo, unique } from './support.mjs';

const programs = '/usr/lib/postgresql/15/bin';
const server = await aServer();
const county = await aCounty(server);
const shop = await aShop(server, county);
// As if it had run for a while: a new cluster counts its transactions from far below.
await server.psql(['--command', 'DO $$ BEGIN FOR i IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$']);
const household = await aHousehold(server, county, { shop });
await aLot(server, await aProduct(server, shop), [{ household, quantity_qty: 60000, mode: 'bought' }]);
await server.once('payouts/bought');
await server.once('ledger/seal');
const officer = await anOfficer(server, county);

/** Entered over the API, so that number and name are sealed with the installation's keys. */
const person = { name: '张三', id_number: '990121195501010012', relation: 'head', resident: true };
const entered = fine(await officer.post('/households', { card_number: 'B-1', village_code: county.villages[0], status: 'registered', status_on: '2016-05-01', cause: 'illness', members: [person] }), 201);
const [{ member_id }] = fine(await officer.get(`/households/${entered.household_id}`)).members;

const file = path.join(server.folder, 'county.backup');
const keys = path.join(server.folder, 'county.keys');
const backup = (words) => server.shanhuo(['backup', ...words]);
/** On a machine of its own: another data folder. */
const restore = (words, folder = path.join(server.folder, unique('data'))) => shanhuo(['restore', ...words], { env: { ...server.env, SHANHUO_DATA: folder } });
const made = await backup([file, '--keys', keys]);

test('a backup is made while the server runs, readable by its owner only', async () => {
  assert.equal(made.code, 0, made.errors);
  assert.match(made.output, /counties' seals/);
  for (const one of [file, `${file}.manifest`, keys]) assert.equal((await stat(one)).mode & 0o777, 0o600);
  const manifest = await readFile(`${file}.manifest`, 'utf8');
  const [{ head }] = fine(await server.get(`/ledger/seals?county=${county.code}`)).items;
  assert.ok(manifest.includes(`head\t${county.code}\t1\t${head}\n`));
});

test('no key and no ID number is in the backup', async () => {
  const { code, output } = await run(path.join(programs, 'pg_restore'), ['--data-only', '--file=-', file]);
  assert.equal(code, 0);
  assert.ok(output.includes(household.id));
  const secrets = (await readFile(keys, 'utf8')).trim().split('\n').map((line) => Buffer.from(line.split(' ')[1], 'hex').toString());
  for (const secret of secrets.flatMap((file) => file.match(/[0-9a-f]{64}/g)))
    assert.equal(output.includes(secret), false);
  assert.doesNotMatch(output, new RegExp(person.id_number));
});

test('an older backup is never written over', async () => {
  const before = await readFile(`${file}.manifest`, 'utf8');
  const { code, errors } = await backup([file]);
  assert.equal(code, 2);
  assert.match(errors, /exists/);
  assert.equal(await readFile(`${file}.manifest`, 'utf8'), before);
});

test('restored on another machine it has the same seals, and serves the same people', async () => {
  const other = await aServer({ settings: { SHANHUO_UNSAFE_FAST: '1' } });
  await other.stop();
  const elsewhere = path.join(server.folder, unique('data'));
  const { code, output, errors } = await restore([file, '--keys', keys], elsewhere);
  assert.equal(code, 0, errors);
  assert.match(output, /seals of 1 counties are equal, the ledger holds, 0 migrations applied/);
  other.data = other.env.SHANHUO_DATA = elsewhere;
  await other.start();
  const asked = [`/ledger/seals?county=${county.code}`, `/households/${household.household_id}`];
  for (const where of asked)
    assert.deepEqual(fine(await other.as(officer.who).get(where)), fine(await officer.get(where)));
  const revealed = await other.as(officer.who).post(`/households/${entered.household_id}/reveal`, { member_id, purpose: 'audit', reason: '备份演练' }, { key: null });
  assert.equal(fine(revealed).id_number, person.id_number);

  // Seals take records in the order their transactions wrote them: the new cluster must go on counting where the old one stood.
  await aLot(other, await aProduct(other, shop), [{ household, quantity_qty: 500, mode: 'bought' }]);
  await other.once('payouts/bought');
  await other.once('ledger/seal');
  const sealed = fine(await other.get(`/ledger/seals?county=${county.code}&limit=5`)).items;
  assert.deepEqual([sealed.length > 1, sealed[0].transfers_count], [true, 1]);
  const proof = await other.shanhuo(['ledger', 'verify']);
  assert.equal(proof.code, 0, proof.errors);
});

test('a data folder with data in it is left as it is', async () => {
  const filled = path.join(server.folder, unique('data'));
  assert.equal((await restore([file, '--keys', keys], filled)).code, 0);
  const { code, errors } = await restore([file, '--keys', keys], filled);
  assert.equal(code, 1);
  assert.match(errors, /holds data; choose an empty one.*nothing was changed/);
  const running = await server.shanhuo(['restore', file]);
  assert.equal(running.code, 1);
  assert.match(running.errors, /another shanhuo works in/);
});

test('a damaged backup, a strange manifest, no keys and wrong keys are each told, and nothing is made', async () => {
  const bytes = Buffer.from(await readFile(file));
  const copy = path.join(server.folder, 'damaged.backup');
  bytes[bytes.length >> 1] ^= 1;
  await writeFile(copy, bytes);
  await copyFile(`${file}.manifest`, `${copy}.manifest`);
  const other = path.join(server.folder, 'other.keys');
  await writeFile(other, (await readFile(keys, 'utf8')).replace(/[0-9a-f]{4}\n/, '3030\n'));
  const strange = path.join(server.folder, 'strange.backup');
  await copyFile(file, strange);
  await writeFile(`${strange}.manifest`, 'not one of ours\n');
  for (const [words, code, told] of [
    [[copy, '--keys', keys], 1, /damaged/],
    [[file], 1, /no keys/],
    [[file, '--keys', other], 1, /not the keys/],
    [[strange, '--keys', keys], 2, /manifest/],
    [[path.join(server.folder, 'nowhere')], 2, /No such file/],
    [[], 2, /usage|FILE/],
  ]) {
    const refusal = await restore(words);
    assert.deepEqual([refusal.code, told.test(refusal.errors)], [code, true], refusal.errors);
  }
});

test('a manifest that names another seal is found out after the restore', async () => {
  const forged = path.join(server.folder, 'forged.backup');
  await copyFile(file, forged);
  const manifest = await readFile(`${file}.manifest`, 'utf8');
  await writeFile(`${forged}.manifest`, manifest.replace(/(head\t\d+\t1\t)[0-9a-f]{8}/, '$100000000'));
  const { code, errors } = await restore([forged, '--keys', keys]);
  assert.equal(code, 1);
  assert.match(errors, new RegExp(`seal 1 of county ${county.code} is not the one`));
});
