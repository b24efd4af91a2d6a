// Each watch finds what it is for, says what it saw, asks once, and leaves its near miss alone.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCounty, aHolder, aHousehold, aLot, anOfficer, anOperator, aPaidOrder, aProduct, aShop, aSmallShop, day } from './builders.mjs';
import { aServer, fine } from './support.mjs';

const server = await aServer();
const found = async (county, rule) => {
  await server.once('oversight/watches');
  return server.sql`SELECT subject_kind, subject_id, area_code, detail, state FROM findings WHERE county = ${county.code} AND rule = ${rule}`;
};

test('somebody of the shop buys there; a stranger does not', async () => {
  const setting = await aSmallShop(server), county = setting.county;
  await aPaidOrder(server, setting);
  assert.deepEqual(await found(county, 'self_purchase'), []);
  const order = await aPaidOrder(server, setting, { buyer: await anOperator(server, setting.shop) });
  const [finding] = await found(county, 'self_purchase');
  assert.deepEqual([finding.subject_kind, finding.subject_id, finding.state], ['orders', order.order_id.slice(7), 'open']);
  assert.equal(finding.detail.order.id, order.order_id);
  assert.ok(finding.detail.line_gross_fen > 0);
});

test('a household buys its own goods; another household may', async () => {
  const setting = await aSmallShop(server), county = setting.county;
  await aPaidOrder(server, setting, { buyer: await aHolder(server, await aHousehold(server, county)) });
  assert.deepEqual(await found(county, 'circular_order'), []);
  const [{ household_id }] = await server.sql`SELECT household_id FROM attributions WHERE county = ${county.code} LIMIT 1`;
  const order = await aPaidOrder(server, setting, { buyer: await aHolder(server, { county: county.code, id: household_id }) });
  const [finding] = await found(county, 'circular_order');
  assert.deepEqual([finding.subject_id, finding.detail.household.id], [order.order_id.slice(7), `${county.code}-${household_id}`]);
});

test('one certificate on lots of two shops; on two lots of one shop it may stand', async () => {
  const county = await aCounty(server), [one, two] = [await aShop(server, county), await aShop(server, county)];
  const lotOf = async (shop, certificate) => aLot(server, await aProduct(server, shop), [{ household: await aHousehold(server, county, { shop }), quantity_qty: 60000 }], { certificate });
  await lotOf(one, 'HGZ-1');
  await lotOf(one, 'HGZ-1');
  await lotOf(two, 'HGZ-2');
  assert.deepEqual(await found(county, 'lot_claimed_twice'), []);
  const later = await lotOf(two, 'HGZ-1');
  const [finding] = await found(county, 'lot_claimed_twice');
  assert.deepEqual([finding.subject_id, finding.detail.certificate], [later.id, 'HGZ-1']);
});

test('eight households with the same quantity in one lot; seven, or eight that differ, may be', async () => {
  const county = await aCounty(server), shop = await aShop(server, county);
  const households = await Promise.all(Array.from({ length: 8 }, () => aHousehold(server, county, { shop })));
  const lotWith = async (quantity) => aLot(server, await aProduct(server, shop), households.map((household, i) => ({ household, quantity_qty: quantity(i) })));
  await lotWith((i) => (i === 0 ? 61000 : 60000));
  await lotWith((i) => 60000 + i * 500);
  assert.deepEqual(await found(county, 'names_spread'), []);
  const lot = await lotWith(() => 60000);
  const [finding] = await found(county, 'names_spread');
  assert.deepEqual([finding.subject_id, finding.detail.households_count, finding.detail.quantity_qty], [lot.id, 8, 60000]);
});

