// From a proposed product to goods in stock and on show: products, intake, catalog.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCooperative, aCounty, aHousehold, anOfficer, anOperator, aProduct, aShop, aSmallShop, day, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();

const aSlip = (product, contributions, more = {}) => ({
  slip_id: randomUUID(), product_id: product.product_id, grade: 'A', harvested_on: day(-3), expires_on: day(90),
  contributions: contributions.map(({ household, supplier_id, ...terms }) =>
    ({ supplier_id: supplier_id ?? household.supplier_id, quantity_qty: 10_000, farm_gate_price_fen: 1300, price_qty: 500, ...terms })), ...more });

/** A shop with its operator, an officer and an inspector. */
async function aPlace() {
  const county = await aCounty(server);
  const shop = await aShop(server, county);
  return { county, shop, operator: await anOperator(server, shop), officer: await anOfficer(server, county),
           inspector: await anOfficer(server, county, 'inspector'), household: await aHousehold(server, county, { shop }) };
}
const stockOf = async (lot_or_product) => (await server.sql`SELECT on_hand_qty::int AS on_hand, reserved_qty::int AS reserved FROM stocks WHERE product_id = ${lot_or_product.id}`)[0];

test('a product goes from proposal over approval into search by word, pinyin and initials', async () => {
  const { shop, operator, officer, county } = await aPlace();
  const { product_id } = fine(await operator.post(`/shops/${shop.shop_id}/products`, { name: '成县薄皮核桃', category_code: 'walnut' }), 201);
  refused(await operator.post(`/products/${product_id}/decide`, { accepted: true }), 403, 'forbidden');
  fine(await officer.post(`/products/${product_id}/decide`, { accepted: true }));
  refused(await officer.post(`/products/${product_id}/decide`, { accepted: true }), 409, 'wrong-state');
  fine(await operator.post(`/shops/${shop.shop_id}/offers`, { product_id, name: '500 克', grade: 'A', pack_qty: 500, price_fen: 2800 }), 201);
  for (const q of ['核桃', '薄皮', '桃', 'hetao', 'ht', 'bphet']) {
    const { items } = fine(await server.get('/products', { query: { q, area: county.code } }));
    assert.equal(items.length, q === 'bphet' ? 0 : 1, q);
  }
  const shown = fine(await server.get(`/products/${product_id}`));
  assert.equal(shown.offers[0].stock, 'sold_out');
  assert.equal((await server.get('/products', { query: { q: '。' } })).status, 422);
});

test('an operator reads one product of the shop in any state, with what its page tells and in which unit it is sold', async () => {
  const { shop, operator } = await aPlace(), elsewhere = await aPlace();
  const { product_id } = fine(await operator.post(`/shops/${shop.shop_id}/products`, { name: '花椒', category_code: 'walnut', description: '麻', gross_weight_ppm: 1_150_000 }), 201);
  fine(await operator.post(`/shops/${shop.shop_id}/products`, { name: '核桃', category_code: 'walnut' }), 201);
  const one = { query: { product_id } };
  const { items } = fine(await operator.get(`/shops/${shop.shop_id}/products`, one));
  assert.deepEqual(items.map(({ state, description, gross_weight_ppm, base_unit }) => [state, description, gross_weight_ppm, base_unit]), [['proposed', '麻', 1_150_000, 'g']]);
  assert.deepEqual(fine(await elsewhere.operator.get(`/shops/${elsewhere.shop.shop_id}/products`, one)).items, []);
});

test('nobody approves the product he proposed, and another county does not know it', async () => {
  const { county, shop, household } = await aPlace();
  assert.ok(household);
  const both = await someone(server, { roles: [{ role: 'operator', organisation_county: county.code, organisation_id: shop.id }, { role: 'county', area_code: county.code }] });
  const { product_id } = fine(await both.post(`/shops/${shop.shop_id}/products`, { name: '花椒', category_code: 'walnut' }), 201);
  refused(await both.post(`/products/${product_id}/decide`, { accepted: true }), 403, 'own-entry');
  const stranger = await anOfficer(server, await aCounty(server));
  refused(await stranger.post(`/products/${product_id}/decide`, { accepted: true }), 404, 'not-found');
});

