// Random histories against a model: counties that register, deliver, sell, refund, pay, exit and correct, each told to a model in memory; every
// answer is the one the model expects, and again and again every report says what the model says. A step is one request that may change something.
// Each county's history follows from the seed and its number alone; the counties live side by side. MODEL_SEED, MODEL_STEPS; `make soak` runs long.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aBuyer, aCooperative, aCounty, addressIn, aHolder, anOffer, anOfficer, anOperator, aProduct, aShop, day, signatureOf, theOffices } from './builders.mjs';
import { County, ratio } from './model.mjs';
import { streams } from './streams.mjs';
import { aServer, fine, refused } from './support.mjs';

const SEED = Number(process.env.MODEL_SEED ?? randomInt(1_000_000)), STEPS = Number(process.env.MODEL_STEPS ?? 16_000);
const COUNTIES = Number(process.env.MODEL_COUNTIES ?? 8), STEPS_A_DAY = 250, HOUSEHOLDS_MAX = 12, OPEN_MAX = 12, TRACE = 30;
const NIGHT = ['orders/expire', 'orders/close', 'payouts/bought', 'payments/outbox', 'ledger/seal', 'impact/fold', 'impact/reconcile'];
const year = { from: `${day().slice(0, 4)}-01-01`, to: `${day().slice(0, 4)}-12-31` }, month = day().slice(0, 7);

/** xorshift32: random(6) is 0…5. */
function generator(seed) {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return (below) => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % below;
  };
}

// ---- A world: one county, who works in it, and its model ----

const freight = { destination: '', first_g: 1000, first_fen: 500, further_g: 1000, further_fen: 200 };

async function aWorld(server, calls, number) {
  const random = generator(SEED * 1009 + number), county = await aCounty(server);
  const shop = await aShop(server, county, { platform_fee_ppm: random(30_000), freight: [freight] });
  const offices = await theOffices(server, county), buyers = [await aBuyer(server), await aBuyer(server)];
  const cast = { ...offices, operator: await anOperator(server, shop), inspector: await anOfficer(server, county, 'inspector'), finance: await anOfficer(server, county, 'finance'), first: buyers[0], other: buyers[1] };
  const who = Object.fromEntries(Object.entries(cast).map(([name, client]) => [name, calls.as(client)]));
  const products = [await aProduct(server, shop), await aProduct(server, shop, { name: '花椒' })], offers = [];
  for (const product of products) {
    offers.push({ ...await anOffer(server, product, { pack_qty: 500, price_fen: 1801 + random(300) }), product });
    offers.push({ ...await anOffer(server, product, { pack_qty: 333, price_fen: 901 + random(300) }), product });
  }
  const model = new County({ shop_id: shop.shop_id, fee_ppm: shop.platform_fee_ppm, freight });
  return { server, calls, number, random, county, shop, who, products, offers, model, steps: 0, trace: [], counts: {}, cases: 0, expiry: 30, births: 0 };
}

const pick = (world, list) => (list.length === 0 ? undefined : list[world.random(list.length)]);

/** One step: a request whose answer the model knows before; `expected` a status, or a refusal's slug with it. */
async function step(world, name, request, status, slug) {
  const answer = await request;
  world.steps++;
  world.counts[`${name} ${answer.status}`] = (world.counts[`${name} ${answer.status}`] ?? 0) + 1;
  world.trace.push(`${world.steps} ${name}: ${answer.status} ${answer.status < 400 ? '' : answer.body.type}`);
  if (slug !== undefined) refused(answer, status, slug);
  else fine(answer, status);
  return answer.body;
}

