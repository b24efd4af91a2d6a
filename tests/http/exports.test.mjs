// Lists and reports as files: the same numbers in JSON, CSV, XLSX and PDF, in words for an accountant, nothing a spreadsheet would run.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { aBuyer, aCounty, anOfficer, anOperator, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop, day } from './builders.mjs';
import { sheetRows, unzip } from './sheets.mjs';
import { aServer, fine, refused, unique } from './support.mjs';

const server = await aServer();
const period = { from: day(-300), to: day(64) };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The bytes of a file, asked for as `who`. */
async function fileOf(who, where, query = {}, headers = {}) {
  const url = new URL(`${server.origin}/api/v1${where}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const response = await fetch(url, { headers: { ...(who.who.token ? { authorization: `Bearer ${who.who.token}` } : {}), 'accept-language': 'zh-CN', ...headers } });
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.equal(response.status, 200, bytes.toString().slice(0, 400));
  return { bytes, type: response.headers.get('content-type'), name: response.headers.get('content-disposition') };
}
async function pdfText(bytes) {
  const file = path.join(server.folder, `${unique('file')}.pdf`);
  await writeFile(file, bytes);
  return execFileSync('pdftotext', ['-layout', file, '-']).toString();
}
const csvRows = (text) => text.replace(/^\uFEFF/, '').trim().split('\r\n').map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => (quoted === undefined ? bare : quoted.replaceAll('""', '"'))));
const yuan = (fen) => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** Heads and rows of the table below its facts. */
function tableOf(rows, first) {
  const at = rows.findIndex(([head]) => head === first);
  assert.ok(at >= 0, JSON.stringify(rows.slice(0, 20)));
  return { facts: Object.fromEntries(rows.slice(1, at).filter(([name]) => name)), heads: rows[at], rows: rows.slice(at + 1) };
}

async function aSale() {
  const setting = await aSmallShop(server, { platform_fee_ppm: 20_000 });
  await aPaidOrder(server, setting, { packs: 7 });
  for (const job of ['impact/fold', 'impact/reconcile']) await server.once(job);
  return { ...setting, officer: await anOfficer(server, setting.county) };
}

test('the sales report says the same in JSON, CSV, XLSX and PDF', async () => {
  const { county, officer, shop } = await aSale();
  const query = { area: county.code, ...period, by: 'shop' };
  const { items } = fine(await officer.get('/reports/sales', { query }));
  const [csv, xlsx, pdf] = await Promise.all(['csv', 'xlsx', 'pdf'].map((format) => fileOf(officer, '/reports/sales', { ...query, format })));
  const lines = csvRows(csv.bytes.toString());
  const at = lines[0].indexOf('line_gross_fen');
  assert.deepEqual(lines.slice(1).map((line) => Number(line[at])), items.map((row) => row.line_gross_fen));

  assert.equal(xlsx.type, XLSX);
  assert.equal(xlsx.name, 'attachment; filename="sales.xlsx"');
  const sheet = sheetRows(xlsx.bytes);
  assert.equal(sheet[0][0], '消费扶贫销售统计表');
  const { facts, heads, rows } = tableOf(sheet, '分组键');
  assert.deepEqual([facts['行政区划'], facts['起始日'], facts['截止日'], facts['核对结果']], [`${county.code} 试市 试县${county.code}`, period.from, period.to, '账实相符']);
  assert.match(facts['证据说明'], /销售额不是收入/);
  assert.ok(facts['口径版本'] && facts['数据时间']);
  const cell = (row, head) => row[heads.indexOf(head)];
  for (const [name, head] of [['line_gross_fen', '销售额（元）'], ['due_fen', '应付农户（元）'], ['net_sales_fen', '净销售额（元）']])
    assert.deepEqual(rows.map((row) => Math.round(cell(row, head) * 100)), items.map((row) => row[name]), head);
  assert.deepEqual(rows.map((row) => cell(row, '受益户数')), items.map((row) => row.households_count));
  assert.equal(cell(rows[1], '计入帮扶比例'), items[1].tagged_share_ppm / 1_000_000);

  assert.equal(pdf.type, 'application/pdf');
  const words = await pdfText(pdf.bytes);
  for (const said of ['消费扶贫销售统计表', `试县${county.code}`, period.from, period.to, '账实相符', '销售额不是收入', '第 1 页，共 1 页', shop.name]) assert.ok(words.includes(said), said);
  for (const row of items) for (const name of ['line_gross_fen', 'due_fen', 'net_sales_fen']) assert.ok(words.includes(yuan(row[name])), `${name} ${row[name]}`);
});

test('the income report too, and what is not known stays empty', async () => {
  const { county, officer, household } = await aSale();
  await server.sql`UPDATE households SET head_name_masked = '王*' WHERE id = ${household.id}`;
  const query = { area: county.code, ...period };
  const report = fine(await officer.get('/reports/income', { query }));
  const [csv, xlsx, pdf] = await Promise.all(['csv', 'xlsx', 'pdf'].map((format) => fileOf(officer, '/reports/income', { ...query, format })));
  assert.equal(csvRows(csv.bytes.toString()).length, report.households.length + 1);
  assert.match(csv.bytes.toString(), /^\uFEFFhousehold_id,/);
  const sheet = sheetRows(xlsx.bytes);
  assert.equal(sheet[0][0], '农户收入与增收统计表');
  const { rows } = tableOf(sheet, '农户编号');
  assert.equal(rows.length, report.households.length);
  assert.match(await pdfText(pdf.bytes), /农户收入与增收统计表/);
});

test('the lines of a report, goods, offers, orders, households and payout sheets come as files', async () => {
  const { county, officer, shop } = await aSale();
  const operator = await anOperator(server, shop);
  for (const [who, where, title] of [[operator, `/shops/${shop.shop_id}/products`, '商品清单'], [operator, `/shops/${shop.shop_id}/offers`, '规格与价格清单'],
    [operator, `/shops/${shop.shop_id}/orders`, '网店订单'], [operator, `/shops/${shop.shop_id}/lots`, '批次台账'], [officer, `/households?county=${county.code}`, '贫困户名册'],
    [officer, `/reports/lines?area=${county.code}&from=${period.from}&to=${period.to}`, '帮扶归属明细表'], [officer, `/payout-batches`, '兑付批次']]) {
    const { items } = fine(await who.get(where));
    const sheet = sheetRows((await fileOf(who, where, { format: 'xlsx' })).bytes);
    assert.equal(sheet[0][0], title);
    assert.equal(tableOf(sheet, sheet.find((row) => row.length > 2)[0]).rows.length, items.length, where);
    assert.ok((await pdfText((await fileOf(who, where, { format: 'pdf' })).bytes)).includes(title), where);
  }
});

test('a payout batch has its sheet, a row for each who is paid, with its sum in yuan', async () => {
  const setting = await aSmallShop(server, { platform_fee_ppm: 20_000 });
  await aReceivedOrder(server, setting, { packs: 10, closed: true });
  const officer = await anOfficer(server, setting.county);
  const { batch_id, total_fen } = fine(await officer.post('/payout-batches', { county: setting.county.code, title: '十月货款' }), 201);
  const where = `/payout-batches/${batch_id}/items`;
  const { items } = fine(await officer.get(where));
  assert.equal(items.reduce((sum, { amount_fen }) => sum + amount_fen, 0), total_fen ?? items.reduce((sum, { amount_fen }) => sum + amount_fen, 0));
  const { facts, heads, rows } = tableOf(sheetRows((await fileOf(officer, where, { format: 'xlsx' })).bytes), '明细编号');
  assert.equal(facts['批次'], '十月货款');
  assert.deepEqual(rows.map((row) => Math.round(row[heads.indexOf('金额（元）')] * 100)).sort(), items.map(({ amount_fen }) => amount_fen).sort());
  const words = await pdfText((await fileOf(officer, where, { format: 'pdf' })).bytes);
  for (const said of ['兑付明细表', '十月货款', '农户', yuan(13000)]) assert.ok(words.includes(said), said);
  const stranger = await anOfficer(server, await aCounty(server));
  assert.deepEqual(fine(await stranger.get(where)).items, []);
});

test('Accept asks as well as the query does, and a browser still gets JSON', async () => {
  const { county, officer } = await aSale();
  const query = { area: county.code, ...period };
  assert.equal((await fileOf(officer, '/reports/sales', query, { accept: `${XLSX}, */*;q=0.1` })).type, XLSX);
  assert.equal((await fileOf(officer, '/reports/sales', query, { accept: 'text/csv' })).type, 'text/csv; charset=utf-8');
  assert.equal((await fileOf(officer, '/reports/sales', query, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })).type, 'application/json');
  assert.equal((await fileOf(officer, '/reports/sales', { ...query, format: 'json' }, { accept: 'application/pdf' })).type, 'application/json');
});

test('public lists, which are cached, come as files too, to guests as well', async () => {
  const { county } = await aSale();
  for (const [where, title] of [['/products', 'products'], ['/shops', 'shops']]) for (const round of [1, 2]) {
    const { bytes, type } = await fileOf(server, where, { area: county.code, format: 'xlsx' });
    assert.deepEqual([type, sheetRows(bytes)[0][0]], [XLSX, title], `${where} ${round}`);
  }
  assert.ok((await pdfText((await fileOf(server, '/stats', { county: county.code, format: 'pdf' })).bytes)).includes('stats'));
});

test('in English it is English', async () => {
  const { county, officer } = await aSale();
  const { bytes } = await fileOf(officer, '/reports/sales', { area: county.code, ...period, format: 'xlsx' }, { 'accept-language': 'en' });
  assert.ok(sheetRows(bytes).some((row) => row.includes('Sales (yuan)')));
});

test('words a spreadsheet would run stay words in every file', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), operator = await anOperator(server, shop);
  const bad = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\tx', '=cmd|\' /C calc\'!A0'];
  for (const name of bad) await aProduct(server, shop, { name });
  const where = `/shops/${shop.shop_id}/products`;
  const lines = csvRows((await fileOf(operator, where, { format: 'csv' })).bytes.toString());
  const at = lines[0].indexOf('name');
  for (const line of lines.slice(1)) assert.match(line[at], /^'/);
  const { bytes } = await fileOf(operator, where, { format: 'xlsx' });
  const parts = unzip(bytes);
  assert.doesNotMatch(parts['xl/worksheets/sheet1.xml'], /<f>/);
  const { heads, rows } = tableOf(sheetRows(bytes), '商品编号');
  assert.deepEqual(rows.map((row) => row[heads.indexOf('名称')]).sort(), [...bad].sort());
});

test('more rows than a file may have are refused with the limit, not cut off unseen', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), operator = await anOperator(server, shop);
  await server.sql(`INSERT INTO products (county, id, shop_id, category_code, name, base_unit, created_at)
    SELECT '${county.code}', gen_random_uuid(), '${shop.id}', 'walnut', '核桃 ' || n, 'g', now() FROM generate_series(1, 10001) AS n`);
  const where = `/shops/${shop.shop_id}/products`;
  for (const [format, most] of [['xlsx', 10_000], ['pdf', 10_000]]) {
    const [error] = refused(await operator.get(where, { query: { format } }), 422, 'invalid');
    assert.deepEqual([error.pointer, error.code], ['/format', 'export-too-long']);
    assert.match(error.message, new RegExp(String(most)));
  }
  assert.equal(refused(await operator.get(where, { query: { format: 'pdf', limit: 6000 } }), 422, 'invalid')[0].code, 'export-too-long');
  const began = Date.now();
  const { bytes } = await fileOf(operator, where, { format: 'xlsx', limit: 10_000 });
  assert.equal(tableOf(sheetRows(bytes), '商品编号').rows.length, 10_000);
  assert.ok(Date.now() - began < 20_000);
});

test('heads stand on every page, and pages are counted', async () => {
  const county = await aCounty(server), shop = await aShop(server, county), operator = await anOperator(server, shop);
  await server.sql(`INSERT INTO products (county, id, shop_id, category_code, name, base_unit, created_at)
    SELECT '${county.code}', gen_random_uuid(), '${shop.id}', 'walnut', '核桃 ' || n, 'g', now() FROM generate_series(1, 300) AS n`);
  const pages = (await pdfText((await fileOf(operator, `/shops/${shop.shop_id}/products`, { format: 'pdf' })).bytes)).split('\f').filter((page) => page.trim());
  assert.ok(pages.length > 3);
  for (const [i, page] of pages.entries()) {
    assert.match(page, /现有数量/);
    assert.ok(page.includes(`第 ${i + 1} 页，共 ${pages.length} 页`));
  }
});

test('who may not read a list gets no file of it either', async () => {
  const { county, shop } = await aSale();
  const other = await anOfficer(server, await aCounty(server));
  for (const format of ['csv', 'xlsx', 'pdf']) {
    refused(await (await aBuyer(server)).get('/reports/sales', { query: { area: county.code, ...period, format } }), 403, 'forbidden');
    assert.equal(tableRowsOf(await other.get(`/shops/${shop.shop_id}/products`, { query: { format: 'json' } })), 0);
  }
  refused(await other.get('/reports/sales', { query: { area: county.code, ...period, format: 'docx' } }), 422, 'invalid');
});
const tableRowsOf = (answer) => fine(answer).items.length;
