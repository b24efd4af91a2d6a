// The ledger is sealed, its seals are public, and `shanhuo ledger verify` finds whatever a superuser changed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { aCounty, aHousehold, aLot, aProduct, aShop } from './builders.mjs';
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
