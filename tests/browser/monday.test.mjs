// Journey 5: on Monday a county officer sees sales down, opens the township, the shop that stopped shipping, its open orders, and opens a
// finding: five clicks from the dashboard to the cause, and every figure on the way opens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, settled, shoot } from './support.mjs';

const CLICKS_MAX = 5,
  COUNTY = '621221';
const site = await aSite();

/** Clicks and counts them. */
class Way {
  constructor(page) {
    this.page = page;
    this.clicks = 0;
  }
  async click(link) {
    this.clicks++;
    await link.click();
    await settled(this.page);
  }
}

test('from the month to the shop that stopped, to a finding', async () => {
  const page = await site.as('county1'),
    way = new Way(page);
  await page.goto(`/county?area=${COUNTY}`);
  await settled(page);
  assert.equal((await page.locator('.figures dd a').count()) >= 5, true, 'figures open');

  const stopped = await (await page.context().request.get(`/api/v1/decisions?area=${COUNTY}&kind=shop_stopped`)).json();
  const { words: shop, area_code } = stopped.items[0];
  await way.click(
    page
      .locator(`main td a, main th a`)
      .and(page.locator(`[href*="area=${area_code.slice(0, 9)}"]`))
      .first(),
  );
  await way.click(page.locator('main').getByRole('link', { name: shop }).first());
  assert.match(await page.locator('h1').innerText(), new RegExp(shop));
  assert.ok((await page.locator('#orders .mark-bad').count()) > 0, 'the oldest order says how long it waits');
  await accessible(page);
  await shoot(page, 'county-monday-shop');

  await way.click(page.locator('#orders tbody a').first());
  await accessible(page);
  await way.click(page.getByRole('link', { name: '记一个问题' }));
  assert.ok(way.clicks <= CLICKS_MAX, `${way.clicks} clicks`);
  await page.waitForURL(/\/county\/findings\/new/);
  await accessible(page);
});

test('what stopped is found from the decisions too', async () => {
  const page = await site.as('county1', { phone: true }),
    way = new Way(page);
  await page.goto(`/county?area=${COUNTY}`);
  await settled(page);
  await way.click(page.locator('main a[href*="kind=shop_stopped"]'));
  await way.click(page.locator('main .rows a').first());
  assert.ok((await page.locator('#orders .mark-bad').count()) > 0);
});

test('everyone is shown only what he may do', async () => {
  const inspector = await site.as('inspector', { phone: true });
  await inspector.goto('/county');
  await settled(inspector);
  await inspector.locator('main').getByRole('link', { name: '验货' }).click();
  await inspector.waitForURL(/inspections/);
  await inspector.goto(`/county/inspections?area=${COUNTY}`);
  await settled(inspector);
  await inspector.locator('main .rows a').first().click();
  await settled(inspector);
  await inspector.getByText('不合格', { exact: true }).click();
  await inspector.getByRole('button', { name: '记下验货结果' }).click();
  assert.match(await inspector.locator('.error').innerText(), /写明原因/);
  await inspector.getByText('合格', { exact: true }).click();
  await inspector.getByRole('button', { name: '记下验货结果' }).click();
  await inspector.locator('h1 .mark-good').waitFor();

  const viewer = await site.as('prefecture');
  await viewer.goto('/county');
  await settled(viewer);
  for (const name of ['账号', '验货', '发放'])
    assert.equal(await viewer.locator('.main-nav').getByRole('link', { name }).count(), 0, name);
});

test('an account with its one-time code, from the administrator to its first sign-in', async () => {
  const admin = await site.as('admin'),
    login = 'newadmin';
  await admin.goto('/county/accounts');
  await settled(admin);
  await accessible(admin);
  await admin.locator('summary', { hasText: '开新账号' }).click();
  await admin.locator('input[name="display_name"]').fill('新管理员（演示）');
  await admin.locator('input[name="login"]').fill(login);
  await admin.locator('main > details select[name="role"]').selectOption('administrator');
  await admin.getByRole('button', { name: '开账号，打印一次性码' }).click();
  const code = await admin.locator('.slip code').innerText();

  const fresh = await site.guest();
  await fresh.goto('/county');
  await fresh.locator('summary', { hasText: '一次性码' }).click();
  const form = fresh.locator('details form');
  await form.locator('input[name="login"]').fill(login);
  await form.locator('input[name="code"]').fill(code);
  await form.locator('input[name="password"]').fill('a-long-new-sentence-2016');
  await form.getByRole('button').click();
  await fresh.locator('main').getByRole('link', { name: '账号' }).waitFor();
});
