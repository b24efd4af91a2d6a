// Things a test needs before it begins, written straight into the database: a county with a shop, households, goods and buyers.
// Ids in answers are public ids ("621202-…"); `.id` beside them is the plain uuid.
//
//   const county = await aCounty(server);                              // two villages, a station
//   const shop = await aShop(server, county, { platform_fee_ppm: 20000 });   // open, freight 500 fen the first kg, 200 each further
//   const household = await aHousehold(server, county, { shop });      // registered, with an agreement with the shop
//   const product = await aProduct(server, shop);                      // approved, base unit g
//   const lot = await aLot(server, product, [{ household, quantity_qty: 60000, farm_gate_price_fen: 1300 }]);   // passed, in stock
//   const offer = await anOffer(server, product, { pack_qty: 500, price_fen: 1900 });
//   const buyer = await aBuyer(server);                                // a Client: buyer.post('/checkout', …)
//   const sold = await aPaidOrder(server, await aSmallShop(server), { packs: 2 });   // { buyer, purchase, order_id, payment, … }
import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { fine } from './support.mjs';

const DAY_MS = 86_400_000;
export const day = (offset = 0) => new Date(Date.now() + 8 * 3_600_000 + offset * DAY_MS).toISOString().slice(0, 10);
const ago = (days) => new Date(Date.now() - days * DAY_MS).toISOString();
const publicId = (county, id) => `${county}-${id}`;
const literal = (value) => `'${String(value).replaceAll("'", "''")}'`;

/** Rows of several tables in one transaction, in the order given: [['shops', row], …]. */
export async function insertAll(server, rows) {
  const statements = rows.map(([table, row]) => {
    const columns = Object.keys(row).map((name) => `"${name}"`).join(', ');
    const json = literal(JSON.stringify(row));
    return `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_record(NULL::${table}, ${json});`;
  });
  await server.psql(['--single-transaction', '--file', '-'], { input: statements.join('\n') });
}

let countiesMade = 0;

/** A county of its own, with a province, a township, two villages and a station that is open. */
export async function aCounty(server, { code = String(990101 + countiesMade++), name = '试县' } = {}) {
  const area = (of, kind, parent) => ['areas', { code: of, parent_code: parent, name: `${name}${of}`, kind, valid_from: '2010-01-01', source: 'test' }];
  const station = randomUUID();
  await server.sql(`INSERT INTO areas (code, parent_code, name, kind, valid_from, source) VALUES ('${code.slice(0, 2)}', NULL, '试省', 'province', '2010-01-01', 'test'),
    ('${code.slice(0, 4)}', '${code.slice(0, 2)}', '试市', 'prefecture', '2010-01-01', 'test') ON CONFLICT DO NOTHING`);
  await server.sql(`INSERT INTO categories (code, name_zh, name_en, base_unit) VALUES ('walnut', '核桃', 'Walnuts', 'g') ON CONFLICT DO NOTHING`);
  await insertAll(server, [
    area(code, 'county', code.slice(0, 4)), area(`${code}100`, 'township', code),
    area(`${code}100200`, 'village', `${code}100`), area(`${code}100201`, 'village', `${code}100`),
    ['stations', { county: code, id: station, area_code: `${code}100200`, name: '试站', state: 'open', opened_on: '2015-01-01', created_at: ago(400) }],
  ]);
  return { code, villages: [`${code}100200`, `${code}100201`], station };
}

/** An open shop with a freight table that delivers everywhere. */
export async function aShop(server, county, { freight = [{ destination: '', first_g: 1000, first_fen: 500, further_g: 1000, further_fen: 200 }], ...more } = {}) {
  const id = randomUUID();
  const shop = { county: county.code, id, station_id: county.station, area_code: county.villages[0], name: '试店', state: 'open', created_at: ago(300), platform_fee_ppm: 0, kind: 'village', ...more };
  await insertAll(server, [['shops', shop], ...freight.map((rule) => ['freight_rules', { county: county.code, shop_id: id, delivered: true, version: 1, ...rule }])]);
  return { ...shop, shop_id: publicId(county.code, id), of: county };
}

let householdsMade = 0;

