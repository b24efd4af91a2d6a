// A looking-back in the browser: a file with a fault says where, one without waits for a second officer, and the register then tells what
// was corrected, and what it said before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, screens, settled } from './support.mjs';

const site = await aSite();
const [known] = await site.server
  .sql`SELECT h.card_number, h.county || '-' || h.id AS id FROM households AS h JOIN household_statuses AS s ON s.county = h.county AND s.household_id = h.id
  WHERE h.county = '621221' AND s.status = 'registered' AND upper_inf(s.valid) AND upper_inf(s.known)
  AND NOT EXISTS (SELECT 1 FROM look_back_rows AS r WHERE r.household_id = h.id) ORDER BY h.id LIMIT 1`;
const sheet = (rows) =>
  Buffer.from([['户编号', '贫困户状态', '状态日期', '理由'], ...rows].map((row) => row.join(',')).join('\r\n'));
const today = () => new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date());
const yesterday = () => new Date(new Date(today()).getTime() - 86_400_000).toISOString().slice(0, 10);

async function handIn(page, rows) {
  await page.goto('/county/look-backs?area=621221');
  await settled(page);
  await page.getByText('提交回头看结果').first().click();
  await page.locator('[name=title]').fill('秋季复核');
  await page.locator('[name=source]').fill('核查报告 9 号');
  await page.locator('#look-back-file').setInputFiles({ name: '回头看.csv', mimeType: 'text/csv', buffer: sheet(rows) });
  await page.locator('[name=taking]').check();
  await accessible(page);
  await page.getByRole('button', { name: '送去检查' }).click();
  await page.getByRole('heading', { name: '秋季复核' }).waitFor();
}

test('a file with a fault says which row, and nothing is proposed', async () => {
  const page = await site.as('county1');
  await handIn(page, [
    [known.card_number, '脱贫', '2026-01-01', '想省事'],
    ['没有的卡', '剔除', '2026-01-01', '查无此户'],
  ]);
  await page.getByText('整份没有接受').first().waitFor();
  const table = page.getByRole('table', { name: '要改的地方' });
  assert.equal(await table.locator('tbody tr').count(), 2);
  await accessible(page);
  assert.equal(await page.getByRole('button', { name: '同意，更正名册' }).count(), 0);
});

test('a correction waits for a second officer; then the register says openly what changed, and what it said before', async () => {
  const page = await site.as('county1');
  await handIn(page, [[known.card_number, '剔除', '2026-01-01', '名下有商品房']]);
  await page.getByText('要由另一个人决定').waitFor();
  const second = await site.as('county2');
  await second.goto('/county/look-backs?area=621221');
  await settled(second);
  await accessible(second);
  await second.screenshot({ path: `${screens}/look-backs.png`, fullPage: true });
  await second.getByRole('link', { name: '秋季复核' }).first().click();
  await second.getByRole('button', { name: '同意，更正名册' }).click();
  await accessible(second);
  await second.locator('dialog').getByRole('button', { name: '同意，更正名册' }).click();
  await second.getByText('名册已更正').waitFor();
  await second.screenshot({ path: `${screens}/look-back.png`, fullPage: true });
  await second.goto(page.url().replace(/\/look-backs\/.*/, `/households/${known.id}`));
  await second.getByText('已清退').first().waitFor();

  const phone = await site.as('county2', { phone: true });
  await phone.goto('/county/reports/register?area=621221');
  await phone.getByText('存量与增减相符').waitFor();
  await accessible(phone);
  await fits(phone);
  await phone.screenshot({ path: `${screens}/register-phone.png`, fullPage: true });

  await second.goto(
    `/county/households?area=621221&card_number=${encodeURIComponent(known.card_number)}&known_on=${yesterday()}`,
  );
  await second.getByText('名册在').waitFor();
  const row = await second.getByRole('table').locator('tbody tr').innerText();
  assert.match(row, /在册/);
  await accessible(second);
  await second.screenshot({ path: `${screens}/households-known-on.png`, fullPage: true });
});
