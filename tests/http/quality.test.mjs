// Data-quality rules: each error the sources name is found in the stored register, stands in its village's worklist, and a fix closes it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCounty, aHousehold, anOfficer, day, insertAll, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const sql = (...words) => server.sql(...words);

const aMember = (household, more) => insertAll(server, [['members', { county: household.county, id: randomUUID(), household_id: household.id, relation: 'other', name_masked: '张*', name_sealed: '\\x00', id_number_index: randomUUID(), resident: true, valid_from: '2015-01-01', ...more }]]);
const aBaseline = (household, more) => insertAll(server, [['income_baselines', { county: household.county, id: randomUUID(), household_id: household.id, year: 2014, kind: 'wage', amount_fen: 100000, concept: 'net', method: 'survey', full_survey: false, source: 'test', collected_on: '2015-03-01', ...more }]]);
async function aFlawless(county, more = {}) {
  const household = await aHousehold(server, county, { cause: 'illness', members: 0, ...more });
  await aMember(household, { relation: 'head', birth_on: '1970-01-01' });
  return household;
}
const check = async (officer, county) => fine(await officer.post('/findings/check', { county: county.code }));
const found = async (officer, county, query = {}) => fine(await officer.get('/findings', { query: { county: county.code, ...query } })).items;

/** How a household comes to break each rule, and what mends it. Thirty-nine people a household is what one text printed. */
const fixtures = {
  status_missing: [(h) => sql`DELETE FROM household_statuses WHERE household_id = ${h.id}`, (h) => insertAll(server, [['household_statuses', { county: h.county, id: randomUUID(), household_id: h.id, status: 'registered', valid: '[2015-01-01,)', known: '[2015-01-01,)', reason: 'test', source: 'test', origin: 'import' }]])],
  cause_missing: [(h) => sql`UPDATE households SET cause = NULL WHERE id = ${h.id}`, (h) => sql`UPDATE households SET cause = 'illness' WHERE id = ${h.id}`],
  head_missing: [(h) => sql`UPDATE members SET relation = 'other' WHERE household_id = ${h.id}`, (h) => sql`UPDATE members SET relation = 'head' WHERE household_id = ${h.id}`],
  members_missing: [(h) => sql`UPDATE members SET valid_to = '2015-02-01' WHERE household_id = ${h.id}`, (h) => sql`UPDATE members SET valid_to = NULL WHERE household_id = ${h.id}`],
  id_number_missing: [(h) => aMember(h, { id_number_index: null }), (h) => sql`UPDATE members SET id_number_index = id::text WHERE household_id = ${h.id} AND id_number_index IS NULL`],
  people_listed_many: [(h) => sql`INSERT INTO members (county, id, household_id, relation, name_masked, name_sealed, id_number_index, valid_from) SELECT county, gen_random_uuid(), household_id, 'other', name_masked, name_sealed, gen_random_uuid()::text, valid_from FROM members CROSS JOIN generate_series(1, 38) WHERE household_id = ${h.id}`, (h) => sql`UPDATE members SET valid_to = '2015-02-01' WHERE household_id = ${h.id} AND relation = 'other'`],
  income_recorded_implausible: [(h) => aBaseline(h, { amount_fen: 120_000_000 }), (h) => sql`UPDATE income_baselines SET amount_fen = 1200000 WHERE household_id = ${h.id}`],
  birthday_implausible: [(h) => aMember(h, { birth_on: '1870-01-01' }), (h) => sql`UPDATE members SET birth_on = '1990-01-01' WHERE household_id = ${h.id} AND relation = 'other'`],
  heads_several: [(h) => aMember(h, { relation: 'head' }), (h) => sql`UPDATE members SET relation = 'spouse' WHERE household_id = ${h.id} AND birth_on IS NULL`],
  ages_contradict_relation: [(h) => aMember(h, { relation: 'child', birth_on: '1960-01-01' }), (h) => sql`UPDATE members SET relation = 'parent' WHERE household_id = ${h.id} AND relation = 'child'`],
  baseline_before_its_year: [(h) => aBaseline(h, { collected_on: '2013-06-01' }), (h) => sql`UPDATE income_baselines SET collected_on = '2015-06-01' WHERE household_id = ${h.id}`],
  id_number_held: [async (h, county) => {
    await aMember(h, { id_number_index: `held ${h.id}` });
    await aMember(await aFlawless(county, { area_code: county.villages[1] }), { id_number_index: `held ${h.id}` });
  }, (h) => sql`UPDATE members SET valid_to = '2015-02-01' WHERE household_id = ${h.id} AND id_number_index = ${`held ${h.id}`}`],
};

