// Looking-backs: nearly half of a county's records corrected at once, openly; and the register as known on a day, whose stock and flow meet.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCounty, aHousehold, anOfficer, aPaidOrder, aSmallShop, day, insertAll } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const csv = (rows) => [['户编号', '贫困户状态', '状态日期', '理由'], ...rows].map((row) => row.join(',')).join('\r\n') + '\r\n';
const removal = (household, more = {}) => [household.card_number, more.status ?? '剔除', more.on ?? day(-100), more.reason ?? '有商品房'];
const handIn = (who, county, rows, query = {}) => who.post('/look-backs', Buffer.from(csv(rows)), {
  query: { county: county.code, title: '2019 年回头看', source: '核查报告 9 号', dry_run: 'false', ...query }, headers: { 'content-type': 'text/csv' },
});
async function aLookBack(who, county, rows, query) {
  const made = fine(await handIn(who, county, rows, query), 202);
  await server.once('registry/look_backs');
  return fine(await who.get(`/look-backs/${made.look_back_id}`));
}
const decide = (who, it, body = { accepted: true }) => who.post(`/look-backs/${it.look_back_id}/decide`, body);
const register = async (who, county, more = {}) => fine(await who.get('/reports/register', { query: { area: county.code, from: day(-365), to: day(), ...more } })).items;
const listed = async (who, county, more = {}) => fine(await who.get('/households', { query: { county: county.code, limit: 100, ...more } })).items;
const many = async (count, make) => {
  const made = [];
  for (let i = 0; i < count; i++) made.push(await make(i));
  return made;
};
const meets = (rows) => {
  for (const row of rows) {
    assert.equal(row.residue, 0, row.measure);
    assert.equal(row.opening + row.new + row.returned - row.exited + row.natural + row.moved + row.corrected, row.closing, row.measure);
  }
  return rows;
};

test('a looking-back corrects 45 % of the records openly; sold lines keep the status of their day and are marked removed later', async () => {
  const setting = await aSmallShop(server), { county } = setting;
  const kept = await many(10, () => aHousehold(server, county)), wrong = await many(6, () => aHousehold(server, county));
  const leftOut = await many(3, () => aHousehold(server, county, { status: 'never_registered' }));
  const [officer, second] = [await anOfficer(server, county), await anOfficer(server, county)];
  await aPaidOrder(server, setting, { packs: 10 });
  await server.once('impact/fold');
  const report = async (name, more = {}) => fine(await officer.get(`/reports/${name}`, { query: { area: county.code, from: day(-30), to: day(), ...more } })).items;
  const figures = async () => {
    const alike = ({ as_of, reconciliation, ...row }) => row;
    return [await report('sales', { by: 'status' }), await report('sales', { by: 'status', exact: 'true' })].map((rows) => rows.map(alike));
  };
  const sold = await report('lines'), before = await figures();
  assert.deepEqual(sold.map(({ status, removed_later, counted }) => [status, removed_later, counted]), [['registered', false, true]]);
  assert.deepEqual(await report('removed-later'), []);

  const rows = [setting.household, ...wrong].map((one) => removal(one)).concat(leftOut.slice(0, 2).map((one) => removal(one, { status: '在册', reason: '漏评' })));
  const it = await aLookBack(officer, county, rows);
  assert.equal(rows.length / (kept.length + wrong.length + leftOut.length + 1), 0.45);
  assert.deepEqual([it.file_state, it.state, it.rows_count, it.removed_count, it.added_count, it.registered_now_count], ['done', 'proposed', 9, 7, 2, 17]);
  assert.equal((await listed(officer, county, { status: 'registered' })).length, 17, 'nothing counts before the second officer');
  assert.equal(fine(await decide(second, it)).state, 'done');

  assert.equal((await listed(officer, county, { status: 'registered' })).length, 12);
  assert.equal((await listed(officer, county, { status: 'removed' })).length, 7);
  const after = await report('lines');
  assert.deepEqual(after, sold.map((line) => ({ ...line, removed_later: true })));
  assert.deepEqual(await figures(), before, 'what was said of that day stands');
  assert.deepEqual((await report('removed-later')).map(({ status, households_count, gross_fen, counted_fen, due_fen }) => [status, households_count, gross_fen, counted_fen, due_fen]),
    [['registered', 1, 19000, 19000, 13000]]);

  const card = fine(await officer.get(`/households/${setting.household.household_id}`));
  assert.deepEqual(card.statuses.map(({ status, known_to }) => [status, known_to === null]).sort(), [['registered', false], ['registered', true], ['removed', true]]);
  const [audited] = await server.sql`SELECT detail ->> 'rows_count' AS count FROM audit_events WHERE county = ${county.code} AND event = 'look_back_done'`;
  assert.equal(audited.count, '9');
});

