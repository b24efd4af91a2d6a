// What everyone may see of a county: no figure, and no difference of two, is about fewer than five households.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { aCounty, aSmallShop, day } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const seed = Number(process.env.SHANHUO_SEED ?? 20161017), lastYear = Number(day().slice(0, 4)) - 1;
const nothing = '00000000-0000-0000-0000-000000000000';

function dice(from) {
  let state = from >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** Sales of a year as the rollups keep them: [{ month, township, category, household, fen }]. Few households on purpose. */
function aYear(roll, townships, categories) {
  const households = Array.from({ length: 3 + roll(14) }, () => ({ id: randomUUID(), township: townships[roll(townships.length)] }));
  return Array.from({ length: 12 }, (_, at) => `${lastYear}-${String(at + 1).padStart(2, '0')}-01`).flatMap((month) =>
    households.filter(() => roll(10) < 3 + roll(6)).map((household) => ({
      month, household: household.id, township: household.township, category: categories[roll(categories.length)], fen: 100 + roll(100_000) })));
}

async function write(county, products, sales) {
  const rows = (of) => `jsonb_to_recordset('${JSON.stringify(of)}'::jsonb)`;
  const summed = new Map();
  for (const one of sales)
    for (const [level, dimension, area, key] of [[6, 'total', county.code, ''], [9, 'total', one.township, ''], [6, 'product', county.code, products[one.category]]]) {
      const name = [level, dimension, area, one.month, key].join();
      const row = summed.get(name) ?? { level, dimension, area, month: one.month, key, fen: 0 };
      summed.set(name, { ...row, fen: row.fen + one.fen });
    }
  await server.sql(`INSERT INTO household_months (county, month, household_id, shop_id, product_id, area_code, status, sale_fen)
    SELECT '${county.code}', r.month, r.household, '${nothing}', r.product, r.village, 'registered', r.fen
    FROM ${rows(sales.map((one) => ({ ...one, product: products[one.category], village: `${one.township}200` })))} AS r (month date, household uuid, product uuid, village text, fen bigint)`);
  await server.sql(`INSERT INTO area_months (county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen)
    SELECT '${county.code}', r.level, r.dimension, r.area, r.month, r.key, r.fen, r.fen, 0, 0, r.fen, 0
    FROM ${rows([...summed.values()])} AS r (level smallint, dimension text, area text, month date, key text, fen bigint)`);
}
const forget = (county) => server.sql(`DELETE FROM household_months WHERE county = '${county.code}'`)
  .then(() => server.sql(`DELETE FROM area_months WHERE county = '${county.code}'`));

let asked = 0;
/** All rows; each question asks for pages of another size, because the same question is answered from the cache. */
const parts = async (county, by, year = lastYear) => {
  const items = [], limit = 20 + (asked++ % 80);
  for (let cursor; ;) {
    const page = fine(await server.get('/stats/parts', { query: { county: county.code, by, year, limit, ...(cursor && { cursor }) } }));
    items.push(...page.items);
    if (!page.next_cursor) return items;
    cursor = page.next_cursor;
  }
};
const fenOf = (sales) => sales.reduce((sum, { fen }) => sum + fen, 0);
const peopleOf = (sales) => new Set(sales.map(({ household }) => household)).size;
const quarterOf = (month) => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

async function aCountyWithGoods() {
  const { county, product } = await aSmallShop(server);
  const townships = [100, 101, 102, 103].map((at) => `${county.code}${at}`), categories = ['walnut', 'honey', 'pepper'];
  await server.sql(`INSERT INTO areas (code, parent_code, name, kind, valid_from, source)
    SELECT c, '${county.code}', '试乡' || c, 'township', '2010-01-01', 'test' FROM unnest('{${townships}}'::text[]) AS c ON CONFLICT DO NOTHING`);
  await server.sql(`INSERT INTO categories (code, name_zh, name_en, base_unit) VALUES ('honey', '蜂蜜', 'Honey', 'g'), ('pepper', '花椒', 'Pepper', 'g') ON CONFLICT DO NOTHING`);
  const [known] = await server.sql`SELECT * FROM products WHERE county = ${county.code} AND id = ${product.id}`;
  const products = { walnut: product.id };
  for (const category of categories.slice(1)) {
    const made = { ...known, id: randomUUID(), category_code: category };
    delete made.search_text;
    await server.insert('products', made);
    products[category] = made.id;
  }
  return { county, townships, categories, products };
}

test('whatever sold, no table nor the difference of two tells of fewer than five households', async (t) => {
  const { county, townships, categories, products } = await aCountyWithGoods();
  for (let round = 0; round < 25; round++) {
    const sales = aYear(dice(seed + round), townships, categories);
    await write(county, products, sales);
    const months = await parts(county, 'month');
    for (const month of months) {
      const of = sales.filter((one) => one.month.startsWith(month.period)), people = peopleOf(of);
      assert.equal(month.state, people >= 1 && people <= 4 ? 'few' : 'told', `seed ${seed + round} ${month.period}`);
      assert.deepEqual([month.sales_fen, month.households], month.state === 'few' ? [null, '<5'] : [fenOf(of), String(people)]);
    }
    const told = sales.filter((one) => months.some(({ period, state }) => state === 'told' && one.month.startsWith(period)));
    for (const [by, field] of [['area', 'township'], ['category', 'category']]) {
      const rows = await parts(county, by);
      for (const quarter of new Set(told.map(({ month }) => quarterOf(month)))) {
        const of = told.filter(({ month }) => quarterOf(month) === quarter), cells = rows.filter(({ period }) => period === quarter);
        assert.deepEqual(new Set(cells.map(({ key }) => key)), new Set(of.map((one) => one[field])), `seed ${seed + round}`);
        const hidden = cells.filter(({ state }) => state !== 'told'), shown = cells.filter(({ state }) => state === 'told');
        for (const cell of shown) {
          const inCell = of.filter((one) => one[field] === cell.key);
          assert.deepEqual([cell.sales_fen, cell.households], [fenOf(inCell), String(peopleOf(inCell))]);
          assert.ok(peopleOf(inCell) >= 5, `seed ${seed + round} ${by} ${quarter} ${cell.key}`);
        }
        for (const cell of hidden) assert.deepEqual([cell.sales_fen, cell.counted_fen, cell.due_fen], [null, null, null]);
        // What the whole less the shown tells is about two parts at least, and five households.
        const behind = of.filter((one) => hidden.some(({ key }) => key === one[field]));
        if (hidden.length > 0) assert.ok(hidden.length >= 2 && peopleOf(behind) >= 5, `seed ${seed + round} ${by} ${quarter}: ${hidden.length} hidden, ${peopleOf(behind)} households`);
        assert.equal(fenOf(of) - fenOf(behind), shown.reduce((sum, { sales_fen }) => sum + sales_fen, 0));
      }
    }
    await forget(county);
  }
  t.diagnostic(`25 years from seed ${seed}`);
});

test('a month is told from the tenth of the next on, a quarter when its last month is; what is not over stays unsaid', async () => {
  const county = await aCounty(server);
  assert.deepEqual(await parts(county, 'month', lastYear + 1), []);
  const now = `${day().slice(0, 7)}-01`;
  await server.sql(`INSERT INTO area_months (county, level, dimension, area_code, month, key, sale_fen, counted_fen, refund_fen, counted_refund_fen, due_fen, paid_fen)
    VALUES ('${county.code}', 6, 'total', '${county.code}', '${now}', '', 100, 0, 0, 0, 0, 0)`);
  assert.deepEqual(await parts(county, 'month', lastYear + 1), []);
  await forget(county);
});

test('a wrong question says where it is wrong; a county without sales answers nothing', async () => {
  const county = await aCounty(server);
  for (const query of [{ county: '12', by: 'month', year: lastYear }, { county: county.code, by: 'household', year: lastYear }, { county: county.code, by: 'month', year: 1999 }, { county: county.code, by: 'month' }])
    refused(await server.get('/stats/parts', { query }), 422, 'invalid');
  for (const by of ['month', 'area', 'category']) assert.deepEqual(await parts(county, by), []);
});

test('the figures come as CSV for everyone', async () => {
  const county = await aCounty(server), answer = await server.get('/stats/parts', { query: { county: county.code, by: 'month', year: lastYear, format: 'csv' } });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /text\/csv/);
});
