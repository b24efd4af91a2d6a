// Complaints: anyone says what is wrong and follows it by number and code; the county sorts, assigns and answers; what is true becomes a finding.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aBuyer, aCounty, aHousehold, anOfficer, anOperator, aPaidItem, aReceivedOrder, aShop, aSmallShop, day, insertAll, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const aCode = () => [...randomBytes(10)].map((byte) => letters[byte & 31]).join('');
const body = (county, more = {}) => ({ area_code: county.villages[0], category: 'funds', words: '有人冒领补助', code: aCode(), ...more });
const follow = (number, code, who = server) => who.post('/complaints/follow', { number, code }, { key: null });

/** Filed over the web, and its id as the county knows it. */
async function aComplaint(county, more) {
  const said = body(county, more), filed = fine(await server.post('/complaints', said), 201);
  const [{ id }] = await server.sql`SELECT id FROM complaints WHERE number = ${filed.number}`;
  return { ...filed, code: said.code, id, complaint_id: `${filed.number.slice(0, 6)}-${id}` };
}
const act = (who, complaint, what, sent = {}) => who.post(`/complaints/${complaint.complaint_id}/${what}`, sent);
/** Two officers of a county, and a complaint that the first one handles. */
async function aHandledComplaint(more = {}, county) {
  county ??= await aCounty(server);
  const [officer, other] = [await anOfficer(server, county), await anOfficer(server, county)];
  const complaint = await aComplaint(county, more);
  fine(await act(officer, complaint, 'sort', { scope: 'in_scope' }));
  fine(await act(officer, complaint, 'assign', { account_id: officer.account_id }));
  return { county, officer, other, complaint };
}
const outcome = (more = {}) => ({ judgement: 'not_substantiated', solved: true, answer: '已核查，发放有签字', ...more });

test('anyone complains without an account or a name, and follows it by number and code', async () => {
  const county = await aCounty(server), complaint = await aComplaint(county, { about_level: 'village' });
  assert.match(complaint.number, new RegExp(`^${county.code}\\d{8}$`));
  assert.equal(complaint.state, 'received');
  assert.ok(complaint.sort_due_at < complaint.answer_due_at);
  const typed = `${complaint.number.slice(0, 6)}-${complaint.number.slice(6, 12)} ${complaint.number.slice(12)}`;
  const shown = fine(await follow(typed, complaint.code.toLowerCase())).complaint;
  assert.deepEqual([shown.state, shown.category, shown.channel, shown.is_late, shown.steps.map(({ kind }) => kind)], ['received', 'funds', 'web', false, ['received']]);
  refused(await follow(complaint.number, aCode()), 404, 'not-found');
  refused(await follow(complaint.number, ''), 422, 'invalid');
  const wrong = complaint.number.replace(/.$/, (digit) => (digit === '9' ? '0' : String(Number(digit) + 1)));
  assert.deepEqual(refused(await follow(wrong, complaint.code), 422, 'invalid').map(({ pointer, code }) => [pointer, code]), [['/number', 'number-check']]);
  const [{ row }] = await server.sql`SELECT to_jsonb(c) AS row FROM complaints AS c WHERE number = ${complaint.number}`;
  assert.ok(!JSON.stringify(row).includes(complaint.code), 'the code is nowhere');
  assert.deepEqual([row.raised_by, row.taken_by, row.name_sealed, row.contact_sealed], [null, null, null, null]);
});

test('signed in or not, who complains over the web is not written down', async () => {
  const county = await aCounty(server), buyer = await aBuyer(server), said = body(county);
  const { number } = fine(await buyer.post('/complaints', said), 201);
  const [{ row }] = await server.sql`SELECT to_jsonb(c) AS row FROM complaints AS c WHERE number = ${number}`;
  assert.ok(!JSON.stringify(row).includes(buyer.account_id));
  const [{ actor_id }] = await server.sql`SELECT actor_id FROM audit_events WHERE event = 'complaint_filed' AND subject_id = ${row.id}`;
  assert.equal(actor_id, null);
});

test('said twice with the same key it is one complaint, and the answer holds no secret', async () => {
  const county = await aCounty(server), said = body(county), key = randomUUID();
  const [first, second] = [await server.post('/complaints', said, { key }), await server.post('/complaints', said, { key })];
  assert.equal(fine(first, 201).number, fine(second, 201).number);
  assert.equal((await server.sql`SELECT count(*) FROM complaints WHERE county = ${county.code}`)[0].count, 1);
  const [{ answer_body }] = await server.sql`SELECT answer_body FROM idempotency_keys WHERE key = ${key}`;
  assert.ok(!answer_body.includes(said.code));
});

