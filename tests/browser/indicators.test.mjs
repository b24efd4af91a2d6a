// A county looks at its indicators, from a figure to what it is made of, and records one from outside; on the demo.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, screens, settled } from './support.mjs';

const site = await aSite();

test('from the list to one indicator, its months, the areas below and the lines behind it', async () => {
  const page = await site.as('county1');
  await page.goto('/county/indicators?area=621221');
  await settled(page);
  await accessible(page);
  const listed = await page.locator('tr', { hasText: 'K05' }).locator('td.number').first().innerText();
  await page.getByRole('link', { name: '电商销售额' }).first().click();
  await page.getByRole('heading', { name: '电商销售额' }).waitFor();
  await settled(page);
  assert.ok((await page.locator('dl.figures').innerText()).includes(listed));
  await page.getByRole('link', { name: '城关镇' }).click();
  await page.waitForURL(/area=621221100/);
  await settled(page);
  await page.getByRole('link', { name: '看这个数由哪些明细组成' }).click();
  await page.waitForURL(/reports\/sales.*area=621221100/);
});

test('what is missing says why; a figure from outside is typed in yuan or per cent and counts at once', async () => {
  const page = await site.as('county1', { phone: true });
  await page.goto('/county/indicators?area=621221&family=register&from=2026-01-01&to=2026-10-31');
  await settled(page);
  assert.match(await page.locator('tr', { hasText: 'K39' }).innerText(), /待录入外部数据/);
  await page.goto('/county/indicators/outside?area=621221&from=2026-01-01&to=2026-10-31');
  await settled(page);
  await page.locator('[name=of]').selectOption('K39 ');
  await page.locator('[name=value]').fill('八成');
  await page.locator('[name=source]').fill('县统计局 2026 年抽样调查');
  await page.locator('form button.main').click();
  await page.getByText('金额填元，比例填百分数').nth(1).waitFor();
  await page.locator('[name=value]').fill('83.5');
  await page.locator('form button.main').click();
  await page.getByText('县统计局 2026 年抽样调查').waitFor();
  await page.getByText('83.5%').waitFor();
  await accessible(page);
  await fits(page);
  await page.screenshot({ path: `${screens}/outside-phone.png`, fullPage: true });
  await page.goto('/county/indicators?area=621221&family=register&from=2026-01-01&to=2026-10-31');
  await settled(page);
  assert.match(await page.locator('tr', { hasText: 'K39' }).innerText(), /83\.5%/);
});

test('a file of figures is read, and one wrong row keeps all out', async () => {
  const page = await site.as('county1');
  await page.goto('/county/indicators/outside?area=621221&from=2026-01-01&to=2026-10-31');
  await settled(page);
  const file = (rows) => ({
    name: 'figures.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['区划代码,指标编号,分项,起始日,截止日,数值,来源', ...rows].join('\r\n')),
  });
  const good = '621221,K11,persons,2026-01-01,2026-10-31,320,县商务局培训台账';
  await page.setInputFiles('input[type=file]', file([good, '621221,K05,,2026-01-01,2026-10-31,1,自己填的销售额']));
  await page.getByRole('button', { name: '导入 2 条' }).click();
  await page.locator('.act [role=alert]').waitFor();
  assert.equal(await page.getByText('县商务局培训台账').count(), 0);
  await page.setInputFiles('input[type=file]', file([good]));
  await page.getByRole('button', { name: '导入 1 条' }).click();
  await page.getByText('县商务局培训台账').waitFor();
});
