// Cases: who becomes registered, leaves and comes back, member by member: step by step, four eyes, and never past a notice.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCounty, aHolder, aHousehold, anOfficer, day, endNotice, someone, theOffices } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const votes = { votes_present: 30, votes_for: 28 };
const guarantees = () => ['food', 'clothing', 'education', 'medical_care', 'housing'].map((guarantee) => ({ guarantee, met: true, evidence: `入户照片 ${guarantee}`, seen_on: day(-2) }));
const exitForm = (more = {}) => ({ kind: 'exit', reason: '收入稳定', evidence: '评议会记录 7 号', ...votes, guarantees: guarantees(), ...more });

let born = 0;
function anIdNumber() {
  const birthday = new Date(Date.UTC(1990, 0, 1) + born++ * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const digits = `990122${birthday}001`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return digits + '10X98765432'[[...digits].reduce((total, digit, i) => total + digit * weights[i], 0) % 11];
}
const aBaby = (more = {}) => ({ name: '张小宝', id_number: anIdNumber(), relation: 'child', resident: true, valid_from: day(-5), change: 'birth', reason: '出生证 12 号', ...more });

async function aPlace(more) {
  const county = await aCounty(server), household = await aHousehold(server, county, more);
  return { county, household, offices: await theOffices(server, county) };
}
const start = (who, household, form) => who.post(`/households/${household.household_id}/cases`, form);
const step = (who, opened, name, more = {}) => who.post(`/cases/${opened.case_id}/steps`, { step: name, accepted: true, ...more });
const show = async (who, opened) => fine(await who.get(`/cases/${opened.case_id}`));
const cardOf = async (who, household) => fine(await who.get(`/households/${household.household_id}`));
const statusesOf = async (who, household) => (await cardOf(who, household)).statuses.filter(({ known_to }) => known_to === null).map(({ status, valid_from, valid_to }) => [status, valid_from, valid_to]);
const inbox = async (who, county) => fine(await who.get('/cases', { query: { county: county.code, waiting: 'true' } })).items.map(({ case_id }) => case_id);
async function noticeOver(who, opened) {
  const { publicity_id } = await show(who, opened);
  await endNotice(server, publicity_id);
  return publicity_id;
}

/** An exit that hangs on the village board. */
async function anExitOnTheBoard() {
  const place = await aPlace(), { household, offices } = place;
  const opened = fine(await start(offices.cadre, household, exitForm()), 201);
  fine(await step(offices.secondCadre, opened, 'village_check'));
  fine(await step(offices.team, opened, 'team_check'));
  fine(await step(await aHolder(server, household), opened, 'acceptance'));
  fine(await step(offices.township, opened, 'notice'));
  return { ...place, opened };
}

// ---- Exit ----

test('an exit passes village, team, household, notice and two officers, and is then marked', async () => {
  const { county, household, offices } = await aPlace(), holder = await aHolder(server, household);
  const opened = fine(await start(offices.cadre, household, exitForm()), 201);
  assert.deepEqual([opened.kind, opened.state], ['exit', 'village_check']);
  refused(await step(offices.cadre, opened, 'village_check'), 403, 'own-entry');
  refused(await step(offices.team, opened, 'village_check'), 403, 'forbidden');
  refused(await step(offices.officer, opened, 'decision'), 409, 'wrong-state');
  assert.deepEqual([await inbox(offices.cadre, county), await inbox(offices.secondCadre, county)], [[], [opened.case_id]]);
  fine(await step(offices.secondCadre, opened, 'village_check'));
  fine(await step(offices.team, opened, 'team_check', { note: '入户核实' }));
  assert.deepEqual([await inbox(holder, county), await inbox(offices.officer, county)], [[opened.case_id], []]);
  fine(await step(holder, opened, 'acceptance'));
  refused(await step(offices.team, opened, 'notice'), 403, 'own-entry');
  fine(await step(offices.township, opened, 'notice'));
  assert.deepEqual(await inbox(offices.officer, county), [], 'it waits for the notice, not for her');
  const held = await show(offices.officer, opened);
  assert.deepEqual([held.blocked_by, held.waits_for_roles], ['notice-open', ['county']]);
  refused(await step(offices.officer, opened, 'decision'), 409, 'notice-open');
  assert.deepEqual(await statusesOf(offices.officer, household), [['registered', '2015-01-01', null]]);
  const publicity_id = await noticeOver(offices.officer, opened);
  assert.deepEqual(await inbox(offices.officer, county), [opened.case_id]);
  fine(await step(offices.officer, opened, 'decision'));
  refused(await step(offices.officer, opened, 'announcement'), 403, 'own-entry');
  assert.equal(fine(await step(offices.secondOfficer, opened, 'announcement')).state, 'done');
  assert.deepEqual(await statusesOf(offices.officer, household), [['registered', '2015-01-01', day()], ['exited_supported', day(), null]]);
  const [row] = await server.sql`SELECT origin, case_id, publicity_id FROM household_statuses WHERE household_id = ${household.id} AND status = 'exited_supported'`;
  assert.deepEqual(row, { origin: 'case', case_id: opened.case_id.slice(7), publicity_id: publicity_id.slice(7) });
  refused(await step(offices.secondOfficer, opened, 'announcement'), 409, 'wrong-state');
  const shown = await show(offices.officer, opened);
  assert.deepEqual(shown.steps.map(({ step: name, accepted, actor }) => [name, accepted, actor]), [
    ['proposal', true, offices.cadre.login], ['village_check', true, offices.secondCadre.login], ['team_check', true, offices.team.login],
    ['acceptance', true, holder.login], ['notice', true, offices.township.login], ['decision', true, offices.officer.login],
    ['announcement', true, offices.secondOfficer.login]]);
  assert.equal(shown.guarantees.length, 5);
  const events = await server.sql`SELECT event FROM audit_events WHERE subject_id = ${opened.case_id.slice(7)} ORDER BY at`;
  assert.deepEqual(events.map(({ event }) => event), ['case_proposed', 'case_village_check', 'case_team_check', 'case_acceptance', 'case_notice', 'case_decision', 'case_announcement']);
});

test('the notice tells the village without a full name or number, and was made by two', async () => {
  const { opened, offices } = await anExitOnTheBoard();
  const { publicity_id } = await show(offices.officer, opened);
  const notice = fine(await server.get(`/announcements/${publicity_id}`));
  assert.equal(notice.kind, 'exit');
  assert.match(notice.title, /退出公示/);
  assert.deepEqual(notice.lines.map(({ household, members_count, case_kind }) => [household, members_count, case_kind]), [['张*', 3, 'exit']]);
  assert.doesNotMatch(JSON.stringify(notice), /\d{17}|贫/);
  const [made] = await server.sql`SELECT drafted_by, released_by FROM publicities WHERE id = ${publicity_id.slice(7)}`;
  assert.deepEqual(made, { drafted_by: offices.team.account_id, released_by: offices.township.account_id });
});

test('all five guarantees, each once and met, and a majority of the meeting', async () => {
  const { household, offices } = await aPlace(), ask = (more) => start(offices.cadre, household, exitForm(more));
  const pointers = (answer) => refused(answer, 422, 'invalid').map(({ pointer, code }) => [pointer, code]);
  assert.deepEqual(pointers(await ask({ guarantees: guarantees().slice(1) })), [['/guarantees', 'too-few']]);
  assert.deepEqual(pointers(await ask({ guarantees: undefined })), [['/guarantees', 'too-few']]);
  assert.deepEqual(pointers(await ask({ guarantees: [...guarantees().slice(1), guarantees()[1]] })), [['/guarantees/4/guarantee', 'repeated']]);
  assert.deepEqual(pointers(await ask({ guarantees: guarantees().map((one, i) => (i === 3 ? { ...one, met: false } : one)) })), [['/guarantees/3/met', 'guarantee-not-met']]);
  assert.deepEqual(pointers(await ask({ guarantees: guarantees().map((one, i) => (i === 0 ? { ...one, seen_on: day(2) } : one)) })), [['/guarantees/0/seen_on', 'in-future']]);
  assert.deepEqual(pointers(await ask({ votes_for: 15 })), [['/votes_for', 'no-majority']]);
  assert.deepEqual(pointers(await ask({ votes_present: undefined })), [['/votes_present', 'required']]);
  assert.deepEqual(pointers(await ask({ votes_for: 31 })), [['/votes_for', 'above-max']]);
  assert.equal((await server.sql`SELECT count(*) FROM cases WHERE household_id = ${household.id}`)[0].count, 0);
});

test('an objection stops the clock until it is answered; one that is right shuts the gate', async () => {
  const { opened, offices, county } = await anExitOnTheBoard(), { publicity_id } = await show(offices.officer, opened);
  const before = fine(await server.get(`/announcements/${publicity_id}`));
  const { objection_id } = fine(await server.post(`/announcements/${publicity_id}/objections`, { words: '他家没有通自来水' }), 201);
  const stopped = await show(offices.officer, opened);
  assert.ok(stopped.clock_stopped_at && stopped.objections_open === 1);
  await server.sql`UPDATE publicities SET clock_stopped_at = clock_stopped_at - interval '9 days', starts_at = starts_at - interval '9 days', ends_at = ends_at - interval '9 days' WHERE id = ${publicity_id.slice(7)}`;
  refused(await step(offices.officer, opened, 'decision'), 409, 'notice-open');
  refused(await offices.township.post(`/objections/${objection_id}/answer`, { answer: '已核实', upheld: false }), 403, 'forbidden');
  fine(await offices.officer.post(`/objections/${objection_id}/answer`, { answer: '已通水，照片在案', upheld: false }));
  const again = await show(offices.officer, opened);
  assert.equal(again.clock_stopped_at, null);
  assert.ok(Math.abs(new Date(again.notice_ends_at) - new Date(before.ends_at)) < 20_000, 'nine days stood still are nine days more');
  refused(await step(offices.officer, opened, 'decision'), 409, 'notice-open');
  const second = fine(await server.post(`/announcements/${publicity_id}/objections`, { words: '住房还是危房' }), 201);
  fine(await offices.officer.post(`/objections/${second.objection_id}/answer`, { answer: '属实', upheld: true }));
  await endNotice(server, publicity_id);
  refused(await step(offices.officer, opened, 'decision'), 409, 'notice-open');
  assert.equal(fine(await step(offices.officer, opened, 'decision', { accepted: false, note: '住房未达标' })).state, 'refused');
  const [notice] = await server.sql`SELECT withdrawn_at IS NOT NULL AS down FROM publicities WHERE id = ${publicity_id.slice(7)}`;
  assert.ok(notice.down);
  assert.deepEqual(await inbox(offices.secondOfficer, county), []);
});

test('the household may refuse, and another may sign for it only with paper', async () => {
  const { household, offices } = await aPlace();
  const opened = fine(await start(offices.township, household, exitForm()), 201);
  fine(await step(offices.cadre, opened, 'village_check'));
  fine(await step(offices.team, opened, 'team_check'));
  const stranger = await aHolder(server, await aHousehold(server, { code: household.county, villages: [household.area_code] }));
  refused(await step(stranger, opened, 'acceptance'), 404, 'not-found');
  assert.equal(refused(await step(offices.team, opened, 'acceptance'), 422, 'invalid')[0].pointer, '/evidence');
  const holder = await aHolder(server, household);
  assert.equal(refused(await step(holder, opened, 'acceptance', { accepted: false }), 422, 'invalid')[0].pointer, '/note');
  assert.equal(fine(await step(holder, opened, 'acceptance', { accepted: false, note: '孩子还在上学' })).state, 'refused');
  const next = fine(await start(offices.township, household, exitForm()), 201);
  fine(await step(offices.cadre, next, 'village_check'));
  fine(await step(offices.team, next, 'team_check'));
  assert.equal(fine(await step(offices.team, next, 'acceptance', { evidence: '户主签字表 3 号' })).state, 'notice');
});

test('no path skips the notice, whoever writes', async () => {
  const { household, offices, county } = await aPlace(), at = `/households/${household.household_id}`;
  const errors = refused(await offices.officer.post(`${at}/statuses`, { status: 'exited_supported', valid_from: day(-1), reason: '验收', source: '表 1' }), 422, 'invalid');
  assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [['/status', 'exit-needs-case']]);
  const { opened } = await anExitOnTheBoard();
  const tried = (statement) => server.psql(['-c', statement]).then(() => 'written', String); // even as the superuser
  const insert = (columns, values) => `INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source${columns})
    VALUES ('${county.code}', gen_random_uuid(), '${household.id}', 'exited_supported', '[2030-01-01,)', '[2030-01-01,)', 'x', 'x'${values})`;
  assert.match(await tried(insert('', '')), /household_statuses_gate__notice_open/);
  assert.match(await tried(insert(', origin, case_id', `, 'correction', '${opened.case_id.slice(7)}'`)), /household_statuses_gate__notice_open/);
  const { publicity_id } = await show(await anOfficer(server, opened.case_id.slice(0, 6)), opened);
  const pass = (more) => `INSERT INTO publicity_passes (county, publicity_id, subject_id, ends_at, passed_at)
    SELECT county, id, subject_id, ends_at${more}, now() FROM publicities WHERE id = '${publicity_id.slice(7)}'`;
  assert.match(await tried(pass('')), /publicity_passes_period__notice_open/);
  assert.match(await tried(pass(" - interval '8 days'")), /publicity_passes_gate__notice_open/);
  fine(await server.post(`/announcements/${publicity_id}/objections`, { words: '我有话说' }), 201);
  await endNotice(server, publicity_id);
  assert.match(await tried(pass('')), /publicity_passes_gate__notice_open/);
});

