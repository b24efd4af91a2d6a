// Random re-checks: drawn so that anyone can draw them again, seen by people who cannot know what the books say, told only when closed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { aCounty, aHousehold, anOfficer, aReceivedOrder, aSmallShop, day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer({ settings: { SHANHUO_PUBLICITY_S: '1' } });
const sha256 = (words) => createHash('sha256').update(words).digest('hex');

async function aRegister(households = 9) {
  const county = await aCounty(server);
  const [auditor, second, viewer, officer, ...evaluators] = await Promise.all(['auditor', 'auditor', 'viewer', 'county', 'evaluator', 'evaluator'].map((role) => anOfficer(server, county, role)));
  const all = [];
  for (let i = 0; i < households; i++) all.push(await aHousehold(server, county));
  return { county, auditor, second, viewer, officer, evaluators, households: all };
}
const order = (county, evaluators, more = {}) => ({ title: '识别准确率抽查', area_code: county.code, frame: 'households', from_on: day(-30), to_on: day(), due_on: day(14), size: 4,
  evaluators: evaluators.map(({ account_id }) => ({ account_id })), ...more });
const casesOf = async (who) => fine(await who.get('/me/sample-cases', { query: { limit: 100 } })).items;

test('the first of the frame by the hash of a seed: anyone can draw it again, and sees whether the frame was another', async () => {
  const { county, auditor, evaluators, viewer, households } = await aRegister();
  const { sample_id, frame_count, cases_count } = fine(await auditor.post('/samples', order(county, evaluators)), 201);
  assert.deepEqual([frame_count, cases_count], [9, 4]);
  const sample = fine(await viewer.get(`/samples/${sample_id}`)), { items } = fine(await viewer.get(`/samples/${sample_id}/cases`));
  const ids = households.map(({ id }) => id).sort();
  assert.equal(sample.frame_hash, sha256(ids.join(',')));
  const again = ids.toSorted((a, b) => (sha256(`${sample.seed}:${a}`) < sha256(`${sample.seed}:${b}`) ? -1 : 1)).slice(0, 4);
  assert.deepEqual(items.map(({ household_id }) => household_id.slice(7)), again);
  assert.deepEqual(items.map(({ number }) => number), [1, 2, 3, 4]);
  await aHousehold(server, county);
  const [{ hash }] = await server.sql`SELECT encode(sha256(convert_to(string_agg(household_id::text, ',' ORDER BY household_id), 'UTF8')), 'hex') AS hash FROM household_statuses WHERE county = ${county.code}`;
  assert.notEqual(hash, sample.frame_hash);
  const able = fine(await auditor.get('/samples/evaluators', { query: { area: county.code } })).items;
  assert.deepEqual(new Set(able.map(({ account_id }) => account_id)), new Set(evaluators.map(({ account_id }) => account_id)));
  // Cases go to the evaluators in turn, and each sees only their own.
  const mine = await Promise.all(evaluators.map(casesOf));
  assert.deepEqual(mine.map((of) => of.map(({ number }) => number)), [[1, 3], [2, 4]]);
});

test('nobody sees a result before all is answered and closed; what disagrees becomes a finding', async () => {
  const { county, auditor, evaluators, viewer, officer } = await aRegister();
  const { sample_id } = fine(await auditor.post('/samples', order(county, evaluators)), 201);
  const answer = (who, number, found, more = {}) => who.post(`/samples/${sample_id}/cases/${number}/answer`, { found, ...more });
  fine(await answer(evaluators[0], 1, 'poor'));
  const one = (await casesOf(evaluators[0])).find(({ number }) => number === 1);
  assert.deepEqual([one.found, 'recorded_fen' in one], ['poor', false]);
  refused(await answer(evaluators[0], 1, 'not_poor'), 409, 'wrong-state');
  refused(await answer(evaluators[0], 2, 'poor'), 404, 'not-found');
  refused(await answer(evaluators[0], 'abc', 'poor'), 404, 'not-found');
  refused(await answer(evaluators[0], 3, 'paid', { found_fen: 5 }), 422, 'invalid');
  refused(await answer(evaluators[0], 3, 'poor', { found_fen: 5 }), 422, 'invalid');
  refused(await auditor.post(`/samples/${sample_id}/close`), 409, 'wrong-state');
  const open = fine(await viewer.get(`/samples/${sample_id}`)), { items: before } = fine(await auditor.get(`/samples/${sample_id}/cases`));
  assert.deepEqual([open.right_count, open.right_ppm, open.low_ppm, open.answered_count], [null, null, null, 1]);
  for (const row of before) assert.deepEqual([row.found, row.is_right, row.words], [null, null, null]);
  for (const [who, number, found] of [[1, 2, 'poor'], [0, 3, 'not_poor'], [1, 4, 'poor']]) fine(await answer(evaluators[who], number, found, { words: '入户' }));
  for (const who of [officer, viewer, evaluators[0]]) refused(await who.post(`/samples/${sample_id}/close`), 403, 'forbidden');
  const closings = await Promise.all([auditor.post(`/samples/${sample_id}/close`), auditor.post(`/samples/${sample_id}/close`)]);
  assert.deepEqual(closings.map(({ status }) => status).sort(), [200, 409]);
  const closed = fine(await viewer.get(`/samples/${sample_id}`));
  // Wilson, 95 %: 3 of 4 is between 30.06 and 95.44 per cent.
  assert.deepEqual([closed.state, closed.right_count, closed.right_ppm, closed.low_ppm, closed.high_ppm], ['closed', 3, 750_000, 300_642, 954_413]);
  const { items } = fine(await viewer.get(`/samples/${sample_id}/cases`)), wrong = items.find(({ is_right }) => !is_right);
  assert.deepEqual([wrong.number, wrong.found], [3, 'not_poor']);
  const findings = await server.sql`SELECT rule, subject_id FROM findings WHERE county = ${county.code}`;
  assert.deepEqual(findings, [{ rule: 'sample_differs', subject_id: wrong.household_id.slice(7) }]);
});