test('what it is about is found by trace code or id and names its place; what is not there is said at its field', async () => {
  const setting = await aSmallShop(server), { county, shop, lot } = setting;
  const traced = await aComplaint(county, { area_code: undefined, category: 'goods', trace_code: lot.trace_code.toLowerCase() });
  const rows = await server.sql`SELECT subject_kind, subject_id, area_code FROM complaints WHERE id = ${traced.id}`;
  assert.deepEqual(rows[0], { subject_kind: 'lots', subject_id: lot.id, area_code: shop.area_code });
  await aComplaint(county, { subject_kind: 'shops', subject_id: shop.shop_id });
  const at = async (more) => refused(await server.post('/complaints', body(county, more)), 422, 'invalid').map(({ pointer }) => pointer);
  assert.deepEqual(await at({ trace_code: 'NOTHING1' }), ['/trace_code']);
  assert.deepEqual(await at({ subject_kind: 'shops', subject_id: `${county.code}-${randomUUID()}` }), ['/subject_id']);
  assert.deepEqual(await at({ subject_id: shop.shop_id }), ['/subject_kind']);
  assert.deepEqual(await at({ subject_kind: 'households', subject_id: setting.household.household_id }), ['/subject_kind']);
  assert.deepEqual(await at({ area_code: undefined }), ['/area_code']);
  assert.deepEqual(await at({ area_code: '990999' }), ['/area_code']);
  assert.deepEqual(await at({ code: '123' }), ['/code']);
  assert.deepEqual(await at({ category: 'gossip', words: '' }), ['/category', '/words']);
});

test('one address may not flood the county', async () => {
  const county = await aCounty(server);
  await server.sql`INSERT INTO login_throttles (subject, failures, free_tries, next_try_at, window_ends_at)
    VALUES (encode(sha256('complaint|127.0.0.1'), 'hex'), 60, 60, now(), now() + interval '1 hour')
    ON CONFLICT (subject) DO UPDATE SET failures = 60`;
  refused(await server.post('/complaints', body(county)), 429, 'too-many');
  assert.equal((await server.sql`SELECT count(*) FROM complaints WHERE county = ${county.code}`)[0].count, 0);
  await server.sql`DELETE FROM login_throttles`;
});

test('an officer writes down a call or a letter of their own county; the clock runs from the day it came', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), elsewhere = await aCounty(server);
  const filed = fine(await officer.post('/complaints/by-hand', body(county, { channel: 'letter', received_on: day(-10), name: '欧阳某某', contact: '13912345678' })), 201);
  assert.ok(Date.parse(filed.sort_due_at) < Date.now(), 'a letter ten days old is late already');
  const [row] = await server.sql`SELECT county || '-' || id AS complaint_id, taken_by, name_masked, contact_masked FROM complaints WHERE number = ${filed.number}`;
  assert.deepEqual([row.taken_by, row.name_masked, row.contact_masked], [officer.account_id, '欧阳*', '139****5678']);
  const [listed] = fine(await officer.get('/complaints', { query: { county: county.code, channel: 'letter' } })).items;
  assert.deepEqual([listed.complaint_id, listed.is_late], [row.complaint_id, true]);
  refused(await officer.post('/complaints/by-hand', body(elsewhere, { channel: 'phone' })), 404, 'not-found');
  assert.deepEqual(refused(await officer.post('/complaints/by-hand', body(county, { channel: 'web' })), 422, 'invalid').map(({ pointer }) => pointer), ['/channel']);
  assert.deepEqual(refused(await officer.post('/complaints/by-hand', body(county, { channel: 'visit', received_on: day(1) })), 422, 'invalid').map(({ pointer }) => pointer), ['/received_on']);
});

