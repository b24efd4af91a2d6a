// The registry over HTTP: who proposes and who decides, what a household's card shows, what is never shown, and how it is shown once.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCooperative, aCounty, aHousehold, anOfficer, anOperator, aShop, day, someone, theOffices } from './builders.mjs';
import { aServer, fine, refused, unique } from './support.mjs';

const server = await aServer();
const aCadre = (county, village = county.villages[0]) => someone(server, { roles: [{ role: 'cadre', area_code: village }] });
const anId = (county) => `${county.code}-${randomUUID()}`;

let born = 0;
function anIdNumber({ female = false } = {}) {
  const birthday = new Date(Date.UTC(1955, 0, 1) + born++ * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const digits = `990122${birthday}00${female ? 2 : 1}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return digits + '10X98765432'[[...digits].reduce((total, digit, i) => total + digit * weights[i], 0) % 11];
}
const aForm = (county, more = {}) => ({
  card_number: unique('F'), village_code: county.villages[0], status: 'registered', status_on: '2016-05-01', cause: 'illness', land_mu_hundredths: 350,
  members: [{ name: '张三', id_number: anIdNumber(), relation: 'head', phone: '13800005678', resident: true }, { name: '李四', id_number: anIdNumber({ female: true }), relation: 'spouse', resident: false }], ...more,
});
const auditOf = (id) => server.sql`SELECT event, actor_id, reason, detail FROM audit_events WHERE subject_id = ${id.slice(7)} ORDER BY at`;

// ---- Organisations ----

test('a station and a shop come by proposal and another officer\'s decision', async () => {
  const county = await aCounty(server), cadre = await aCadre(county), officer = await anOfficer(server, county), second = await anOfficer(server, county);
  const station = fine(await cadre.post('/stations', { area_code: county.villages[0], name: '核桃站' }), 201);
  assert.equal(station.state, 'proposed');
  refused(await cadre.post(`/stations/${station.station_id}/decide`, { accepted: true }), 403, 'forbidden');
  refused(await cadre.post('/shops', { station_id: station.station_id, name: '早了' }), 404, 'not-found');
  assert.equal(fine(await officer.post(`/stations/${station.station_id}/decide`, { accepted: true })).state, 'open');
  refused(await officer.post(`/stations/${station.station_id}/decide`, { accepted: false }), 409, 'wrong-state');
  const shop = fine(await officer.post('/shops', { station_id: station.station_id, name: '核桃店', platform_fee_ppm: 10000 }), 201);
  refused(await officer.post(`/shops/${shop.shop_id}/decide`, { accepted: true }), 403, 'own-entry');
  assert.equal(fine(await second.post(`/shops/${shop.shop_id}/decide`, { accepted: true })).state, 'open');
  assert.deepEqual((await auditOf(shop.shop_id)).map(({ event }) => event), ['shop_decided']);
  assert.deepEqual(fine(await officer.get('/me/shops')).items.map(({ name, state }) => [name, state]), [['核桃店', 'open']]);
  assert.deepEqual(fine(await officer.get('/stations', { query: { state: 'open' } })).items.map(({ name }) => name).sort(), ['核桃站', '试站'].sort());
});

test('an officer may also refuse, and another county sees nothing of it', async () => {
  const county = await aCounty(server), cadre = await aCadre(county), officer = await anOfficer(server, county), stranger = await anOfficer(server, await aCounty(server));
  const { station_id } = fine(await cadre.post('/stations', { area_code: county.villages[0], name: '假站' }), 201);
  refused(await stranger.post(`/stations/${station_id}/decide`, { accepted: true }), 404, 'not-found');
  assert.equal(fine(await officer.post(`/stations/${station_id}/decide`, { accepted: false, reason: '重复' })).state, 'refused');
  refused(await cadre.post('/stations', { area_code: county.villages[1], name: '别村' }), 404, 'not-found');
  refused(await cadre.post('/stations', { area_code: 'village', name: '' }), 422, 'invalid');
  assert.equal(fine(await stranger.get('/stations')).items.length, 1);
});

test('two officers who decide at once: one wins', async () => {
  const county = await aCounty(server), cadre = await aCadre(county);
  const { station_id } = fine(await cadre.post('/stations', { area_code: county.villages[0], name: '一站' }), 201);
  const officers = [await anOfficer(server, county), await anOfficer(server, county)];
  const answers = await Promise.all(officers.map((officer, i) => officer.post(`/stations/${station_id}/decide`, { accepted: i === 0 })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
});

test('an operator changes the shop\'s own words and freight, at the version seen', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), operator = await anOperator(server, shop);
  const changed = fine(await operator.patch(`/shops/${shop.shop_id}`, { story: '山里的店' }, { version: 1, key: randomUUID() }));
  assert.deepEqual([changed.story, changed.name, changed.version], ['山里的店', '试店', 2]);
  fine(await operator.patch(`/shops/${shop.shop_id}`, { ship_within_hours: 24 }, { version: 2, key: randomUUID() }));
  assert.deepEqual([fine(await server.get(`/shops/${shop.shop_id}`)).ship_within_hours, fine(await operator.get(`/shops/${shop.shop_id}/today`)).ship_within_hours], [24, 24]);
  refused(await operator.patch(`/shops/${shop.shop_id}`, { ship_within_hours: 0 }, { version: 3, key: randomUUID() }), 422, 'invalid');
  refused(await operator.patch(`/shops/${shop.shop_id}`, { story: '旧' }, { version: 1, key: randomUUID() }), 412, 'stale');
  refused(await operator.patch(`/shops/${shop.shop_id}`, { story: '无' }, { key: randomUUID() }), 428, 'version-missing');
  refused(await operator.patch(`/shops/${shop.shop_id}`, { state: 'open' }, { version: 2, key: randomUUID() }), 422, 'invalid');
  const neighbour = await anOperator(server, await aShop(server, county));
  refused(await neighbour.patch(`/shops/${shop.shop_id}`, { story: '偷' }, { version: 2, key: randomUUID() }), 404, 'not-found');

  const rule = { first_g: 1000, first_fen: 800, further_g: 500, further_fen: 100 };
  const freight = (who, rules) => who.post(`/shops/${shop.shop_id}/freight`, { rules });
  assert.equal(fine(await freight(operator, [rule, { ...rule, destination: '62', delivered: false }])).rules_count, 2);
  assert.equal(fine(await freight(operator, [rule])).rules_count, 1);
  assert.equal(refused(await freight(operator, [rule, rule]), 422, 'invalid')[0].pointer, '/rules');
  assert.equal((await server.sql`SELECT count(*) FROM freight_rules WHERE shop_id = ${shop.id}`)[0].count, 1);
  refused(await freight(neighbour, [rule]), 404, 'not-found');
});

test('the county suspends a shop with a reason and opens it again', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), officer = await anOfficer(server, county);
  const suspend = (suspended) => officer.post(`/shops/${shop.shop_id}/suspend`, { suspended, reason: '核查' });
  assert.equal(fine(await suspend(true)).state, 'suspended');
  refused(await suspend(true), 409, 'wrong-state');
  assert.equal(fine(await suspend(false)).state, 'open');
  refused(await officer.post(`/shops/${shop.shop_id}/suspend`, { suspended: true }), 422, 'invalid');
  refused(await (await anOperator(server, shop)).post(`/shops/${shop.shop_id}/suspend`, { suspended: true, reason: 'x' }), 403, 'forbidden');
});

test('a cooperative is proposed with checked numbers, decided by another, and its account is never readable', async () => {
  const county = await aCounty(server), cadre = await aCadre(county), officer = await anOfficer(server, county);
  const body = { kind: 'cooperative', area_code: county.villages[0], name: '山货合作社', credit_code: '93621202MA00000001', payee_bank: '农商行', payee_account: '6226 0900 0000 0012' };
  assert.deepEqual(refused(await cadre.post('/suppliers', { ...body, payee_account: '62260900000000zz' }), 422, 'invalid').map(({ pointer }) => pointer).includes('/payee_account'), true);
  const { credit_code, ...plain } = body;
  const { supplier_id } = fine(await cadre.post('/suppliers', plain), 201);
  const [row] = await server.sql`SELECT payee_account_masked, encode(payee_account_sealed, 'hex') AS sealed FROM suppliers WHERE id = ${supplier_id.slice(7)}`;
  assert.equal(row.payee_account_masked, '6226********0012');
  assert.ok(!row.sealed.includes(Buffer.from('6226090000000012').toString('hex')));
  refused(await cadre.post('/suppliers', { ...plain, area_code: (await aCounty(server)).villages[0] }), 404, 'not-found');
  refused(await cadre.post('/suppliers', { ...plain, kind: 'household' }), 422, 'invalid');
  assert.equal(fine(await officer.post(`/suppliers/${supplier_id}/decide`, { accepted: true })).state, 'active');
  assert.equal(fine(await officer.get('/suppliers', { query: { county: county.code, kind: 'cooperative' } })).items.length, 1);
});

test('members and rules of a cooperative: each period once, and a rule holds only when another has approved it', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county), coop = await aCooperative(server, county);
  const officer = await anOfficer(server, county), second = await anOfficer(server, county);
  const join = (body) => officer.post(`/suppliers/${coop.supplier_id}/members`, { household_id: household.household_id, valid_from: day(-10), shares: 3, ...body });
  fine(await join(), 201);
  refused(await join(), 409, 'taken');
  refused(await join({ valid_from: day(-5) }), 409, 'conflict');
  refused(await join({ household_id: anId(county) }), 404, 'not-found');
  refused(await join({ shares: 0 }), 422, 'invalid');
  const rules = `/suppliers/${coop.supplier_id}/rules`;
  const rule = fine(await officer.post(rules, { retain_ppm: 50000, valid_from: day(1), words: '留百分之五' }), 201);
  assert.equal(rule.rule_version, 2);
  const decide = (who, accepted = true, version = 2) => who.post(`${rules}/${version}/decide`, { accepted, reason: accepted ? undefined : '与章程不符' });
  refused(await decide(officer), 403, 'own-entry');
  refused(await decide(second, true, 7), 404, 'not-found');
  assert.equal(fine(await decide(second)).state, 'approved');
  refused(await decide(second), 409, 'wrong-state');
  refused(await officer.post(`/suppliers/${household.supplier_id}/rules`, { retain_ppm: 0, valid_from: day(1), words: 'x' }), 404, 'not-found');
  fine(await officer.post(rules, { retain_ppm: 900000, valid_from: day(-1), words: '留九成' }), 201);
  assert.equal(fine(await decide(second, false, 3)).state, 'refused');
  const listed = fine(await second.get(rules)).items;
  assert.deepEqual(listed.map((one) => [one.rule_version, one.state]), [[3, 'refused'], [2, 'approved'], [1, 'in_force']]);
  assert.equal(listed[0].reason, '与章程不符');
});

test('a rule of steps says with a pointer what of it cannot be done', async () => {
  const county = await aCounty(server), coop = await aCooperative(server, county), officer = await anOfficer(server, county);
  const propose = (body) => officer.post(`/suppliers/${coop.supplier_id}/rules`, { purpose: 'dividend', valid_from: day(), words: '三七分成，保底百分之二十五', ...body });
  const steps = [{ kind: 'share', to: 'members', ppm: 300000, of: 'pool', minimum_ppm: 250000, minimum_of: 'income', by: 'shares' }, { kind: 'rest', to: 'organisation' }];
  assert.equal(fine(await propose({ steps }), 201).rule_version, 2);
  const at = async (body, ...expected) => assert.deepEqual(refused(await propose(body), 422, 'invalid').map(({ pointer, code }) => `${pointer} ${code}`), expected);
  await at({}, '/steps required');
  await at({ steps: [] }, '/steps required');
  await at({ steps, retain_ppm: 5 }, '/retain_ppm not-for-this-step');
  await at({ purpose: 'sale', steps }, '/steps not-for-this-step');
  await at({ steps: [steps[1], steps[0]] }, '/steps/0/kind rest-not-last');
  await at({ steps: [{ ...steps[0], by: undefined, minimum_of: undefined, keep_ppm: 5 }] }, '/steps/0/by required', '/steps/0/keep_ppm not-for-this-step', '/steps/0/minimum_of required');
  await at({ steps: [{ ...steps[0], ppm: 700000 }, { ...steps[0], ppm: 400000 }] }, '/steps shares-above-whole');
  await at({ steps: [{ kind: 'each', to: 'members', per: 'grade', grades: [{ grade: 2, amount_fen: 5 }, { grade: 2, amount_fen: 5 }] }] }, '/steps/0/grades repeated');
  await at({ steps: [{ kind: 'gift', to: 'members' }] }, '/steps/0/kind not-a-choice');
  const [newest] = fine(await officer.get(`/suppliers/${coop.supplier_id}/rules`, { query: { purpose: 'dividend' } })).items;
  assert.deepEqual(newest.steps, steps);
  assert.equal(newest.state, 'proposed');
  assert.equal(newest.is_own_entry, true);
  assert.deepEqual(fine(await (await anOfficer(server, await aCounty(server))).get(`/suppliers/${coop.supplier_id}/rules`)).items, []);
});

test('each mode of a link agreement has its own price rules, and says what they need', async () => {
  const county = await aCounty(server), coop = await aCooperative(server, county), household = await aHousehold(server, county), officer = await anOfficer(server, county);
  const propose = (body) => officer.post('/link-agreements', { household_id: household.household_id, counterparty_kind: 'supplier', counterparty_id: coop.supplier_id, signed_at: new Date(Date.now() - 86_400_000).toISOString(), valid_from: day(-1), ...body });
  const at = async (body, ...expected) => assert.deepEqual(refused(await propose(body), 422, 'invalid').map(({ pointer, code }) => `${pointer} ${code}`), expected);
  await at({ mode: 'wage', price_rule: 'farm_gate' }, '/price_rule not-for-this-mode');
  await at({ mode: 'wage', price_rule: 'rate' }, '/rate_fen required', '/rate_unit required');
  await at({ mode: 'rent', price_rule: 'rate', rate_fen: 80000, rate_unit: 'mu' }, '/units_hundredths required');
  await at({ mode: 'purchase', price_rule: 'farm_gate', rate_fen: 5, rate_unit: 'day' }, '/rate_fen not-for-this-mode', '/rate_unit not-for-this-mode');
  await at({ mode: 'dividend', price_rule: 'share', valid_to: day(-1) }, '/valid_to below-min');
  fine(await propose({ mode: 'wage', price_rule: 'rate', rate_fen: 12000, rate_unit: 'day' }), 201);
  fine(await propose({ mode: 'rent', price_rule: 'rate', rate_fen: 80000, rate_unit: 'mu', units_hundredths: 350 }), 201);
  fine(await propose({ mode: 'dividend', price_rule: 'share' }), 201);
  fine(await propose({ mode: 'trusteeship', price_rule: 'rate', rate_fen: 120000, rate_unit: 'head', units_hundredths: 1000 }), 201);
  fine(await propose({ mode: 'purchase', price_rule: 'larger_of', floor_price_fen: 1300, share_ppm: 600000 }), 201);
  const rents = fine(await officer.get('/link-agreements', { query: { county: county.code, mode: 'rent', counterparty_id: coop.supplier_id } })).items;
  assert.deepEqual(rents.map((one) => [one.rate_fen, one.rate_unit, one.units_hundredths, one.counterparty_name]), [[80000, 'mu', 350, '试合作社']]);
});

test('a link agreement is proposed by the shop, put in force by the county, ended by either', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), household = await aHousehold(server, county);
  const operator = await anOperator(server, shop), officer = await anOfficer(server, county), other = await anOperator(server, await aShop(server, county));
  const body = { household_id: household.household_id, counterparty_kind: 'shop', counterparty_id: shop.shop_id, mode: 'purchase', price_rule: 'farm_gate', signed_at: new Date(Date.now() - 86_400_000).toISOString(), valid_from: day(-1) };
  refused(await other.post('/link-agreements', body), 404, 'not-found');
  refused(await operator.post('/link-agreements', { ...body, valid_to: day(-2) }), 422, 'invalid');
  refused(await operator.post('/link-agreements', { ...body, household_id: anId(county) }), 404, 'not-found');
  const { agreement_id } = fine(await operator.post('/link-agreements', body), 201);
  refused(await operator.post(`/link-agreements/${agreement_id}/end`, {}), 409, 'wrong-state');
  refused(await operator.post(`/link-agreements/${agreement_id}/decide`, { accepted: true }), 403, 'forbidden');
  assert.equal(fine(await officer.post(`/link-agreements/${agreement_id}/decide`, { accepted: true })).state, 'in_force');
  assert.equal(fine(await operator.get('/link-agreements', { query: { county: county.code } })).items.length, 1);
  assert.equal(fine(await other.get('/link-agreements', { query: { county: county.code } })).items.length, 0);
  refused(await other.post(`/link-agreements/${agreement_id}/end`, {}), 404, 'not-found');
  assert.equal(fine(await operator.post(`/link-agreements/${agreement_id}/end`, {})).state, 'ended');
});

// ---- Households ----

test('who sees which household: by area, masked, and nothing across the border', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county), hidden = await aHousehold(server, county, { area_code: county.villages[1] });
  const cadre = await aCadre(county), stranger = await anOfficer(server, await aCounty(server));
  const list = (who, query = {}) => who.get('/households', { query: { county: county.code, ...query } });
  assert.deepEqual(fine(await list(cadre)).items.map(({ household_id }) => household_id), [household.household_id]);
  refused(await cadre.get(`/households/${hidden.household_id}`), 404, 'not-found');
  assert.equal(fine(await list(stranger)).items.length, 0);
  refused(await stranger.get(`/households/${household.household_id}`), 404, 'not-found');
  refused(await (await someone(server)).get(`/households/${household.household_id}`), 403, 'forbidden');
  refused(await server.get(`/households/${household.household_id}`), 401, 'unauthenticated');
  const officer = await anOfficer(server, county);
  assert.equal(fine(await list(officer, { status: 'returned' })).items.length, 0);
  assert.equal(fine(await list(officer, { card_number: hidden.card_number })).items.length, 1);
  const page = fine(await list(officer, { limit: 1 }));
  assert.equal(fine(await list(officer, { limit: 1, cursor: page.next_cursor })).items.length, 1);
  refused(await officer.get('/households'), 422, 'invalid');
});

test('baselines and costs are only added, capacities set', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county), officer = await anOfficer(server, county), cadre = await aCadre(county);
  const at = (what) => `/households/${household.household_id}/${what}`;
  const baseline = { year: 2018, kind: 'wage', amount_fen: 300000, concept: 'net', method: 'survey', source: '入户', collected_on: '2018-12-20' };
  fine(await officer.post(at('baselines'), baseline), 201);
  fine(await officer.post(at('baselines'), { ...baseline, amount_fen: 310000 }), 201);
  assert.equal(fine(await officer.get(`/households/${household.household_id}`)).baselines.length, 2);
  refused(await officer.post(at('baselines'), { ...baseline, kind: 'gift' }), 422, 'invalid');
  fine(await cadre.post(at('costs'), { category_code: 'walnut', year: 2025, amount_fen: 50000, produced_qty: 100000, evidence: 'receipt', document: '票 1' }), 201);
  refused(await cadre.post(at('costs'), { category_code: 'walnut', year: 2025, amount_fen: -1, produced_qty: 0, evidence: 'receipt', document: '票 1' }), 422, 'invalid');
  assert.equal(fine(await cadre.post(at('capacities'), { category_code: 'walnut', year: 2025, produce_qty_max: 200000, basis: '十亩' })).produce_qty_max, 200000);
  assert.equal(fine(await cadre.post(at('capacities'), { category_code: 'walnut', year: 2025, produce_qty_max: 100000, basis: '五亩' })).produce_qty_max, 100000);
});

test('areas and poverty lines are public; a line stands once', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  assert.deepEqual(fine(await server.get('/areas', { query: { parent: `${county.code}100` } })).items.map(({ code }) => code), county.villages);
  assert.deepEqual(fine(await server.get(`/areas/${county.villages[0]}`)).above.map(({ code }) => code.length), [2, 4, 6, 9]);
  refused(await server.get('/areas/000000000000'), 404, 'not-found');
  const line = { area_code: county.code, year: 2019, name: '省定', price_basis_year: 2019, concept: 'net', amount_fen: 374700, source: '省办 1 号' };
  fine(await officer.post('/poverty-lines', line), 201);
  refused(await officer.post('/poverty-lines', line), 409, 'taken');
  assert.ok(fine(await server.get('/poverty-lines')).items.some(({ area_code, amount_fen }) => area_code === county.code && amount_fen === 374700));
  refused(await officer.post('/poverty-lines', { ...line, area_code: '11' }), 404, 'not-found');
});

// ---- By form ----

test('a household by form is what a file would have made, and its numbers are sealed', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), form = aForm(county, { payee_bank: '农商行', payee_account: '6226090000000012' });
  const { household_id, case_id, found } = fine(await officer.post('/households', form), 201);
  assert.deepEqual(found, []);
  const shown = fine(await officer.get(`/households/${household_id}`));
  assert.deepEqual([shown.head_name_masked, shown.phone_masked, shown.payee_account_masked, shown.land_mu_hundredths], ['张*', '138****5678', '6226********0012', 350]);
  assert.deepEqual(shown.members.map(({ relation, resident }) => [relation, resident]), [['head', true], ['spouse', false]]);
  assert.deepEqual(shown.members.map(({ valid_from }) => valid_from), ['2016-05-01', '2016-05-01'], 'they live there since the household has its status, not since today');
  assert.deepEqual(shown.statuses, [], 'a second officer has to agree');
  refused(await officer.post(`/cases/${case_id}/steps`, { step: 'decision', accepted: true }), 403, 'own-entry');
  fine(await (await anOfficer(server, county)).post(`/cases/${case_id}/steps`, { step: 'decision', accepted: true }));
  const { statuses } = fine(await officer.get(`/households/${household_id}`));
  assert.deepEqual(statuses.map(({ status, valid_from }) => [status, valid_from]), [['registered', '2016-05-01']]);
  assert.ok(shown.supplier_id);
  refused(await officer.post('/households', form), 409, 'taken');
  assert.deepEqual((await auditOf(household_id)).map(({ event }) => event), ['household_added', 'status_recorded']);
});

test('a form says where it is wrong, and nothing is kept', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const members = [{ name: '张三', id_number: '990122197001010010', relation: 'head', phone: '12', resident: true }, { name: '李四', id_number: anIdNumber(), relation: '邻居', resident: true }];
  const errors = refused(await officer.post('/households', aForm(county, { members, status_on: '2016-13-01', cause: '懒' })), 422, 'invalid');
  assert.deepEqual(new Set(errors.map(({ pointer }) => pointer)), new Set(['/members/0/id_number', '/members/0/phone', '/members/1/relation', '/status_on', '/cause']));
  assert.ok(errors.every(({ message }) => message));
  assert.equal((await server.sql`SELECT count(*) FROM households WHERE county = ${county.code}`)[0].count, 0);
  refused(await officer.post('/households', aForm(await aCounty(server))), 404, 'not-found');
  refused(await officer.post('/households', aForm(county, { members: [] })), 422, 'invalid');
  refused(await (await aCadre(county)).post('/households', aForm(county)), 403, 'forbidden');
});

test('an ID number that another household holds marks both', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), form = aForm(county);
  const first = fine(await officer.post('/households', form), 201);
  const second = fine(await officer.post('/households', { ...aForm(county), members: [form.members[0]] }), 201);
  assert.deepEqual(second.found, [{ class: 'repeated_id_number', rule: 'id_number_held' }]);
  for (const { household_id } of [first, second])
    assert.deepEqual(fine(await officer.get(`/households/${household_id}`)).findings.map(({ rule }) => rule), ['id_number_held']);
});

test('people come and go; a number passes on to whoever carries it', async () => {
  const county = await aCounty(server), { cadre, township, officer } = await theOffices(server, county);
  const aHome = async () => fine(await officer.post('/households', aForm(county, { status: 'never_registered' })), 201);
  const here = (await aHome()).household_id, there = (await aHome()).household_id;
  const body = { name: '王五', id_number: anIdNumber(), relation: 'child', resident: true, valid_from: day(-30), change: 'marriage', reason: '结婚' };
  const agreed = async (answer) => {
    const opened = fine(answer, 201);
    fine(await township.post(`/cases/${opened.case_id}/steps`, { step: 'review', accepted: true }));
    fine(await officer.post(`/cases/${opened.case_id}/steps`, { step: 'decision', accepted: true }));
    return opened;
  };
  const add = (household_id, more = {}) => cadre.post(`/households/${household_id}/members`, { ...body, ...more });
  const { member_id } = await agreed(await add(here));
  refused(await add(here), 409, 'taken');
  assert.equal(refused(await add(here, { id_number: '123' }), 422, 'invalid')[0].pointer, '/id_number');
  assert.equal(refused(await add(here, { id_number: anIdNumber(), relation: '邻居' }), 422, 'invalid')[0].pointer, '/relation');
  const end = (household_id, id, valid_to) => cadre.post(`/households/${household_id}/members/${id}/end`, { change: 'marriage', valid_to, reason: '结婚' });
  refused(await end(there, member_id, day(0)), 404, 'not-found');
  assert.equal(refused(await end(here, member_id, day(1)), 422, 'invalid')[0].pointer, '/valid_to');
  await agreed(await end(here, member_id, day(0)));
  refused(await end(here, member_id, day(0)), 409, 'wrong-state');
  const moved = (await agreed(await add(there, { valid_from: day(0) }))).member_id;
  assert.equal((await server.sql`SELECT count(*) FROM findings WHERE county = ${county.code}`)[0].count, 0);
  assert.equal((await server.sql`SELECT count(*) FROM id_number_holders WHERE member_id = ${moved.slice(7)}`)[0].count, 1);
  await agreed(await add(here, { valid_from: day(0) }));
  assert.equal((await server.sql`SELECT count(*) FROM findings WHERE county = ${county.code}`)[0].count, 2);
});

// ---- Payee accounts and full numbers ----

test('a new payee account counts only after a second officer agreed', async () => {
  const county = await aCounty(server), household = await aHousehold(server, county), cadre = await aCadre(county);
  const officer = await anOfficer(server, county), second = await anOfficer(server, county);
  const at = `/households/${household.household_id}/payee`, body = { payee_bank: '农商行', payee_account: '6226 0900 0000 0012', reason: '换卡' };
  assert.equal(refused(await officer.post(at, { ...body, payee_account: '12345678a' }), 422, 'invalid')[0].pointer, '/payee_account');
  const { payee_change_id, payee_account_masked } = fine(await officer.post(at, body), 201);
  assert.equal(payee_account_masked, '6226********0012');
  refused(await cadre.post(at, body), 409, 'conflict');
  assert.equal(fine(await officer.get(`/households/${household.household_id}`)).payee_account_masked, null);
  assert.equal(fine(await second.get('/payee-changes', { query: { county: county.code } })).items.length, 1);
  const decide = (who, accepted = true) => who.post(`/payee-changes/${payee_change_id}/decide`, { accepted });
  refused(await decide(officer), 403, 'own-entry');
  refused(await decide(await anOfficer(server, await aCounty(server))), 404, 'not-found');
  refused(await decide(cadre), 403, 'forbidden');
  const book = async () => fine(await officer.get(`/households/${household.household_id}/passbook`));
  assert.equal((await book()).account_changed_at, null);
  assert.equal(fine(await decide(second)).state, 'accepted');
  refused(await decide(second, false), 409, 'wrong-state');
  assert.deepEqual([(await book()).account, Date.now() - Date.parse((await book()).account_changed_at) < 60_000], ['6226********0012', true], 'its passbook says so');
  assert.equal(fine(await officer.get(`/households/${household.household_id}`)).payee_account_masked, '6226********0012');
  assert.deepEqual((await auditOf(household.household_id)).map(({ event }) => event), ['payee_proposed', 'payee_accepted']);
  refused(await (await aCadre(county, county.villages[1])).post(at, body), 404, 'not-found');
  const { payee_change_id: next } = fine(await cadre.post(at, { ...body, payee_account: '6226090000000020' }), 201);
  assert.equal(fine(await second.post(`/payee-changes/${next}/decide`, { accepted: false, reason: '查无' })).state, 'refused');
  assert.equal(fine(await officer.get(`/households/${household.household_id}`)).payee_account_masked, '6226********0012');
});

test('a full ID number is shown for a purpose and a reason, recorded, and only so often an hour', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), auditor = await anOfficer(server, county, 'auditor'), form = aForm(county);
  const { household_id } = fine(await officer.post('/households', form), 201);
  const [{ member_id }] = fine(await officer.get(`/households/${household_id}`)).members;
  const reveal = (who, more = {}) => who.post(`/households/${household_id}/reveal`, { member_id, purpose: 'audit', reason: '抽查第 3 户', ...more }, { key: null });
  const shown = fine(await reveal(auditor));
  assert.ok(form.members.some(({ id_number }) => id_number === shown.id_number));
  const [event] = await auditOf(member_id);
  assert.deepEqual([event.event, event.actor_id, event.reason, event.detail.purpose], ['id_number_revealed', auditor.account_id, '抽查第 3 户', 'audit']);
  assert.ok(!JSON.stringify(event).includes(shown.id_number));
  const seen = fine(await officer.get('/reports/views', { query: { county: county.code, from: day(-1), to: day(), household_id } })).items;
  assert.deepEqual(seen.map((one) => [one.event, one.account_id, one.household_id, one.purpose, one.reason]), [['id_number_revealed', auditor.account_id, household_id, 'audit', '抽查第 3 户']]);
  refused(await reveal(auditor, { purpose: 'curiosity' }), 422, 'invalid');
  refused(await reveal(auditor, { reason: ' ' }), 422, 'invalid');
  refused(await reveal(auditor, { member_id: anId(county) }), 404, 'not-found');
  refused(await reveal(await aCadre(county)), 403, 'forbidden');
  refused(await reveal(await anOfficer(server, await aCounty(server), 'auditor')), 404, 'not-found');
  const answers = await Promise.all(Array.from({ length: 22 }, () => reveal(auditor)));
  assert.deepEqual(answers.map(({ status }) => status).filter((status) => status === 200).length, 19);
  refused(answers.find(({ status }) => status !== 200), 429, 'too-many');
  fine(await reveal(officer));
  assert.equal((await server.sql`SELECT count(*) FROM audit_events WHERE actor_id = ${auditor.account_id} AND event = 'id_number_revealed'`)[0].count, 20);
});

test('a repeat with the same key answers the same, another body is refused', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county), form = aForm(county), key = randomUUID();
  const first = await officer.post('/households', form, { key }), again = await officer.post('/households', form, { key });
  assert.equal(fine(again, 201).household_id, fine(first, 201).household_id);
  refused(await officer.post('/households', aForm(county), { key }), 422, 'idempotency-key-reused');
  refused(await officer.post('/households', aForm(county), { key: null }), 400, 'idempotency-key-missing');
});
