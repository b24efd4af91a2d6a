// The audit log can be searched by who, what, whom and when; by auditors of the county only, and not about themselves.
import assert from 'node:assert/strict';
import test from 'node:test';
import { aCounty, anOfficer, day } from './builders.mjs';
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