test('its handler answers; what is found true opens a finding that someone else mends and the handler closes', async () => {
  const { county, officer, other, complaint } = await aHandledComplaint();
  refused(await act(other, complaint, 'answer', outcome()), 403, 'forbidden');
  const found = { judgement: 'substantiated', punished_count: 1, recovered_fen: 250_000 };
  assert.deepEqual(refused(await act(officer, complaint, 'answer', outcome(found)), 422, 'invalid').map(({ pointer }) => pointer), ['/finding_owner_id', '/finding_due_on']);
  assert.deepEqual(refused(await act(officer, complaint, 'answer', outcome({ ...found, finding_owner_id: officer.account_id, finding_due_on: day(20) })), 422, 'invalid').map(({ pointer }) => pointer), ['/finding_owner_id']);
  const answered = fine(await act(officer, complaint, 'answer', outcome({ ...found, finding_owner_id: other.account_id, finding_due_on: day(20) })));
  assert.equal(answered.state, 'answered');
  const finding = fine(await officer.get(`/findings/${answered.finding_id}`));
  assert.deepEqual([finding.class, finding.rule, finding.assigned_to, finding.due_on, finding.opened_by, finding.detail.complaint_number],
    ['complaint', 'complaint_substantiated', other.account_id, day(20), officer.account_id, complaint.number]);
  fine(await other.post(`/findings/${answered.finding_id}/rectify`, { evidence: '追回款项，收据 3 号' }));
  refused(await other.post(`/findings/${answered.finding_id}/close`, {}), 403, 'own-entry');
  fine(await officer.post(`/findings/${answered.finding_id}/close`, {}));
  const shown = fine(await follow(complaint.number, complaint.code)).complaint;
  assert.deepEqual([shown.state, shown.judgement, shown.solved, shown.answer, shown.may_reopen], ['answered', 'substantiated', true, '已核查，发放有签字', true]);
  assert.ok(!JSON.stringify(shown).includes(officer.login), 'who handled it is not named');
  refused(await act(officer, complaint, 'answer', outcome()), 409, 'wrong-state');
  const events = await server.sql`SELECT event FROM audit_events WHERE subject_id = ${complaint.id} ORDER BY at, id`;
  assert.deepEqual(events.map(({ event }) => event).sort(), ['complaint_answered', 'complaint_assigned', 'complaint_filed', 'complaint_sorted']);
  assert.equal(fine(await officer.get('/complaints', { query: { county: county.code } })).items.length, 0);
});

test('whoever a complaint may mean neither sees nor handles it', async () => {
  const setting = await aSmallShop(server), { county, shop } = setting;
  const operator = await someone(server, { roles: [{ role: 'operator', organisation_county: shop.county, organisation_id: shop.id }, { role: 'county', area_code: county.code }] });
  const officer = await anOfficer(server, county), complaint = await aComplaint(county, { subject_kind: 'shops', subject_id: shop.shop_id });
  assert.equal(fine(await operator.get('/complaints', { query: { county: county.code } })).items.length, 0);
  refused(await operator.get(`/complaints/${complaint.complaint_id}`), 404, 'not-found');
  refused(await act(operator, complaint, 'sort', { scope: 'in_scope' }), 404, 'not-found');
  fine(await act(officer, complaint, 'sort', { scope: 'in_scope' }));
  refused(await act(officer, complaint, 'assign', { account_id: operator.account_id }), 403, 'party-to-it');
  const handlers = fine(await officer.get(`/complaints/${complaint.complaint_id}/handlers`)).items.map(({ account_id }) => account_id);
  assert.ok(handlers.includes(officer.account_id) && !handlers.includes(operator.account_id));
  // Someone named later loses it, even while handling it.
  const second = await anOfficer(server, county);
  fine(await act(officer, complaint, 'assign', { account_id: second.account_id }));
  fine(await act(officer, complaint, 'parties', { account_id: second.account_id }));
  refused(await act(officer, complaint, 'parties', { account_id: second.account_id }), 409, 'taken');
  refused(await second.get(`/complaints/${complaint.complaint_id}`), 404, 'not-found');
  refused(await act(second, complaint, 'answer', outcome()), 404, 'not-found');
  assert.equal(fine(await officer.get(`/complaints/${complaint.complaint_id}`)).assigned_to, null);
  assert.deepEqual(refused(await act(officer, complaint, 'parties', { account_id: randomUUID() }), 422, 'invalid').map(({ pointer }) => pointer), ['/account_id']);
});

