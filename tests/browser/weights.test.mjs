// What a first view costs on the wire, and that it does not jump while it arrives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSite, onASlowLine, settled, signIn, weigh } from './support.mjs';

const STOREFRONT_BYTES_MAX = 60 * 1024,
  COUNTY_BYTES_MAX = 200 * 1024,
  SHIFT_MAX = 0.1,
  SLOW_MS_MAX = 10_000;
const site = await aSite();
const say = (what, bytes) => console.log(`weight ${what}: ${(bytes / 1024).toFixed(1)} KB`);
const isPicture = (url) => /\/(photos|placeholders)\//.test(url);
const withoutPictures = ({ bytes }) => Object.entries(bytes).reduce((sum, [url, one]) => sum + (isPicture(url) ? 0 : one), 0);

for (const [what, find] of [
  ['home', () => '/'],
  ['product', async (page) => `/products/${(await (await page.request.get('/api/v1/products')).json()).items[0].product_id}`],
])
  test(`the storefront's ${what} weighs at most ${STOREFRONT_BYTES_MAX / 1024} KB and stands still`, async () => {
    const page = await site.guest({ phone: true });
    await page.addInitScript(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) globalThis.shift += one.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const address = await find(page);
    const weight = await weigh(page, async () => {
      await page.goto(address, { waitUntil: 'networkidle' });
      await settled(page);
    });
    say(what, withoutPictures(weight));
    assert.ok(withoutPictures(weight) <= STOREFRONT_BYTES_MAX, JSON.stringify(weight.bytes, null, 1));
    const shift = await page.evaluate(() => globalThis.shift);
    console.log(`layout shift ${what}: ${shift.toFixed(3)}`);
    assert.ok(shift <= SHIFT_MAX, `layout shift ${shift}`);
  });

for (const [workplace, login] of [
  ['county', 'county1'],
  ['shop', 'shop1'],
])
  test(`the ${workplace}'s first view weighs at most ${COUNTY_BYTES_MAX / 1024} KB`, async () => {
    const page = await site.as(login);
    const weight = await weigh(page, async () => {
      await page.goto(`/${workplace}`, { waitUntil: 'networkidle' });
      await settled(page);
    });
    say(workplace, weight.total);
    assert.ok(weight.total <= COUNTY_BYTES_MAX, JSON.stringify(weight.bytes, null, 1));
  });

test('the first view comes over a line of 400 kbit/s with 400 ms', async () => {
  const page = await site.guest({ phone: true });
  await onASlowLine(page);
  const began = Date.now();
  await page.goto('/', { waitUntil: 'commit' });
  await page.locator('main h1').first().waitFor();
  const ms = Date.now() - began;
  console.log(`first view on a slow line: ${ms} ms`);
  assert.ok(ms <= SLOW_MS_MAX, `${ms} ms`);
});

test('the pages come over HTTP/2', async () => {
  const context = await site.browser.newContext({
    baseURL: `https://localhost:${site.server.tlsPort}`,
    ignoreHTTPSErrors: true,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto('/');
  await settled(page);
  const protocols = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => one.nextHopProtocol));
  assert.deepEqual([...new Set(protocols)], ['h2']);
  await context.close();
});

test('a sign-in on a slow line shows that it works', async () => {
  const page = await site.guest({ phone: true });
  await page.goto('/shop');
  await onASlowLine(page);
  await signIn(page, 'shop1');
  await page.locator('button[aria-disabled="true"]').waitFor();
  await page.locator('main h1').waitFor();
});
