// The season's goods with search, and what the chosen county makes public: figures, notices, seals. The address holds the search.
import { ask, element, fill } from '/shared/page.js';
import { say, yuan, unitPrice, quantity, day, language } from './words.js';

export function failed(refusal, again) {
  return element('div', { class: 'note', role: 'alert' },
    element('p', {}, say('failed'), refusal.status === 0 ? say('offline') : refusal.message),
    element('button', { onclick: again }, say('again')));
}
export const stockWord = (stock) => element('span', { class: `stock-${stock}` }, say(stock));

function card(goods) {
  return element('li', { class: 'card' },
    element('h3', {}, element('a', { href: `#/products/${goods.product_id}` }, goods.name)),
    element('p', { class: 'soft' }, `${goods.county_name} · ${goods.area_name}`),
    element('p', { class: 'soft' }, goods.shop_name),
    element('div', { class: 'money' },
      element('p', {}, element('span', { class: 'price' }, yuan(goods.price_fen)), ` ${say('per_pack')} · ${quantity(goods.pack_qty, goods.base_unit)}`),
      element('p', { class: 'soft' }, `${unitPrice(goods.price_fen, goods.pack_qty, goods.base_unit)} · ${say('stock')} `, stockWord(goods.stock))));
}

const searchOf = (asked) => ({ q: asked.get('q'), category: asked.get('category'), area: asked.get('county') });

/** One page of cards and, where there is one, the button that adds the next. */
async function page(search, cursor) {
  const found = await ask('/products', { ...search, cursor, limit: 24 }, language);
  if (found.items.length === 0 && !cursor) {
    const narrowed = Object.values(search).some(Boolean);
    return element('p', { class: 'note' }, say(narrowed ? 'none' : 'nothing_yet'));
  }
  const list = element('ul', { class: 'goods' }, found.items.map(card));
  if (!found.next_cursor) return list;
  const rest = element('div');
  const next = () => fill(rest, { waiting: say('waiting'), fetchAndDraw: () => page(search, found.next_cursor), failed });
  rest.append(element('button', { onclick: next }, say('more')));
  return [list, rest];
}

const option = (value, name, chosen) => element('option', { value, selected: value === chosen }, name);
const field = (name, input) => element('label', {}, element('span', {}, say(name)), input);

function searchForm(asked, kinds, counties) {
  const kind = element('select', { name: 'category' }, option('', say('all'), ''),
    kinds.map((one) => option(one.category_code, language === 'zh' ? one.name_zh : one.name_en, asked.get('category'))));
  const county = element('select', { name: 'county' }, option('', say('all'), ''),
    counties.map((one) => option(one.county, one.county_name, asked.get('county'))));
  const go = (event) => {
    event.preventDefault();
    const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    location.hash = `#/?${wanted}`;
  };
  const form = element('form', { class: 'find', role: 'search', onsubmit: go },
    field('search', element('input', { name: 'q', type: 'search', maxlength: 40, value: asked.get('q') ?? '', placeholder: say('search_hint') })),
    field('category', kind), field('county', county), element('button', { class: 'main' }, say('find')));
  for (const choice of [kind, county]) choice.addEventListener('change', () => form.requestSubmit());
  return form;
}

const figure = (name, value) => element('div', {}, element('dt', {}, say(name)), element('dd', {}, value));
async function figures(county) {
  const found = await ask('/stats', { county }, language).catch((refusal) => {
    if (refusal.status === 404) return { items: [] };
    throw refusal;
  });
  const one = found.items[0];
  if (!one) return element('p', {}, say('figures_none'));
  return [element('dl', { class: 'figures' },
    figure('shops_count', one.shops_count), figure('sales_fen', yuan(one.sales_fen)), figure('counted_fen', yuan(one.counted_fen)),
    figure('due_fen', yuan(one.due_fen)), figure('paid_fen', yuan(one.paid_fen)), figure('households', one.households)),
  element('p', { class: 'soft' }, `${say('since')} ${day(one.since)} · ${say('households_note')}`)];
}
async function announcements(area) {
  const found = await ask('/announcements', { area, limit: 5 }, language);
  if (found.items.length === 0) return element('p', { class: 'soft' }, say('announcements_none'));
  return element('ul', { class: 'list' }, found.items.map((one) => element('li', {}, one.title,
    element('small', {}, ` · ${one.area ?? ''} · ${one.open ? `${say('open_until')} ${day(one.ends_at)}` : say('closed')}`))));
}
async function seals(county) {
  const found = await ask('/ledger/seals', { county, limit: 3 }, language);
  if (found.items.length === 0) return element('p', { class: 'soft' }, say('seals_none'));
  return [element('p', { class: 'soft' }, say('seals_note')),
    element('ul', { class: 'list' }, found.items.map((one) => element('li', {}, `${day(one.sealed_at)} · ${one.transfers_count} ${say('transfers')}`,
      element('br'), element('code', {}, one.head))))];
}

function part(title, fetchAndDraw) {
  const place = element('div');
  fill(place, { waiting: say('waiting'), fetchAndDraw, failed });
  return [element('h2', {}, say(title)), place];
}

export function season(main, asked) {
  document.title = language === 'zh' ? '山货' : 'Shanhuo';
  const find = element('div'), goods = element('div'), county = asked.get('county');
  main.replaceChildren(element('h2', {}, say('season')), find, goods,
    ...(county ? [...part('figures', () => figures(county)), ...part('announcements', () => announcements(county)), ...part('seals', () => seals(county))]
      : [...part('announcements', () => announcements()), element('p', { class: 'soft' }, say('figures_pick'))]));
  const nothing = () => ({ items: [] }); // the menus may stay empty: the goods themselves say what is wrong
  find.append(searchForm(asked, [], []));
  Promise.all([ask('/categories', { limit: 100 }, language).catch(nothing), ask('/stats', { limit: 100 }, language).catch(nothing)])
    .then(([kinds, counties]) => find.isConnected && !find.contains(document.activeElement)
      && find.replaceChildren(searchForm(asked, kinds.items, counties.items)));
  fill(goods, { waiting: say('waiting'), fetchAndDraw: () => page(searchOf(asked)), failed });
}
