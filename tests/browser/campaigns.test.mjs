// A campaign's county: one officer proposes an accreditation, another decides, a campaign is announced, a helping region is paired and parted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, screens, settled } from './support.mjs';

const site = await aSite();
const area = '621221';
const opened = async (page, name) => {
  await settled(page);
  await accessible(page);
  await fits(page);
  await page.screenshot({ path: `${screens}/campaigns-${name}.png`, fullPage: true });
};

test('who proposed an accreditation waits for another officer', async () => {
  const page = await site.as('county1', { phone: true });
  await page.goto(`/county/accreditations?area=${area}`);
  await page.getByRole('button', { name: '提出认定' }).click();
  await page.locator('select[name="shop_id"] option').nth(1).waitFor({ state: 'attached' });
  await page.locator('select[name="shop_id"]').selectOption({ index: 1 });
  await page.locator('select[name="product_id"] option').nth(1).waitFor({ state: 'attached' });
  await page.locator('select[name="product_id"]').selectOption({ index: 1 });
  await page.locator('input[name="valid_from"]').fill('2030-01-01');
  await page.locator('input[name="last_on"]').fill('2030-12-31');
  await page.locator('input[name="source"]').fill('认定公告第九批');
  await opened(page, 'accreditation-new-phone');
  await page.getByRole('button', { name: '提出认定' }).click();
  await page.locator('.filters select').last().selectOption('proposed');
  const mine = page.locator('ul.rows > li').filter({ hasText: '认定公告第九批' });
  await mine.getByText('由另一位干部决定').waitFor();
  assert.equal(await mine.getByRole('button').count(), 0);
  const other = await site.as('county2', { language: 'en' });
  await other.goto(`/county/accreditations?area=${area}&state=proposed`);
  await opened(other, 'accreditations-en');
  const theirs = other.locator('ul.rows > li').filter({ hasText: '认定公告第九批' });
  await theirs.getByRole('button', { name: 'Accredit', exact: true }).click();
  await theirs.waitFor({ state: 'detached' });
});

test('a campaign is announced by its days and opens on its result', async () => {
  const page = await site.as('county1', { phone: true });
  await page.goto(`/county/campaigns?area=${area}`);
  await page.getByRole('button', { name: '新的活动' }).click();
  await page.getByText('其他活动').click();
  await page.locator('input[name="title"]').fill('年货节');
  await page.locator('input[name="starts_on"]').fill('2016-01-20');
  await page.locator('input[name="last_on"]').fill('2016-01-10');
  await page.locator('input[name="goal_fen"]').fill('30000');
  await page.getByRole('button', { name: '新的活动' }).click();
  await page.locator('input[name="last_on"][aria-invalid="true"]').waitFor();
  await opened(page, 'campaign-new-wrong-phone');
  await page.locator('input[name="last_on"]').fill('2016-01-24');
  await page.getByRole('button', { name: '新的活动' }).click();
  await page.getByRole('heading', { name: '年货节' }).waitFor();
  await opened(page, 'campaign-phone');
  await page.getByRole('button', { name: '撤回活动' }).click();
  await page.locator('dialog button.main').click();
  await page.getByRole('heading', { name: '消费扶贫活动' }).waitFor();
  await settled(page);
  assert.equal(await page.getByRole('link', { name: '年货节' }).count(), 0);
});

test('a region is paired and parted', async () => {
  const page = await site.as('county1', { phone: true });
  await page.goto(`/county/pairings?area=${area}`);
  await page.getByRole('button', { name: '登记结对' }).click();
  for (const code of ['62', '6212']) await page.locator(`select:has(option[value="${code}"])`).selectOption(code);
  await page.locator('input[name="valid_from"]').fill('2016-01-01');
  await page.locator('input[name="source"]').fill('协作协议');
  await opened(page, 'pairing-new-phone');
  await page.getByRole('button', { name: '登记结对' }).click();
  const row = page.locator('tbody tr').filter({ hasText: '协作协议' }).filter({ hasText: '2016年1月1日' });
  await row.getByRole('button', { name: '结束' }).click();
  await page.locator('dialog button.main').click();
  await row.getByRole('button', { name: '结束' }).waitFor({ state: 'detached' });
  await opened(page, 'pairings-phone');
});