// ---- Entry, recognition, return ----

test('an entry hangs out twice, is announced, and only then counts', async () => {
  const { county, household, offices } = await aPlace({ status: 'never_registered' });
  const opened = fine(await start(offices.cadre, household, { kind: 'entry', reason: '本人申请' }), 201);
  refused(await start(offices.cadre, household, { kind: 'entry', reason: '再申请' }), 409, 'taken');
  assert.equal(refused(await step(offices.cadre, opened, 'evaluation', { votes_present: 20, votes_for: 10 }), 422, 'invalid')[0].code, 'no-majority');
  fine(await step(offices.cadre, opened, 'evaluation', { votes_present: 20, votes_for: 18, evidence: '会议记录' }));
  refused(await step(offices.cadre, opened, 'notice'), 403, 'own-entry');
  fine(await step(offices.secondCadre, opened, 'notice'));
  refused(await step(offices.township, opened, 'review'), 409, 'notice-open');
  const first = await noticeOver(offices.officer, opened);
  fine(await step(offices.township, opened, 'review'));
  refused(await step(offices.township, opened, 'second_notice'), 403, 'own-entry');
  fine(await step(offices.officer, opened, 'second_notice'));
  refused(await step(offices.secondOfficer, opened, 'decision'), 409, 'notice-open');
  assert.notEqual(await noticeOver(offices.officer, opened), first);
  fine(await step(offices.secondOfficer, opened, 'decision'));
  fine(await step(offices.officer, opened, 'announcement'));
  assert.deepEqual(await statusesOf(offices.officer, household), [['registered', day(), null]]);
  assert.equal(fine(await server.get('/announcements', { query: { area: county.villages[0], kind: 'announcement' } })).items.length, 1);
  refused(await start(offices.cadre, household, { kind: 'entry', reason: '再来' }), 409, 'wrong-state');
});