test('a level is never judged by itself: about a village a township, about a township the county, about the county another body', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const cadre = await someone(server, { roles: [{ role: 'cadre', area_code: county.villages[0] }] });
  const township = await someone(server, { roles: [{ role: 'township', area_code: county.villages[0].slice(0, 9) }] });
  const assign = async (about_level, to) => {
    const complaint = await aComplaint(county, { about_level, category: 'conduct' });
    fine(await act(officer, complaint, 'sort', { scope: 'in_scope' }));
    return { complaint, answer: await act(officer, complaint, 'assign', { account_id: to.account_id }) };
  };
  refused((await assign('village', cadre)).answer, 403, 'party-to-it');
  refused((await assign('township', township)).answer, 403, 'party-to-it');
  const { complaint, answer } = await assign('county', officer);
  refused(answer, 403, 'party-to-it');
  assert.equal(fine(await act(officer, complaint, 'refer', { kind: 'discipline', to: '市纪委监委', words: '反映县级工作人员，已移送' })).state, 'referred');
  const given = await assign('village', township);
  fine(given.answer);
  fine(await township.get(`/complaints/${given.complaint.complaint_id}`));
  assert.deepEqual(fine(await township.get('/complaints', { query: { county: county.code } })).items.map(({ complaint_id }) => complaint_id), [given.complaint.complaint_id]);
  refused(await act(township, given.complaint, 'sort', { scope: 'in_scope' }), 403, 'forbidden');
  fine(await act(township, given.complaint, 'answer', outcome()));
});

test('who complained is opened by its handler only, with a reason, and that is logged', async () => {
  const { officer, other, complaint } = await aHandledComplaint({ name: '张三', contact: '13912345678' });
  const shown = fine(await officer.get(`/complaints/${complaint.complaint_id}`));
  assert.deepEqual([shown.name_masked, shown.contact_masked, shown.is_anonymous], ['张*', '139****5678', false]);
  const contact = (who, sent = { reason: '回访核实' }) => who.post(`/complaints/${complaint.complaint_id}/contact`, sent, { key: null });
  refused(await contact(other), 404, 'not-found');
  refused(await contact(officer, {}), 422, 'invalid');
  const opened = fine(await contact(officer));
  assert.deepEqual([opened.name, opened.contact], ['张三', '13912345678']);
  const [logged] = await server.sql`SELECT actor_id, reason FROM audit_events WHERE event = 'complaint_contact_seen' AND subject_id = ${complaint.id}`;
  assert.deepEqual(logged, { actor_id: officer.account_id, reason: '回访核实' });
  const anonymous = await aHandledComplaint();
  refused(await anonymous.officer.post(`/complaints/${anonymous.complaint.complaint_id}/contact`, { reason: '回访核实' }, { key: null }), 404, 'not-found');
  const auditor = await anOfficer(server, { code: complaint.number.slice(0, 6) }, 'auditor');
  fine(await auditor.get(`/complaints/${complaint.complaint_id}`));
  refused(await contact(auditor), 403, 'forbidden');
});

test('the complainant adds a word while it is open, and opens it again when the answer is wrong: then somebody else looks into it', async () => {
  const { officer, other, complaint } = await aHandledComplaint();
  const say = (words, code = complaint.code) => server.post('/complaints/say', { number: complaint.number, code, words });
  refused(await say('补充一点', aCode()), 404, 'not-found');
  assert.equal(fine(await say('补充：是十月的补助')).state, 'handling');
  fine(await act(officer, complaint, 'answer', outcome()));
  assert.equal(fine(await say('签字不是我签的')).state, 'handling');
  const shown = fine(await officer.get(`/complaints/${complaint.complaint_id}`));
  assert.deepEqual([shown.assigned_to, shown.reopened_count, shown.steps.map(({ kind }) => kind)], [null, 1, ['received', 'sorted', 'assigned', 'added', 'answered', 'reopened']]);
  refused(await act(officer, complaint, 'assign', { account_id: officer.account_id }), 403, 'own-entry');
  fine(await act(officer, complaint, 'assign', { account_id: other.account_id }));
  fine(await act(other, complaint, 'answer', outcome({ answer: '复核后维持' })));
  await server.sql`UPDATE complaints SET answered_at = answered_at - interval '31 days' WHERE id = ${complaint.id}`;
  refused(await say('还是不对'), 409, 'wrong-state');
});

test('an auditor opens an answered complaint again, who answered it does not', async () => {
  const { county, officer, complaint } = await aHandledComplaint(), auditor = await anOfficer(server, county, 'auditor');
  refused(await act(auditor, complaint, 'reopen', { reason: '证据不足' }), 409, 'wrong-state');
  fine(await act(officer, complaint, 'answer', outcome()));
  refused(await act(officer, complaint, 'reopen', { reason: '我再看看' }), 403, 'own-entry');
  assert.equal(fine(await act(auditor, complaint, 'reopen', { reason: '证据不足' })).state, 'handling');
});