/** A registered household with its supplier account; with `shop` also a link agreement in force. */
export async function aHousehold(server, county, { shop, status = 'registered', members = 3, agreed_days_ago = 200, ...more } = {}) {
  const id = randomUUID(), supplier = randomUUID(), number = householdsMade++;
  const household = { county: county.code, id, area_code: county.villages[0], card_number: `H${process.pid}-${number}`, head_name_masked: '张*', head_name_sealed: '\\x00', created_at: ago(500), ...more };
  const rows = [['households', household]];
  if (status !== 'never_registered') rows.push(['household_statuses', { county: county.code, id: randomUUID(), household_id: id, status, valid: '[2015-01-01,)', known: '[2015-01-01,)', reason: 'test', source: 'test', origin: 'import' }]);
  for (let i = 0; i < members; i++) rows.push(['members', { county: county.code, id: randomUUID(), household_id: id, relation: i === 0 ? 'head' : 'child', name_masked: '张*', name_sealed: '\\x00', resident: true, valid_from: '2015-01-01' }]);
  rows.push(['suppliers', { county: county.code, id: supplier, kind: 'household', household_id: id, area_code: household.area_code, name: '张*', state: 'active', created_at: ago(400) }]);
  if (shop) rows.push(['link_agreements', { county: county.code, id: randomUUID(), household_id: id, counterparty_kind: 'shop', counterparty_id: shop.id, mode: 'purchase', price_rule: 'farm_gate', signed_at: ago(agreed_days_ago), valid_from: day(-agreed_days_ago), state: 'in_force', version: 1, floor_price_fen: 0, price_qty: 500, share_ppm: 0 }]);
  await insertAll(server, rows);
  return { ...household, household_id: publicId(county.code, id), supplier, supplier_id: publicId(county.code, supplier) };
}

/** A cooperative whose deliveries belong to member households: members [{ household, shares }]. */
export async function aCooperative(server, county, { members = [], retain_ppm = 100_000, kind = 'shares' } = {}) {
  const id = randomUUID();
  await insertAll(server, [
    ['suppliers', { county: county.code, id, kind: 'cooperative', area_code: county.villages[1], name: '试合作社', state: 'active', created_at: ago(400) }],
    ['distribution_rules', { county: county.code, supplier_id: id, version: 1, kind, retain_ppm, valid_from: day(-300), words: 'test', decided_at: ago(300) }],
    ...members.map(({ household, shares = 1 }) => ['memberships', { county: county.code, supplier_id: id, household_id: household.id, valid_from: day(-300), shares }]),
    ...members.filter(({ agreed = true }) => agreed).map(({ household }) => ['link_agreements', { county: county.code, id: randomUUID(), household_id: household.id, counterparty_kind: 'supplier', counterparty_id: id, mode: 'dividend', price_rule: 'share', signed_at: ago(200), valid_from: day(-200), state: 'in_force', version: 1, floor_price_fen: 0, price_qty: 500, share_ppm: 0 }]),
  ]);
  return { id, supplier: id, supplier_id: publicId(county.code, id) };
}

/** An approved product of a shop. */
export async function aProduct(server, shop, more = {}) {
  const id = randomUUID();
  const product = { county: shop.county, id, shop_id: shop.id, category_code: 'walnut', name: '核桃', base_unit: 'g', description: '', gross_weight_ppm: 1_000_000, words: [], state: 'approved', created_at: ago(100), version: 1, ...more };
  await insertAll(server, [['products', product]]);
  return { ...product, product_id: publicId(shop.county, id), shop };
}

