// A shop's day: what waits, packing with marks that survive a lost line, who brings goods, and the slip that arrived.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCooperative, aCounty, aHousehold, aLot, anOffer, anOfficer, anOperator, aPaidOrder, aProduct, aShop, aSmallShop, day as soon } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server, { packs: 500 });
const operator = await anOperator(server, setting.shop);
const stranger = await anOperator(server, await aShop(server, setting.county));
const elsewhere = await anOfficer(server, await aCounty(server));
const today = async (query) => fine(await operator.get(`/shops/${setting.shop.shop_id}/today`, { query }));
const packing = (order, body, who = operator, options) => who.post(`/orders/${order.order_id}/pack`, { mark_id: randomUUID(), packed: true, ...body }, options);
const slipOf = ({ product, household }, terms) => ({
  slip_id: randomUUID(), product_id: product.product_id, grade: 'A', harvested_on: soon(-1),
  contributions: [terms].flat().map((one) => ({ supplier_id: household.supplier_id, price_rule: 'farm_gate', price_qty: 500, ...one })),
});
const orderOf = async ({ order_id }) => (await server.sql`SELECT * FROM orders WHERE id = ${order_id.slice(7)}`)[0];

// ---- Today ----

test('today_counts_what_waits_and_puts_the_urgent_first', async () => {
  const late = await aPaidOrder(server, setting), fresh = await aPaidOrder(server, setting);
  await server.sql`UPDATE orders SET paid_at = paid_at - interval '3 days' WHERE id = ${late.order_id.slice(7)}`;
  const day = await today();
  assert.deepEqual([day.to_pack.count, day.late.count, day.to_ship.count], [2, 1, 0]);
  assert.deepEqual(day.to_pack.items.map(({ order_id }) => order_id), [late.order_id, fresh.order_id]);
  assert.deepEqual([day.late.items[0].order_id, day.late.items[0].late, day.late.items[0].recipient], [late.order_id, true, '李*']);
  assert.deepEqual(day.to_pack.items[0].lines, [{ name: '核桃 500 g', packs: 2 }]);
  assert.deepEqual([day.statement.sales_fen, day.statement.refunds_fen], [2 * 2 * 1900, 0]);
  assert.equal(day.statement.unpaid_dues_fen, day.statement.dues_fen);
});

test('today_shows_returns_lots_stock_and_findings', async () => {
  const other = await aSmallShop(server, { packs: 100 }), keeper = await anOperator(server, other.shop);
  const sold = await aPaidOrder(server, other);
  fine(await keeper.post(`/orders/${sold.order_id}/ship`, { carrier: '邮政', waybill: 'W1' }));
  const { lines: [line] } = fine(await sold.buyer.get(`/orders/${sold.order_id}`));
  fine(await sold.buyer.post(`/orders/${sold.order_id}/returns`, { order_line_id: line.order_line_id, packs: 1, cause: 'quality', words: '发霉' }));
  await aLot(server, other.product, [{ household: other.household, quantity_qty: 700 }], { expires_on: soon(5) });
  fine(await keeper.post(`/shops/${other.shop.shop_id}/lots`, slipOf(other, { quantity_qty: 900, mode: 'consigned', farm_gate_price_fen: 500 })), 201);
  await anOffer(server, other.product, { name: '整袋', pack_qty: 49_000 });
  await server.insert('findings', { county: other.county.code, id: randomUUID(), class: 'complaint', rule: '买家投诉', area_code: other.county.code, subject_kind: 'orders', subject_id: sold.order_id.slice(7), opened_at: new Date().toISOString() });
  await server.insert('findings', { county: other.county.code, id: randomUUID(), class: 'complaint', rule: '别处', area_code: other.county.code, subject_kind: 'shops', subject_id: randomUUID(), opened_at: new Date().toISOString() });
  const where = `/shops/${other.shop.shop_id}/today`, day = fine(await keeper.get(where));
  assert.deepEqual([day.returns.items[0].asked_fen, fine(await keeper.get(`/shops/${other.shop.shop_id}/returns`)).items[0].asked_fen], [1900, 1900]);
  assert.deepEqual([day.returns.count, day.returns.items[0].words, day.returns.items[0].overdue], [1, '发霉', false]);
  assert.ok(day.returns.items[0].deadline_at > day.returns.items[0].requested_at);
  assert.deepEqual(day.lots_expiring.items.map(({ on_hand_qty, days_left }) => [on_hand_qty, days_left]), [[700, 5]]);
  assert.equal(fine(await keeper.get(where, { query: { expiring_days: 2 } })).lots_expiring.count, 0);
  assert.deepEqual(day.lots_waiting.items.map(({ taken_in_qty }) => taken_in_qty), [900]);
  assert.deepEqual(day.low_stock.items.map(({ name, left_packs, stock }) => [name, left_packs, stock]), [['整袋', 1, 'few']]);
  assert.deepEqual(day.findings.items.map(({ rule }) => rule), ['买家投诉']);
});