for (const [rule, [spoil, mend]] of Object.entries(fixtures))
  test(`${rule} is found, stays while it is so, and a recheck closes it once mended`, async () => {
    const county = await aCounty(server), officer = await anOfficer(server, county);
    const household = await aFlawless(county);
    await spoil(household, county);
    await check(officer, county);
    await check(officer, county);
    const items = (await found(officer, county)).filter((item) => item.subject_id === household.household_id);
    assert.deepEqual(items.map((item) => item.rule), [rule]);
    assert.equal(fine(await officer.get(`/findings/${items[0].finding_id}`)).is_by_rule, true);
    const recheck = async () => fine(await officer.post(`/findings/${items[0].finding_id}/recheck`, {}));
    assert.deepEqual([(await recheck()).is_found, (await recheck()).state], [true, 'open']);
    await mend(household);
    const { is_found, state } = await recheck();
    assert.deepEqual([is_found, state], [false, 'closed']);
    refused(await officer.post(`/findings/${items[0].finding_id}/recheck`, {}), 409, 'wrong-state');
  });

test('every rule of the table has its fixture; a flawless household breaks none', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const { items } = fine(await officer.get('/findings/rules', { query: { county: county.code, limit: 50 } }));
  assert.deepEqual(items.map((item) => item.rule).sort(), Object.keys(fixtures).sort());
  assert.equal(new Set(items.map((item) => item.class)).size, 4);
  await aFlawless(county);
  await check(officer, county);
  assert.deepEqual(await found(officer, county), []);
});

test('the worklist by village counts what waits, has no owner or is late; lists filter by rule', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const [first] = [await aFlawless(county), await aFlawless(county, { cause: null, area_code: county.villages[1] })];
  await fixtures.cause_missing[0](first);
  await fixtures.heads_several[0](first);
  await check(officer, county);
  const cadre = await someone(server, { roles: [{ role: 'cadre', area_code: county.villages[0] }] });
  const [late] = await found(officer, county, { rule: 'heads_several' });
  fine(await officer.post(`/findings/${late.finding_id}/assign`, { account_id: cadre.account_id, due_on: day(-1) }));
  const villages = async (who, query = {}) => fine(await who.get('/findings/villages', { query: { county: county.code, ...query } })).items.map((item) => [item.area_code, item.open_count, item.unassigned_count, item.late_count, item.subjects_count]);
  assert.deepEqual(await villages(officer), [[county.villages[0], 2, 1, 1, 1], [county.villages[1], 1, 1, 0, 1]].sort());
  assert.deepEqual(await villages(officer, { class: 'contradiction' }), [[county.villages[0], 1, 0, 1, 1]]);
  assert.deepEqual(await villages(cadre), [[county.villages[0], 2, 1, 1, 1]]);
  assert.deepEqual(await villages(await anOfficer(server, await aCounty(server))), []);
  fine(await officer.post(`/findings/${late.finding_id}/rectify`, { evidence: '已改' }));
  assert.equal(fine(await cadre.post(`/findings/${late.finding_id}/recheck`, {})).state, 'rectified');
});

