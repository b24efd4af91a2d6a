// The main job, end to end, through the program's own doors only: a county starts empty, takes in a sack of walnuts, sells it, pays the
// household and reports it. Nothing is written into the database by hand but the area tree and the passing of days.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const seconds = { SHANHUO_RETURN_WINDOW_S: '0', SHANHUO_PUBLICITY_S: '1' };
const server = await aServer({ jobs: true, settings: seconds });
const county = '621221', village = '621221100200';
const password = 'walnuts in the sun 2026';

/** A browser: logs in, keeps cookie and CSRF value. */
async function logIn(login, word = password) {
  const answer = await server.post('/auth/login', { login, password: word });
  const { csrf } = fine(answer);
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const client = server.as({ cookie, csrf });
  const api = client.api.bind(client);
  client.api = (method, where, options = {}) => api(method, where, { ...options, headers: { origin: server.origin, ...options.headers } });
  return client;
}
const firstPassword = async (login, code) => fine(await server.post('/auth/reset', { login, code, password, consent_version: '1' }), 204);

/** Someone the county makes an account for. */
async function staff(officer, login, role, place) {
  const { code } = fine(await officer.post('/accounts', { login, display_name: login, role, ...place }), 201);
  await firstPassword(login, code);
  return logIn(login);
}
async function made(login, role, area) {
  const { code, output, errors } = await server.shanhuo(['user', 'add', login, role, '--area', area]);
  assert.equal(code, 0, errors);
  await firstPassword(login, output.match(/code: (\S+)/)[1]);
  return logIn(login);
}


const idNumber = (digits) => digits + '10X98765432'[[...digits].reduce((sum, digit, i) => sum + digit * (2 ** (17 - i) % 11), 0) % 11];

