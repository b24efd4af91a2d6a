// A county in memory: what the rules of the domain say of a history, in fen and grams, with nothing of the program's own in it.
// One object a world (county, its shop and households); model.test.mjs tells it what happened and compares every report with it.

/** amount × numerator ÷ denominator, halves away from nought; exact as long as the product is a safe integer. */
export function ratio(amount, numerator, denominator) {
  const product = Math.abs(amount) * numerator, rest = product % denominator, whole = (product - rest) / denominator;
  if (!Number.isSafeInteger(product)) throw new Error(`${amount} × ${numerator} is no exact number`);
  return Math.sign(amount) * (whole + (rest * 2 >= denominator ? 1 : 0)) || 0;
}

/** Largest remainders, ties to who comes first; parts sum to the total. */
export function split(total, weights) {
  const sum = weights.reduce((a, b) => a + b, 0), sign = Math.sign(total), size = Math.abs(total);
  if (sum === 0) return weights.map(() => 0);
  const rests = weights.map((weight) => (size * weight) % sum), parts = weights.map((weight, i) => (size * weight - rests[i]) / sum);
  const left = size - parts.reduce((a, b) => a + b, 0);
  const order = rests.map((rest, i) => [rest, i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (let i = 0; i < left; i++) parts[order[i][1]]++;
  return parts.map((part) => sign * part || 0);
}

const sumOf = (list, what) => list.reduce((sum, one) => sum + what(one), 0);
const COUNTED = ['registered', 'exited_supported', 'returned'];
const SPARES = ['transport', 'shop'];

export class County {
  constructor({ shop_id, fee_ppm, freight }) {
    Object.assign(this, { shop_id, fee_ppm, freight, households: [], cooperatives: [], lots: [], orders: [], dues: [], batches: [], rows: [] });
  }

  // ---- Register ----

  register(household) {
    this.households.push({ status: 'never_registered', status_before: undefined, agreed: false, ...household });
    return this.households.at(-1);
  }
  setStatus(household, status) { household.status = status; }
  agree(household) { household.agreed = true; }

  // ---- Goods ----

  /** contributions: [{ supplier: household or cooperative, quantity_qty, mode, price_rule, farm_gate_price_fen, share_ppm }] */
  deliver(lot) {
    const taken_in = sumOf(lot.contributions, ({ quantity_qty }) => quantity_qty);
    this.lots.push({ taken_in, sold: 0, lost: 0, withdrawn: 0, passed: false, ...lot, contributions: lot.contributions.map((one) => ({ left: one.quantity_qty, price_qty: 500, ...one })) });
    return this.lots.at(-1);
  }
  onHand(lot) { return lot.taken_in - lot.sold - lot.lost - lot.withdrawn; }
  inspect(lot, passed) {
    if (!passed) {
      lot.withdrawn = lot.taken_in;
      for (const one of lot.contributions) one.left = 0;
      return;
    }
    lot.passed = true;
    lot.owed = false;
  }
  lose(lot, quantity_qty, kind) {
    const parts = split(quantity_qty, lot.contributions.map(({ left }) => left));
    lot.contributions.forEach((one, i) => { one.left -= parts[i]; });
    lot[kind === 'loss' ? 'lost' : 'withdrawn'] += quantity_qty;
  }
  stock(product) { return sumOf(this.lots.filter((lot) => lot.passed && lot.product === product), (lot) => this.onHand(lot)); }
  reserved(product) { return sumOf(this.orders.filter(({ state }) => state === 'awaiting_payment'), ({ lines }) => sumOf(lines.filter(({ offer }) => offer.product === product), ({ packs, offer }) => packs * offer.pack_qty)); }

  // ---- Sale ----

  /** What a cart comes to, or undefined when there is not so much. */
  price(lines) {
    for (const product of new Set(lines.map(({ offer }) => offer.product))) {
      const wanted = sumOf(lines.filter(({ offer }) => offer.product === product), ({ packs, offer }) => packs * offer.pack_qty);
      if (wanted > this.stock(product) - this.reserved(product)) return undefined;
    }
    const goods_fen = sumOf(lines, ({ packs, offer }) => packs * offer.price_fen), grams = sumOf(lines, ({ packs, offer }) => packs * offer.pack_qty);
    const { first_g, first_fen, further_g, further_fen } = this.freight;
    return { goods_fen, freight_fen: first_fen + Math.ceil(Math.max(0, grams - first_g) / further_g) * further_fen };
  }
  place(order) {
    this.orders.push({ state: 'awaiting_payment', refunded_fen: 0, ...order, ...this.price(order.lines), lines: order.lines.map((line) => ({ ...line, gross_fen: line.packs * line.offer.price_fen, refunded_packs: 0, refunded_fen: 0, spared_fen: 0, rows: [] })) });
    return this.orders.at(-1);
  }

  /** First expired first out; in a lot each in proportion to what it has left. Lots of a world never expire on the same day. */
  allocate(product, wanted) {
    const taken = [];
    for (const lot of this.lots.filter((one) => one.passed && one.product === product).sort((a, b) => (a.expires_on < b.expires_on ? -1 : 1))) {
      const qty = Math.min(wanted, this.onHand(lot));
      if (qty === 0) continue;
      split(qty, lot.contributions.map(({ left }) => left)).forEach((part, i) => {
        const contribution = lot.contributions[i];
        if (part > 0) taken.push({ lot, contribution, qty: part, from: contribution.quantity_qty - contribution.left });
        contribution.left -= part;
      });
      lot.sold += qty;
      wanted -= qty;
    }
    return taken;
  }
  owed({ contribution, from, qty }, net) {
    const { price_rule, farm_gate_price_fen = 0, price_qty, share_ppm = 0 } = contribution;
    const at = (quantity) => ratio(farm_gate_price_fen, quantity, price_qty);
    const price = at(from + qty) - at(from), share = ratio(Math.max(net, 0), share_ppm, 1_000_000);
    return { farm_gate: price, share, larger_of: Math.max(price, share) }[price_rule];
  }
  /** Who an allocation's money is for: the household, or the members of a cooperative and what it keeps. */
  shared(supplier, whole) {
    if (supplier.members === undefined) return [{ household: supplier, ...whole }];
    const members = [...supplier.members].sort((a, b) => (a.household.id < b.household.id ? -1 : 1));
    const parts = members.map(({ household }) => ({ household })), kept = { household: null };
    for (const [kind, amount] of Object.entries(whole)) {
      const forMembers = ratio(amount, 1_000_000 - supplier.retain_ppm, 1_000_000);
      split(forMembers, members.map(({ shares }) => shares)).forEach((part, i) => { parts[i][kind] = part; });
      kept[kind] = amount - forMembers;
    }
    return [...parts, kept].filter((part) => Object.keys(whole).some((kind) => part[kind] !== 0));
  }
  pay(order) {
    order.state = 'paid';
    for (const line of order.lines) {
      const allocations = this.allocate(line.offer.product, line.packs * line.offer.pack_qty), weights = allocations.map(({ qty }) => qty);
      const gross = split(line.gross_fen, weights), fees = split(ratio(line.gross_fen, this.fee_ppm, 1_000_000), weights);
      allocations.forEach((allocation, i) => {
        const { contribution } = allocation, bought = contribution.mode === 'bought';
        const due = this.owed(allocation, gross[i] - fees[i]);
        for (const part of this.shared(contribution.supplier, { qty: allocation.qty, gross: gross[i], due: bought ? 0 : due, fee: fees[i], cost: bought ? due : 0 })) {
          const status = part.household?.status ?? 'never_registered';
          line.rows.push({ ...part, order, line, contribution, lot: allocation.lot, kind: 'sale', status, margin: part.gross - part.due - part.fee,
            counted: part.household !== null && COUNTED.includes(status) && (contribution.supplier.members !== undefined || part.household.agreed), back: { qty: 0, gross: 0, due: 0, fee: 0 }, charged: 0 });
        }
      });
      for (const row of line.rows) row.due_entry = this.oweRow(order, row, 'expected');
    }
    const rows = order.lines.flatMap(({ rows: of }) => of);
    this.rows.push(...rows);
    this.owe(order, { kind: 'shop', id: this.shop_id }, sumOf(rows, ({ margin }) => margin), 'expected');
    this.owe(order, { kind: 'platform', id: 'platform' }, sumOf(rows, ({ fee }) => fee), 'expected');
    this.owe(order, { kind: 'freight', id: this.shop_id }, order.freight_fen, 'expected');
  }
  drop(order, state) { order.state = state; }

  // ---- Dues ----

  owe(order, payee, fen, state, row) {
    if (fen === 0) return undefined;
    this.dues.push({ order, payee, fen, state, row });
    return this.dues.at(-1);
  }
  oweRow(order, row, state) {
    const payee = row.household === null ? { kind: 'supplier', id: row.contribution.supplier.id } : { kind: 'household', id: row.household.id };
    return this.owe(order, payee, row.due, state, row);
  }
  /** The night pays no one, but what was bought is owed now, and orders received are closed unless a return is open. */
  night() {
    for (const lot of this.lots.filter(({ passed, owed }) => passed && owed === false)) {
      lot.owed = true;
      const bought = lot.contributions.filter(({ mode }) => mode === 'bought');
      for (const one of bought) {
        const fen = ratio(one.farm_gate_price_fen, one.quantity_qty, one.price_qty);
        this.owe(undefined, { kind: one.supplier.members ? 'supplier' : 'household', id: one.supplier.id }, fen, 'payable', { lot, status: 'bought' });
        this.owe(undefined, { kind: 'shop', id: this.shop_id }, -fen, 'payable');
      }
    }
    for (const order of this.orders) {
      if (order.state === 'awaiting_payment') order.state = 'expired';
      if (order.state !== 'received' || order.asked !== undefined) continue;
      order.state = 'closed';
      for (const due of this.dues) if (due.order === order && due.state === 'expected') due.state = 'payable';
    }
  }

  // ---- Refunds ----

  /** What `packs` more, or money alone, of a line come to; undefined when it is more than there is. */
  refundOf(line, packs, wished) {
    const left = line.gross_fen - line.refunded_fen, packs_left = line.packs - line.refunded_packs;
    const of = (count) => ratio(line.gross_fen, count, line.packs);
    let fen = wished > 0 ? wished : Math.min(of(line.refunded_packs + packs) - of(line.refunded_packs), left);
    if (packs > 0 && packs === packs_left) fen = left;
    return packs > packs_left || wished > left || (wished > 0 && fen !== wished) ? undefined : fen;
  }
  /** What is refunded by now is split anew over all rows; the difference is posted. */
  refundLine(line, { packs, fen, cause, goods_back }) {
    line.refunded_packs += packs;
    line.refunded_fen += fen;
    if (packs === 0 && SPARES.includes(cause)) line.spared_fen += fen;
    const whole = line.refunded_packs === line.packs, ofPacks = ratio(line.gross_fen, line.refunded_packs, line.packs);
    const ofDue = whole ? line.gross_fen : Math.max(line.refunded_fen - line.spared_fen, Math.min(ofPacks, line.refunded_fen));
    const kept = { qty: [line.packs - line.refunded_packs, line.packs], gross: [line.gross_fen - line.refunded_fen, line.gross_fen], due: [line.gross_fen - ofDue, line.gross_fen] };
    kept.fee = kept.gross;
    const to = {};
    for (const kind of ['qty', 'gross', 'due', 'fee']) {
      const weights = line.rows.map((row) => row[kind]), total = sumOf(weights, (weight) => weight);
      const stays = split(ratio(total, ...kept[kind]), weights);
      to[kind] = weights.map((weight, i) => weight - stays[i]);
    }
    const posted = [];
    line.rows.forEach((sale, i) => {
      const due = to.due[i] - sale.back.due - sale.charged, settled = sale.due_entry !== undefined && !['expected', 'payable', 'reversed'].includes(sale.due_entry.state);
      const charge = settled ? due : 0;
      const row = { ...sale, kind: 'refund', sale, qty: sale.back.qty - to.qty[i], gross: sale.back.gross - to.gross[i], due: charge - due, fee: sale.back.fee - to.fee[i], charged: charge };
      row.margin = row.gross - row.due - row.fee;
      for (const kind of ['qty', 'gross', 'due', 'fee']) sale.back[kind] -= row[kind];
      sale.charged += charge;
      if ([row.qty, row.gross, row.due, row.fee, row.margin, row.charged].every((amount) => amount === 0)) return;
      posted.push(row);
      if (goods_back) {
        row.lot.sold += row.qty;
        row.contribution.left -= row.qty;
      }
    });
    this.rows.push(...posted);
    return posted;
  }
  /** parts: [{ line, packs, fen }]; answers what the buyer gets. */
  refund(order, parts, { cause, goods_back = false, freight_fen = 0 }) {
    const rows = parts.flatMap((part) => this.refundLine(part.line, { cause, goods_back, ...part }));
    const fen = sumOf(parts, (part) => part.fen) + freight_fen, released = order.state === 'closed';
    order.refunded_fen += fen;
    const owedStill = sumOf(this.rows.filter((row) => row.order === order), ({ due }) => due);
    const whole = !released && owedStill === 0 && order.refunded_fen === order.goods_fen + order.freight_fen;
    const state = released ? 'payable' : whole ? 'reversed' : 'expected';
    for (const row of rows) this.oweRow(order, row, state);
    this.owe(order, { kind: 'shop', id: this.shop_id }, sumOf(rows, ({ margin, charged }) => margin + charged), state);
    this.owe(order, { kind: 'shop', id: this.shop_id }, -sumOf(rows, ({ charged }) => charged), state);
    this.owe(order, { kind: released ? 'shop' : 'freight', id: this.shop_id }, -freight_fen, state);
    this.owe(order, { kind: 'platform', id: 'platform' }, sumOf(rows, ({ fee }) => fee), state);
    if (whole) {
      order.state = 'refunded';
      for (const due of this.dues) if (due.order === order && due.state === 'expected') due.state = 'reversed';
    }
    return fen;
  }

  // ---- Payouts ----

  /** All that is payable, for those who are owed something on the whole; undefined when there is nothing. */
  propose(batch) {
    const payees = new Map();
    for (const due of this.dues.filter(({ state }) => state === 'payable')) {
      const key = `${due.payee.kind} ${due.payee.id}`, item = payees.get(key) ?? { payee: due.payee, fen: 0, dues: [], state: 'proposed' };
      item.fen += due.fen;
      item.dues.push(due);
      payees.set(key, item);
    }
    const items = [...payees.values()].filter(({ fen }) => fen > 0);
    if (items.length === 0) return undefined;
    for (const { dues } of items) for (const due of dues) due.state = 'in_batch';
    this.batches.push({ items, state: 'proposed', ...batch });
    return this.batches.at(-1);
  }
  approve(batch) {
    batch.state = 'approved';
    for (const item of batch.items) item.state = 'approved';
  }
  withdraw(batch) {
    batch.state = 'withdrawn';
    for (const item of batch.items) {
      item.state = 'withdrawn';
      for (const due of item.dues) due.state = 'payable';
    }
  }
  settle(batch, item, paid) {
    item.state = paid ? 'paid' : 'returned';
    for (const due of item.dues) {
      due.state = paid ? 'paid' : 'payable';
      due.paid = paid;
    }
    if (batch.items.every(({ state }) => state !== 'approved')) batch.state = 'paid';
  }

  // ---- Reports ----

  passbook(household) {
    const own = this.dues.filter(({ payee }) => payee.kind === 'household' && payee.id === household.id), sum = (...states) => sumOf(own.filter(({ state }) => states.includes(state)), ({ fen }) => fen);
    return { expected_fen: sum('expected'), payable_fen: sum('payable', 'in_batch'), paid_fen: sum('paid') };
  }
  ageing(kind) {
    const own = this.dues.filter(({ payee, state }) => payee.kind === kind && state === 'payable');
    return { payees_count: new Set(own.map(({ payee }) => payee.id)).size, payable_fen: sumOf(own, ({ fen }) => fen),
      in_batch_fen: sumOf(this.batches.flatMap(({ items }) => items).filter(({ payee, state }) => payee.kind === kind && ['proposed', 'approved'].includes(state)), ({ fen }) => fen) };
  }
  /** Sales of rows that `of` picks, and what of them was paid to households. */
  sales(of = () => true) {
    const rows = this.rows.filter(of), sold = rows.filter(({ kind }) => kind === 'sale'), helped = new Set(sold.filter(({ counted }) => counted).map(({ household }) => household));
    const gross = (list) => sumOf(list, (row) => row.gross);
    return { line_gross_fen: gross(sold), counted_gross_fen: gross(sold.filter(({ counted }) => counted)), net_sales_fen: gross(rows), refunds_fen: gross(rows.filter(({ kind }) => kind === 'refund')),
      attributed_sales_fen: gross(rows.filter(({ counted }) => counted)), due_fen: sumOf(rows.filter(({ household }) => household !== null), ({ due }) => due),
      households_count: helped.size, persons_count: sumOf([...helped], ({ persons }) => persons) };
  }
  paid(of = () => true) { return sumOf(this.dues.filter((due) => due.payee.kind === 'household' && due.state === 'paid' && of(due.row ?? due)), ({ fen }) => fen); }
  incomes() {
    return this.households.filter(({ id }) => this.dues.some(({ payee, state }) => payee.id === id && state === 'paid'))
      .map((household) => [household.household_id, this.passbook(household).paid_fen]);
  }
}