// ---- Register ----

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
function anIdNumber(world) {
  const born = new Date(Date.UTC(1960, 0, 1) + (world.number * 400 + world.births++) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const digits = `${world.county.code}${born}001`;
  return digits + '10X98765432'[[...digits].reduce((total, digit, i) => total + digit * WEIGHTS[i], 0) % 11];
}
async function register(world) {
  const { who, model, county, random } = world;
  if (model.households.length >= HOUSEHOLDS_MAX) return;
  const residents = 1 + random(4), card_number = `M${model.households.length}`;
  const members = Array.from({ length: residents + random(2) }, (_, i) => ({ name: `王${i}`, id_number: anIdNumber(world), relation: i === 0 ? 'head' : 'child', resident: i < residents }));
  const form = { card_number, village_code: county.villages[random(2)], status: 'registered', status_on: '2016-05-01', cause: 'illness', members };
  const added = await step(world, 'register', who.officer.post('/households', form), 201);
  const shown = fine(await who.officer.get(`/households/${added.household_id}`));
  const household = model.register({ id: added.household_id.slice(7), household_id: added.household_id, supplier_id: shown.supplier_id, village: form.village_code, persons: residents });
  await step(world, 'register again', who.officer.post('/households', form), 409, 'taken');
  await step(world, 'register decided by the same', who.officer.post(`/cases/${added.case_id}/steps`, { step: 'decision', accepted: true }), 403, 'own-entry');
  if (random(6) === 0) return; // the second officer never comes to it
  await step(world, 'register decided', who.secondOfficer.post(`/cases/${added.case_id}/steps`, { step: 'decision', accepted: true }));
  model.setStatus(household, 'registered');
}
async function agree(world) {
  const { who, model, shop } = world, household = pick(world, model.households.filter(({ agreed }) => !agreed));
  if (household === undefined) return;
  const terms = { household_id: household.household_id, counterparty_kind: 'shop', counterparty_id: shop.shop_id, mode: 'purchase', price_rule: 'farm_gate', signed_at: new Date(Date.now() - 86_400_000).toISOString(), valid_from: day(-1) };
  const { agreement_id } = await step(world, 'agreement', who.operator.post('/link-agreements', terms), 201);
  await step(world, 'agreement in force', who.officer.post(`/link-agreements/${agreement_id}/decide`, { accepted: true }));
  model.agree(household);
}
const GUARANTEES = ['food', 'clothing', 'education', 'medical_care', 'housing'];
async function exit(world) {
  const { who, model, county, server } = world, household = pick(world, model.households.filter(({ status, village }) => ['registered', 'returned'].includes(status) && village === county.villages[0]));
  if (household === undefined) return;
  household.holder ??= world.calls.as(await aHolder(server, { county: county.code, id: household.id }));
  const guarantees = GUARANTEES.map((guarantee) => ({ guarantee, met: true, evidence: '入户照片', seen_on: day(-2) }));
  const form = { kind: 'exit', reason: '收入稳定', evidence: '评议会记录', votes_present: 30, votes_for: 28, guarantees };
  const { case_id } = await step(world, 'exit', who.cadre.post(`/households/${household.household_id}/cases`, form), 201);
  const next = (by, name, ...expected) => step(world, `exit ${name}`, by.post(`/cases/${case_id}/steps`, { step: name, accepted: true }), ...expected);
  await next(who.cadre, 'village_check', 403, 'own-entry');
  await next(who.secondCadre, 'village_check');
  await next(who.team, 'team_check');
  await next(who.officer, 'decision', 409, 'wrong-state');
  await next(household.holder, 'acceptance');
  await next(who.township, 'notice');
  await next(who.officer, 'decision');
  await next(who.secondOfficer, 'announcement');
  model.setStatus(household, 'exited_supported');
}
async function correct(world) {
  const { who, model, random } = world, household = pick(world, model.households.filter(({ status }) => status !== 'never_registered'));
  if (household === undefined) return;
  const status = household.status === 'removed' ? 'returned' : random(3) === 0 ? 'removed' : 'returned';
  const { case_id } = await step(world, 'correct', who.officer.post(`/households/${household.household_id}/statuses`, { status, valid_from: day(), reason: '核查', source: '全国系统' }), 201);
  await step(world, 'correct decided by the same', who.officer.post(`/cases/${case_id}/steps`, { step: 'decision', accepted: true }), 403, 'own-entry');
  await step(world, 'correct decided', who.secondOfficer.post(`/cases/${case_id}/steps`, { step: 'decision', accepted: true }));
  model.setStatus(household, status);
}

// ---- Goods ----

async function deliver(world) {
  const { who, model, shop, products, random } = world, product = pick(world, products);
  if (model.households.length === 0) return;
  if (model.cooperatives.length === 0 && model.households.length >= 3) await aCooperativeOf(world);
  const suppliers = [...model.households, ...model.cooperatives], contributions = [];
  for (let i = 0, count = 1 + random(4); i < count; i++) {
    const supplier = pick(world, suppliers), mode = random(4) === 0 ? 'bought' : 'consigned', price_rule = mode === 'bought' ? 'farm_gate' : ['farm_gate', 'share', 'larger_of'][random(3)];
    contributions.push({ supplier, quantity_qty: 1 + random(30_000), mode, price_rule, ...(price_rule === 'share' ? {} : { farm_gate_price_fen: 900 + random(500) }), ...(price_rule === 'farm_gate' ? {} : { share_ppm: 500_000 + random(200_000) }) });
  }
  const slip = { slip_id: randomUUID(), product_id: product.product_id, grade: 'A', harvested_on: day(-3), expires_on: day(world.expiry++),
    contributions: contributions.map(({ supplier, ...terms }) => ({ supplier_id: supplier.supplier_id, price_qty: 500, ...terms })) };
  const { lot_id } = await step(world, 'deliver', who.operator.post(`/shops/${shop.shop_id}/lots`, slip), 201);
  const lot = model.deliver({ lot_id, product, expires_on: slip.expires_on, contributions });
  if (random(8) === 0) return; // it stays uninspected
  const result = random(6) === 0 ? 'rejected' : 'passed';
  await step(world, `inspect ${result}`, who.inspector.post(`/lots/${lot_id}/inspection`, { result }));
  model.inspect(lot, result === 'passed');
}
/** A cooperative of the first three households, each with an agreement with it; shares and what it keeps are the seed's. */
async function aCooperativeOf(world) {
  const { model, server, county, random } = world, retain_ppm = random(200_000);
  const members = model.households.slice(0, 3).map((household) => ({ household, shares: 1 + random(5) }));
  const cooperative = await aCooperative(server, county, { members: members.map(({ household: { id }, shares }) => ({ household: { id }, shares })), retain_ppm });
  model.cooperatives.push({ ...cooperative, members, retain_ppm });
}
async function lose(world) {
  const { who, model, random } = world, lot = pick(world, model.lots.filter((one) => one.passed && model.onHand(one) > 0));
  if (lot === undefined) return;
  const free = Math.min(model.onHand(lot), model.stock(lot.product) - model.reserved(lot.product)), quantity_qty = 1 + random(2000), kind = random(2) ? 'loss' : 'withdrawal';
  const move = (qty) => who.operator.post(`/lots/${lot.lot_id}/moves`, { kind, quantity_qty: qty, reason: '盘点' });
  await step(world, 'lose more than there is', move(model.onHand(lot) + 1), 409, 'out-of-stock');
  if (quantity_qty > free) return;
  await step(world, kind, move(quantity_qty));
  model.lose(lot, quantity_qty, kind);
}

// ---- Sale ----

const tell = (world, notice) => {
  const body = JSON.stringify({ outcome: 'succeeded', happened_at: new Date().toISOString(), ...notice });
  return world.calls.as().post('/callbacks/payments/simulator', body, { key: null, headers: signatureOf(world.server.env.SIMULATOR_SECRET, body) });
};
async function sell(world) {
  const { who, model, offers, random, county } = world, buyer = random(2) ? who.first : who.other, lines = [];
  const first = random(offers.length);
  for (let i = 0, count = 1 + random(2); i < count; i++) lines.push({ offer: offers[(first + 2 * i) % offers.length], packs: 1 + random(9) }); // of different products
  const price = model.price(lines), cart = { lines: lines.map(({ offer, packs }) => ({ offer_id: offer.offer_id, packs })), address: addressIn(county) };
  if (price === undefined) return void await step(world, 'sell what is not there', buyer.post('/checkout', cart), 409, 'out-of-stock');
  const purchase = await step(world, 'checkout', buyer.post('/checkout', cart), 201);
  const [{ order_id }] = purchase.orders, order = model.place({ order_id, purchase_id: purchase.purchase_id, buyer, lines });
  if (random(12) === 0) return; // nobody pays; the night takes it
  if (random(15) === 0) {
    await step(world, 'cancel purchase', buyer.post(`/purchases/${purchase.purchase_id}/cancel`));
    return model.drop(order, 'cancelled');
  }
  const asked = await step(world, 'ask for payment', buyer.post(`/purchases/${purchase.purchase_id}/pay`, {}), 201);
  assert.equal(asked.amount_fen, price.goods_fen + price.freight_fen, 'what a purchase costs');
  const notice = { reference: asked.reference, amount_fen: asked.amount_fen, transaction_id: randomUUID() };
  assert.equal((await step(world, 'pay', tell(world, notice))).result, 'applied');
  model.pay(order);
  if (random(8) === 0) await step(world, 'pay again', tell(world, notice));
}
const orderIn = (world, ...states) => pick(world, world.model.orders.filter(({ state }) => states.includes(state)).slice(-OPEN_MAX));
async function ship(world) {
  const order = orderIn(world, 'paid'), { who } = world;
  if (order === undefined) return;
  await step(world, 'receive too early', order.buyer.post(`/orders/${order.order_id}/receive`), 409, 'wrong-state');
  await step(world, 'ship', who.operator.post(`/orders/${order.order_id}/ship`, { carrier: '邮政', waybill: 'W1' }));
  order.state = 'shipped';
}
async function receive(world) {
  const order = orderIn(world, 'shipped');
  if (order === undefined) return;
  await step(world, 'receive', order.buyer.post(`/orders/${order.order_id}/receive`));
  order.state = 'received';
}
async function cancel(world) {
  const order = orderIn(world, 'paid', 'shipped', 'closed', 'expired'), { model } = world;
  if (order === undefined) return;
  if (order.state !== 'paid') return void await step(world, 'cancel too late', order.buyer.post(`/orders/${order.order_id}/cancel`), 409, 'wrong-state');
  const { refund_fen } = await step(world, 'cancel', order.buyer.post(`/orders/${order.order_id}/cancel`));
  const parts = order.lines.map((line) => ({ line, packs: line.packs, fen: line.gross_fen }));
  assert.equal(refund_fen, model.refund(order, parts, { cause: 'cancelled', goods_back: true, freight_fen: order.freight_fen }));
}
async function giveBack(world) {
  const { who, model, random } = world, order = orderIn(world, 'shipped', 'received', 'closed');
  if (order === undefined) return;
  const at = random(order.lines.length), line = order.lines[at], packs = random(4), wished = packs === 0 || random(4) === 0 ? 1 + random(900) : 0;
  const cause = ['quality', 'transport', 'shop'][random(3)], goods_back = packs > 0 && random(2) === 1;
  line.order_line_id ??= fine(await order.buyer.get(`/orders/${order.order_id}`)).lines[at].order_line_id;
  const ask = () => order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id: line.order_line_id, packs, cause, ...(wished > 0 ? { refund_fen: wished } : {}) });
  if (packs > line.packs - line.refunded_packs || wished > line.gross_fen - line.refunded_fen) return void await step(world, 'ask back more than was bought', ask(), 422, 'invalid');
  const { return_id } = await step(world, 'ask back', ask(), 201), decide = (body) => who.operator.post(`/returns/${return_id}/decide`, body);
  const fen = model.refundOf(line, packs, wished);
  if (random(6) === 0 || fen === undefined || fen === 0) {
    if (fen === undefined || fen === 0) await step(world, 'give back what cannot be', decide({ accepted: true, goods_back }), 422, 'invalid');
    return void await step(world, 'refuse to give back', decide({ accepted: false, answer: '照片看不清' }));
  }
  await step(world, 'give back', decide({ accepted: true, goods_back }));
  model.refund(order, [{ line, packs, fen }], { cause, goods_back });
}