test('where the rule asks for one publicity the second is left out; a case keeps the rule it began with', async () => {
  const { county, household, offices } = await aPlace({ status: 'never_registered' });
  const before = fine(await start(offices.cadre, await aHousehold(server, county, { status: 'never_registered' }), { kind: 'entry', reason: '申请' }), 201);
  refused(await offices.township.post('/publicity-rules', { area_code: county.villages[0], one_notice: true, source: '县办 3 号' }), 403, 'forbidden');
  fine(await offices.officer.post('/publicity-rules', { area_code: county.code, one_notice: true, source: '县办 3 号' }));
  fine(await offices.officer.post('/publicity-rules', { area_code: county.villages[1], one_notice: false, source: '县办 4 号' }));
  const opened = fine(await start(offices.cadre, household, { kind: 'recognition', reason: '新识别' }), 201);
  fine(await step(offices.cadre, opened, 'evaluation', votes));
  fine(await step(offices.team, opened, 'notice'));
  await noticeOver(offices.officer, opened);
  assert.equal(fine(await step(offices.township, opened, 'review')).state, 'decision');
  fine(await step(offices.officer, opened, 'decision'));
  fine(await step(offices.secondOfficer, opened, 'announcement'));
  assert.ok((await show(offices.officer, before)).steps.some((one) => one.step === 'second_notice'));
  assert.deepEqual(fine(await offices.township.get('/publicity-rules', { query: { county: county.code } })).items.map(({ one_notice }) => one_notice), [true, false]);
  assert.deepEqual(fine(await offices.officer.get('/villages', { query: { county: county.code } })).items.map(({ one_notice, households_count }) => [one_notice, households_count]), [[true, 1], [false, 0]]);
});

