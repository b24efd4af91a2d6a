// Products from a file: in our columns and in Shopify's, checked before anything is written, the same file twice makes nothing twice.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCounty, anOfficer, anOperator, aProduct, aShop } from './builders.mjs';
import { anXlsx, bookParts, zipOf } from './sheets.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const CSV = 'text/csv';

async function aPlace() {
  const county = await aCounty(server), shop = await aShop(server, county);
  return { county, shop, operator: await anOperator(server, shop), officer: await anOfficer(server, county) };
}
const quoted = (cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell));
const csv = (names, rows) => [names, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
const upload = (who, shop, content, query = {}, type = CSV) =>
  who.post(`/shops/${shop.shop_id}/product-imports`, Buffer.from(content), { query, headers: { 'content-type': type } });
/** Hands a file in, lets the job work it, and answers what became of it. */
async function imported({ operator, shop }, content, query = {}, type = CSV) {
  const asked = fine(await upload(operator, shop, content, query, type), 202);
  await server.once('catalog/product_imports');
  return fine(await operator.get(`/product-imports/${asked.import_id}`));
}
const taken = (place, content, query = {}) => imported(place, content, { dry_run: false, ...query });
const problems = ({ problems: list }, kind = 'error') => list.filter((one) => one.kind === kind).map(({ row, column, code }) => [row, column, code]);
const counts = ({ products_made, products_changed, products_same, offers_made, offers_changed, offers_same }) =>
  [products_made, products_changed, products_same, offers_made, offers_changed, offers_same];
const rowsOf = async ({ shop }) => ({
  products: await server.sql`SELECT handle, name, category_code, description, state, gross_weight_ppm, proposed_by IS NOT NULL AS proposed, words @> ARRAY['hetao'] AS found
                             FROM products WHERE shop_id = ${shop.id} ORDER BY name`,
  offers: await server.sql`SELECT sku, name, grade, pack_qty::int, price_fen::int, packs_per_buyer_max AS most, version FROM offers WHERE shop_id = ${shop.id} ORDER BY sku, name`,
});
const ours = ['handle', 'name', 'category_code', 'description', 'sku', 'pack_name', 'grade', 'pack_qty', 'gross_g', 'price_yuan', 'packs_per_buyer_max'];
const two = csv(ours, [
  ['walnut-1', '薄皮核桃', 'walnut', '当年新货', 'W500', '500 克袋', '一级', 500, 550, '19.90', 10],
  ['walnut-1', '', '', '', 'W1000', '1 公斤袋', '一级', 1000, '', '36', ''],
  ['', '核桃仁', '核桃', '', 'K250', '', '一级', 250, '', '25.5', ''],
]);

test('a dry run says what would be made and changes nothing; the real run makes it, as proposed', async () => {
  const place = await aPlace();
  const dry = await imported(place, two);
  assert.deepEqual([dry.state, dry.dry_run, dry.rows_read, dry.rows_taken, ...counts(dry)], ['done', true, 3, 3, 2, 0, 0, 3, 0, 0]);
  assert.deepEqual((await rowsOf(place)).products, []);

  const done = await taken(place, two, { file_name: 'goods.csv' });
  assert.deepEqual([done.state, done.format, done.encoding, done.file_name, ...counts(done)], ['done', 'own', 'UTF-8', 'goods.csv', 2, 0, 0, 3, 0, 0]);
  const { products, offers } = await rowsOf(place);
  assert.deepEqual(products.map(({ handle, name, state, gross_weight_ppm, proposed, found }) => [handle, name, state, gross_weight_ppm, proposed, found]),
    [[null, '核桃仁', 'proposed', 1_000_000, true, true], ['walnut-1', '薄皮核桃', 'proposed', 1_100_000, true, true]]);
  assert.deepEqual(offers.map(({ sku, name, grade, pack_qty, price_fen, most }) => [sku, name, grade, pack_qty, price_fen, most]),
    [['K250', '250 克', '一级', 250, 2550, 999], ['W1000', '1 公斤袋', '一级', 1000, 3600, 999], ['W500', '500 克袋', '一级', 500, 1990, 10]]);
});

test('what was proposed by a file is shown only once the county has approved it', async () => {
  const place = await aPlace();
  await taken(place, two);
  assert.equal(fine(await server.get('/products', { query: { area: place.county.code } })).items.length, 0);
  const { items } = fine(await place.operator.get(`/shops/${place.shop.shop_id}/products`));
  fine(await place.officer.post(`/products/${items.find(({ handle }) => handle === 'walnut-1').product_id}/decide`, { accepted: true }));
  const shown = fine(await server.get('/products', { query: { area: place.county.code, q: 'hetao' } })).items;
  assert.deepEqual(shown.map(({ name, price_fen, stock }) => [name, price_fen, stock]), [['薄皮核桃', 1990, 'sold_out']]);
});

test('the same file twice makes nothing twice, and a changed one changes what it says', async () => {
  const place = await aPlace();
  await taken(place, two);
  const again = await taken(place, two);
  assert.deepEqual(counts(again), [0, 0, 2, 0, 0, 3]);
  const changed = await taken(place, csv(['handle', 'name', 'category_code', 'sku', 'pack_name', 'grade', 'pack_qty', 'price_yuan'],
    [['walnut-1', '成县薄皮核桃', 'walnut', 'W500', '500 克袋', '一级', 500, '21.00'], ['', '核桃仁', 'walnut', 'K250', '', '一级', 250, '25.50']]));
  assert.deepEqual(counts(changed), [0, 1, 1, 0, 1, 1]);
  const { products, offers } = await rowsOf(place);
  assert.deepEqual(products.map(({ name, description }) => [name, description]), [['成县薄皮核桃', '当年新货'], ['核桃仁', '']]);
  assert.deepEqual(offers.map(({ sku, price_fen, version }) => [sku, price_fen, version]), [['K250', 2550, 1], ['W1000', 3600, 1], ['W500', 2100, 2]]);
});

test('a product renamed without a handle is known by the SKU of its pack', async () => {
  const place = await aPlace();
  await taken(place, two);
  const renamed = await taken(place, csv(ours, [['', '山核桃仁', 'walnut', '', 'K250', '', '一级', 250, '', '25.5', '']]));
  assert.deepEqual(counts(renamed), [0, 1, 0, 0, 0, 1]);
});

test('each wrong row says where and why; nothing is written unless bad ones are to be skipped', async () => {
  const place = await aPlace();
  const mixed = csv(ours, [
    ['ok', '好核桃', 'walnut', '', 'A1', '一斤', '一级', 500, '', '10', ''],
    ['no-category', '石头', 'stone', '', 'A2', '一斤', '一级', 500, '', '10', ''],
    ['no-price', '核桃二', 'walnut', '', 'A3', '一斤', '一级', 500, '', '', ''],
    ['bad-price', '核桃三', 'walnut', '', 'A4', '一斤', '一级', 500, '', '十元', ''],
    ['part', '核桃四', 'walnut', '', 'A5', '一斤', '一级', '500.5', '', '10', ''],
    ['long', '核'.repeat(61), 'walnut', '', 'A6', '一斤', '一级', 500, '', '10', ''],
    ['', '', 'walnut', '', 'A7', '一斤', '一级', 500, '', '10', ''],
    ['again', '核桃五', 'walnut', '', 'A1', '一斤', '一级', 500, '', '10', ''],
    ['free', '核桃六', 'walnut', '', 'A8', '一斤', '一级', 500, '', '0', 1000],
  ]);
  const refusedRun = await taken(place, mixed);
  assert.equal(refusedRun.state, 'refused');
  assert.deepEqual(problems(refusedRun), [[3, 'category_code', 'not-found'], [4, 'price_yuan', 'required'], [5, 'price_yuan', 'not-a-number'],
    [6, 'pack_qty', 'not-whole'], [7, 'name', 'too-long'], [8, 'name', 'required'], [9, 'sku', 'repeated'], [10, 'price_yuan', 'below-min'], [10, 'packs_per_buyer_max', 'above-max']]);
  assert.deepEqual([refusedRun.rows_taken, ...counts(refusedRun)], [0, 1, 0, 0, 1, 0, 0]);
  assert.deepEqual((await rowsOf(place)).products, []);
  for (const [language, words] of [['en', 'There is no such thing'], ['zh-CN', '没有找到']]) {
    const told = fine(await place.operator.get(`/product-imports/${refusedRun.import_id}`, { headers: { 'accept-language': language } }));
    assert.equal(told.problems[0].message, words);
  }

  const skipped = await taken(place, mixed, { skip_bad: true });
  assert.deepEqual([skipped.state, skipped.rows_taken, skipped.errors_count], ['done', 1, 9]);
  assert.deepEqual((await rowsOf(place)).products.map(({ handle }) => handle), ['ok']);
});

test('what a file may not change of goods that are there', async () => {
  const place = await aPlace();
  await server.sql`INSERT INTO categories (code, name_zh, name_en, base_unit) VALUES ('egg', '鸡蛋', 'Eggs', 'piece') ON CONFLICT DO NOTHING`;
  await taken(place, two);
  const wrong = await taken(place, csv(ours, [
    ['walnut-1', '薄皮核桃', 'egg', '', 'W500', '500 克袋', '一级', 500, '', '19.90', ''],
    ['', '核桃仁', 'walnut', '', 'K250', '', '二级', 300, '', '25', ''],
    ['', '新核桃', 'walnut', '', 'W1000', '1 公斤袋', '一级', 1000, '', '36', ''],
    ['', '新核桃', 'walnut', '', 'N1', '小袋', '一级', 100, '', '5', ''],
  ]));
  assert.deepEqual(problems(wrong), [[2, 'category_code', 'cannot-change'], [3, 'grade', 'cannot-change']].concat([]));
  const withdrawn = await aProduct(server, place.shop, { name: '旧品', handle: 'old', state: 'withdrawn' });
  const back = await taken(place, csv(['handle', 'name', 'category_code'], [['old', '旧品', 'walnut']]));
  assert.deepEqual(problems(back), [[2, 'handle', 'wrong-state']]);
  assert.ok(withdrawn.id);
  await aProduct(server, place.shop, { name: '同名' });
  await aProduct(server, place.shop, { name: '同名' });
  assert.deepEqual(problems(await taken(place, csv(['name', 'category_code'], [['同名', 'walnut']]))), [[2, 'name', 'several-of-name']]);
});

const shopify = ['Handle', 'Title', 'Body (HTML)', 'Vendor', 'Product Category', 'Type', 'Tags', 'Published', 'Option1 Name', 'Option1 Value', 'Variant SKU', 'Variant Grams',
  'Variant Inventory Tracker', 'Variant Inventory Qty', 'Variant Price', 'Variant Taxable', 'Image Src', 'Image Position', 'Gift Card', 'Status'];
const variant = (cells) => shopify.map((name) => cells[name] ?? '');

test('a Shopify file is understood, and says what it leaves out', async () => {
  const place = await aPlace();
  const file = csv(shopify, [
    variant({ Handle: 'thin-walnut', Title: '薄皮核桃', 'Body (HTML)': '<p>当年<b>新货</b> &amp; 香</p>', Vendor: '成县', 'Product Category': 'Food > Nuts > Walnuts', Tags: '坚果, 新货', Published: 'TRUE',
      'Option1 Name': 'Size', 'Option1 Value': '小袋', 'Variant SKU': 'S1', 'Variant Grams': '500.0', 'Variant Inventory Tracker': 'shopify', 'Variant Inventory Qty': 40, 'Variant Price': '19.90', 'Image Src': 'https://cdn.example/1.jpg', 'Image Position': 1, Status: 'active' }),
    variant({ Handle: 'thin-walnut', 'Option1 Value': '大袋', 'Variant SKU': 'S2', 'Variant Grams': 1000, 'Variant Price': '36.00' }),
    variant({ Handle: 'thin-walnut', 'Image Src': 'https://cdn.example/2.jpg', 'Image Position': 2 }),
    variant({ Handle: 'plain', Title: '核桃油渣', 'Option1 Name': 'Title', 'Option1 Value': 'Default Title', 'Variant Grams': 250, 'Variant Price': '5', Status: 'draft' }),
    variant({ Handle: 'gone', Title: '下架', Status: 'archived' }),
  ]);
  const done = await taken(place, file, { category_code: 'walnut', grade: '一级' });
  assert.deepEqual([done.state, done.format, done.rows_read, ...counts(done)], ['done', 'shopify', 5, 2, 0, 0, 3, 0, 0], JSON.stringify(done.problems));
  const notices = problems(done, 'notice').map(([, column, code]) => `${column}: ${code}`).sort();
  for (const one of ['Image Src: images-not-fetched', 'Variant Inventory Qty: stock-from-lots', 'Vendor: column-ignored', 'Tags: column-ignored', 'Body (HTML): markup-removed', 'Status: row-archived'])
    assert.ok(notices.includes(one), one);
  const { products, offers } = await rowsOf(place);
  assert.deepEqual(products.map(({ handle, description }) => [handle, description]), [['plain', ''], ['thin-walnut', '当年 新货 & 香']]);
  assert.deepEqual(offers.map(({ sku, name, pack_qty, price_fen, grade }) => [sku, name, pack_qty, price_fen, grade]),
    [['S1', '小袋', 500, 1990, '一级'], ['S2', '大袋', 1000, 3600, '一级'], [null, '250 克', 250, 500, '一级']]);
  assert.deepEqual(counts(await taken(place, file, { category_code: 'walnut', grade: '一级' })), [0, 0, 2, 0, 0, 3]);
});

test("Shopify's columns of today are the same to us", async () => {
  const place = await aPlace();
  const done = await imported(place, csv(['Title', 'URL handle', 'Description', 'Type', 'SKU', 'Option1 name', 'Option1 value', 'Price', 'Inventory quantity', 'Weight value (grams)', 'Product image URL', 'SEO title', 'Color (product.metafields.shopify.color-pattern)'],
    [['薄皮核桃', 'w', '新货', 'Walnuts', 'S1', 'Size', '一袋', '9.9', 3, 500, 'https://cdn.example/1.jpg', '', '']]));
  assert.deepEqual([done.format, ...counts(done)], ['shopify', 1, 0, 0, 1, 0, 0], JSON.stringify(done.problems));
  assert.deepEqual(problems(done, 'notice').map(([, , code]) => code).sort(), ['grade-assumed', 'images-not-fetched', 'stock-from-lots']);
});

test('a file as a Chinese spreadsheet writes it, GB18030 with our Chinese headings, is read too', async () => {
  const place = await aPlace();
  const gb = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: csv(['商品名称', '类目', '规格', '等级', '每包数量', '单价元'], [['薄皮核桃', '核桃', '一斤', '一级', 500, '19.9']]) });
  const done = await taken(place, gb);
  assert.deepEqual([done.state, done.encoding, ...counts(done)], ['done', 'GB18030', 1, 0, 0, 1, 0, 0]);
});