// ---- Payouts ----

async function propose(world) {
  const { who, model, county } = world, body = { county: county.code, title: '核桃款' };
  const batch = model.propose({});
  if (batch === undefined) return void await step(world, 'propose nothing', who.officer.post('/payout-batches', body), 409, 'conflict');
  const proposed = await step(world, 'propose', who.officer.post('/payout-batches', body), 201);
  assert.deepEqual([proposed.total_fen, proposed.items_count], [batch.items.reduce((sum, { fen }) => sum + fen, 0), batch.items.length], 'what a batch pays');
  batch.batch_id = proposed.batch_id;
}
async function approve(world) {
  const { who, model, random } = world, batch = pick(world, model.batches.filter(({ state }) => state === 'proposed'));
  if (batch === undefined) return;
  const at = `/payout-batches/${batch.batch_id}`;
  await step(world, 'approve what one proposed', who.officer.post(`${at}/approve`), 403, 'own-entry');
  if (random(5) === 0) {
    await step(world, 'withdraw a batch', who.secondOfficer.post(`${at}/withdraw`, { reason: '重算' }));
    return model.withdraw(batch);
  }
  await step(world, 'approve', who.secondOfficer.post(`${at}/approve`));
  model.approve(batch);
}
/** The bank's words on some items; each is of one payee, known by its kind and sum. */
async function pay(world) {
  const { who, model, random } = world, batch = pick(world, model.batches.filter(({ state }) => ['approved', 'paid'].includes(state)).slice(-4));
  if (batch === undefined) return;
  const { items } = fine(await who.finance.get(`/payout-batches/${batch.batch_id}`));
  const key = ({ payee_kind, amount_fen }) => `${payee_kind} ${amount_fen}`, named = batch.items.map((item) => ({ ...item, payee_kind: item.payee.kind, amount_fen: item.fen }));
  assert.deepEqual(items.map(key).sort(), named.map(key).sort(), 'the items of a batch');
  const told = [];
  for (const item of batch.items.filter(({ state }) => ['approved', 'paid'].includes(state))) {
    const alike = items.filter((one) => one.payee_kind === item.payee.kind && one.amount_fen === item.fen);
    if (alike.length !== 1 || random(3) === 0) continue; // two of one sum cannot be told apart
    const paid = item.state === 'approved' ? random(5) > 0 : random(6) > 0;
    if (item.state === 'approved' || !paid) told.push({ item, paid, item_id: alike[0].item_id });
  }
  if (told.length === 0) return;
  const results = told.map(({ item_id, paid }) => ({ item_id, result_on: day(), ...(paid ? { result: 'paid', evidence: 'bank 1' } : { result: 'returned', reason: 'account closed' }) }));
  await step(world, 'results', who.finance.post(`/payout-batches/${batch.batch_id}/results`, { items: results }));
  for (const { item, paid } of told) model.settle(batch, item, paid);
}

