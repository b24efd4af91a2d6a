// The books of a county: the payment provider's bill is handed in and held against them, each difference stands with its finding.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, settled, shoot } from './support.mjs';

const COUNTY = '621221';
const site = await aSite();

test('a bill is chosen, seen in sums, held against the books, and what differs has its finding', async () => {
  const finance = await site.as('finance');
  await finance.goto(`/county/bills?area=${COUNTY}`);
  await settled(finance);
  await accessible(finance);
  const listed = await finance.locator('tbody tr').count();
  assert.ok(listed > 0, 'the demo has bills');
  await finance.locator('summary', { hasText: '交入对账单' }).click();
  const chosen = (name, text) =>
    finance.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await chosen('wrong.csv', 'a,b\n1,2\n');
  assert.match(await finance.getByRole('alert').innerText(), /没有交易号/);
  await chosen(
    'bill.csv',
    '\ufeff微信订单号,商户订单号,交易类型,订单金额\n`420001,`none-1,支付,48.00\n`420002,`none-2,退款,¥7.50\n合计,,,55.50\n',
  );
  assert.match(await finance.locator('.note').innerText(), /2 笔，收款 ¥48\.00，退款 ¥7\.50[\s\S]*第 4 行/);
  await finance.getByRole('button', { name: '和账本核对' }).click();
  await finance.waitForURL(/\/county\/bills\/621221-/);
  await settled(finance);
  await accessible(finance);
  await finance.getByRole('link', { name: /账本没有 2/ }).click();
  await settled(finance);
  const line = finance.locator('tbody tr', { hasText: '420001' });
  assert.match(await line.innerText(), /账本没有[\s\S]*¥48\.00/);
  await shoot(finance, 'county-bill');
  await line.getByRole('link').last().click();
  await settled(finance);
  assert.match(await finance.locator('h1').innerText(), /对账单有、账本没有/);
  assert.match(await finance.locator('main').innerText(), /¥48\.00[\s\S]*420001/);
  await finance.getByRole('link', { name: '对账单', exact: true }).click();
  await finance.waitForURL(/\/county\/bills\/621221-/);
});

test('an auditor reads and hands nothing in', async () => {
  const auditor = await site.as('auditor', { phone: true });
  await auditor.goto(`/county/bills?area=${COUNTY}`);
  await settled(auditor);
  await fits(auditor);
  assert.equal(await auditor.locator('summary', { hasText: '交入对账单' }).count(), 0);
});