test('files nobody can read stop at the first fault, with its place', async () => {
  const place = await aPlace();
  const head = 'name,category_code\n';
  for (const [content, code, row] of [
    [Buffer.from([0xff, 0xfe, 0x00, 0x81, 0xff]), 'csv-encoding', 0], ['name,weight\n核桃,3\n', 'csv-unknown-column', 1], ['name,name\n', 'csv-repeated-column', 1],
    ['category_code\nwalnut\n', 'csv-missing-column', 1], ['\n\n', 'csv-empty', 0], [`${head}"核桃`, 'csv-quote', 2],
    [head + '核桃,walnut\n'.repeat(10_001), 'file-too-many-rows', 10_002],
    [`name${',x'.repeat(200)}\n`, 'csv-too-many-columns', 1], [`${head}"${'核'.repeat(30_000)}",walnut\n`, 'csv-row-too-long', 2],
  ]) {
    const done = await taken(place, content, { skip_bad: true });
    assert.equal(done.state, 'refused', code);
    assert.deepEqual([done.problems[0].code, done.problems[0].row], [code, row]);
  }
  assert.deepEqual((await rowsOf(place)).products, []);
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const sheet = (place, bytes, query = {}) => imported(place, bytes, { dry_run: false, ...query }, XLSX);

test('an XLSX file is read as the CSV is: first visible sheet, numbers as shown, empty rows counted', async () => {
  const place = await aPlace();
  const done = await sheet(place, anXlsx([ours, ['walnut-1', '薄皮核桃', 'walnut', '一 & 二 <三>', 'W500', '500 克袋', '一级', 500, 550, 19.899999999999999, 10], null,
    ['walnut-1', '', '', '', 'W1000', '1 公斤袋', '一级', 1000, '', 36], ['', '核桃仁', '核桃', '', { raw: '<c t="inlineStr"><is><t>K250</t></is></c>' }, '', '一级', 2.5e2, '', { raw: '<c t="str"><f>1+1</f><v>25.5</v></c>' }],
    ['坏', '坏核桃', 'walnut', '', '', '', '一级', 250, '', { raw: '<c t="e"><v>#N/A</v></c>' }]]), { skip_bad: true });
  assert.deepEqual([done.state, done.encoding, ...counts(done)], ['done', 'XLSX', 2, 0, 0, 3, 0, 0], JSON.stringify(done.problems));
  assert.deepEqual(problems(done), [[6, 'price_yuan', 'not-a-number']]);
  const { products, offers } = await rowsOf(place);
  assert.deepEqual(products.map(({ name, description }) => [name, description]), [['核桃仁', ''], ['薄皮核桃', '一 & 二 <三>']]);
  assert.deepEqual(offers.map(({ sku, price_fen, pack_qty }) => [sku, price_fen, pack_qty]), [['K250', 2550, 250], ['W1000', 3600, 1000], ['W500', 1990, 500]]);
  assert.deepEqual(counts(await taken(place, two)), [0, 1, 1, 0, 0, 3]);
});

test('XLSX files that mean harm are refused, and the job lives', async () => {
  const place = await aPlace();
  const good = bookParts([['name', 'category_code'], ['核桃', 'walnut']]);
  const entity = (part, content) => zipOf({ ...good, [part]: content });
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`xl/media/${i}`, '']));
  const nested = `<worksheet>${'<a>'.repeat(60)}`;
  for (const [name, bytes, code] of [
    ['external entity', entity('xl/worksheets/sheet2.xml', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&e;</v></c></row></sheetData></worksheet>'), 'xlsx-doctype'],
    ['billion laughs', entity('xl/sharedStrings.xml', `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${'&a;'.repeat(10)}">]><sst><si><t>&b;</t></si></sst>`), 'xlsx-doctype'],
    ['bomb', entity('xl/worksheets/sheet2.xml', `<worksheet><sheetData>${' '.repeat(64 * 1024 * 1024)}`), 'xlsx-too-large'],
    ['bomb that lies', zipOf({ ...good, 'xl/sharedStrings.xml': `<sst>${' '.repeat(64 * 1024 * 1024)}` }, { lies: { 'xl/sharedStrings.xml': { size: 10 } } }), undefined],
    ['too many entries', zipOf({ ...good, ...many }), 'xlsx-too-large'],
    ['too deep', entity('xl/worksheets/sheet2.xml', nested), 'xlsx-too-large'],
    ['no XML', entity('xl/worksheets/sheet2.xml', '<worksheet><sheetData></worksheet>'), 'xlsx-broken'],
    ['rows backwards', entity('xl/worksheets/sheet2.xml', '<worksheet><sheetData><row r="5"/><row r="2"/></sheetData></worksheet>'), 'xlsx-broken'],
    ['string that is not there', entity('xl/worksheets/sheet2.xml', '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>'), 'xlsx-broken'],
    ['a column far out', entity('xl/worksheets/sheet2.xml', '<worksheet><sheetData><row r="1"><c r="ZZ1"><v>1</v></c></row></sheetData></worksheet>'), 'csv-too-many-columns'],
    ['no workbook', zipOf({ 'a.txt': 'a' }), 'xlsx-broken'],
    ['cut short', zipOf(good).subarray(0, 300), 'xlsx-broken'],
    ['old .xls', Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), 'xlsx-old'],
    ['too many rows', anXlsx([['name', 'category_code'], ...Array(10_001).fill(['核桃', 'walnut'])]), 'file-too-many-rows'],
  ]) {
    const done = await sheet(place, bytes);
    assert.equal(done.state, 'refused', name);
    if (code) assert.equal(done.problems[0].code, code, name);
    else assert.match(done.problems[0].code, /^xlsx-/, name);
  }
  assert.deepEqual((await rowsOf(place)).products, []);
});