/** A passed lot in stock; contributions [{ household | supplier, quantity_qty, mode, price_rule, farm_gate_price_fen (per price_qty 500), share_ppm }]. */
export async function aLot(server, product, contributions, { grade = 'A', expires_on = day(300), ...more } = {}) {
  const id = randomUUID(), place = product.shop.station_id, county = product.county;
  const taken_in_qty = contributions.reduce((sum, one) => sum + one.quantity_qty, 0);
  const lot = { county, id, shop_id: product.shop.id, product_id: product.id, place_id: place, grade, harvested_on: day(-30), expires_on, taken_in_at: ago(20), taken_in_qty, sold_qty: 0, lost_qty: 0, withdrawn_qty: 0, inspection: 'passed', inspected_at: ago(19), expired: false, slip_id: randomUUID(), trace_code: randomBytes(8).toString('hex').toUpperCase(), version: 1, ...more };
  const rows = [['lots', lot], ['trace_codes', { code: lot.trace_code, county, lot_id: id }]];
  contributions.forEach(({ household, supplier, ...terms }, i) => {
    const contribution = { county, id: randomUUID(), lot_id: id, supplier_id: household?.supplier ?? supplier.id, household_id: household?.id ?? null, position: i, mode: 'consigned', price_rule: 'farm_gate', farm_gate_price_fen: 1300, price_qty: 500, share_ppm: 0, delivered_on: day(-20), ...terms };
    rows.push(['contributions', contribution], ['contribution_balances', { county, contribution_id: contribution.id, lot_id: id, left_qty: contribution.quantity_qty }]);
  });
  await insertAll(server, rows);
  await server.sql(`INSERT INTO stocks (county, product_id, grade, place_id, on_hand_qty) VALUES ('${county}', '${product.id}', '${grade}', '${place}', ${taken_in_qty})
    ON CONFLICT (county, product_id, grade, place_id) DO UPDATE SET on_hand_qty = stocks.on_hand_qty + excluded.on_hand_qty`);
  return { ...lot, lot_id: publicId(county, id) };
}

/** A pack for sale. */
export async function anOffer(server, product, more = {}) {
  const id = randomUUID();
  const offer = { county: product.county, id, shop_id: product.shop.id, product_id: product.id, grade: 'A', place_id: product.shop.station_id, name: '500 g', pack_qty: 500, price_fen: 1900, packs_per_buyer_max: 999, listed: true, created_at: ago(10), version: 1, ...more };
  await insertAll(server, [['offers', offer]]);
  return { ...offer, offer_id: publicId(product.county, id), product };
}

/** Someone with an account and a bearer token: a Client of the server. `roles`: [{ role, area_code | organisation_county + organisation_id }]. */
export async function someone(server, { roles = [], login = `u${randomBytes(6).toString('hex')}` } = {}) {
  const id = randomUUID(), token = randomBytes(32).toString('base64url');
  await insertAll(server, [
    ['accounts', { id, login, display_name: login, password_hash: 'none', language: 'zh', consent_version: '1', consented_at: ago(1), state: 'active', must_change_password: false, created_at: ago(1), version: 1 }],
    ['sessions', { id: randomUUID(), token_hash: createHash('sha256').update(token).digest('hex'), account_id: id, kind: 'token', name: 'test', csrf: 'none', scopes: [], created_at: ago(1), expires_at: ago(-1) }],
    ...roles.map((grant) => ['role_grants', { account_id: id, id: randomUUID(), valid_from: '2015-01-01', granted_at: ago(1), ...grant }]),
  ]);
  return Object.assign(server.as({ token }), { account_id: id, token, login });
}
export const aBuyer = (server) => someone(server);
export const anOperator = (server, shop) => someone(server, { roles: [{ role: 'operator', organisation_county: shop.county, organisation_id: shop.id }] });
export const anOfficer = (server, county, role = 'county') => someone(server, { roles: [{ role, area_code: county.code ?? county }] });

/** Everyone a case passes: two cadres and the team of the first village, its township, two county officers. */
export async function theOffices(server, county) {
  const [village] = county.villages;
  const holder = (role, area_code) => someone(server, { roles: [{ role, area_code }] });
  return {
    cadre: await holder('cadre', village), secondCadre: await holder('cadre', village), team: await holder('team', village),
    township: await holder('township', village.slice(0, 9)), officer: await anOfficer(server, county), secondOfficer: await anOfficer(server, county),
  };
}
/** Who reads a household's passbook and answers for it. */
export const aHolder = (server, household) => someone(server, { roles: [{ role: 'household', organisation_county: household.county, organisation_id: household.id }] });

/** As if a notice had hung out its time. */
export const endNotice = (server, publicity_id) =>
  server.sql`UPDATE publicities SET starts_at = starts_at - interval '1 year', ends_at = ends_at - interval '1 year' WHERE id = ${publicity_id.slice(7)}`;

