// The audit log can be searched by who, what, whom and when; by auditors of the county only, and not about themselves.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCounty, aHousehold, anOfficer, day, insertAll } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const days = { from: day(-1), to: day() };

async function aCountyAtWork() {
  const county = await aCounty(server);
  const [officer, second, auditor] = await Promise.all(['county', 'county', 'auditor'].map((role) => anOfficer(server, county, role)));
  const { station_id } = fine(await officer.post('/stations', { area_code: county.villages[0], name: '核桃站' }), 201);
  fine(await second.post(`/stations/${station_id}/decide`, { accepted: true }));
  fine(await second.post('/outside-figures', { items: [{ area_code: county.code, indicator: 'K39', from_on: '2026-01-01', to_on: '2026-12-31', value: 1, source: '某次调查' }] }), 201);
  const log = (who, query = {}) => who.get('/audit-events', { query: { county: county.code, ...days, ...query } });
  return { county, officer, second, auditor, station_id, log };
}

test('by person, by event, by thing and by day; newest first, a page at a time', async () => {
  const { second, auditor, station_id, log } = await aCountyAtWork();
  const all = fine(await log(auditor)).items;
  assert.ok(all.length >= 2);
  assert.deepEqual(all.map(({ at }) => at), all.map(({ at }) => at).sort().reverse());
  const mine = fine(await log(auditor, { account_id: second.account_id })).items;
  assert.ok(mine.length >= 2 && mine.every(({ account_id }) => account_id === second.account_id));
  const [figure] = fine(await log(auditor, { event: 'outside_figure_recorded' })).items;
  assert.deepEqual([figure.event, figure.detail.indicator, figure.subject_kind], ['outside_figure_recorded', 'K39', 'outside_figures']);
  const about = fine(await log(auditor, { subject_id: station_id })).items;
  assert.ok(about.length >= 1 && about.every(({ subject_id }) => subject_id === station_id));
  assert.deepEqual(fine(await log(auditor, { from: '2001-01-01', to: '2001-12-31' })).items, []);
  const first = fine(await log(auditor, { limit: 1 }));
  const next = fine(await log(auditor, { limit: 1, cursor: first.next_cursor }));
  assert.deepEqual([...first.items, ...next.items].map(({ event_id }) => event_id), all.slice(0, 2).map(({ event_id }) => event_id));
});

test('auditors of this county only', async () => {
  const { officer, log } = await aCountyAtWork();
  refused(await log(officer), 403, 'forbidden');
  refused(await log(server), 401, 'unauthenticated');
  assert.deepEqual(fine(await log(await anOfficer(server, await aCounty(server), 'auditor'))).items, []);
  refused(await log(await anOfficer(server, await aCounty(server), 'auditor'), { from: 'yesterday' }), 422, 'invalid');
});

test('an auditor whom a complaint names finds nothing of it', async () => {
  const { county, officer, auditor, log } = await aCountyAtWork();
  const filed = fine(await officer.post('/complaints/by-hand', { channel: 'phone', category: 'conduct', about_level: 'county', area_code: county.villages[0], words: '审计员吃请', code: '2016201620' }), 201);
  const [{ id }] = await server.sql`SELECT id FROM complaints WHERE county = ${county.code}`;
  const complaint_id = `${county.code}-${id}`;
  assert.ok(filed);
  const before = fine(await log(auditor, { subject_id: complaint_id })).items.length;
  await server.sql`INSERT INTO complaint_parties (county, complaint_id, account_id, named_at) VALUES (${county.code}, ${id}, ${auditor.account_id}, now())`;
  assert.ok(before > 0);
  assert.deepEqual(fine(await log(auditor, { subject_id: complaint_id })).items, []);
});

test('who saw what is a report: by person and kind, for county and auditors; contacts of complaints for auditors only', async () => {
  const { county, officer, second, auditor } = await aCountyAtWork(), household = await aHousehold(server, county);
  const saw = (who, event, more = {}) => insertAll(server, [['audit_events', { id: randomUUID(), at: new Date().toISOString(), actor_id: who.account_id, event, county: county.code, subject_kind: 'members', subject_id: randomUUID(), reason: '核对', detail: {}, written_by: '1', ...more }]]);
  const person = randomUUID(), ofHousehold = { subject_id: person, detail: { purpose: 'payout_check', household_id: household.id } };
  await saw(officer, 'id_number_revealed', ofHousehold);
  await saw(officer, 'id_number_revealed', ofHousehold);
  await saw(second, 'payout_accounts_seen', { subject_kind: 'payout_batches' });
  await saw(second, 'complaint_contact_seen', { subject_kind: 'complaints' });
  const ask = (path) => (who, query = {}) => who.get(path, { query: { county: county.code, ...days, ...query } });
  const views = ask('/reports/views'), viewers = ask('/reports/viewers');
  const kinds = async (who, query) => fine(await views(who, query)).items.map(({ event }) => event);
  assert.deepEqual(await kinds(auditor), ['complaint_contact_seen', 'payout_accounts_seen', 'id_number_revealed', 'id_number_revealed']);
  assert.deepEqual(await kinds(officer), ['payout_accounts_seen', 'id_number_revealed', 'id_number_revealed']);
  assert.deepEqual(await kinds(officer, { account_id: second.account_id }), ['payout_accounts_seen']);
  const [one] = fine(await views(auditor, { event: 'id_number_revealed' })).items;
  assert.deepEqual([one.account_id, one.household_id, one.card_number, one.head_name_masked, one.purpose, one.reason], [officer.account_id, household.household_id, household.card_number, '张*', 'payout_check', '核对']);
  assert.equal(fine(await views(auditor, { household_id: household.household_id })).items.length, 2);
  const first = fine(await views(auditor, { limit: 3 }));
  assert.equal(fine(await views(auditor, { limit: 3, cursor: first.next_cursor })).items.length, 1);
  const sums = fine(await viewers(auditor)).items.map((sum) => [sum.account_id, sum.id_numbers_count, sum.persons_count, sum.payout_accounts_count, sum.recipients_count]);
  assert.deepEqual(sums.sort(), [[officer.account_id, 2, 1, 0, 0], [second.account_id, 0, 0, 1, 0]].sort());
  refused(await views(await anOfficer(server, county, 'finance')), 403, 'forbidden');
  refused(await viewers(await anOfficer(server, county, 'viewer')), 403, 'forbidden');
  refused(await views(auditor, { event: 'signed_in' }), 422, 'invalid');
  const elsewhere = await anOfficer(server, await aCounty(server), 'auditor');
  assert.deepEqual([...fine(await views(elsewhere)).items, ...fine(await viewers(elsewhere)).items], []);
});
