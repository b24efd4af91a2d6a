// A county's month: one officer froze it, another checks and hands it in, the prefecture sees who is missing. In the browser, on the demo.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, screens, settled } from './support.mjs';

const site = await aSite();

async function waiting(page) {
  await page.goto('/county/statements?area=621221');
  await settled(page);
  await accessible(page);
  await page.getByRole('link', { name: '核对并报送' }).click();
  await page.getByText('已冻结，待报送').first().waitFor();
  await settled(page);
}

test('who froze a month cannot hand it in; a second officer can, and then it is locked', async () => {
  const first = await site.as('county1');
  await waiting(first);
  assert.equal(await first.getByRole('button', { name: '报送', exact: true }).count(), 0);
  await first.getByText('须由另一位工作人员核对报送').waitFor();
  const second = await site.as('county2', { phone: true });
  await waiting(second);
  await accessible(second);
  await fits(second);
  await second.screenshot({ path: `${screens}/statement-check-phone.png`, fullPage: true });
  await second.getByRole('button', { name: '报送', exact: true }).click();
  await second.locator('dialog button.main').click();
  await second.getByText('已报送，已锁定').first().waitFor();
  assert.equal(await second.getByRole('button', { name: '报送', exact: true }).count(), 0);
  await second.screenshot({ path: `${screens}/statement-locked-phone.png`, fullPage: true });
});

test('the prefecture sees who handed in, and that a missing county is missing', async () => {
  const page = await site.as('prefecture');
  await page.goto('/county/statements?area=6212');
  await settled(page);
  await accessible(page);
  await page.getByText('缺报不等于零').waitFor();
  await page.screenshot({ path: `${screens}/statements-prefecture.png`, fullPage: true });
  await page.getByRole('link', { name: '成县' }).click();
  await page.getByRole('heading', { name: /成县.*月报/ }).waitFor();
});

test('a month that is not over can be looked at and not frozen', async () => {
  const page = await site.as('county1', { phone: true });
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
  await page.goto(`/county/statements/live?county=621221&month=${month}`);
  await settled(page);
  await page.getByText('本月还没有结束').waitFor();
  await accessible(page);
  await fits(page);
  await page.screenshot({ path: `${screens}/statement-live-phone.png`, fullPage: true });
});