test('who exited may come back, seen by the team and behind a notice', async () => {
  const { household, offices } = await aPlace({ status: 'exited_supported' });
  const opened = fine(await start(offices.cadre, household, { kind: 'return', reason: '大病' }), 201);
  fine(await step(offices.team, opened, 'team_check'));
  fine(await step(offices.cadre, opened, 'notice'));
  await noticeOver(offices.officer, opened);
  fine(await step(offices.township, opened, 'review'));
  assert.equal(fine(await step(offices.officer, opened, 'decision')).state, 'done');
  assert.deepEqual(await statusesOf(offices.officer, household), [['exited_supported', '2015-01-01', day()], ['returned', day(), null]]);
});

// ---- Members (journey 4) ----

test('a birth goes from cadre over township to county, and stands on the card with who did what', async () => {
  const { county, household, offices } = await aPlace(), at = `/households/${household.household_id}/members`;
  const opened = fine(await offices.cadre.post(at, aBaby()), 201);
  assert.deepEqual([opened.kind, opened.state], ['member_in', 'review']);
  assert.equal((await cardOf(offices.cadre, household)).members.length, 3);
  const waiting = fine(await offices.township.get('/cases', { query: { county: county.code, waiting: 'true' } })).items;
  assert.deepEqual(waiting.map(({ case_id, about }) => [case_id, about.change, about.name_masked]), [[opened.case_id, 'birth', '张*']]);
  assert.doesNotMatch(JSON.stringify([waiting, await show(offices.township, opened)]), /sealed|张小宝|id_number/);
  fine(await step(offices.township, opened, 'review'));
  assert.deepEqual(await inbox(offices.officer, county), [opened.case_id]);
  fine(await step(offices.officer, opened, 'decision'));
  const card = await cardOf(offices.cadre, household);
  assert.deepEqual(card.members.filter(({ member_id }) => member_id === opened.member_id).map(({ name_masked, valid_from }) => [name_masked, valid_from]), [['张*', day(-5)]]);
  const [kept] = await server.sql`SELECT payload::text FROM cases WHERE id = ${opened.case_id.slice(7)}`;
  assert.equal(kept.payload, '{}');
  const end = fine(await offices.cadre.post(`${at}/${opened.member_id}/end`, { change: 'moved_out', valid_to: day(-1), reason: '随母迁出' }), 201);
  fine(await step(offices.township, end, 'review'));
  fine(await step(offices.officer, end, 'decision'));
  assert.equal((await cardOf(offices.cadre, household)).members.find(({ member_id }) => member_id === opened.member_id).valid_to, day(-1));
  refused(await offices.cadre.post(`${at}/${opened.member_id}/end`, { change: 'death', valid_to: day(), reason: '再次' }), 409, 'wrong-state');
});