test('only the county checks its register; what a person found is not for a recheck; other villages are not there', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), household = await aFlawless(county);
  refused(await (await anOfficer(server, county, 'auditor')).post('/findings/check', { county: county.code }), 403, 'forbidden');
  refused(await (await anOfficer(server, await aCounty(server))).post('/findings/check', { county: county.code }), 404, 'not-found');
  const { finding_id } = fine(await officer.post('/findings', { class: 'audit', rule: 'heads_several', area_code: household.area_code, subject_kind: 'households', subject_id: household.household_id, words: '看过' }), 201);
  refused(await officer.post(`/findings/${finding_id}/recheck`, {}), 409, 'wrong-state');
  assert.equal(fine(await officer.get(`/findings/${finding_id}`)).is_by_rule, false);
  const elsewhere = await someone(server, { roles: [{ role: 'cadre', area_code: county.villages[1] }] });
  refused(await elsewhere.post(`/findings/${finding_id}/recheck`, {}), 404, 'not-found');
});

const night = async () => assert.equal((await server.shanhuo(['jobs', '--once', 'findings/check'])).code, 0);
const closeByHand = async (officer, second, finding_id) => {
  fine(await officer.post(`/findings/${finding_id}/rectify`, { evidence: '已处理' }));
  fine(await second.post(`/findings/${finding_id}/close`, { reason: '属实' }));
};

test('no status means never registered: nothing is missing unless something says that there should be one', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  await aFlawless(county, { status: 'never_registered', cause: null });
  const refusedEntry = await aFlawless(county, { status: 'never_registered' });
  const announced = await aFlawless(county, { status: 'never_registered', cause: null });
  const aCase = (household, more) => insertAll(server, [['cases', { county: county.code, id: randomUUID(), kind: 'entry', area_code: household.area_code, household_id: household.id, one_notice: false, reason: 'test', about: {}, payload: {}, proposed_by: officer.account_id, proposed_at: new Date().toISOString(), ended_at: new Date().toISOString(), version: 1, ...more }]]);
  await aCase(refusedEntry, { state: 'refused' });
  await aCase(announced, { state: 'done' });
  const forgotten = await aFlawless(county);
  await server.sql`UPDATE household_statuses SET known = tstzrange(lower(known), now()) WHERE household_id = ${forgotten.id}`;
  await check(officer, county);
  const items = await found(officer, county);
  assert.deepEqual(items.map((item) => [item.rule, item.subject_id]).sort(), [['status_missing', announced.household_id], ['status_missing', forgotten.household_id]].sort());
});

test('the nightly run opens findings in every county, a second run none twice, and a race none twice', async () => {
  const counties = [await aCounty(server), await aCounty(server)];
  for (const county of counties) await fixtures.heads_several[0](await aFlawless(county));
  await night();
  await night();
  await Promise.all([night(), night()]);
  for (const county of counties) assert.deepEqual((await found(await anOfficer(server, county), county)).map((item) => item.rule), ['heads_several']);
});

test('what a person agreed to close as it stands is not opened again every night', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), second = await anOfficer(server, county);
  await aFlawless(county, { cause: null });
  await night();
  const [{ finding_id }] = await found(officer, county);
  await closeByHand(officer, second, finding_id);
  await night();
  assert.deepEqual(await found(officer, county), []);
});

test('what was mended, closed and comes back is found anew: closed before the mending, after it, and by a recheck', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), second = await anOfficer(server, county);
  const [spoil, mend] = fixtures.cause_missing;
  const ways = {
    async 'closed first'(household, finding_id) {
      await closeByHand(officer, second, finding_id);
      await mend(household);
      await night();
    },
    async 'mended first'(household, finding_id) {
      await mend(household);
      await closeByHand(officer, second, finding_id);
    },
    async recheck(household, finding_id) {
      await mend(household);
      assert.equal(fine(await officer.post(`/findings/${finding_id}/recheck`, {})).state, 'closed');
    },
  };
  for (const [name, way] of Object.entries(ways)) {
    const household = await aFlawless(county);
    await spoil(household);
    await night();
    const [{ finding_id }] = await found(officer, county);
    await way(household, finding_id);
    assert.deepEqual(await found(officer, county), [], name);
    await spoil(household);
    await night();
    const again = await found(officer, county);
    assert.deepEqual(again.map((item) => [item.rule, item.subject_id]), [['cause_missing', household.household_id]], name);
    assert.notEqual(again[0].finding_id, finding_id);
    await mend(household);
    fine(await officer.post(`/findings/${again[0].finding_id}/recheck`, {}));
  }
});
