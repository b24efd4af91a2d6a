// The pages as a browser without its scripts, a search engine or a shared link sees them; and the files they are made of.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { aLot, aProduct, aSmallShop, anOffer } from './builders.mjs';
import { aServer, fine, refused, root } from './support.mjs';

const shop = await aServer();
const hostile = '<script>alert(1)</script>"\'&{}\u2028</title>';
const setting = await aSmallShop(shop);
const evil = await aProduct(shop, setting.shop, { name: hostile, description: `${hostile} <!--data--> <img src=x onerror=alert(1)>` });
await aLot(shop, evil, [{ household: setting.household, quantity_qty: 5000 }]);
await anOffer(shop, evil, { name: hostile });
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** A page as a browser opens it; `language` is what its cookie says. */
const open = (where, { headers, language } = {}) => fetch(shop.origin + where, {
  headers: { ...html, 'accept-language': 'zh-CN', ...(language && { cookie: `a=b; language=${language}` }), ...headers }, redirect: 'manual' });
/** Bytes as they come, undecoded. */
const bytes = (where, headers = {}) => new Promise((resolve, reject) => {
  http.get(shop.origin + where, { headers }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part)).on('end', () => resolve({ headers: answer.headers, status: answer.statusCode, body: Buffer.concat(parts) }));
  }).on('error', reject);
});

test('files_are_for_ever_and_packed_as_well_as_the_browser_can_take', async () => {
  const site = path.join(root, 'build/site');
  const name = (await readdir(path.join(site, 'assets'))).find((one) => /^buyer-.*\.js$/.test(one));
  const plain = await readFile(path.join(site, 'assets', name));
  for (const [accepted, encoding, unpack] of [['gzip, br', 'br', brotliDecompressSync], ['gzip', 'gzip', gunzipSync], ['identity', undefined, (some) => some]]) {
    const { headers, body } = await bytes(`/assets/${name}`, { 'accept-encoding': accepted });
    assert.equal(headers['content-encoding'], encoding);
    assert.deepEqual(unpack(body), plain);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(headers.vary, 'accept-encoding');
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
  }
  assert.equal((await open('/assets/buyer-AAAAAAAA.js', { headers: { accept: '*/*' } })).status, 404);
  assert.equal((await open(`/assets/${name}.br`, { headers: { accept: '*/*' } })).status, 404);
});

test('worker_manifest_and_shells_are_asked_again', async () => {
  const worker = await open('/sw.js');
  assert.equal(worker.headers.get('service-worker-allowed'), '/');
  assert.equal(worker.headers.get('cache-control'), 'no-cache');
  const manifest = await open('/buyer.webmanifest');
  assert.equal(manifest.headers.get('content-type'), 'application/manifest+json');
  const shell = await open('/cart');
  assert.equal(shell.headers.get('cache-control'), 'no-cache');
  const again = await open('/cart', { headers: { 'if-none-match': shell.headers.get('etag') } });
  assert.equal(again.status, 304);
});

test('the_policy_lets_in_nothing_from_elsewhere', async () => {
  for (const where of ['/', '/cart', '/shop', '/sw.js', '/nowhere']) {
    const policy = (await open(where)).headers.get('content-security-policy');
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;/);
    assert.match(policy, /worker-src 'self'/);
    assert.doesNotMatch(policy, /unsafe|https?:/);
  }
});

test('each_workplace_opens_at_any_of_its_addresses', async () => {
  const titles = [['/cart', /<title>山货<\/title>/], ['/orders/620102-1', /<title>山货<\/title>/], ['/shop', /网店/], ['/shop/orders/1/pack', /网店/],
    ['/county/households', /县/], ['/passbook', /存折/], ['/sign-in/', /山货/], ['/api/docs', /API/]];
  for (const [where, title] of titles) {
    const answer = await open(where);
    assert.equal(answer.status, 200, where);
    assert.match(await answer.text(), title, where);
  }
  assert.equal((await fetch(`${shop.origin}/cart`, { method: 'POST' })).status, 405);
  assert.equal((await fetch(`${shop.origin}/cart`, { method: 'HEAD' })).status, 200);
});

test('the_language_is_the_browsers_until_one_is_chosen', async () => {
  const told = async (options) => (await (await open('/cart', options)).text()).match(/<html lang="([^"]+)"/)[1];
  assert.equal(await told(), 'zh-CN');
  assert.equal(await told({ headers: { 'accept-language': 'en-GB,en;q=0.9' } }), 'en');
  assert.equal(await told({ language: 'en' }), 'en');
  assert.equal(await told({ language: 'zh-CN', headers: { 'accept-language': 'en' } }), 'zh-CN');
  const preloads = async (language) => (await (await open('/cart', { language })).text()).match(/hreflang="[^"]+"/g);
  assert.deepEqual([await preloads('en'), await preloads('zh-CN')], [['hreflang="en"'], ['hreflang="zh-CN"']]);
  assert.match((await open('/cart')).headers.get('vary'), /accept-language.*cookie/);
});

test('an_address_nobody_knows_is_a_page_for_people_and_a_problem_for_programs', async () => {
  for (const where of ['/nowhere', '/shopping', '/cart/more', '/buyer.html', '/../etc/passwd']) {
    const page = await open(where);
    assert.equal(page.status, 404, where);
    assert.match(page.headers.get('content-type'), /^text\/html/);
  }
  refused(await shop.api('GET', '/nowhere', { origin: shop.origin }), 404, 'not-found');
});

