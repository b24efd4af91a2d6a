// The pages as a browser without its scripts, a search engine or a shared link sees them; and the files they are made of.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { aServer, refused, root } from './support.mjs';

const shop = await aServer();
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