/** An item of a batch that passed its notice and was paid, as the bank's result leaves it; for tests that are about what comes after. */
export async function aPaidItem(server, county, household, { paid_by = randomUUID() } = {}) {
  const publicity = randomUUID(), batch = randomUUID(), item = randomUUID(), at = new Date().toISOString();
  await insertAll(server, [
    ['publicities', { county: county.code, id: publicity, kind: 'payout', subject_kind: 'payout_batches', subject_id: batch, area_code: county.code, title: '公示', content: {}, starts_at: day(-9), ends_at: at, created_at: at }],
    ['publicity_passes', { county: county.code, publicity_id: publicity, subject_id: batch, ends_at: at, passed_at: at, gate_shut: false }],
    ['payout_batches', { county: county.code, id: batch, title: '兑付', state: 'paid', total_fen: 1, items_count: 1, publicity_id: publicity, proposed_by: randomUUID(), proposed_at: at, paid_by, version: 1 }],
    ['payout_items', { county: county.code, id: item, batch_id: batch, payee_kind: 'household', payee_id: household.id, payee_masked: '张*', amount_fen: 1, state: 'paid' }],
  ]);
  return item;
}

/** Where goods are sent: an address inside the county. */
export const addressIn = (county) => ({ recipient: '李四', phone: '13900000000', area_code: county.villages[0], street: '试路 1 号' });

/** A county with one shop, one household, goods for `packs` packs and an offer. */
export async function aSmallShop(server, { packs = 50, price_fen = 1900, pack_qty = 500, ...shopMore } = {}) {
  const county = await aCounty(server);
  const shop = await aShop(server, county, shopMore);
  const household = await aHousehold(server, county, { shop });
  const product = await aProduct(server, shop);
  const lot = await aLot(server, product, [{ household, quantity_qty: packs * pack_qty }]);
  const offer = await anOffer(server, product, { price_fen, pack_qty });
  return { county, shop, household, product, lot, offer, address: addressIn(county) };
}

/** The headers of a callback the simulator signed; `key` and `at` forge it. */
export const signatureOf = (secret, body, { at = Math.floor(Date.now() / 1000), key = secret } = {}) => ({
  'x-timestamp': String(at), 'x-signature': createHmac('sha256', key).update(`${at}.${body}`).digest('hex'), 'content-type': 'application/json',
});

/** The provider tells us, as often as it takes to be heard: a stale plan is answered 409 and told again. */
export async function tellPayment(server, notice, { where = '/callbacks/payments/simulator', ...signing } = {}) {
  const body = JSON.stringify({ outcome: 'succeeded', happened_at: new Date().toISOString(), ...notice });
  for (let attempt = 0; ; attempt++) {
    const answer = await server.post(where, body, { headers: signatureOf(server.env.SIMULATOR_SECRET, body, signing), key: null });
    if (answer.status !== 409 || attempt === 20) return answer;
  }
}

/** A purchase that waits for its money: `notice` is what a provider would say of it. Lines: packs of setting.offer, or `lines`. */
export async function aPurchase(server, setting, { packs = 2, lines, buyer } = {}) {
  buyer ??= await aBuyer(server);
  const purchase = fine(await buyer.post('/checkout', { lines: lines ?? [{ offer_id: setting.offer.offer_id, packs }], address: setting.address }), 201);
  const payment = fine(await buyer.post(`/purchases/${purchase.purchase_id}/pay`, {}), 201);
  return { buyer, purchase, payment, order_id: purchase.orders[0].order_id, notice: { reference: payment.reference, amount_fen: payment.amount_fen, transaction_id: randomUUID() } };
}

/** A purchase that was paid. */
export async function aPaidOrder(server, setting, options) {
  const order = await aPurchase(server, setting, options);
  assert.equal(fine(await tellPayment(server, order.notice)).result, 'applied');
  return order;
}

/** A paid order that was shipped and received; with `closed` its return window is over and its dues are payable. */
export async function aReceivedOrder(server, setting, { closed = false, ...options } = {}) {
  const order = await aPaidOrder(server, setting, options);
  const operator = await anOperator(server, setting.shop);
  fine(await operator.post(`/orders/${order.order_id}/ship`, { carrier: '邮政', waybill: randomUUID().slice(0, 8) }));
  fine(await order.buyer.post(`/orders/${order.order_id}/receive`));
  if (closed) {
    await server.sql`UPDATE orders SET received_at = received_at - interval '365 days' WHERE id = ${order.order_id.slice(7)}`;
    await server.once('orders/close');
  }
  return { ...order, operator };
}