// ---- What the server writes into them ----

const productPage = `/products/${setting.product.product_id}`;
const dataOf = (page) => JSON.parse(page.match(/<script type="application\/json" id="data">(.*?)<\/script>/)[1]);
const pageOf = async (where, options) => {
  const answer = await open(where, options);
  const text = await answer.text();
  assert.equal(answer.status, 200, `${where}: ${text.slice(0, 300)}`);
  return text;
};

test('a_product_can_be_read_without_scripts', async () => {
  const page = await pageOf(productPage);
  assert.match(page, /<html lang="zh-CN">/);
  assert.match(page, /<title>核桃 · 山货<\/title>/);
  assert.match(page, /<link rel="canonical" href="https?:\/\/[^"]+\/products\/[^"]+">/);
  assert.match(page, /<meta property="og:title" content="核桃">/);
  assert.match(page, /<h1 tabindex="-1">核桃<\/h1>/);
  assert.match(page, /背后的农户<\/dt><dd>不到 5</);
  assert.match(page, /1 斤/);
  assert.match(page, /¥19\.00/);
  assert.match(page, /到农户<\/th><td class="number">¥13\.00/);
  assert.match(page, /充足/);
  assert.match(page, new RegExp(`href="/trace/${setting.lot.trace_code}"`));
  assert.match(page, new RegExp(`href="/shops/${setting.shop.shop_id}"`));
  const english = await pageOf(productPage, { language: 'en' });
  assert.match(english, /<html lang="en">/);
  assert.match(english, /To households<\/th><td class="number">¥13\.00/);
  assert.match(english, /¥19\.00 per 500 g/);
});

test('the_first_view_needs_no_further_request', async () => {
  const where = setting.product.product_id;
  const data = dataOf(await pageOf(productPage));
  assert.deepEqual(Object.keys(data), [`/products/${where}`, `/products/${where}/anatomy`, `/products/${where}/reviews`]);
  assert.deepEqual(data[`/products/${where}`], fine(await shop.get(`/products/${where}`), 200));
  assert.deepEqual(data[`/products/${where}/anatomy`], fine(await shop.get(`/products/${where}/anatomy`), 200));
  assert.deepEqual(dataOf(await pageOf('/'))['/home'].season.length, 2);
  const goods = dataOf(await pageOf(`/shops/${setting.shop.shop_id}`));
  assert.equal(goods[`/products?shop_id=${setting.shop.shop_id}`].items.length, 2);
  const code = setting.lot.trace_code;
  assert.equal(dataOf(await pageOf(`/trace/${code}`))[`/trace/${code}`].trace_code, code);
});

test('names_that_bite_are_words_like_others', async () => {
  for (const where of [`/products/${evil.product_id}`, '/', `/shops/${setting.shop.shop_id}`]) {
    const page = await pageOf(where);
    assert.equal(page.match(/<script/g).length, 2, 'the program and the data');
    assert.doesNotMatch(page, /<script>|<img src=x/);
    assert.equal(page.match(/<title>/g).length, 1);
    assert.ok(!page.slice(page.indexOf('id="data"')).includes('\u2028'), where);
    assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp;\{\}/);
  }
  const data = dataOf(await pageOf(`/products/${evil.product_id}`));
  assert.equal(data[`/products/${evil.product_id}`].name, hostile);
});

test('a_page_is_asked_again_but_not_sent_again', async () => {
  const first = await open(productPage);
  assert.equal(first.headers.get('cache-control'), 'no-cache');
  assert.match(first.headers.get('vary'), /accept-encoding, accept-language, cookie/);
  assert.match(first.headers.get('content-security-policy'), /default-src 'none'/);
  await first.text();
  const again = await open(`${productPage}?utm_source=friend`, { headers: { 'if-none-match': first.headers.get('etag') } });
  assert.equal(again.status, 304);
  assert.equal((await bytes(productPage, { 'accept-encoding': 'gzip' })).headers['content-encoding'], 'gzip');
});

test('a_product_shop_code_or_notice_nobody_has_is_a_page_that_says_so', async () => {
  const nobody = `${setting.county.code}-00000000-0000-7000-8000-000000000000`;
  for (const where of [`/products/${nobody}`, '/products/walnut', `/shops/${nobody}`, '/trace/NOSUCHCODE', `/announcements/${nobody}`]) {
    const page = await open(where);
    assert.equal(page.status, 404, where);
    assert.match(page.headers.get('content-type'), /^text\/html/);
    assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
    assert.doesNotMatch(await page.text(), /id="data"/);
    refused(await shop.api('GET', where, { origin: shop.origin }), 404, 'not-found');
  }
});

test('whoever_asks_at_once_waits_for_one_page', async () => {
  const pages = await Promise.all(Array.from({ length: 30 }, () => pageOf('/', { language: 'en' })));
  assert.equal(new Set(pages).size, 1);
  const gone = new AbortController();
  const left = fetch(`${shop.origin}/shops/${setting.shop.shop_id}?x`, { headers: html, signal: gone.signal }).catch(() => {});
  gone.abort();
  await left;
  await pageOf(`/shops/${setting.shop.shop_id}`);
});
