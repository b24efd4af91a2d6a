// Sharing out: a rule written in plain fields, approved by another without a number, a dividend reckoned, proposed, approved, funded and paid.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, settled, shoot } from './support.mjs';

const COUNTY = '621221';
const site = await aSite();

test('three to seven with a guaranteed quarter, from the rule to what each household gets and why', async () => {
  const api = await site.api('county1'),
    { items } = await api.get(`/suppliers?county=${COUNTY}&kind=cooperative&limit=5`);
  const [officer, second, finance] = [await site.as('county1'), await site.as('county2'), await site.as('finance')];
  await officer.goto(`/county/organisations/${items[0].supplier_id}`);
  await settled(officer);
  await officer.locator('summary', { hasText: '写一条分配办法' }).click();
  await officer.locator('select[name=form]').selectOption('guarantee');
  for (const [name, value] of [
    ['amount', '500'],
    ['part', '60'],
  ])
    await officer.locator(`input[name=${name}]`).fill(value);
  assert.match(await officer.locator('.note').first().innerText(), /每户发 ¥500\.00[\s\S]*60% 按股份分给成员/);
  await officer.locator('textarea[name=words]').fill('每户保底五百，余下六成按股分');
  await accessible(officer);
  await officer.getByRole('button', { name: '提交审批' }).first().click();
  await officer.locator('.mark', { hasText: '待批' }).waitFor();

  await second.goto(`/county/approvals?area=${COUNTY}&kind=rule`);
  await settled(second);
  assert.match(await second.locator('main').innerText(), /每户保底五百[\s\S]*其余归本单位/);
  assert.equal(await second.locator('input[name=rule_version]').count(), 0, 'nobody types a version');
  await second.getByRole('button', { name: '批准', exact: true }).first().click();
  await second.getByText('每户保底五百').waitFor({ state: 'detached' });

  await officer.reload();
  await settled(officer);
  await officer.locator('input[name=title]').fill('核桃园分红');
  await officer.locator('input[name=pool_fen]').fill('10000');
  await officer.getByRole('button', { name: '先算一算' }).click();
  await officer.getByText('算出来是这样').waitFor();
  assert.match(await officer.locator('section[aria-live]').innerText(), /¥10,000\.00[\s\S]*第 2 步：按股份/);
  await shoot(officer, 'county-share-out');
  await officer.locator('section[aria-live] button.main').click();
  await officer.waitForURL(/\/county\/distributions\//);
  await settled(officer);
  assert.match(await officer.locator('main').innerText(), /要由另一个人决定/);

  const at = new URL(officer.url()).pathname;
  await second.goto(at);
  await settled(second);
  await second.getByRole('button', { name: '批准', exact: true }).click();
  await second.getByText('财务看到钱到账后登记').waitFor();
  await finance.goto(at);
  await settled(finance);
  await finance.locator('input[name=evidence]').fill('回单 20261123');
  await finance.getByRole('button', { name: '登记到账' }).click();
  await finance.locator('.mark', { hasText: '钱已到' }).waitFor();
  await accessible(finance);
  await fits(finance);
  await shoot(finance, 'county-distribution');
});