test('out of scope needs words for the complainant, and sorting happens once', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), complaint = await aComplaint(county);
  assert.deepEqual(refused(await act(officer, complaint, 'sort', { scope: 'out_of_scope' }), 422, 'invalid').map(({ pointer }) => pointer), ['/words']);
  fine(await act(officer, complaint, 'sort', { scope: 'out_of_scope', words: '宅基地纠纷，请找自然资源局' }));
  refused(await act(officer, complaint, 'sort', { scope: 'in_scope' }), 409, 'wrong-state');
  refused(await act(officer, complaint, 'assign', { account_id: officer.account_id }), 409, 'wrong-state');
  const shown = fine(await follow(complaint.number, complaint.code)).complaint;
  assert.deepEqual([shown.state, shown.answer], ['out_of_scope', '宅基地纠纷，请找自然资源局']);
});

test('passed to another county it has a number there and the same code, and its name is sealed for its new place', async () => {
  const { officer, complaint } = await aHandledComplaint({ name: '张三', contact: '13912345678' }), there = await aCounty(server);
  const refer = (sent) => act(officer, complaint, 'refer', { kind: 'county', words: '收购点在邻县，已转', ...sent });
  assert.deepEqual(refused(await refer({}), 422, 'invalid').map(({ pointer, code }) => [pointer, code]), [['/area_code', 'required']]);
  assert.deepEqual(refused(await refer({ area_code: '990998' }), 422, 'invalid').map(({ code }) => code), ['not-found']);
  assert.deepEqual(refused(await act(officer, complaint, 'refer', { kind: 'police', words: '涉嫌犯罪' }), 422, 'invalid').map(({ pointer }) => pointer), ['/to']);
  const referred = fine(await refer({ area_code: there.code }));
  assert.match(referred.referred_number, new RegExp(`^${there.code}`));
  const here = fine(await follow(complaint.number, complaint.code)).complaint;
  assert.deepEqual([here.state, here.referred_number], ['referred', referred.referred_number]);
  assert.equal(fine(await follow(referred.referred_number, complaint.code)).complaint.state, 'received');
  const officerThere = await anOfficer(server, there), [copy] = fine(await officerThere.get('/complaints', { query: { county: there.code } })).items;
  fine(await act(officerThere, copy, 'sort', { scope: 'in_scope' }));
  fine(await act(officerThere, copy, 'assign', { account_id: officerThere.account_id }));
  assert.equal(fine(await officerThere.post(`/complaints/${copy.complaint_id}/contact`, { reason: '回访核实' }, { key: null })).name, '张三');
  assert.equal(fine(await officerThere.get(`/complaints/${copy.complaint_id}`)).came_from, complaint.number);
  refused(await refer({ area_code: there.code }), 409, 'wrong-state');
});

test('two who answer at once: one wins', async () => {
  const { officer, complaint } = await aHandledComplaint();
  const answers = await Promise.all([1, 2].map((i) => act(officer, complaint, 'answer', outcome({ answer: `答复第 ${i} 次` }))));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
});

test('"I did not get this": the household has a case with a number, and whoever entered the payment has no part in it', async () => {
  const setting = await aSmallShop(server), { county, household } = setting;
  await aReceivedOrder(server, setting, { closed: true });
  const payer = await anOfficer(server, county), officer = await anOfficer(server, county);
  const owner = await someone(server, { roles: [{ role: 'household', organisation_county: household.county, organisation_id: household.id }] });
  const [{ id: due }] = await server.sql`SELECT id FROM dues WHERE payee_id = ${household.id} AND payee_kind = 'household' LIMIT 1`;
  const item = await aPaidItem(server, county, household, { paid_by: payer.account_id });
  const due_id = `${county.code}-${due}`, answer = (sent) => owner.post(`/dues/${due_id}/answer`, sent);
  refused(await answer({ answer: 'disputed' }), 409, 'wrong-state');
  await server.sql`UPDATE dues SET state = 'paid', paid_at = now(), payout_item_id = ${item} WHERE id = ${due}`;
  const disputed = fine(await answer({ answer: 'disputed', words: '卡里没有' }));
  assert.equal(disputed.state, 'disputed');
  refused(await answer({ answer: 'confirmed' }), 409, 'wrong-state');
  const [mine] = fine(await owner.get('/me/complaints')).items;
  assert.deepEqual([mine.number, mine.category, mine.subject_id, mine.state], [disputed.number, 'not_paid', due_id, 'received']);
  const [listed] = fine(await officer.get('/complaints', { query: { county: county.code, channel: 'passbook' } })).items;
  assert.equal(listed.number, disputed.number);
  refused(await payer.get(`/complaints/${listed.complaint_id}`), 404, 'not-found');
  refused(await (await someone(server, { roles: [{ role: 'household', organisation_county: county.code, organisation_id: randomUUID() }] })).post(`/dues/${due_id}/answer`, { answer: 'disputed' }), 404, 'not-found');
  refused(await follow(disputed.number, '0000000000'), 404, 'not-found');
});

