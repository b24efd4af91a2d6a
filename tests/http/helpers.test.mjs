// Helpers of households with their days, teams of villages with theirs; no household of the register is without a helper unnoticed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { aCounty, aHousehold, anOfficer, day, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const aCadre = (area_code, more = {}) => someone(server, { roles: [{ role: 'cadre', area_code, ...more }] });
const aSetting = async () => {
  const county = await aCounty(server);
  return { county, officer: await anOfficer(server, county), household: await aHousehold(server, county), cadre: await aCadre(county.villages[0]) };
};
const name = (who, household, body) => who.post(`/households/${household.household_id}/helper`, { valid_from: day(), ...body });
const card = async (who, household) => fine(await who.get(`/households/${household.household_id}`));
const without = async (who, county) => fine(await who.get('/households', { query: { county: county.code, without_helper: true } })).items.map((one) => one.household_id);

test('a helper is named from a day on; the one before keeps their days; nobody is named by leaving the account out', async () => {
  const { county, officer, household, cadre } = await aSetting(), second = await aCadre(county.villages[0]);
  assert.deepEqual(await without(officer, county), [household.household_id]);
  const named = fine(await name(officer, household, { account_id: cadre.account_id, valid_from: day(-30) }));
  assert.deepEqual([named.household_id, named.helper_account_id], [household.household_id, cadre.account_id]);
  assert.deepEqual(await without(officer, county), []);
  fine(await name(officer, household, { account_id: second.account_id, valid_from: day(-10), reason: '换届' }));
  fine(await name(officer, household, {}));
  assert.deepEqual((await card(officer, household)).helpers.map((one) => [one.account_id, one.valid_from, one.valid_to]), [[second.account_id, day(-10), day()], [cadre.account_id, day(-30), day(-10)]]);
  assert.deepEqual(await without(officer, county), [household.household_id]);
  const events = await server.sql`SELECT event, reason, detail ->> 'account_id' AS account_id FROM audit_events WHERE subject_id = ${household.id} ORDER BY at`;
  assert.deepEqual(events, [['helper_named', null, cadre.account_id], ['helper_named', '换届', second.account_id], ['helper_named', null, null]].map(([event, reason, account_id]) => ({ event, reason, account_id })));
});

test('who does not work there, days to come and days before the present helper are refused', async () => {
  const { county, officer, household, cadre } = await aSetting();
  const elsewhere = await aCadre(county.villages[1]), former = await aCadre(county.villages[0], { valid_from: '2015-01-01', valid_to: day(-1) });
  for (const { account_id } of [elsewhere, former, await someone(server)])
    assert.equal(refused(await name(officer, household, { account_id }), 422, 'invalid')[0].pointer, '/account_id');
  assert.equal(refused(await name(officer, household, { account_id: cadre.account_id, valid_from: day(1) }), 422, 'invalid')[0].pointer, '/valid_from');
  fine(await name(officer, household, { account_id: cadre.account_id, valid_from: day(-5) }));
  refused(await name(officer, household, { account_id: cadre.account_id, valid_from: day(-2) }), 409, 'wrong-state');
  refused(await name(officer, household, { valid_from: day(-5) }), 409, 'wrong-state');
  fine(await name(officer, household, { valid_from: day(-3) }));
  refused(await name(officer, household, { account_id: cadre.account_id, valid_from: day(-4) }), 409, 'conflict');
});

test('only county and township name helpers, each where they work; elsewhere the household is not there', async () => {
  const { county, officer, household, cadre } = await aSetting();
  refused(await name(cadre, household, { account_id: cadre.account_id }), 403, 'forbidden');
  refused(await name(await anOfficer(server, county, 'auditor'), household, { account_id: cadre.account_id }), 403, 'forbidden');
  refused(await name(await anOfficer(server, await aCounty(server)), household, { account_id: cadre.account_id }), 404, 'not-found');
  const township = await someone(server, { roles: [{ role: 'township', area_code: county.villages[0].slice(0, 9) }] });
  fine(await name(township, household, { account_id: cadre.account_id }));
  assert.equal((await card(officer, household)).helpers.length, 1);
});

