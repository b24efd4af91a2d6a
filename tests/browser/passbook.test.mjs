// Journey 7: from the paper slip to one's own deliveries, dues and payments, and to a case with a number. Two screens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, settled } from './support.mjs';

const site = await aSite();

/** A household with a paid due, and the slip an officer prints for it. */
async function aSlip() {
  const [found] = await site.server.sql`
    SELECT h.county, h.county || '-' || h.id AS household_id, h.card_number, h.head_name_masked AS head
    FROM households AS h JOIN dues AS d ON d.county = h.county AND d.payee_id = h.id AND d.state = 'paid'
    WHERE h.county = (SELECT left(area_code, 6) FROM role_grants AS g JOIN accounts AS a ON a.id = g.account_id WHERE a.login = 'county1' LIMIT 1)
    GROUP BY 1, 2, 3, 4 ORDER BY random() LIMIT 1`;
  const officer = await site.as('county1');
  const me = await (await officer.request.get('/api/v1/me')).json();
  const printed = await officer.request.post(`/api/v1/households/${found.household_id}/passbook-code`, {
    headers: { origin: site.origin, 'x-csrf-token': me.csrf },
  });
  assert.equal(printed.status(), 201, await printed.text());
  const { code } = await printed.json();
  await officer.context().close();
  return { ...found, code };
}

test('a household opens its passbook and says what it did not get', async () => {
  const slip = await aSlip();
  const page = await site.guest({ phone: true });
  await page.goto(`/passbook?county=${slip.county}&card=${slip.card_number}`);
  assert.equal(await page.locator('[name=card_number]').inputValue(), slip.card_number);

  // A wrong digit loses nothing that was typed.
  await page.locator('[name=code]').fill('0000000000');
  await page.locator('form button.main').click();
  await page.locator('[role=alert]').waitFor();
  assert.equal(await page.locator('[name=card_number]').inputValue(), slip.card_number);
  assert.equal(await page.locator('[name=code]').inputValue(), '0000000000');

  await page.locator('[name=code]').fill(slip.code.replace(/(.{4})/g, '$1 '));
  await page.locator('form button.main').click();
  await page.getByText(`户主 ${slip.head}`).waitFor();
  await accessible(page);
  await fits(page);

  await page.locator('button.warn').first().click();
  await page.locator('dialog textarea').fill('卡里没有这笔钱');
  await page.locator('dialog button.main').click();
  const said = await page.locator('dialog [role=status]').innerText();
  const [complaint] = await site.server
    .sql`SELECT number, category, channel FROM complaints WHERE subject_kind = 'dues' ORDER BY received_at DESC LIMIT 1`;
  assert.equal(said.match(/[0-9-]{14,}/)[0].replaceAll('-', ''), complaint.number);
  assert.deepEqual([complaint.category, complaint.channel], ['not_paid', 'passbook']);
  await page.locator('dialog button.main').click();
  await page.locator('.mark-bad').first().waitFor();
});

test('confirming twice by a double tap says it once', async () => {
  const slip = await aSlip();
  const page = await site.guest({ phone: true, language: 'en' });
  await page.goto(`/passbook?county=${slip.county}&card=${slip.card_number}`);
  await page.locator('[name=code]').fill(slip.code);
  await page.locator('form button.main').click();
  const buttons = page.locator('ul.rows button.main');
  await buttons.first().waitFor();
  const before = await buttons.count();
  await buttons.first().dblclick();
  await page.waitForFunction((many) => document.querySelectorAll('ul.rows button.main').length === many - 1, before);
  assert.equal(await page.locator('[role=alert]').count(), 0);
});

test('the passbook shows nobody else', async () => {
  const slip = await aSlip(),
    other = await aSlip();
  const page = await site.guest({ phone: true });
  await page.goto('/passbook');
  await settled(page);
  await page.locator('[name=county]').selectOption(slip.county);
  await page.locator('[name=card_number]').fill(slip.card_number);
  await page.locator('[name=code]').fill(slip.code);
  await page.locator('form button.main').click();
  await page.getByText(`户主 ${slip.head}`).waitFor();
  if (other.household_id !== slip.household_id)
    assert.equal((await page.request.get(`/api/v1/households/${other.household_id}/passbook`)).status(), 404);
});