test('payments are asked for by amount, and judged by what the books said on the day of the draw', async () => {
  const setting = await aSmallShop(server, {}), { county } = setting;
  await aReceivedOrder(server, setting, { packs: 10, closed: true });
  const [auditor, evaluator, officer, second, finance] = await Promise.all(['auditor', 'evaluator', 'county', 'county', 'finance'].map((role) => anOfficer(server, county, role)));
  refused(await auditor.post('/samples', order(county, [evaluator], { frame: 'payments' })), 409, 'wrong-state');
  refused(await auditor.post('/samples', order(county, [evaluator], { frame: 'exits' })), 409, 'wrong-state');
  const batch = fine(await officer.post('/payout-batches', { county: county.code, title: '货款', payees: 'households' }), 201);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  fine(await second.post(`/payout-batches/${batch.batch_id}/approve`));
  const { items } = fine(await finance.get(`/payout-batches/${batch.batch_id}`));
  fine(await finance.post(`/payout-batches/${batch.batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'paid', result_on: day(), evidence: 'bank 7' })) }));
  const [{ amount_fen }] = items;
  for (const [said, right] of [[amount_fen, 1], [amount_fen - 1, 0]]) {
    const { sample_id, frame_count } = fine(await auditor.post('/samples', order(county, [evaluator], { frame: 'payments' })), 201);
    assert.equal(frame_count, 1);
    refused(await evaluator.post(`/samples/${sample_id}/cases/1/answer`, { found: 'paid' }), 422, 'invalid');
    fine(await evaluator.post(`/samples/${sample_id}/cases/1/answer`, { found: 'paid', found_fen: said }));
    assert.equal(fine(await auditor.post(`/samples/${sample_id}/close`)).right_count, right);
    const [one] = fine(await auditor.get(`/samples/${sample_id}/cases`)).items;
    assert.deepEqual([one.recorded_fen, one.found_fen, one.is_right], [amount_fen, said, right === 1]);
  }
});

test('only an auditor of the place draws, only evaluators of the place see cases, and the drawer is none of them', async () => {
  const { county, auditor, viewer, officer, evaluators } = await aRegister(3);
  const elsewhere = await aCounty(server), stranger = await anOfficer(server, elsewhere, 'auditor'), outsider = await anOfficer(server, elsewhere, 'evaluator');
  for (const who of [viewer, officer, evaluators[0]]) refused(await who.post('/samples', order(county, evaluators)), 403, 'forbidden');
  refused(await stranger.post('/samples', order(county, evaluators)), 404, 'not-found');
  for (const wrong of [[outsider], [auditor], [viewer], [evaluators[0], evaluators[0]]]) refused(await auditor.post('/samples', order(county, wrong)), 422, 'invalid');
  for (const wrong of [{ size: 0 }, { size: 1001 }, { evaluators: [] }, { frame: 'lots' }, { from_on: day(), to_on: day(-1) }]) refused(await auditor.post('/samples', { ...order(county, evaluators), ...wrong }), 422, 'invalid');
  const key = crypto.randomUUID(), body = order(county, evaluators), first = fine(await auditor.post('/samples', body, { key }), 201);
  assert.deepEqual(fine(await auditor.post('/samples', body, { key }), 201), first);
  refused(await stranger.get(`/samples/${first.sample_id}`), 404, 'not-found');
  refused(await stranger.post(`/samples/${first.sample_id}/close`), 404, 'not-found');
  assert.deepEqual(fine(await stranger.get(`/samples/${first.sample_id}/cases`)).items, []);
  assert.deepEqual(await casesOf(outsider), []);
  assert.equal(fine(await viewer.get('/samples', { query: { county: county.code } })).items.length, 1);
  assert.equal(fine(await stranger.get('/samples', { query: { county: county.code } })).items.length, 0);
});