const happenings = [[4, register], [5, agree], [9, deliver], [3, lose], [34, sell], [16, ship], [13, receive], [5, cancel], [16, giveBack], [4, propose], [5, approve], [6, pay], [1, exit], [2, correct]];
const weights = happenings.reduce((sum, [weight]) => sum + weight, 0);
function drawn(random) {
  let at = random(weights);
  return happenings.find(([weight]) => (at -= weight) < 0)[1];
}

// ---- Reports ----

const only = (row, model) => Object.fromEntries(Object.keys(model).map((name) => [name, row[name]]));
const same = (what, row, model) => assert.deepEqual(only(row ?? {}, model), model, what);
const pages = async (who, where, query = {}) => {
  const all = [];
  for (let cursor; ;) {
    const { items, next_cursor } = fine(await who.get(where, { query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) } }));
    all.push(...items);
    if (!next_cursor) return all;
    cursor = next_cursor;
  }
};

async function compareGoods({ who, model, shop }) {
  const shown = await pages(who.operator, `/shops/${shop.shop_id}/lots`);
  assert.equal(shown.length, model.lots.length, 'lots of a shop');
  for (const lot of model.lots) {
    const row = shown.find(({ lot_id }) => lot_id === lot.lot_id);
    same('a lot', row, { taken_in_qty: lot.taken_in, sold_qty: lot.sold, on_hand_qty: model.onHand(lot), lost_qty: lot.lost, withdrawn_qty: lot.withdrawn });
    assert.equal(row.taken_in_qty, row.sold_qty + row.on_hand_qty + row.lost_qty + row.withdrawn_qty, 'the stock equation');
  }
}
async function compareSales({ who, model, county, products, shop }) {
  const report = async (by, more = {}) => fine(await who.officer.get('/reports/sales', { query: { area: county.code, ...year, by, limit: 100, ...more } })).items;
  for (const more of [{}, { exact: 'true' }]) {
    const [total, ...statuses] = await report('status', more);
    same('sales', total, { ...model.sales(), paid_fen: model.paid() });
    if (model.rows.length > 0) assert.deepEqual(total.reconciliation.map(({ equal }) => equal), [true], 'the books agree');
    for (const row of statuses) same(`sales of ${row.key}`, row, { ...model.sales(({ status }) => status === row.key), paid_fen: model.paid(({ status }) => status === row.key) });
    for (const row of (await report('product', more)).slice(1)) same('sales of a product', row, model.sales(({ lot }) => lot.product.product_id === row.key));
    for (const row of (await report('village', more)).slice(1).filter(({ key }) => key !== county.villages[1])) same('sales of a village', row, model.sales(({ household }) => household?.village === row.key));
    for (const row of (await report('shop', more)).slice(1)) same('sales of a shop', row, row.key === shop.shop_id ? model.sales() : {});
  }
  const it = fine(await who.officer.get('/reports/dashboard', { query: { area: county.code, month } })), sales = model.sales();
  same('the dashboard', it, { net_fen: sales.net_sales_fen, sale_fen: sales.line_gross_fen, tagged_fen: sales.counted_gross_fen, households_count: sales.households_count, persons_count: sales.persons_count, year_fen: sales.net_sales_fen, paid_fen: model.paid() });
  assert.equal(it.tagged_share_ppm, sales.line_gross_fen > 0 ? ratio(sales.counted_gross_fen, 1_000_000, sales.line_gross_fen) : null);
}
async function compareLines({ who, model, county }) {
  const key = (kind, order, household, lot, status, counted) => [kind, order, household, lot, status, counted].join(' ');
  const sums = (rows) => {
    const all = new Map();
    for (const [name, ...amounts] of rows) all.set(name, (all.get(name) ?? amounts.map(() => 0)).map((sum, i) => sum + amounts[i]));
    return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const shown = await pages(who.officer, '/reports/lines', { area: county.code, ...year });
  assert.equal(shown.length, model.rows.length, 'lines behind the figures');
  assert.deepEqual(sums(shown.map((row) => [key(row.kind, row.order_id, row.household_id, row.lot_id, row.status, row.counted), row.quantity_qty, row.gross_fen, row.due_fen])),
    sums(model.rows.map((row) => [key(row.kind, row.order.order_id, row.household?.household_id ?? null, row.lot.lot_id, row.status, row.counted), row.qty, row.gross, row.due])), 'every line');
}
async function compareMoney({ who, model, county }) {
  for (const household of model.households) same('a passbook', fine(await who.officer.get(`/households/${household.household_id}/passbook`)).totals, model.passbook(household));
  for (const row of fine(await who.finance.get('/payables/ageing', { query: { county: county.code } })).items) same(`what is owed to a ${row.payee_kind}`, row, model.ageing(row.payee_kind));
  const income = fine(await who.officer.get('/reports/income', { query: { area: county.code, ...year } }));
  assert.equal(income.reconciles, true);
  assert.deepEqual(income.households.map(({ household_id, paid_fen }) => [household_id, paid_fen]).sort(), model.incomes().sort(), 'paid to households in the year');
}
async function compare(world) {
  await compareGoods(world);
  await compareSales(world);
  await compareLines(world);
  await compareMoney(world);
}

// ---- Days and nights ----

/** Every world's next steps, each in its own order; then a night's work and all reports. */
async function aDay(worlds, until) {
  await Promise.all(worlds.map(async (world) => {
    try {
      while (world.steps < until) {
        const happening = drawn(world.random);
        const before = world.steps;
        await happening(world);
        if (world.steps === before && world.model.households.length === 0) await register(world);
      }
    } catch (error) { throw told(world, error); }
  }));
}
async function aNight(server, worlds) {
  await server.sql(`UPDATE orders SET received_at = received_at - interval '365 days' WHERE state = 'received'`);
  await server.sql(`UPDATE purchases SET deadline_at = now() - interval '1 second' WHERE state = 'awaiting_payment'`);
  for (const job of NIGHT) await server.once(job);
  for (const world of worlds) world.model.night();
  await Promise.all(worlds.map((world) => compare(world).catch((error) => { throw told(world, error); })));
}
let isTold = false;
function told(world, error) {
  if (isTold) return error;
  isTold = true;
  console.log(`MODEL_SEED=${SEED} MODEL_STEPS=${STEPS} MODEL_COUNTIES=${COUNTIES}: county ${world.number}, step ${world.steps}; its last steps:\n${world.trace.slice(-TRACE).join('\n')}\n${error.message}`);
  return error;
}

test(`seed ${SEED}: after ${STEPS} random steps every report says what the model says`, { timeout: 3_600_000 }, async (context) => {
  const server = await aServer({ settings: { SHANHUO_PUBLICITY_S: '0' } }), calls = streams(server, 4);
  try {
    const worlds = await Promise.all(Array.from({ length: COUNTIES }, (_, number) => aWorld(server, calls, number)));
    const began = Date.now(), each = Math.ceil(STEPS / COUNTIES);
    let acting = 0;
    for (let until = Math.min(STEPS_A_DAY, each); ; until = Math.min(until + STEPS_A_DAY, each)) {
      const morning = Date.now();
      await aDay(worlds, until);
      acting += Date.now() - morning;
      await aNight(server, worlds);
      if (until === each) break;
    }
    const steps = worlds.reduce((sum, world) => sum + world.steps, 0);
    context.diagnostic(`${steps} steps in ${Math.round((Date.now() - began) / 1000)} s, ${Math.round(steps * 1000 / acting)} a second between the comparisons`);
    if (process.env.COUNTS) console.log(Object.entries(worlds.reduce((all, { counts }) => { for (const [name, count] of Object.entries(counts)) all[name] = (all[name] ?? 0) + count; return all; }, {})).sort().map(([name, count]) => `${name}: ${count}`).join('\n'));
    const verified = await server.shanhuo(['ledger', 'verify']);
    assert.equal(verified.code, 0, verified.errors);
  } finally {
    calls.end();
  }
});