test('today_is_for_the_shop_and_its_county', async () => {
  refused(await stranger.get(`/shops/${setting.shop.shop_id}/today`), 404, 'not-found');
  refused(await elsewhere.get(`/shops/${setting.shop.shop_id}/today`), 404, 'not-found');
  fine(await (await anOfficer(server, setting.county)).get(`/shops/${setting.shop.shop_id}/today`));
  refused(await operator.get(`/shops/${setting.shop.shop_id}/today`, { query: { expiring_days: 0 } }), 422, 'invalid');
});

// ---- Packing ----

test('a_mark_counts_once_whoever_sends_it_again', async () => {
  const order = await aPaidOrder(server, setting), mark_id = randomUUID(), colleague = await anOperator(server, setting.shop);
  const first = fine(await packing(order, { mark_id }));
  const { version } = await orderOf(order);
  assert.deepEqual(fine(await packing(order, { mark_id })), first);
  assert.deepEqual(fine(await packing(order, { mark_id }, colleague)), first);
  assert.equal((await orderOf(order)).version, version);
  fine(await packing(order, { packed: false }));
  assert.deepEqual(fine(await packing(order, { mark_id })), first, 'the old mark arrives once more');
  assert.equal((await orderOf(order)).packed_at, null, 'and does not pack it again');
});

test('one_mark_from_two_devices_at_once', async () => {
  const order = await aPaidOrder(server, setting), mark_id = randomUUID();
  const answers = await Promise.all(Array.from({ length: 8 }, () => packing(order, { mark_id })));
  const bodies = answers.map((answer) => JSON.stringify(fine(answer)));
  assert.equal(new Set(bodies).size, 1);
  const [{ count }] = await server.sql`SELECT count(*) FROM packing_marks WHERE id = ${mark_id}`;
  assert.equal(count, 1);
});

test('packed_at_lies_between_payment_and_now_whatever_the_device_thinks', async () => {
  const [early, late] = [await aPaidOrder(server, setting), await aPaidOrder(server, setting)];
  fine(await packing(early, { packed_at: '2001-01-01T00:00:00Z' }));
  fine(await packing(late, { packed_at: '2101-01-01T00:00:00Z' }));
  const row = await orderOf(early);
  assert.equal(row.packed_at, row.paid_at);
  assert.ok(Date.parse((await orderOf(late)).packed_at) <= Date.now());
});

test('a_packed_order_waits_for_the_carrier_and_one_shipped_unpacked_counts_as_packed', async () => {
  const before = await today();
  const order = await aPaidOrder(server, setting);
  fine(await packing(order, {}));
  const packed = await today();
  assert.deepEqual([packed.to_ship.count, packed.to_pack.count], [before.to_ship.count + 1, before.to_pack.count]);
  const listed = async (is) => fine(await operator.get(`/shops/${setting.shop.shop_id}/orders`, { query: { state: 'paid', packed: is, limit: 100 } })).items.filter(({ order_id }) => order_id === order.order_id);
  assert.deepEqual([(await listed(true)).length, (await listed(false)).length, (await listed(true))[0].packed_at], [1, 0, fine(await operator.get(`/orders/${order.order_id}`)).packed_at]);
  fine(await packing(order, { packed: false }));
  assert.equal((await today()).to_ship.count, before.to_ship.count);
  fine(await operator.post(`/orders/${order.order_id}/ship`, { carrier: '邮政', waybill: 'W2' }));
  assert.ok((await orderOf(order)).packed_at);
  fine(await packing(order, {}), 200);
  refused(await packing(order, { packed: false }), 409, 'wrong-state');
});

test('marks_are_refused_where_there_is_nothing_to_pack', async () => {
  const order = await aPaidOrder(server, setting), other = await aPaidOrder(server, setting), mark_id = randomUUID();
  refused(await packing(order, {}, stranger), 404, 'not-found');
  fine(await packing(order, { mark_id }));
  refused(await packing(other, { mark_id }), 409, 'taken');
  refused(await packing(order, { mark_id, packed: false }), 409, 'taken');
  fine(await operator.post(`/orders/${other.order_id}/cancel`, undefined));
  refused(await packing(other, {}), 409, 'wrong-state');
  assert.deepEqual(refused(await operator.post(`/orders/${order.order_id}/pack`, { packed: 'yes' }), 422, 'invalid').map(({ pointer }) => pointer), ['/mark_id', '/packed']);
});

// ---- Who brings goods ----

