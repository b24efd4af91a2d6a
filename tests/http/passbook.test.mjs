// A household's passbook: opened with its card and the code on a printed slip, for that household alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCounty, aHousehold, anOfficer, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const aCadre = (county) => someone(server, { roles: [{ role: 'cadre', area_code: county.villages[0] }] });
const print = async (who, household) => fine(await who.post(`/households/${household.household_id}/passbook-code`, undefined, { key: null }), 201).code;
const open = (household, code, more = {}) => server.post('/auth/passbook', { card_number: household.card_number, county: household.county, code, ...more }, { key: null, headers: { origin: server.origin } });
const inside = (answer) => server.as({ cookie: answer.headers.get('set-cookie').split(';')[0], csrf: answer.body.csrf });

test('the printed code opens a session of this household and no other', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county), neighbour = await aHousehold(server, county), cadre = await aCadre(county);
  const code = await print(cadre, household);
  const answer = await open(household, code.toLowerCase().replaceAll('-', ' '));
  const roles = fine(answer, 200).roles;
  assert.deepEqual(roles.map(({ role, organisation_id }) => [role, organisation_id]), [['household', household.household_id]]);
  const who = inside(answer);
  fine(await who.get('/me'));
  fine(await who.get(`/households/${household.household_id}/passbook`));
  refused(await who.get(`/households/${neighbour.household_id}/passbook`), 404, 'not-found');
  refused(await who.get(`/households/${household.household_id}`), 403, 'forbidden');
  refused(await open(neighbour, code), 401, 'wrong-password');
  const [row] = await server.sql`SELECT to_jsonb(h)::text AS row FROM households AS h WHERE id = ${household.id}`;
  assert.ok(!row.row.includes(code) && !row.row.includes(code.replaceAll('-', '')));
});

test('a new slip ends the old one and whoever was inside', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county), cadre = await aCadre(county);
  const lost = await print(cadre, household), who = inside(await open(household, lost));
  fine(await who.get('/me'));
  const found = await print(cadre, household);
  await server.until(async () => (await who.get('/me')).status === 401);
  refused(await open(household, lost), 401, 'wrong-password');
  fine(await open(household, found));
  assert.equal((await server.sql`SELECT count(*) FROM role_grants WHERE organisation_id = ${household.id}`)[0].count, 1);
});

test('guessing is slowed, and an unknown card looks like a wrong code', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county);
  await print(await aCadre(county), household);
  const unknown = await open({ county: county.code, card_number: 'nobody' }, '0000-0000-00');
  refused(unknown, 401, 'wrong-password');
  const answers = [];
  for (let i = 0; i < 7; i++) answers.push(await open(household, '0000-0000-00'));
  assert.deepEqual(answers.slice(0, 5).map(({ status }) => status), [401, 401, 401, 401, 401]);
  refused(answers.at(-1), 429, 'too-many');
  assert.ok(Number(answers.at(-1).headers.get('retry-after')) > 0);
});

test('who prints slips', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county);
  const at = `/households/${household.household_id}/passbook-code`;
  refused(await (await anOfficer(server, await aCounty(server))).post(at, undefined, { key: null }), 404, 'not-found');
  refused(await (await anOfficer(server, county, 'auditor')).post(at, undefined, { key: null }), 403, 'forbidden');
  refused(await server.post(at, undefined, { key: null }), 401, 'unauthenticated');
  refused(await open(household, ''), 422, 'invalid');
  const events = await (async () => { await print(await anOfficer(server, county), household); return server.sql`SELECT event FROM audit_events WHERE subject_id = ${household.id}`; })();
  assert.deepEqual(events, [{ event: 'passbook_code_printed' }]);
});
