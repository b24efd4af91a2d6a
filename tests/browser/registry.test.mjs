// The register in the browser: from the list to a card, a full number for a reason, a file with mistakes, a slip that opens a passbook.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, settled } from './support.mjs';

const COUNTY = '621221';
const site = await aSite();

async function aCard(page) {
  await page.goto(`/county/households?area=${COUNTY}`);
  await settled(page);
  const link = page.locator('main a[href^="/county/households/621221"]').first();
  await link.click();
  await page.getByRole('heading', { name: '家里人' }).waitFor();
}

test('a full number is shown for a reason, once, and is written down before', async () => {
  const page = await site.as('county1');
  await aCard(page);
  await page.getByRole('button', { name: '看全号' }).first().click();
  await page.getByText('都会记下来').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: '看一次' }).click();
  await page.locator('dialog [aria-invalid=true]').waitFor();
  const [{ count: before }] = await site.server.sql`SELECT count(*)::int FROM audit_events WHERE event LIKE '%reveal%'`;
  await page.locator('dialog textarea').fill('核对发放名单与证件');
  await page.getByRole('button', { name: '看一次' }).click();
  const number = await page.locator('dialog [role=status]').innerText();
  assert.match(number, /^\d{17}[\dX]$/);
  const [{ count }] = await site.server.sql`SELECT count(*)::int FROM audit_events WHERE event LIKE '%reveal%'`;
  assert.equal(count, before + 1);
  await page.getByRole('button', { name: '看完了' }).click();
  assert.ok(!(await page.locator('body').innerText()).includes(number));
});

test('a printed slip opens the passbook of that household', async () => {
  const page = await site.as('county1');
  await aCard(page);
  await page.getByRole('button', { name: '存折纸条' }).click();
  await page.getByRole('button', { name: '打印新纸条' }).click();
  await page.locator('dialog .qr').waitFor();
  const [card, code] = await page.locator('dialog strong').allInnerTexts();
  await page.emulateMedia({ media: 'print' });
  await fits(page);
  const family = await site.guest({ phone: true });
  await family.goto(`/passbook?county=${COUNTY}&card=${card}`);
  await family.locator('[name=code]').fill(code);
  await family.locator('form button.main').click();
  await family.getByRole('heading', { name: '我的存折' }).waitFor();
});

test('a file with mistakes says where, and a row is mended in the form', async () => {
  const page = await site.as('county1');
  const [village] = await site.server
    .sql`SELECT code FROM areas WHERE kind = 'village' AND code LIKE '621221%' ORDER BY code LIMIT 1`;
  await page.goto('/county/imports');
  await settled(page);
  if (await page.locator('[name=county]').count()) await page.locator('[name=county]').selectOption(COUNTY);
  await page.getByRole('button', { name: '送去检查' }).click();
  await page.getByText('请先选文件').waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: '建档册.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `\uFEFF户编号,村代码,姓名,证件号码,与户主关系,贫困户状态,状态日期,致贫原因\nB0001,${village.code},测试甲,12345,户主,在册,2016-05-01,因病\n`,
    ),
  });
  await page.getByRole('button', { name: '送去检查' }).click();
  await page.getByText('证件号码有误').waitFor();
  await accessible(page);
  assert.deepEqual(
    await site.server.sql`SELECT card_number FROM households WHERE card_number = 'B0001'`,
    [],
    'a check takes nothing in',
  );
  await page.getByRole('link', { name: '在表单里改' }).first().click();
  await page.getByText('文件第 2 行').waitFor();
  assert.equal(await page.locator('[name=name]').inputValue(), '测试甲');
  await page.locator('[name=id_number]').fill('11010519491231002X');
  await page.getByRole('button', { name: '加进建档册' }).click();
  await page
    .getByRole('heading', { name: '测** 家' })
    .or(page.getByRole('heading', { name: /测.* 家/ }))
    .waitFor();
  assert.equal((await site.server.sql`SELECT card_number FROM households WHERE card_number = 'B0001'`).length, 1);
});

test('a cadre is not offered what only the county may do', async () => {
  const page = await site.as('cadre', { phone: true });
  const [{ area_code }] = await site.server
    .sql`SELECT g.area_code FROM role_grants AS g JOIN accounts AS a ON a.id = g.account_id WHERE a.login = 'cadre'`;
  const [household] = await site.server
    .sql`SELECT county || '-' || id AS id FROM households WHERE area_code = ${area_code} LIMIT 1`;
  await page.goto('/county');
  await settled(page);
  assert.equal(await page.getByRole('link', { name: '导入', exact: true }).count(), 0);
  await page.goto(`/county/households/${household.id}`);
  await page.getByRole('heading', { name: '家里人' }).waitFor();
  for (const name of ['看全号', '更正名册']) assert.equal(await page.getByRole('button', { name }).count(), 0, name);
  await page.getByRole('button', { name: '存折纸条' }).waitFor();
});

test('a finding is assigned with a deadline, mended with proof by one, closed by another', async () => {
  const [finding] = await site.server.sql`SELECT county || '-' || id AS id FROM findings
      WHERE state = 'open' AND county = ${COUNTY} AND class = 'missing_key_field' AND opened_by IS NULL ORDER BY id LIMIT 1`;
  const page = await site.as('county1');
  await page.goto(`/county/findings/${finding.id}`);
  await settled(page);
  await page.locator('[name=evidence]').fill('核对了农信社回单');
  await page
    .locator('form')
    .filter({ has: page.locator('[name=evidence]') })
    .locator('button.main')
    .click();
  await page.getByText('已整改，待销号').waitFor();
  // Whoever mended it is not offered to close it; the API refuses it too (tests/http/findings).
  await settled(page);
  assert.equal(await page.getByRole('button', { name: '销号', exact: true }).count(), 0);
  const other = await site.as('county2');
  await other.goto(`/county/findings/${finding.id}`);
  await settled(other);
  await other.getByRole('button', { name: '销号', exact: true }).click();
  await other.getByText('已销号').waitFor();
});