test('an unknown category, a foreign shop and a stale version change nothing', async () => {
  const { shop, operator } = await aPlace();
  const other = await aPlace();
  const [error] = refused(await operator.post(`/shops/${shop.shop_id}/products`, { name: '茶', category_code: 'none' }), 422, 'invalid');
  assert.deepEqual([error.pointer, error.code], ['/category_code', 'not-found']);
  refused(await other.operator.post(`/shops/${shop.shop_id}/products`, { name: '茶', category_code: 'walnut' }), 404, 'not-found');
  const product = await aProduct(server, shop);
  refused(await operator.patch(`/products/${product.product_id}`, { name: '新茶' }, { key: randomUUID() }), 428, 'version-missing');
  refused(await operator.patch(`/products/${product.product_id}`, { name: '新茶' }, { key: randomUUID(), version: 7 }), 412, 'stale');
  fine(await operator.patch(`/products/${product.product_id}`, { name: '新茶' }, { key: randomUUID(), version: 1 }));
  const [{ name, version }] = await server.sql`SELECT name, version FROM products WHERE id = ${product.id}`;
  assert.deepEqual([name, version], ['新茶', 2]);
});

test('a lot is taken in, passes inspection by someone else, and is in stock', async () => {
  const { shop, operator, inspector, household } = await aPlace();
  const product = await aProduct(server, shop);
  const slip = aSlip(product, [{ household }, { household, quantity_qty: 5_000 }]);
  const taken = fine(await operator.post(`/shops/${shop.shop_id}/lots`, slip), 201);
  assert.equal(taken.taken_in_qty, 15_000);
  assert.match(taken.trace_code, /^[2-9A-HJ-NP-Z]{13}$/);
  assert.equal(await stockOf(product), undefined);
  refused(await operator.post(`/shops/${shop.shop_id}/lots`, slip), 409, 'taken');
  fine(await inspector.post(`/lots/${taken.lot_id}/inspection`, { result: 'passed' }));
  refused(await inspector.post(`/lots/${taken.lot_id}/inspection`, { result: 'rejected' }), 409, 'wrong-state');
  assert.deepEqual(await stockOf(product), { on_hand: 15_000, reserved: 0 });
  const lot = fine(await operator.get(`/lots/${taken.lot_id}`));
  assert.equal(lot.contributions.length, 2);
  assert.ok(lot.contributions[0].agreement_id, 'the agreement in force is frozen');
});

test('what waits for an inspection is listed for the inspector of the area until it is inspected', async () => {
  const { county, shop, operator, inspector, officer, household } = await aPlace();
  const taken = fine(await operator.post(`/shops/${shop.shop_id}/lots`, aSlip(await aProduct(server, shop), [{ household }])), 201);
  const waiting = async (who) => fine(await who.get(`/lots?area=${county.code}`)).items.map((lot) => [lot.lot_id, lot.is_own_entry]);
  assert.deepEqual(await waiting(inspector), [[taken.lot_id, false]]);
  assert.deepEqual(await waiting(officer), [[taken.lot_id, false]]);
  assert.deepEqual(await waiting(await anOfficer(server, await aCounty(server), 'inspector')), []);
  refused(await operator.get(`/lots?area=${county.code}`), 403, 'forbidden');
  refused(await inspector.get('/lots'), 422, 'invalid');
  fine(await inspector.post(`/lots/${taken.lot_id}/inspection`, { result: 'passed' }));
  assert.deepEqual(await waiting(inspector), []);
});

test('a slip sent twice with one key books one lot', async () => {
  const { shop, operator, household } = await aPlace();
  const product = await aProduct(server, shop);
  const slip = aSlip(product, [{ household }]), key = randomUUID();
  const answers = await Promise.all([1, 2, 3, 4].map(() => operator.post(`/shops/${shop.shop_id}/lots`, slip, { key })));
  assert.ok(answers.some((answer) => answer.status === 201));
  assert.ok(answers.every((answer) => [201, 409].includes(answer.status)));
  const again = await operator.post(`/shops/${shop.shop_id}/lots`, slip, { key });
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  refused(await operator.post(`/shops/${shop.shop_id}/lots`, { ...slip, grade: 'B' }, { key }), 422, 'idempotency-key-reused');
  const [{ count }] = await server.sql`SELECT count(*)::int FROM lots WHERE slip_id = ${slip.slip_id}`;
  assert.equal(count, 1);
});