test('figures of a period: rates on what is in scope, median of days, by channel, category and place', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), viewer = await anOfficer(server, county, 'viewer');
  const taken = [3, 5, 40].map((days) => ({ days, judgement: days === 5 ? 'not_substantiated' : 'substantiated' }));
  await insertAll(server, [
    ...taken.map(({ days, judgement }, i) => ['complaints', { county: county.code, id: randomUUID(), number: `${county.code}0000000${i}`, code_for: '', channel: 'phone', category: 'funds', area_code: county.villages[0], words: 'x', received_at: new Date(Date.now() - 50 * 86_400_000).toISOString(), sort_due_at: day(-48), answer_due_at: day(-20), state: 'answered', scope: 'in_scope', sorted_at: day(-49), judgement, solved: true, answer: 'x', answered_at: new Date(Date.now() - (50 - days) * 86_400_000).toISOString(), punished_count: judgement === 'substantiated' ? 1 : 0, recovered_fen: 1000, reopened_count: 0, version: 1 }]),
    ['complaints', { county: county.code, id: randomUUID(), number: `${county.code}00000009`, code_for: '', channel: 'letter', category: 'other', area_code: county.villages[1], words: 'x', received_at: new Date(Date.now() - 50 * 86_400_000).toISOString(), sort_due_at: day(-48), answer_due_at: day(-20), state: 'received', punished_count: 0, recovered_fen: 0, reopened_count: 0, version: 1 }],
  ]);
  const figures = async (by, who = officer, area = county.code) => fine(await who.get('/complaints/statistics', { query: { area, from: day(-60), to: day(0), by } })).items;
  const [letter, phone] = await figures('channel');
  assert.deepEqual([letter.received_count, letter.in_scope_count, letter.open_count, letter.late_count, letter.median_days], [1, 0, 1, 1, null]);
  assert.deepEqual([phone.received_count, phone.in_scope_count, phone.in_time_count, phone.solved_count, phone.substantiated_count, phone.not_substantiated_count, phone.punished_count, phone.recovered_fen, phone.median_days],
    [3, 3, 2, 3, 2, 1, 2, 3000, 5]);
  assert.deepEqual((await figures('category', viewer)).map(({ name }) => name), ['funds', 'other']);
  assert.deepEqual((await figures('area')).map(({ name, received_count }) => [name, received_count]), [[county.villages[0].slice(0, 9), 4]]);
  assert.deepEqual((await figures('area', officer, county.villages[0].slice(0, 9))).map(({ received_count }) => received_count), [3, 1]);
  assert.deepEqual(await figures('category', await anOfficer(server, await aCounty(server))), []);
  assert.match((await officer.get('/complaints/statistics', { query: { area: county.code, from: day(-60), to: day(0), by: 'channel', format: 'csv' } })).text, /median_days/);
});

test('a complaint of another county is not there; wrong roles are told so', async () => {
  const { complaint } = await aHandledComplaint(), stranger = await anOfficer(server, await aCounty(server));
  refused(await stranger.get(`/complaints/${complaint.complaint_id}`), 404, 'not-found');
  for (const [what, sent] of Object.entries({ sort: { scope: 'in_scope' }, assign: { account_id: stranger.account_id }, notes: { words: '看看' }, answer: outcome(), reopen: { reason: '再看一次' }, refer: { kind: 'police', to: '公安局', words: '涉嫌犯罪' } }))
    refused(await act(stranger, complaint, what, sent), 404, 'not-found');
  const operator = await anOperator(server, await aShop(server, await aCounty(server)));
  refused(await operator.get('/complaints', { query: { county: complaint.number.slice(0, 6) } }), 403, 'forbidden');
  refused(await server.get(`/complaints/${complaint.complaint_id}`), 401, 'unauthenticated');
  await aHousehold(server, await aCounty(server));
});