test('who may hand in and who may look', async () => {
  const place = await aPlace(), other = await aPlace();
  refused(await upload(other.operator, place.shop, two), 404, 'not-found');
  refused(await upload(place.officer, place.shop, two), 403, 'forbidden');
  refused(await upload(place.operator, place.shop, ''), 422, 'invalid');
  refused(await upload(place.operator, place.shop, '{}', {}, 'application/json'), 415, 'unsupported-media-type');
  refused(await upload(place.operator, place.shop, Buffer.alloc(8 * 1024 * 1024 + 1, 'a')), 413, 'too-large');
  refused(await upload(place.operator, place.shop, two, { dry_run: 'perhaps' }), 422, 'invalid');
  const { import_id } = await imported(place, two);
  fine(await place.officer.get(`/product-imports/${import_id}`));
  refused(await other.operator.get(`/product-imports/${import_id}`), 404, 'not-found');
  refused(await other.officer.get(`/product-imports/${import_id}`), 404, 'not-found');
  assert.equal(fine(await place.operator.get(`/shops/${place.shop.shop_id}/product-imports`)).items[0].import_id, import_id);
  assert.equal(fine(await other.operator.get(`/shops/${place.shop.shop_id}/product-imports`)).items.length, 0);
});

test('a shop that was closed meanwhile gets nothing, and says so', async () => {
  const place = await aPlace();
  const asked = fine(await upload(place.operator, place.shop, two, { dry_run: false }), 202);
  await server.sql`UPDATE shops SET state = 'suspended' WHERE id = ${place.shop.id}`;
  await server.once('catalog/product_imports');
  const done = fine(await place.operator.get(`/product-imports/${asked.import_id}`));
  assert.deepEqual([done.state, done.failure], ['refused', 'wrong-state']);
});