test('from a sack of walnuts to the county\'s report', async (t) => {
  await server.sql(`INSERT INTO areas (code, parent_code, name, kind, valid_from, source) VALUES ('62', NULL, '甘肃省', 'province', '2010-01-01', 'test'),
    ('6212', '62', '陇南市', 'prefecture', '2010-01-01', 'test'), ('${county}', '6212', '成县', 'county', '2010-01-01', 'test'),
    ('621221100', '${county}', '城关镇', 'township', '2010-01-01', 'test'), ('${village}', '621221100', '一村', 'village', '2010-01-01', 'test')`);
  await server.sql(`INSERT INTO categories (code, name_zh, name_en, base_unit) VALUES ('walnut', '核桃', 'Walnuts', 'g') ON CONFLICT DO NOTHING`);
  const officer = await made('officer', 'county', county), second = await made('second', 'county', county);
  const cadre = await staff(officer, 'cadre', 'cadre', { area_code: village });
  const inspector = await staff(officer, 'inspector', 'inspector', { area_code: county });
  const finance = await staff(officer, 'finance', 'finance', { area_code: county });
  const it = {};

  await t.test('the registry is imported, a dry run first', async () => {
    const file = path.join(server.folder, 'households.csv');
    await writeFile(file, '户编号,村代码,姓名,证件号码,与户主关系,贫困户状态,状态日期,致贫原因,联系电话,银行账号\r\n'
      + `H1,${village},张三,${idNumber('62122119600101001')},户主,在册,2016-05-01,因病,13800001234,6226090000000012\r\n`);
    for (const words of [['--dry-run'], []]) {
      const { code, errors } = await server.shanhuo(['import', 'households', file, '--county', county, ...words]);
      assert.equal(code, 0, errors);
    }
    const { items } = fine(await officer.get('/households', { query: { county } }));
    assert.equal(items.length, 1);
    it.household = fine(await officer.get(`/households/${items[0].household_id}`));
    assert.deepEqual(it.household.findings, []);
  });

  await t.test('a station and a shop are proposed by one and approved by another', async () => {
    const { station_id } = fine(await cadre.post('/stations', { area_code: village, name: '一村站' }), 201);
    fine(await officer.post(`/stations/${station_id}/decide`, { accepted: true }));
    const { shop_id } = fine(await officer.post('/shops', { station_id, name: '一村核桃店', platform_fee_ppm: 20_000 }), 201);
    refused(await officer.post(`/shops/${shop_id}/decide`, { accepted: true }), 403, 'own-entry');
    fine(await second.post(`/shops/${shop_id}/decide`, { accepted: true }));
    Object.assign(it, { station_id, shop_id });
    it.operator = await staff(officer, 'operator', 'operator', { organisation_id: shop_id });
    fine(await it.operator.post(`/shops/${shop_id}/freight`, { rules: [{ first_g: 1000, first_fen: 500, further_g: 1000, further_fen: 200 }] }));
  });

  await t.test('the link agreement counts once someone else has approved it', async () => {
    const { agreement_id } = fine(await it.operator.post('/link-agreements', { household_id: it.household.household_id, counterparty_kind: 'shop', counterparty_id: it.shop_id,
      mode: 'purchase', price_rule: 'farm_gate', floor_price_fen: 1300, price_qty: 500, signed_at: new Date(Date.now() - 86_400_000).toISOString(), valid_from: day(-1) }), 201);
    fine(await officer.post(`/link-agreements/${agreement_id}/decide`, { accepted: true }));
  });

  await t.test('walnuts are proposed, taken in, inspected and listed', async () => {
    const { product_id } = fine(await it.operator.post(`/shops/${it.shop_id}/products`, { name: '薄皮核桃', category_code: 'walnut' }), 201);
    fine(await officer.post(`/products/${product_id}/decide`, { accepted: true }));
    const { lot_id, trace_code } = fine(await it.operator.post(`/shops/${it.shop_id}/lots`, { slip_id: randomUUID(), product_id, grade: 'A', harvested_on: day(-20), expires_on: day(200),
      contributions: [{ supplier_id: it.household.supplier_id, quantity_qty: 30_000 }] }), 201);
    fine(await inspector.post(`/lots/${lot_id}/inspection`, { result: 'passed' }));
    it.offer = fine(await it.operator.post(`/shops/${it.shop_id}/offers`, { product_id, name: '500 克袋', grade: 'A', pack_qty: 500, price_fen: 1900 }), 201);
    Object.assign(it, { product_id, lot_id, trace_code });
  });

  await t.test('a stranger finds them, registers, and buys', async () => {
    const [found] = fine(await server.get('/products', { query: { q: 'ht' } })).items;
    assert.equal(found.product_id, it.product_id);
    fine(await server.post('/auth/register', { login: 'buyer', password, display_name: '买家', consent_version: '1' }), 201);
    it.buyer = await logIn('buyer');
    const { offers } = fine(await server.get(`/products/${found.product_id}`));
    it.purchase = fine(await it.buyer.post('/checkout', { lines: [{ offer_id: offers[0].offer_id, packs: 10, price_fen: 1900 }],
      address: { recipient: '李四', phone: '13900000000', area_code: village, street: '一号' } }), 201);
    assert.equal(it.purchase.total_fen, 19_000 + 500 + 4 * 200);
    const { reference } = fine(await it.buyer.post(`/purchases/${it.purchase.purchase_id}/pay`, { provider: 'simulator' }), 201);
    fine(await server.post(`/simulator/payments/${reference}`, { outcome: 'succeed' }));
    await server.until(async () => fine(await it.buyer.get(`/purchases/${it.purchase.purchase_id}`)).state === 'paid');
    it.order_id = it.purchase.orders[0].order_id;
  });

  await t.test('it is shipped and received, and when the return window is over its dues are payable', async () => {
    fine(await it.operator.post(`/orders/${it.order_id}/ship`, { carrier: '中国邮政', waybill: 'EA123456789CN' }));
    fine(await it.buyer.post(`/orders/${it.order_id}/receive`));
    await server.until(async () => { await server.once('orders/close'); return fine(await it.buyer.get(`/orders/${it.order_id}`)).state === 'closed'; });
    const dues = await server.sql`SELECT payee_kind, amount_fen, state FROM dues ORDER BY payee_kind`;
    assert.deepEqual(dues.map(({ payee_kind, amount_fen, state }) => [payee_kind, amount_fen, state]),
      [['freight', 1300, 'payable'], ['household', 13_000, 'payable'], ['platform', 380, 'payable'], ['shop', 5620, 'payable']]);
  });

  await t.test('a batch is noticed, approved by another when its notice is over, and paid', async () => {
    const { batch_id } = fine(await officer.post('/payout-batches', { county, title: '十一月兑付' }), 201);
    refused(await second.post(`/payout-batches/${batch_id}/approve`), 409, 'notice-open');
    await server.until(async () => (await server.sql`SELECT 1 FROM publicities WHERE ends_at < now()`).length > 0);
    refused(await officer.post(`/payout-batches/${batch_id}/approve`), 403, 'own-entry');
    fine(await second.post(`/payout-batches/${batch_id}/approve`));
    const { items } = fine(await finance.get(`/payout-batches/${batch_id}`));
    const list = (who, id = batch_id) => who.post(`/payout-batches/${id}/bank-list`, undefined, { key: null });
    refused(await list(officer), 403, 'forbidden');
    const { file, items_count, left_out_count } = fine(await list(finance));
    assert.deepEqual([items_count, left_out_count], [items.length, 0]);
    assert.match(file, /^\ufeffitem_id,payee_kind,payee,bank,account,amount_yuan,title\r\n/);
    assert.match(file, /,household,"张三","[^"]*","6226090000000012",\d+\.\d\d,"十一月兑付"\r\n/);
    const kept = await server.sql`SELECT detail FROM audit_events WHERE event = 'payout_accounts_seen'`;
    assert.deepEqual(kept, [{ detail: { items_count: items.length, left_out_count: 0 } }]);
    const household = it.household.household_id.slice(7);
    await server.sql`UPDATE households SET payee_account_masked = '6226********9999' WHERE id = ${household}`;
    assert.deepEqual([fine(await list(finance)).left_out_count, fine(await list(finance)).file.includes('张三')], [1, false]);
    await server.sql`UPDATE households SET payee_account_masked = '6226********0012' WHERE id = ${household}`;
    assert.equal(fine(await list(finance)).left_out_count, 0);
    fine(await finance.post(`/payout-batches/${batch_id}/results`, { items: items.map(({ item_id }) => ({ item_id, result: 'paid', result_on: day(), evidence: '银行回单' })) }));
    refused(await list(finance), 409, 'wrong-state');
    assert.deepEqual(await server.sql`SELECT DISTINCT state FROM dues`, [{ state: 'paid' }]);
    const passbook = fine(await officer.get(`/households/${it.household.household_id}/passbook`));
    assert.equal(JSON.stringify(passbook).includes('13000'), true);
  });

  await t.test('the report reconciles, the trace tells, the books verify', async () => {
    for (const job of ['impact/fold', 'impact/reconcile']) await server.once(job);
    const { items: [total] } = fine(await officer.get('/reports/sales', { query: { area: county, from: day(-1), to: day(1), by: 'month' } }));
    const [{ reconciled_at, ...books }] = total.reconciliation;
    assert.ok(reconciled_at);
    assert.deepEqual([total.net_sales_fen, books], [19_000, { county, equal: true, attribution_fen: 19_000, line_gross_fen: 19_000, ledger_fen: 19_000 }]);
    fine(await server.get(`/trace/${it.trace_code}`));
    const { code, output, errors } = await server.shanhuo(['ledger', 'verify']);
    assert.equal(code, 0, output + errors);
    const [{ open }] = await server.sql`SELECT coalesce(sum(CASE WHEN credit_kind = 'buyer_escrow' THEN amount_fen ELSE 0 END) - sum(CASE WHEN debit_kind = 'buyer_escrow' THEN amount_fen ELSE 0 END), 0)::int AS open FROM entries`;
    assert.equal(open, 0, 'escrow returns to zero');
  });
});