test('a rejected lot is withdrawn whole and nothing of it can be sold', async () => {
  const { shop, operator, inspector, household } = await aPlace();
  const product = await aProduct(server, shop);
  const { lot_id } = fine(await operator.post(`/shops/${shop.shop_id}/lots`, aSlip(product, [{ household }])), 201);
  fine(await inspector.post(`/lots/${lot_id}/inspection`, { result: 'rejected', note: '受潮' }));
  const lot = fine(await operator.get(`/lots/${lot_id}`));
  assert.deepEqual([lot.withdrawn_qty, lot.on_hand_qty, lot.contributions[0].left_qty], [10_000, 0, 0]);
});

test('more than a household can produce is taken in and opens a finding', async () => {
  const { county, shop, operator, household } = await aPlace();
  const product = await aProduct(server, shop);
  await server.insert('household_capacities', { county: county.code, household_id: household.id, category_code: 'walnut', year: Number(day().slice(0, 4)), produce_qty_max: 15_000, basis: '2 mu' });
  const send = () => operator.post(`/shops/${shop.shop_id}/lots`, aSlip(product, [{ household }]));
  fine(await send(), 201);
  assert.equal((await server.sql`SELECT 1 FROM findings WHERE subject_id = ${household.id}`).length, 0);
  fine(await send(), 201);
  fine(await send(), 201);
  const findings = await server.sql`SELECT class, rule, state, blocks_counting FROM findings WHERE subject_id = ${household.id}`;
  assert.deepEqual(findings, [{ class: 'over_capacity', rule: 'contribution_within_capacity', state: 'open', blocks_counting: false }]);
});

test('terms are checked: unknown supplier, no price, below the floor, a covered category without certificate', async () => {
  const { county, shop, operator, household } = await aPlace();
  const product = await aProduct(server, shop);
  await server.sql`UPDATE link_agreements SET floor_price_fen = 1200, price_qty = 500 WHERE household_id = ${household.id}`;
  const errors = refused(await operator.post(`/shops/${shop.shop_id}/lots`, aSlip(product, [
    { supplier_id: `${county.code}-${randomUUID()}` }, { household, farm_gate_price_fen: 1199 },
    { household, price_rule: 'share', farm_gate_price_fen: undefined }], { harvested_on: day(2), expires_on: day(5) })), 422, 'invalid');
  assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [
    ['/harvested_on', 'in-future'], ['/contributions/0/supplier_id', 'not-found'],
    ['/contributions/1/farm_gate_price_fen', 'below-floor-price'], ['/contributions/2/share_ppm', 'required']]);
  await server.sql`INSERT INTO categories (code, name_zh, name_en, base_unit, covered) VALUES ('eggs', '鸡蛋', 'Eggs', 'piece', true) ON CONFLICT DO NOTHING`;
  const eggs = await aProduct(server, shop, { category_code: 'eggs', base_unit: 'piece' });
  const [error] = refused(await operator.post(`/shops/${shop.shop_id}/lots`, aSlip(eggs, [{ household }])), 422, 'invalid');
  assert.equal(error.pointer, '/certificate');
});

test('a cooperative, another county\'s supplier and another shop\'s product', async () => {
  const { county, shop, operator, household } = await aPlace();
  const product = await aProduct(server, shop);
  const cooperative = await aCooperative(server, county, { members: [{ household, shares: 1 }] });
  fine(await operator.post(`/shops/${shop.shop_id}/lots`, aSlip(product, [{ supplier_id: `${county.code}-${cooperative.id}` }])), 201);
  const other = await aPlace();
  refused(await operator.post(`/shops/${shop.shop_id}/lots`, aSlip(product, [{ household: other.household }])), 422, 'invalid');
  refused(await other.operator.post(`/shops/${shop.shop_id}/lots`, aSlip(product, [{ household }])), 404, 'not-found');
  assert.deepEqual(fine(await other.operator.get(`/shops/${shop.shop_id}/lots`)).items, []);
});