test('the register is shown as known on a day, and says openly what was restated since', async () => {
  const county = await aCounty(server), households = await many(4, () => aHousehold(server, county));
  const [officer, second] = [await anOfficer(server, county), await anOfficer(server, county)];
  const yesterday = await register(officer, county, { to: day(-1), known_on: day(-1) });
  const it = await aLookBack(officer, county, [removal(households[0]), removal(households[1])]);
  fine(await decide(second, it));
  assert.deepEqual(await register(officer, county, { to: day(-1), known_on: day(-1) }), yesterday, 'asked as known then, it answers as then');
  assert.deepEqual(meets(yesterday).map(({ measure, opening, corrected, closing }) => [measure, opening, corrected, closing]), [['households', 4, 0, 4], ['persons', 12, 0, 12]]);
  assert.deepEqual(meets(await register(officer, county)).map(({ measure, opening, corrected, closing }) => [measure, opening, corrected, closing]),
    [['households', 4, -2, 2], ['persons', 12, -6, 6]]);
  assert.deepEqual((await listed(officer, county, { known_on: day(-1) })).map(({ status }) => status), Array(4).fill('registered'));
  assert.deepEqual((await listed(officer, county, { known_on: day() })).map(({ status }) => status).sort(), ['registered', 'registered', 'removed', 'removed']);
  assert.equal((await listed(officer, county, { known_on: day(-1), status: 'removed' })).length, 0);
  const card = (more) => officer.get(`/households/${households[0].household_id}`, { query: more });
  const current = ({ statuses }) => statuses.filter(({ known_to, valid_to }) => known_to === null && valid_to === null).map(({ status }) => status);
  assert.deepEqual(current(fine(await card({}))), ['removed']);
  assert.ok(fine(await card({ known_on: day(-1) })).statuses.every(({ status }) => status === 'registered'), 'a removal not yet known is not told');
});

test('K34: the stock at the end is the stock at the start and what came and went, for households and persons', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), second = await anOfficer(server, county);
  const [steady, exited, back, fresh, born, wrong] = await many(6, (i) => aHousehold(server, county, { status: i === 3 ? 'never_registered' : 'registered' }));
  const history = (household, ...spans) => [`DELETE FROM household_statuses WHERE household_id = '${household.id}'`].concat(spans.map(([status, from, to]) =>
    `INSERT INTO household_statuses (county, id, household_id, status, valid, known, reason, source, origin)
     VALUES ('${county.code}', '${randomUUID()}', '${household.id}', '${status}', '[${from},${to ?? ''})', '[2015-01-01,)', 'test', 'test', 'import')`));
  const statements = [...history(exited, ['registered', '2015-01-01', day(-50)], ['exited_supported', day(-50)]),
    ...history(back, ['registered', '2015-01-01', day(-600)], ['exited_supported', day(-600), day(-60)], ['returned', day(-60)]),
    ...history(fresh, ['registered', day(-40)])];
  for (const statement of statements) await server.psql(['-c', statement]);
  await insertAll(server, [['members', { county: county.code, id: randomUUID(), household_id: born.id, relation: 'child', name_masked: '张*', name_sealed: '\\x00', resident: true, valid_from: day(-20) }]]);
  await server.psql(['-c', `UPDATE members SET valid_to = '${day(-30)}', end_known_at = now() WHERE household_id = '${steady.id}' AND id = (SELECT id FROM members WHERE household_id = '${steady.id}' AND relation <> 'head' LIMIT 1)`]);
  fine(await decide(second, await aLookBack(officer, county, [removal(wrong)])));
  const [of, persons] = meets(await register(officer, county));
  assert.deepEqual([of.opening, of.new, of.returned, of.exited, of.natural, of.moved, of.corrected, of.closing], [4, 1, 1, 1, 0, 0, -1, 4]);
  assert.deepEqual([persons.new, persons.returned, persons.exited, persons.natural, persons.corrected], [3, 3, 3, 0, -3]);
  for (const area of county.villages) meets(await register(officer, county, { area }));
  refused(await officer.get('/reports/register', { query: { area: county.code, from: day(), to: day(-1) } }), 422, 'invalid');
});

