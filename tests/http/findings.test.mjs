// Findings: an area's worklist, and the way of an entry from open over rectified to closed by someone else.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCounty, aHousehold, anOfficer, day, insertAll, someone } from './builders.mjs';
import { aServer, fine, refused, unique } from './support.mjs';

const server = await aServer();

async function aFinding(county, { age_days = 3, ...more } = {}) {
  const household = await aHousehold(server, county, more.area_code ? { area_code: more.area_code } : {});
  const id = randomUUID();
  await insertAll(server, [['findings', { county: county.code, id, class: 'missing_key_field', rule: 'cause_missing', area_code: household.area_code, subject_kind: 'households', subject_id: household.id, blocks_counting: true, state: 'open', detail: {}, version: 1, opened_at: new Date(Date.now() - age_days * 86_400_000).toISOString(), ...more }]]);
  return { id, finding_id: `${county.code}-${id}`, household };
}
const blocked = async (household) => (await server.sql`SELECT count(*) FROM findings_blocked_households WHERE household_id = ${household.id}`)[0].count === 1;

test('the worklist shows what is open in the caller\'s area, oldest first, with age, in pages', async () => {
  const county = await aCounty(server);
  const made = [];
  for (const age_days of [9, 5, 2]) made.push(await aFinding(county, { age_days }));
  await aFinding(county, { area_code: county.villages[1], class: 'complaint' });
  await aFinding(county, { state: 'closed' });
  const cadre = await someone(server, { roles: [{ role: 'cadre', area_code: county.villages[0] }] });
  const list = (who, query = {}) => who.get('/findings', { query: { county: county.code, ...query } });
  const items = fine(await list(cadre)).items;
  assert.deepEqual(items.map((item) => [item.finding_id, item.age_days]), made.map(({ finding_id }, i) => [finding_id, [9, 5, 2][i]]));
  assert.equal(items[0].head_name_masked, '张*');
  const officer = await anOfficer(server, county);
  const first = fine(await list(officer, { limit: 3 }));
  const second = fine(await list(officer, { limit: 3, cursor: first.next_cursor }));
  assert.deepEqual([first.items.length, second.items.length, second.next_cursor ?? null], [3, 1, null]);
  assert.equal(fine(await list(officer, { class: 'complaint' })).items.length, 1);
  assert.equal(fine(await list(officer, { state: 'closed' })).items.length, 1);
  assert.equal(fine(await list(officer, { area: county.villages[1] })).items.length, 1);
  assert.equal(fine(await list(await anOfficer(server, await aCounty(server)))).items.length, 0);
  refused(await list(officer, { state: 'lost' }), 422, 'invalid');
});

test('a household counts again only after someone else closed what was rectified', async () => {
  const county = await aCounty(server), { finding_id, household } = await aFinding(county);
  const cadre = await someone(server, { roles: [{ role: 'cadre', area_code: household.area_code }] });
  const officer = await anOfficer(server, county), second = await anOfficer(server, county);
  refused(await officer.post(`/findings/${finding_id}/close`, {}), 409, 'wrong-state');
  const assigned = fine(await officer.post(`/findings/${finding_id}/assign`, { account_id: cadre.account_id, due_on: day(14) }));
  assert.equal(assigned.version, 2);
  fine(await cadre.post(`/findings/${finding_id}/rectify`, { evidence: '证明 12 号' }));
  assert.ok(await blocked(household));
  refused(await cadre.post(`/findings/${finding_id}/rectify`, { evidence: '又' }), 409, 'wrong-state');
  refused(await cadre.post(`/findings/${finding_id}/close`, {}), 403, 'forbidden');
  fine(await second.post(`/findings/${finding_id}/close`, { reason: '已核' }));
  assert.ok(!(await blocked(household)));
  const shown = fine(await officer.get(`/findings/${finding_id}`));
  assert.deepEqual([shown.state, shown.assigned_to, shown.evidence, shown.closed_by], ['closed', cadre.account_id, '证明 12 号', second.account_id]);
  const events = await server.sql`SELECT event FROM audit_events WHERE subject_id = ${finding_id.slice(7)} ORDER BY at`;
  assert.deepEqual(events.map(({ event }) => event), ['finding_assigned', 'finding_rectified', 'finding_closed']);
});

test('nobody closes what they rectified themselves', async () => {
  const county = await aCounty(server), { finding_id } = await aFinding(county), officer = await anOfficer(server, county);
  fine(await officer.post(`/findings/${finding_id}/rectify`, { evidence: '自己改的' }));
  refused(await officer.post(`/findings/${finding_id}/close`, {}), 403, 'own-entry');
});