test('a file that was begun too often is given up', async () => {
  const place = await aPlace();
  const asked = fine(await upload(place.operator, place.shop, two, { dry_run: false }), 202);
  await server.sql`UPDATE imports SET attempts = 5 WHERE id = ${asked.import_id.slice(7)}`;
  await server.once('catalog/product_imports');
  const done = fine(await place.operator.get(`/product-imports/${asked.import_id}`));
  assert.deepEqual([done.state, done.failure], ['refused', 'internal']);
});

test('the template is read back in both languages', async () => {
  const place = await aPlace();
  for (const language of ['zh-CN', 'en']) {
    const { text } = await place.operator.get('/product-imports/template.csv', { headers: { 'accept-language': language } });
    assert.match(text, language === 'en' ? /name,category_code/ : /商品名称,类目/);
    const done = await imported(place, `${text}a,核桃,walnut,新货,S1,一斤,一级,500,510,19.9,5\r\n`);
    assert.deepEqual([done.state, ...counts(done)], ['done', 1, 0, 0, 1, 0, 0], JSON.stringify(done.problems));
  }
});

test('a SKU and a handle can be given by hand too, and are nobody else’s in this shop', async () => {
  const { shop, operator, officer } = await aPlace();
  const { product_id } = fine(await operator.post(`/shops/${shop.shop_id}/products`, { name: '核桃', category_code: 'walnut', handle: 'w' }), 201);
  refused(await operator.post(`/shops/${shop.shop_id}/products`, { name: '核桃', category_code: 'walnut', handle: 'w' }), 409, 'taken');
  fine(await officer.post(`/products/${product_id}/decide`, { accepted: true }));
  const body = { product_id, name: '一斤', grade: '一级', pack_qty: 500, price_fen: 100, sku: 'S' };
  const { offer_id } = fine(await operator.post(`/shops/${shop.shop_id}/offers`, body), 201);
  refused(await operator.post(`/shops/${shop.shop_id}/offers`, body), 409, 'taken');
  fine(await operator.patch(`/offers/${offer_id}`, { sku: 'S2' }, { version: 1, key: randomUUID() }));
  assert.equal(fine(await operator.get(`/shops/${shop.shop_id}/offers`)).items[0].sku, 'S2');
});