test('nobody approves their own entry, nor from another place', async () => {
  const { county, household, offices } = await aPlace(), at = `/households/${household.household_id}/members`;
  const both = await someone(server, { roles: [{ role: 'township', area_code: county.villages[0].slice(0, 9) }, { role: 'county', area_code: county.code }] });
  const opened = fine(await both.post(at, aBaby()), 201);
  refused(await step(both, opened, 'review'), 403, 'own-entry');
  assert.equal((await show(both, opened)).blocked_by, 'own-entry');
  const elsewhere = await someone(server, { roles: [{ role: 'township', area_code: `${county.code}999` }, { role: 'cadre', area_code: county.villages[0] }] });
  refused(await step(elsewhere, opened, 'review'), 403, 'forbidden');
  refused(await step((await theOffices(server, await aCounty(server))).township, opened, 'review'), 404, 'not-found');
  fine(await step(offices.township, opened, 'review'));
  refused(await step(both, opened, 'decision'), 403, 'own-entry');
  fine(await step(offices.officer, opened, 'decision'));
  const other = fine(await both.post(at, aBaby()), 201);
  fine(await step(offices.township, other, 'review'));
  refused(await step(offices.township, other, 'decision'), 403, 'forbidden');
  assert.equal(fine(await step(offices.officer, other, 'decision', { accepted: false, note: '证件不符' })).state, 'refused');
  assert.equal((await cardOf(offices.cadre, household)).members.length, 4);
});