test('the same wish twice names once, and of two at once one is refused', async () => {
  const { county, officer, household, cadre } = await aSetting(), second = await aCadre(county.villages[0]);
  const key = { key: 'a-helper-named-once' };
  const answers = [await officer.post(`/households/${household.household_id}/helper`, { account_id: cadre.account_id, valid_from: day(-1) }, key), await officer.post(`/households/${household.household_id}/helper`, { account_id: cadre.account_id, valid_from: day(-1) }, key)];
  assert.deepEqual(fine(answers[0]), fine(answers[1]));
  const third = await aCadre(county.villages[0]);
  const race = await Promise.all([second, third].map(({ account_id }) => name(officer, household, { account_id })));
  assert.deepEqual(race.map((answer) => answer.status).sort(), [200, 409]);
  assert.equal((await card(officer, household)).helpers.length, 2);
});

test('a village at once: whoever has no helper is taken on, others keep theirs; never registered households need none', async () => {
  const { county, officer, household, cadre } = await aSetting(), second = await aCadre(county.villages[0]);
  const helped = await aHousehold(server, county), none = await aHousehold(server, county, { status: 'never_registered' });
  const elsewhere = await aHousehold(server, county, { area_code: county.villages[1] });
  fine(await name(officer, helped, { account_id: second.account_id }));
  const takeOn = (who, body) => who.post('/helpers/take-on', { area_code: county.villages[0], account_id: cadre.account_id, ...body });
  refused(await takeOn(await anOfficer(server, await aCounty(server))), 404, 'not-found');
  assert.equal(refused(await takeOn(officer, { area_code: county.villages[1] }), 422, 'invalid')[0].pointer, '/account_id');
  assert.equal(fine(await takeOn(officer)).households_count, 1);
  assert.equal(fine(await takeOn(officer)).households_count, 0);
  assert.deepEqual((await card(officer, household)).helpers.map((one) => one.account_id), [cadre.account_id]);
  assert.deepEqual((await card(officer, helped)).helpers.map((one) => one.account_id), [second.account_id]);
  assert.deepEqual((await card(officer, none)).helpers, []);
  assert.deepEqual(await without(officer, county), [elsewhere.household_id]);
  const { items } = fine(await officer.get('/households', { query: { county: county.code, helper_account_id: cadre.account_id } }));
  assert.deepEqual(items.map((one) => one.household_id), [household.household_id]);
});

test('villages show who is without help, also when the helper left office, and their team with its days', async () => {
  const { county, officer, household, cadre } = await aSetting();
  fine(await name(officer, household, { account_id: cadre.account_id, valid_from: day(-9) }));
  const team = await someone(server, { roles: [{ role: 'team', area_code: county.villages[0] }] });
  const villages = async (who) => fine(await who.get('/helpers/villages', { query: { county: county.code } })).items;
  const helpers = async () => fine(await officer.get('/helpers', { query: { county: county.code } })).items;
  const [village] = await villages(officer);
  assert.deepEqual([village.area_code, village.households_count, village.unhelped_count, village.helpers_count], [county.villages[0], 1, 0, 1]);
  assert.deepEqual(village.team.map((one) => [one.account_id, one.is_there]), [[team.account_id, true]]);
  assert.deepEqual((await card(officer, household)).team.map((one) => one.account_id), [team.account_id]);
  assert.deepEqual((await helpers()).map((one) => [one.account_id, one.households_count, one.villages_count, one.since, one.is_in_office]), [[cadre.account_id, 1, 1, day(-9), true]]);
  await server.sql`UPDATE role_grants SET valid_to = ${day()} WHERE account_id IN (${cadre.account_id}, ${team.account_id})`;
  const [after] = await villages(officer);
  assert.deepEqual([after.unhelped_count, after.helpers_count, after.team[0].is_there], [1, 0, false]);
  assert.equal((await helpers())[0].is_in_office, false);
  assert.deepEqual(await villages(await anOfficer(server, await aCounty(server))), []);
});

test('candidates are those in office where the household lives, with what they help already', async () => {
  const { county, officer, household, cadre } = await aSetting();
  await aCadre(county.villages[1]);
  fine(await name(officer, household, { account_id: cadre.account_id }));
  const candidates = async (who) => fine(await who.get('/helpers/candidates', { query: { county: county.code, area: county.villages[0] } })).items;
  assert.deepEqual((await candidates(officer)).map((one) => [one.account_id, one.role, one.households_count]).sort(), [[officer.account_id, 'county', 0], [cadre.account_id, 'cadre', 1]].sort());
  assert.deepEqual(await candidates(await anOfficer(server, await aCounty(server))), []);
});