test('loss, stocktake and withdrawal keep the identity of the lot and fall on what each contribution has left', async () => {
  const { shop, product, lot } = await aSmallShop(server, { packs: 100 });
  const operator = await anOperator(server, shop);
  const move = (kind, quantity_qty) => operator.post(`/lots/${lot.lot_id}/moves`, { kind, quantity_qty, reason: '盘点' });
  assert.equal(fine(await move('loss', 7)).left_after_qty, 49_993);
  assert.equal(fine(await move('stocktake', 49_000)).kind, 'loss');
  assert.equal(fine(await move('stocktake', 49_500)).kind, 'found');
  assert.equal(fine(await move('withdrawal', 500)).left_after_qty, 49_000);
  assert.equal(refused(await move('stocktake', 60_000), 422, 'invalid')[0].code, 'more-than-lost');
  assert.equal(refused(await move('loss', 49_001), 409, 'out-of-stock')[0].message.includes('49000'), true);
  assert.deepEqual(await stockOf(product), { on_hand: 49_000, reserved: 0 });
  const [row] = await server.sql`SELECT l.on_hand_qty::int, l.lost_qty::int, l.withdrawn_qty::int, sum(b.left_qty)::int AS left_qty FROM lots l JOIN contribution_balances b ON b.lot_id = l.id WHERE l.id = ${lot.id} GROUP BY 1, 2, 3`;
  assert.deepEqual(row, { on_hand_qty: 49_000, lost_qty: 500, withdrawn_qty: 500, left_qty: 49_000 });
});

test('a lot whose day has come leaves stock by itself, once', async () => {
  const { product, lot } = await aSmallShop(server);
  await server.sql`UPDATE lots SET expires_on = ${day()} WHERE id = ${lot.id}`;
  await server.once('intake/expire');
  await server.once('intake/expire');
  assert.deepEqual(await stockOf(product), { on_hand: 0, reserved: 0 });
});

test('lists page by cursor, filter by place, kind and shop, and refuse what they do not know', async () => {
  const { county, shop } = await aPlace();
  const operator = await anOperator(server, shop);
  for (let i = 0; i < 5; i++) {
    const product = await aProduct(server, shop, { name: `核桃${i}` });
    fine(await operator.post(`/shops/${shop.shop_id}/offers`, { product_id: product.product_id, name: '袋', grade: 'A', pack_qty: 500, price_fen: 100 + i }), 201);
  }
  const seen = [];
  for (let cursor; ;) {
    const page = fine(await server.get('/products', { query: { area: county.code, limit: 2, ...(cursor ? { cursor } : {}) } }));
    seen.push(...page.items.map((item) => item.product_id));
    cursor = page.next_cursor;
    if (!cursor) break;
  }
  assert.equal(new Set(seen).size, 5);
  assert.equal(fine(await server.get('/products', { query: { shop_id: shop.shop_id } })).items.length, 5);
  assert.equal(fine(await server.get('/products', { query: { area: county.code, category: 'none' } })).items.length, 0);
  assert.equal(refused(await server.get('/products', { query: { colour: 'red' } }), 422, 'invalid')[0].code, 'unknown-field');
  refused(await server.get('/products', { query: { limit: 1000 } }), 422, 'invalid');
});

test('an offer below the farm gate price is listed with a warning; prices and packs have bounds', async () => {
  const { shop, product } = await aSmallShop(server);
  const operator = await anOperator(server, shop);
  const offer = (more) => operator.post(`/shops/${shop.shop_id}/offers`, { product_id: product.product_id, name: '袋', grade: 'A', pack_qty: 500, price_fen: 1000, ...more });
  assert.equal(fine(await offer(), 201).dearer_than_price, true);
  const { offer_id, dearer_than_price } = fine(await offer({ price_fen: 1300 }), 201);
  assert.equal(dearer_than_price, false);
  for (const bad of [{ price_fen: 0 }, { price_fen: -1 }, { price_fen: 1.5 }, { price_fen: 2 ** 53 }, { pack_qty: 0 }, { name: '' }, { colour: 1 }])
    refused(await offer(bad), 422, 'invalid');
  fine(await operator.patch(`/offers/${offer_id}`, { price_fen: 1400, listed: false }, { version: 1, key: randomUUID() }));
  refused(await operator.patch(`/offers/${offer_id}`, { price_fen: 1500 }, { version: 1, key: randomUUID() }), 412, 'stale');
});