test('suppliers_are_found_by_name_card_and_phone', async () => {
  const officer = await anOfficer(server, setting.county), county = setting.county.code;
  await aHousehold(server, setting.county, { card_number: `Y${county}004711`, phone_tail: '4433' });
  fine(await officer.post('/households', {
    village_code: setting.county.villages[0], card_number: 'K-77', status: 'registered', status_on: '2016-01-01', cause: 'illness',
    members: [{ name: '王秀英', relation: '户主', id_number: '990122195501010027', resident: true }],
  }), 201);
  const find = async (q) => fine(await operator.get(`/shops/${setting.shop.shop_id}/suppliers`, { query: { q } })).items;
  for (const q of ['王', '王秀', '秀英', 'wang', 'wxy', 'xiuying', 'WANGXIU'])
    assert.deepEqual((await find(q)).map(({ name, card_number }) => [name, card_number]), [['王*', 'K-77']], q);
  assert.deepEqual((await find('4711')).map(({ phone_tail }) => phone_tail), ['4433']);
  assert.equal((await find(`y${county}004711`)).length, 1);
  assert.equal((await find('4433')).length, 1);
  assert.deepEqual(await find('0711'), []);
  assert.deepEqual(await find('赵'), []);
  refused(await operator.get(`/shops/${setting.shop.shop_id}/suppliers`, { query: { q: '。' } }), 422, 'invalid');
  refused(await (await anOfficer(server, setting.county, 'viewer')).get(`/shops/${setting.shop.shop_id}/suppliers`), 403, 'forbidden');
  assert.deepEqual(fine(await stranger.get(`/shops/${setting.shop.shop_id}/suppliers`)).items, []);
});

test('names_from_before_the_index_are_indexed_by_a_job', async () => {
  const cooperative = await aCooperative(server, setting.county);
  await server.once('registry/index_names');
  const { items } = fine(await operator.get(`/shops/${setting.shop.shop_id}/suppliers`, { query: { q: 'hezuoshe' } }));
  assert.deepEqual(items.map(({ supplier_id, household_id }) => [supplier_id, household_id]), [[cooperative.supplier_id, null]]);
});

test('whoever_came_last_stands_first_with_the_terms_of_last_time', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), product = await aProduct(server, shop), keeper = await anOperator(server, shop);
  const [first, second] = [await aHousehold(server, county, { shop }), await aHousehold(server, county, { shop })];
  await aHousehold(server, county);
  const take = (household, farm_gate_price_fen) => keeper.post(`/shops/${shop.shop_id}/lots`, slipOf({ product, household }, { quantity_qty: 3000, mode: 'bought', farm_gate_price_fen }));
  fine(await take(second, 700), 201);
  fine(await take(second, 800), 201);
  const where = `/shops/${shop.shop_id}/suppliers`;
  const { items } = fine(await keeper.get(where));
  assert.deepEqual(items.map(({ supplier_id }) => supplier_id), [second.supplier_id, first.supplier_id]);
  assert.deepEqual([items[0].last.farm_gate_price_fen, items[0].last.mode, items[0].last.product_id], [800, 'bought', product.product_id]);
  assert.deepEqual(Object.keys(items[0].last_of), [product.product_id]);
  assert.deepEqual([items[1].last, items[1].agreements.length], [null, 1]);
  const page = fine(await keeper.get(where, { query: { limit: 1 } }));
  assert.equal(fine(await keeper.get(where, { query: { limit: 1, cursor: page.next_cursor } })).items[0].supplier_id, first.supplier_id);
  assert.equal(fine(await keeper.get(where, { query: { supplier_id: first.supplier_id } })).items[0].supplier_id, first.supplier_id);
});

// ---- Slips ----

test('a_slip_says_whether_it_arrived_and_what_is_owed_when', async () => {
  const terms = { quantity_qty: 1250, farm_gate_price_fen: 333 };
  const body = slipOf(setting, [{ ...terms, mode: 'bought' }, { ...terms, mode: 'consigned' }]), where = `/shops/${setting.shop.shop_id}/slips/${body.slip_id}`;
  refused(await operator.get(where), 404, 'not-found');
  const lot = fine(await operator.post(`/shops/${setting.shop.shop_id}/lots`, body), 201);
  const slip = fine(await operator.get(where));
  assert.deepEqual([slip.lot_id, slip.trace_code, slip.inspection], [lot.lot_id, lot.trace_code, 'waiting']);
  assert.equal(fine(await operator.get(`/lots/${lot.lot_id}`)).slip_id, body.slip_id);
  assert.deepEqual(slip.contributions.map(({ name, worth_fen, owed_when, agreed }) => [name, worth_fen, owed_when, agreed]), [['张*', 833, 'on_passing', true], ['张*', 833, 'on_sale', true]]);
  const inspector = await anOfficer(server, setting.county, 'inspector');
  fine(await inspector.post(`/lots/${lot.lot_id}/inspection`, { result: 'passed' }));
  assert.equal(fine(await operator.get(where)).contributions[0].owed_when, 'now');
  refused(await stranger.get(where), 404, 'not-found');
});

test('roles_come_with_the_names_of_what_they_are_bound_to', async () => {
  const [role] = fine(await operator.get('/me')).roles;
  assert.deepEqual([role.organisation_id, role.organisation_kind, role.organisation_name], [setting.shop.shop_id, 'shop', '试店']);
  const [officer] = fine(await (await anOfficer(server, setting.county)).get('/me')).roles;
  assert.deepEqual([officer.area_name, officer.organisation_name], [`试县${setting.county.code}`, null]);
});