test('F6: status on the sale date; exits and relapses kept, last year\'s report unchanged', async () => {
  const setting = await aSmallShop(server), { county, household } = setting, officer = await anOfficer(server, county);
  await aPaidOrder(server, setting, { packs: 2 });
  await server.once('impact/fold');
  const report = async () => fine(await officer.get('/reports/sales', { query: { area: county.code, from: day(-30), to: day(), by: 'status' } })).items.map(({ as_of, reconciliation, ...row }) => row);
  const before = await report();
  const [second, it] = [await anOfficer(server, county), await aLookBack(officer, county, [removal(household, { on: day(-1) })])];
  fine(await decide(second, it));
  assert.deepEqual(await report(), before);
  fine(await decide(second, await aLookBack(officer, county, [removal(household, { status: '返贫', on: day(), reason: '大病' })])));
  assert.deepEqual(await report(), before);
  await aPaidOrder(server, setting, { packs: 2 });
  await server.once('impact/fold');
  const after = await report();
  assert.deepEqual(after.slice(1).map(({ key, line_gross_fen }) => [key, line_gross_fen]).sort(), [['registered', 3800], ['returned', 3800]]);
});

test('a file is only tried unless asked otherwise, and one fault keeps all of it out', async () => {
  const county = await aCounty(server), [one, two] = await many(2, () => aHousehold(server, county)), officer = await anOfficer(server, county);
  const tried = await aLookBack(officer, county, [removal(one)], { dry_run: 'true' });
  assert.deepEqual([tried.file_state, tried.state, tried.report.errors_count], ['done', null, 0]);
  const faulty = await aLookBack(officer, county, [
    removal(one), removal(two, { status: '脱贫' }), removal(two, { on: day(2) }), ['K-unknown', '剔除', day(-1), '查无此户'], removal(two, { status: '在册' }), [two.card_number, '剔除', day(-1), ''],
  ]);
  assert.deepEqual([faulty.file_state, faulty.state], ['refused', null]);
  const told = faulty.report.problems.map(({ row, column, rule }) => [row, column, rule]);
  for (const expected of [[3, 'status', 'exit-needs-case'], [4, 'status_on', 'in-future'], [5, 'card_number', 'not-found'], [7, 'reason', 'required']])
    assert.ok(told.some((problem) => JSON.stringify(problem) === JSON.stringify(expected)), `${expected} is not among ${JSON.stringify(told)}`);
  refused(await decide(await anOfficer(server, county), faulty), 404, 'not-found');
  assert.deepEqual((await listed(officer, county)).map(({ status }) => status), ['registered', 'registered']);
});

test('four eyes decide, once; nobody from elsewhere or of another office', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county), other = await anOfficer(server, await aCounty(server));
  const [officer, second, auditor] = [await anOfficer(server, county), await anOfficer(server, county), await anOfficer(server, county, 'auditor')];
  refused(await handIn(other, county, [removal(household)]), 404, 'not-found');
  refused(await handIn(await anOfficer(server, county, 'cadre'), county, [removal(household)]), 403, 'forbidden');
  const it = await aLookBack(officer, county, [removal(household)]);
  refused(await decide(officer, it), 403, 'own-entry');
  refused(await decide(other, it), 404, 'not-found');
  refused(await decide(auditor, it), 403, 'forbidden');
  refused(await other.get(`/look-backs/${it.look_back_id}`), 404, 'not-found');
  assert.deepEqual(fine(await other.get(`/look-backs/${it.look_back_id}/rows`)).items, []);
  assert.equal(refused(await decide(second, it, { accepted: false }), 422, 'invalid')[0].pointer, '/reason');
  const [named] = fine(await auditor.get(`/look-backs/${it.look_back_id}/rows`)).items;
  assert.deepEqual([named.head_name_masked, named.status_before, named.status, named.reason], ['张*', 'registered', 'removed', '有商品房']);
  const answers = await Promise.all([decide(second, it, { accepted: false, reason: '证据不足' }), decide(await anOfficer(server, county), it, { accepted: false, reason: '证据不足' })]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  refused(await decide(second, it), 409, 'wrong-state');
  assert.deepEqual((await listed(officer, county)).map(({ status }) => status), ['registered']);
  assert.deepEqual(fine(await auditor.get('/look-backs', { query: { county: county.code } })).items.map(({ state }) => state), ['refused']);
});
