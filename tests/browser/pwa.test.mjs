// Installable, and readable without a line: what was last seen opens again, and says that it is old.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSite, settled } from './support.mjs';

const site = await aSite();
const ready = (page) =>
  page.evaluate(() =>
    navigator.serviceWorker.ready.then(
      (one) =>
        new Promise((settle) => {
          if (one.active.state === 'activated') settle();
          else one.active.addEventListener('statechange', () => one.active.state === 'activated' && settle());
        }),
    ),
  );
const goods = (page) => page.locator('main a[href^="/products/"]').first();

test('the last-seen catalogue opens without a line and says so', async () => {
  const page = await site.guest({ phone: true, worker: true });
  await page.goto('/');
  await settled(page);
  await ready(page);
  await page.reload();
  const name = await goods(page).innerText(),
    address = await goods(page).getAttribute('href');
  await page.goto(address);
  await settled(page);
  await page.goto('/');
  await settled(page);

  await page.context().setOffline(true);
  await page.reload();
  await settled(page);
  assert.equal(await goods(page).innerText(), name);
  assert.match(await page.locator('.notices').innerText(), /没有网络/);
  await goods(page).click();
  await page.waitForURL(`**${address}`);
  await settled(page);
  assert.equal(await page.locator('[role=alert]').count(), 0);

  await page.context().setOffline(false);
  await page.goto('/');
  await settled(page);
  assert.doesNotMatch(await page.locator('.notices').innerText(), /没有网络/);
});

for (const [workplace, scope] of [
  ['', '/'],
  ['shop', '/shop'],
  ['county', '/county'],
  ['passbook', '/passbook'],
])
  test(`/${workplace} can be installed`, async () => {
    const page = await site.guest();
    await page.goto(`/${workplace}`);
    const href = await page.locator('link[rel=manifest]').getAttribute('href');
    const answer = await page.request.get(href);
    assert.match(answer.headers()['content-type'], /^application\/manifest\+json/);
    const manifest = await answer.json();
    assert.deepEqual([manifest.scope, manifest.start_url, manifest.display], [scope, scope, 'standalone']);
    for (const { src } of manifest.icons) assert.equal((await page.request.get(src)).status(), 200, src);
  });

test('signing out leaves no draft behind', async () => {
  const page = await site.as('shop1');
  await page.goto('/shop');
  await settled(page);
  await page.evaluate(() => localStorage.setItem('draft:intake', '{"at":1,"values":{}}'));
  await page.getByRole('button', { name: '退出' }).click();
  await page.locator('input[name="login"]').first().waitFor();
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
});
