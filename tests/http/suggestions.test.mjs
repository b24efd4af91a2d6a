// What a buyer browses by: the first page's goods, what is suggested while one types, and lists in the order asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCounty, aHousehold, aLot, anOffer, aProduct, aShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const shop = await aServer();
const county = await aCounty(shop, { name: '武都区' });
const village = await aShop(shop, county, { name: '白水江合作社' });
const household = await aHousehold(shop, county, { shop: village });
const names = (answer) => fine(answer, 200).items.map(({ name }) => name);

/** A product on offer; `packs` in stock. */
async function goods(name, { price_fen, packs = 10, words, category_code = 'walnut' }) {
  const product = await aProduct(shop, village, { name, words, category_code });
  if (packs > 0) await aLot(shop, product, [{ household, quantity_qty: packs * 500 }]);
  await anOffer(shop, product, { price_fen, pack_qty: 500 });
  return product;
}
const made = [await goods('核桃', { price_fen: 3000, words: ['核桃', 'ht', 'hetao'] }),
  await goods('核桃仁', { price_fen: 5000, words: ['核桃', 'ht', 'hetao'] }),
  await goods('干核桃', { price_fen: 3000, words: ['核桃', 'ht', 'hetao'], packs: 0 })];
const newest = [...made].sort((a, b) => (a.id < b.id ? 1 : -1)).map(({ name }) => name);
const newestOf = (...wanted) => newest.filter((name) => wanted.includes(name));
await shop.once('catalog/suggest');

const asked = (q) => shop.get('/suggestions', { query: { q } });

test('shops_places_kinds_and_goods_are_suggested_by_chinese_pinyin_and_initials', async () => {
  for (const q of ['白水', 'baishui', 'bsj']) {
    const [first] = fine(await asked(q), 200).items;
    assert.deepEqual(first, { kind: 'shop', code: `${county.code}-${village.id}`, name: '白水江合作社', detail: `武都区${county.code}` }, q);
  }
  assert.ok(fine(await asked('wd'), 200).items.some(({ kind, code }) => kind === 'place' && code === county.code));
  const kinds = fine(await asked('walnut'), 200).items.map(({ kind }) => kind);
  assert.equal(kinds[0], 'category');
  const found = fine(await asked('ht'), 200).items;
  assert.ok(found.length <= 8);
  assert.ok(found.some(({ kind, name }) => kind === 'product' && name === '核桃仁'));
});

test('a_shop_that_closed_or_a_sign_is_no_suggestion', async () => {
  assert.deepEqual(fine(await asked('!?'), 200).items, []);
  refused(await shop.get('/suggestions'), 422, 'invalid');
  const other = await aShop(shop, county, { name: '黄土坡小店' });
  await aProduct(shop, other, { name: '蜂蜜' });
  await shop.once('catalog/suggest');
  assert.equal(fine(await asked('黄土坡'), 200).items.length, 1);
  await shop.sql`UPDATE shops SET state = 'suspended' WHERE id = ${other.id}`;
  await shop.once('catalog/suggest');
  assert.equal(fine(await asked('黄土'), 200).items.length, 0);
});

test('goods_go_by_price_both_ways_page_after_page', async () => {
  const ordered = async (sort) => {
    const all = [];
    for (let cursor; ;) {
      const page = fine(await shop.get('/products', { query: { sort, area: county.code, limit: 1, ...(cursor && { cursor }) } }), 200);
      all.push(...page.items.map(({ name }) => name));
      if (!(cursor = page.next_cursor)) return all;
    }
  };
  assert.deepEqual(await ordered('price'), [...newestOf('干核桃', '核桃'), '核桃仁']);
  assert.deepEqual(await ordered('price-desc'), ['核桃仁', ...newestOf('干核桃', '核桃')]);
  assert.deepEqual(await ordered('new'), newest);
  assert.deepEqual(names(await shop.get('/products', { query: { q: 'ht', sort: 'price', in_stock: true } })), ['核桃', '核桃仁']);
  assert.deepEqual(names(await shop.get('/products', { query: { in_stock: true, area: county.code } })), newestOf('核桃仁', '核桃'));
  refused(await shop.get('/products', { query: { sort: 'luck' } }), 422, 'invalid');
});

test('the_first_page_is_one_question', async () => {
  const home = fine(await shop.get('/home'), 200);
  assert.deepEqual(home.season.map(({ name }) => name).sort(), ['核桃', '核桃仁']);
  assert.equal(home.categories[0].products_count, 3);
  const place = home.places.find(({ area_code }) => area_code === county.code);
  assert.equal(place.products_count, 3);
  assert.equal(place.townships[0].products_count, 3);
  assert.ok(home.shops.some(({ name }) => name === '白水江合作社'));
});