test('a proposal can be taken back by who made it, and by nobody else', async () => {
  const { household, offices } = await aPlace();
  const opened = fine(await offices.cadre.post(`/households/${household.household_id}/members`, aBaby()), 201);
  refused(await offices.township.post(`/cases/${opened.case_id}/withdraw`, { reason: '不对' }), 403, 'forbidden');
  assert.equal(fine(await offices.cadre.post(`/cases/${opened.case_id}/withdraw`, { reason: '写错了' })).state, 'withdrawn');
  refused(await offices.cadre.post(`/cases/${opened.case_id}/withdraw`, { reason: '写错了' }), 409, 'wrong-state');
  refused(await step(offices.township, opened, 'review'), 409, 'wrong-state');
});

test('a repeat changes nothing, and of two who decide at once one wins', async () => {
  const { household, offices } = await aPlace(), key = randomUUID(), body = aBaby();
  const opened = fine(await offices.cadre.post(`/households/${household.household_id}/members`, body, { key }), 201);
  assert.deepEqual(fine(await offices.cadre.post(`/households/${household.household_id}/members`, body, { key }), 201), opened);
  fine(await step(offices.township, opened, 'review'));
  const answers = await Promise.all([offices.officer, offices.secondOfficer].map((who) => step(who, opened, 'decision')));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  assert.equal((await cardOf(offices.cadre, household)).members.length, 4);
});

test('a body says where it is wrong', async () => {
  const { household, offices } = await aPlace(), at = `/households/${household.household_id}`;
  assert.deepEqual(refused(await offices.cadre.post(`${at}/members`, { ...aBaby(), change: 'adoption', reason: '' }), 422, 'invalid').map(({ pointer }) => pointer).sort(), ['/change', '/reason']);
  assert.equal(refused(await offices.cadre.post(`${at}/members`, aBaby({ valid_from: day(3) })), 422, 'invalid')[0].pointer, '/valid_from');
  assert.equal(refused(await offices.cadre.post(`${at}/cases`, { kind: 'correction', reason: 'xx' }), 422, 'invalid')[0].pointer, '/kind');
  refused(await offices.cadre.post(`${at}/cases`, { kind: 'return', reason: '大病' }), 409, 'wrong-state');
  refused(await (await someone(server)).post(`${at}/cases`, exitForm()), 403, 'forbidden');
  refused(await offices.cadre.post('/cases/123/steps', { step: 'review', accepted: true }), 404, 'not-found');
  assert.equal(refused(await offices.cadre.get('/cases'), 422, 'invalid')[0].pointer, '/county');
});

// ---- Corrections, moves, villages ----

test('a correction needs a second officer and keeps what was known', async () => {
  const { household, offices, county } = await aPlace(), at = `/households/${household.household_id}/statuses`;
  const opened = fine(await offices.officer.post(at, { status: 'removed', valid_from: '2019-06-30', reason: '核查：有商品房', source: '全国系统 5 号' }), 201);
  refused(await step(offices.officer, opened, 'decision'), 403, 'own-entry');
  assert.deepEqual(await statusesOf(offices.officer, household), [['registered', '2015-01-01', null]]);
  fine(await step(offices.secondOfficer, opened, 'decision'));
  assert.deepEqual(await statusesOf(offices.officer, household), [['registered', '2015-01-01', '2019-06-30'], ['removed', '2019-06-30', null]]);
  const { statuses } = await cardOf(offices.officer, household);
  assert.ok(statuses.some(({ status, known_to }) => status === 'registered' && known_to !== null));
  refused(await offices.cadre.post(at, { status: 'removed', valid_from: day(), reason: 'x', source: 'x' }), 403, 'forbidden');
  refused(await (await anOfficer(server, await aCounty(server))).post(at, { status: 'returned', valid_from: day(), reason: 'x', source: 'x' }), 404, 'not-found');
  assert.equal(fine(await offices.officer.get('/cases', { query: { county: county.code, kind: 'correction', state: 'done' } })).items.length, 1);
});

