// One product: how it is sold, the lot next in line, and how the price of a pack splits.
import { ask, element, fill } from '/shared/page.js';
import { say, yuan, unitPrice, quantity, day, language } from './words.js';
import { failed, stockWord } from './season.js';

const row = (...cells) => element('tr', {}, cells);
const cell = (text, more = {}) => element('td', more, text);
const figure = (name, value) => element('div', {}, element('dt', {}, say(name)), element('dd', {}, value));

function offers(goods) {
  return element('div', { class: 'wide' }, element('table', {},
    element('thead', {}, row(element('th', {}, say('offer')), element('th', {}, say('grade')),
      element('th', { class: 'number' }, say('price')), element('th', {}, say('stock')))),
    element('tbody', {}, goods.offers.map((offer) => row(
      cell([offer.name, ' ', element('small', {}, quantity(offer.pack_qty, goods.base_unit))]), cell(offer.grade),
      cell([yuan(offer.price_fen), element('br'), element('small', {}, unitPrice(offer.price_fen, offer.pack_qty, goods.base_unit))], { class: 'number' }),
      cell(stockWord(offer.stock)))))));
}

function lot(goods) {
  if (!goods.trace_code) return element('p', { class: 'note' }, say('no_lot'));
  return [element('dl', { class: 'figures' }, figure('harvested', day(goods.harvested_on)),
    goods.expires_on && figure('expires', day(goods.expires_on)), figure('grade', goods.grade),
    goods.certificate && figure('certificate', goods.certificate), figure('trace', goods.trace_code), figure('households', goods.households)),
  element('p', { class: 'soft' }, say('households_note'))];
}

const parts = [
  { name: 'household', kind: 'home', of: (one) => one.household_due_fen, mayLack: true },
  { name: 'supplier', kind: 'home', of: (one) => one.due_fen - one.household_due_fen, mayLack: true },
  { name: 'bought', kind: 'home', of: (one) => one.goods_cost_fen, mayLack: true },
  { name: 'fee', kind: 'fee', of: (one) => one.fee_fen },
  { name: 'freight', kind: 'freight', of: (one) => one.shop_freight_fen, mayLack: true },
  { name: 'margin', kind: 'shop', of: (one) => one.margin_fen - one.goods_cost_fen },
];

function bar(offer) {
  const svg = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const picture = svg('svg', { viewBox: `0 0 ${offer.price_fen} 1`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  let at = 0;
  for (const part of parts) {
    const width = Math.max(0, part.of(offer));
    picture.append(svg('rect', { class: `part-${part.kind}`, x: at, y: 0, width, height: 1 }));
    at += width;
  }
  return element('div', { class: 'bar' }, picture);
}

function split(offer, names) {
  if (offer.due_fen === null || offer.due_fen === undefined) return [element('h3', {}, names.get(offer.offer_id) ?? ''), element('p', {}, say('no_anatomy'))];
  const lines = parts.filter((part) => !part.mayLack || part.of(offer) !== 0)
    .map((part) => row(cell(say(part.name)), cell(yuan(part.of(offer)), { class: 'number' })));
  return [element('h3', {}, names.get(offer.offer_id) ?? ''), bar(offer),
    element('table', {}, element('tbody', {}, lines, row(element('th', {}, say('whole')), element('th', { class: 'number' }, yuan(offer.price_fen))))),
    offer.guaranteed_minimum_fen > 0 && element('p', { class: 'soft' }, `${say('floor')} ${yuan(offer.guaranteed_minimum_fen)}`)];
}

async function anatomy(id, names) {
  const found = await ask(`/products/${id}/anatomy`, {}, language).catch((refusal) => {
    if (refusal.status === 404) return null;
    throw refusal;
  });
  if (!found?.offers.length) return element('p', {}, say('no_anatomy'));
  return [element('p', { class: 'soft' }, say('anatomy_note')), ...found.offers.flatMap((offer) => split(offer, names)).filter(Boolean)];
}

async function draw(id) {
  const goods = await ask(`/products/${id}`, {}, language).catch((refusal) => {
    if (refusal.status === 404) return null;
    throw refusal;
  });
  if (!goods) return element('p', { class: 'note' }, say('not_found'));
  document.title = `${goods.name} · ${language === 'zh' ? '山货' : 'Shanhuo'}`;
  const money = element('div');
  const names = new Map(goods.offers.map((offer) => [offer.offer_id, offer.name]));
  fill(money, { waiting: say('waiting'), fetchAndDraw: () => anatomy(id, names), failed });
  return [element('h2', {}, goods.name), element('p', { class: 'soft' }, `${goods.county_name} · ${goods.area_name} · ${goods.shop_name}`),
    element('p', {}, goods.description), element('h2', {}, say('offers')), offers(goods),
    element('h2', {}, say('lot')), ...[lot(goods)].flat(), element('h2', {}, say('anatomy')), money];
}

export function product(main, id) {
  const place = element('div');
  main.replaceChildren(element('p', {}, element('a', { href: '#/' }, say('back'))), place);
  fill(place, { waiting: say('waiting'), fetchAndDraw: () => draw(id), failed });
}