test('delivered before the agreement was signed; on the day of signing it may be', async () => {
  const county = await aCounty(server), shop = await aShop(server, county);
  const delivered = async (delivered_on) => {
    const household = await aHousehold(server, county, { shop, agreed_days_ago: 10 });
    await aLot(server, await aProduct(server, shop), [{ household, quantity_qty: 60000 }]);
    const [agreement] = await server.sql`SELECT id FROM link_agreements WHERE county = ${county.code} AND household_id = ${household.id}`;
    await server.sql`UPDATE contributions SET agreement_id = ${agreement.id}, delivered_on = ${delivered_on} WHERE county = ${county.code} AND household_id = ${household.id}`;
    return household;
  };
  await delivered(day(-10));
  assert.deepEqual(await found(county, 'late_link'), []);
  const household = await delivered(day(-12));
  const [finding] = await found(county, 'late_link');
  assert.deepEqual([finding.subject_id, finding.detail.delivered_on], [household.id, day(-12)]);
});

test('a shop that sold nothing for half a year; a young one, and one that sold, are left alone', async () => {
  const setting = await aSmallShop(server), county = setting.county;
  const old = await aShop(server, county), young = await aShop(server, county);
  await server.sql`UPDATE shops SET created_at = now() - CASE WHEN id = ${young.id} THEN interval '100 days' ELSE interval '200 days' END WHERE county = ${county.code}`;
  await aPaidOrder(server, setting);
  const findings = await found(county, 'shop_without_sales');
  assert.deepEqual(findings.map(({ subject_id }) => subject_id), [old.id]);
});

test('exits clustered just above the line; exits well above it, or two only, are not', async () => {
  const year = Number(day().slice(0, 4)), officer = randomUUID();
  const aVillage = async (incomes) => {
    const county = await aCounty(server);
    await server.insert('poverty_lines', { area_code: county.code, year, name: '试标准', price_basis_year: 2010, concept: 'net', amount_fen: 400_000, source: 'test', recorded_by: officer, recorded_at: new Date().toISOString() });
    for (const a_head of incomes) {
      const household = await aHousehold(server, county, { status: 'exited_supported', members: 3 });
      await server.sql`UPDATE household_statuses SET valid = daterange(${`${year}-01-02`}, NULL) WHERE household_id = ${household.id}`;
      await server.sql`UPDATE members SET valid_from = ${`${year - 1}-01-01`} WHERE household_id = ${household.id}`;
      await server.insert('income_baselines', { county: county.code, id: randomUUID(), household_id: household.id, year, kind: 'sale_of_produce', category_code: 'walnut', amount_fen: a_head * 3, concept: 'net', method: 'survey', full_survey: true, source: 'test', collected_on: day() });
    }
    return county;
  };
  const clustered = await aVillage([401_000, 410_000, 419_000, 600_000]);
  const spread = await aVillage([430_000, 500_000, 610_000, 401_000]);
  const two = await aVillage([401_000, 402_000]);
  const [finding] = await found(clustered, 'exits_near_line');
  assert.deepEqual([finding.detail.near_count, finding.detail.exits_count, finding.detail.line_fen], [3, 4, 400_000]);
  for (const county of [spread, two]) assert.deepEqual(await found(county, 'exits_near_line'), []);
});

test('what was looked into and closed is not asked again', async () => {
  const setting = await aSmallShop(server), county = setting.county;
  await aPaidOrder(server, setting, { buyer: await anOperator(server, setting.shop) });
  assert.equal((await found(county, 'self_purchase')).length, 1);
  assert.equal((await found(county, 'self_purchase')).length, 1);
  await server.sql`UPDATE findings SET state = 'closed', closed_at = now(), closed_by = ${randomUUID()}, rectified_at = now(), rectified_by = ${randomUUID()}, evidence = 'checked' WHERE county = ${county.code}`;
  assert.deepEqual((await found(county, 'self_purchase')).map(({ state }) => state), ['closed']);
  const officer = await anOfficer(server, county);
  assert.equal(fine(await officer.get('/findings', { query: { county: county.code, state: 'closed' } })).items[0].rule, 'self_purchase');
});