test('a move keeps where the household lived, and until when we held that it still does', async () => {
  const { county, household, offices } = await aPlace(), at = `/households/${household.household_id}/move`;
  assert.equal(refused(await offices.cadre.post(at, { area_code: household.area_code, moved_on: day(), reason: '搬迁' }), 422, 'invalid')[0].code, 'repeated');
  assert.equal(refused(await offices.cadre.post(at, { area_code: '110101001001', moved_on: day(), reason: '搬迁' }), 422, 'invalid')[0].code, 'area-unknown');
  const opened = fine(await offices.cadre.post(at, { area_code: county.villages[1], moved_on: day(-10), reason: '易地搬迁' }), 201);
  refused(await offices.cadre.post(at, { area_code: county.villages[1], moved_on: day(-10), reason: '又一次' }), 409, 'taken');
  fine(await step(offices.township, opened, 'review'));
  fine(await step(offices.officer, opened, 'decision'));
  assert.equal((await cardOf(offices.officer, household)).area_code, county.villages[1]);
  refused(await offices.cadre.get(`/households/${household.household_id}`), 404, 'not-found');
  const places = await server.sql`SELECT area_code, upper(valid)::text AS until, upper_inf(known) AS current FROM household_places WHERE household_id = ${household.id} ORDER BY lower(known) NULLS FIRST`;
  assert.deepEqual(places, [{ area_code: county.villages[0], until: 'infinity', current: false }, { area_code: county.villages[0], until: day(-10), current: true }]);
  const [account] = await server.sql`SELECT area_code FROM suppliers WHERE household_id = ${household.id}`;
  assert.equal(account.area_code, county.villages[1]);
  const back = fine(await offices.officer.post(at, { area_code: county.villages[0], moved_on: day(-1), reason: '搬回' }), 201);
  fine(await step(offices.township, back, 'review'));
  fine(await step(offices.secondOfficer, back, 'decision'));
  assert.equal((await server.sql`SELECT count(*) FROM household_places WHERE household_id = ${household.id}`)[0].count, 4);
});

test('a village that merges takes its households along', async () => {
  const { county, household, offices } = await aPlace(), second = await aHousehold(server, county), at = `/villages/${county.villages[0]}/cases`;
  assert.equal(refused(await offices.township.post(at, { kind: 'village_merger', reason: '合并', merged_on: day() }), 422, 'invalid')[0].pointer, '/into_code');
  const opened = fine(await offices.township.post(at, { kind: 'village_merger', reason: '撤并', into_code: county.villages[1], merged_on: day() }), 201);
  fine(await step(offices.officer, opened, 'decision'));
  fine(await step(offices.secondOfficer, opened, 'announcement'));
  for (const one of [household, second]) assert.equal((await cardOf(offices.officer, one)).area_code, county.villages[1]);
  assert.equal(fine(await offices.officer.get('/villages', { query: { county: county.code } })).items[0].merged_into, county.villages[1]);
  refused(await offices.township.post(at, { kind: 'village_entry', reason: '已并' }), 409, 'wrong-state');
});

test('a village is recognised behind one notice and leaves only below the threshold of its place', async () => {
  const county = await aCounty(server), offices = await theOffices(server, county), at = `/villages/${county.villages[0]}/cases`;
  const walk = async (opened) => {
    fine(await step(offices.township, opened, 'review'));
    fine(await step(offices.officer, opened, 'notice'));
    refused(await step(offices.officer, opened, 'decision'), 409, 'notice-open');
    await noticeOver(offices.officer, opened);
    fine(await step(offices.officer, opened, 'decision'));
    return fine(await step(offices.secondOfficer, opened, 'announcement')).state;
  };
  assert.equal(await walk(fine(await offices.cadre.post(at, { kind: 'village_entry', reason: '发生率高', persons: 1000, poor_persons: 356 }), 201)), 'done');
  const leave = (poor_persons) => offices.cadre.post(at, { kind: 'village_exit', reason: '达标', persons: 1000, poor_persons });
  assert.equal(refused(await leave(10), 422, 'invalid')[0].code, 'no-threshold');
  fine(await offices.officer.post('/village-thresholds', { area_code: county.code, incidence_ppm: 30000, source: '西部 3%' }), 201);
  assert.equal(refused(await leave(30), 422, 'invalid')[0].code, 'above-threshold');
  assert.equal(await walk(fine(await leave(29), 201)), 'done');
  const [village] = fine(await offices.officer.get('/villages', { query: { county: county.code } })).items;
  assert.deepEqual([village.status, village.since, village.poor_persons], ['exited', day(), 29]);
  refused(await leave(1), 409, 'wrong-state');
});