test('its finder closes it, or an auditor: not its owner, and no other officer while the finder is there', async () => {
  const county = await aCounty(server), [finder, owner, other] = [await anOfficer(server, county), await anOfficer(server, county), await anOfficer(server, county)];
  const auditor = await anOfficer(server, county, 'auditor'), aRectified = async (opened_by) => {
    const { finding_id } = await aFinding(county, { opened_by });
    fine(await other.post(`/findings/${finding_id}/assign`, { account_id: owner.account_id, due_on: day(9) }));
    fine(await other.post(`/findings/${finding_id}/rectify`, { evidence: '替他改了' }));
    return finding_id;
  };
  const first = await aRectified(finder.account_id), close = (who, id) => who.post(`/findings/${id}/close`, {});
  refused(await close(owner, first), 403, 'own-entry');
  refused(await close(await anOfficer(server, county), first), 403, 'not-finder');
  refused(await finder.post(`/findings/${first}/assign`, { account_id: finder.account_id, due_on: day(9) }), 403, 'own-entry');
  fine(await close(finder, first));
  fine(await close(auditor, await aRectified(finder.account_id)));
  await server.sql`UPDATE role_grants SET revoked_at = now() WHERE account_id = ${finder.account_id}`;
  fine(await close(await anOfficer(server, county), await aRectified(finder.account_id)));
});

test('a proof that does not convince is sent back with a reason', async () => {
  const county = await aCounty(server), { finding_id } = await aFinding(county), [officer, other] = [await anOfficer(server, county), await anOfficer(server, county)];
  const sendBack = (who, sent = { reason: '照片看不清' }) => who.post(`/findings/${finding_id}/send-back`, sent);
  refused(await sendBack(other), 409, 'wrong-state');
  fine(await officer.post(`/findings/${finding_id}/rectify`, { evidence: '照片一张' }));
  refused(await sendBack(officer), 403, 'own-entry');
  refused(await sendBack(other, {}), 422, 'invalid');
  assert.equal(fine(await sendBack(other)).state, 'open');
  const shown = fine(await other.get(`/findings/${finding_id}`));
  assert.deepEqual([shown.sent_back_because, shown.sent_back_count, shown.rectified_by_name], ['照片看不清', 1, officer.login]);
  fine(await officer.post(`/findings/${finding_id}/rectify`, { evidence: '重拍的照片' }));
});

test('two who rectify at once: one wins', async () => {
  const county = await aCounty(server), { finding_id } = await aFinding(county);
  const officers = [await anOfficer(server, county), await anOfficer(server, county)];
  const answers = await Promise.all(officers.map((officer) => officer.post(`/findings/${finding_id}/rectify`, { evidence: '有' })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
});

test('an auditor opens a finding that keeps a household from being counted; a second one is a conflict', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county);
  const auditor = await anOfficer(server, county, 'auditor');
  const body = { class: 'audit', rule: 'sample_visit', area_code: household.area_code, subject_kind: 'households', subject_id: household.household_id, words: '实际不在村', blocks_counting: true };
  const { finding_id, state } = fine(await auditor.post('/findings', body), 201);
  assert.equal(state, 'open');
  assert.ok(await blocked(household));
  refused(await auditor.post('/findings', body), 409, 'taken');
  assert.equal(fine(await auditor.get(`/findings/${finding_id}`)).opened_by, auditor.account_id);
  const elsewhere = await aCounty(server);
  refused(await auditor.post('/findings', { ...body, rule: 'x', area_code: elsewhere.villages[0] }), 404, 'not-found');
  refused(await auditor.post('/findings', { ...body, rule: 'x', subject_id: `${county.code}-${randomUUID()}` }), 404, 'not-found');
  assert.deepEqual(refused(await auditor.post('/findings', { ...body, class: 'over_capacity', gift: 1 }), 422, 'invalid').map(({ pointer }) => pointer).sort(), ['/class', '/gift']);
  refused(await (await anOfficer(server, county, 'cadre')).post('/findings', body), 403, 'forbidden');
});

test('a finding of another county or village is not there; only who works in the area can be assigned', async () => {
  const county = await aCounty(server), { finding_id } = await aFinding(county), officer = await anOfficer(server, county);
  const stranger = await anOfficer(server, await aCounty(server));
  const neighbour = await someone(server, { roles: [{ role: 'cadre', area_code: county.villages[1] }] });
  for (const who of [stranger, neighbour]) {
    refused(await who.get(`/findings/${finding_id}`), 404, 'not-found');
    refused(await who.post(`/findings/${finding_id}/rectify`, { evidence: 'x' }), 404, 'not-found');
  }
  for (const account_id of [neighbour.account_id, stranger.account_id, randomUUID()])
    assert.equal(refused(await officer.post(`/findings/${finding_id}/assign`, { account_id, due_on: day(3) }), 422, 'invalid')[0].pointer, '/account_id');
  refused(await officer.post(`/findings/${finding_id}/rectify`, {}), 422, 'invalid');
  refused(await officer.post(`/findings/${finding_id}/rectify`, { evidence: unique() }, { key: null }), 400, 'idempotency-key-missing');
  refused(await server.get('/findings', { query: { county: county.code } }), 401, 'unauthenticated');
});
