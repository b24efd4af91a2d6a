// Journey 4: a member was born; cadre, township and county each see it, two screens a person, and nobody agrees to their own entry. Then
// the household's word on an exit, and the notice that holds everything up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, screens, settled } from './support.mjs';

const site = await aSite();
const numberOf = (birthday) => {
  const digits = `621221${birthday}102`,
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return digits + '10X98765432'[[...digits].reduce((total, digit, i) => total + digit * weights[i], 0) % 11];
};
const [{ area_code: village }] = await site.server
  .sql`SELECT g.area_code FROM role_grants AS g JOIN accounts AS a ON a.id = g.account_id WHERE a.login = 'cadre'`;
const [household] = await site.server
  .sql`SELECT county || '-' || id AS id FROM households WHERE area_code = ${village} ORDER BY id LIMIT 1`;

/** The card of the household, and the form that adds a person. */
async function propose(page, name, number) {
  await page.goto(`/county/households/${household.id}`);
  await settled(page);
  await page.getByRole('button', { name: '加一个人' }).click();
  await page.locator('dialog [name=name]').fill(name);
  await page.locator('dialog [name=id_number]').fill(number);
  await page.locator('dialog [name=reason]').fill('出生证 62-0017');
  await accessible(page);
  await page.locator('dialog button.main').click();
  await page.getByRole('heading', { name: /添人/ }).waitFor();
  return page.url();
}
/** From the list of what waits for one to the case itself. */
async function open(page, words) {
  await page.goto('/county/cases');
  await settled(page);
  await accessible(page);
  await page.getByRole('link', { name: words }).first().click();
  await page.getByRole('heading', { name: '办到哪一步' }).waitFor();
}

test('a birth goes from cadre over township to county and stands on the card', async () => {
  const cadre = await site.as('cadre', { phone: true });
  await propose(cadre, '测小宝', numberOf('20261101'));
  await cadre.getByText('等乡镇：乡镇审核').waitFor();
  await accessible(cadre);
  await fits(cadre);
  await cadre.screenshot({ path: `${screens}/journey4-cadre-phone.png`, fullPage: true });
  const township = await site.as('township');
  await open(township, /添人 · .* 家/);
  await township.getByText('轮到您：乡镇审核').waitFor();
  await township.getByRole('button', { name: '审核通过' }).click();
  await township.getByText('等县办：县办决定').waitFor();
  await accessible(township);
  const county = await site.as('county1');
  await county.goto('/county/cases?area=621221');
  await settled(county);
  await county.getByRole('link', { name: /添人/ }).first().click();
  await county.getByRole('button', { name: '同意', exact: true }).click();
  await county.getByText('名册已改').waitFor();
  const steps = await county.locator('ol.rows li').allInnerTexts();
  assert.equal(steps.length, 3);
  for (const [i, who] of ['村干部甲', '乡镇审核员', '县级干部甲'].entries()) assert.match(steps[i], new RegExp(who));
  await cadre.goto(`/county/households/${household.id}`);
  await cadre.getByText('测*').first().waitFor();
  assert.ok(!(await cadre.locator('body').innerText()).includes('测小宝'));
});

test('the wrong turn: nobody agrees to what they entered', async () => {
  const county = await site.as('county1');
  const address = await propose(county, '错小宝', numberOf('20261102'));
  const township = await site.as('township');
  await township.goto(new URL(address).pathname);
  await settled(township);
  await township.getByRole('button', { name: '审核通过' }).click();
  await township.getByText('等县办：县办决定').waitFor();
  await county.reload();
  await county.getByText('要由另一个人来办').waitFor();
  assert.equal(await county.getByRole('button', { name: '同意', exact: true }).count(), 0);
  await accessible(county);
  await county.getByText('撤回', { exact: true }).first().click();
  await county.locator('[name=reason]').fill('录错了');
  await county
    .locator('form')
    .filter({ has: county.locator('[name=reason]') })
    .locator('button')
    .click();
  await county.getByText('由提出人撤回').waitFor();
});

test('an exit says which guarantee is missing, and keeps what was typed', async () => {
  const page = await site.as('cadre', { phone: true });
  const [registered] = await site.server.sql`SELECT h.county || '-' || h.id AS id FROM households AS h
    JOIN household_statuses AS s ON s.county = h.county AND s.household_id = h.id AND s.status = 'registered' AND upper_inf(s.known) AND upper_inf(s.valid)
    WHERE h.area_code = ${village} AND NOT EXISTS (SELECT 1 FROM cases AS c WHERE c.household_id = h.id AND c.ended_at IS NULL) LIMIT 1`;
  const id = registered?.id ?? household.id;
  await page.goto(`/county/households/${id}/exit`);
  await settled(page);
  await page.locator('[name=votes_present]').fill('40');
  await page.locator('[name=votes_for]').fill('38');
  for (const name of ['food', 'clothing', 'education', 'medical_care']) {
    await page.locator(`[name=met_${name}]`).check();
    await page.locator(`[name=evidence_${name}]`).fill('照片 3 号');
  }
  await page.locator('[name=evidence_housing]').fill('鉴定书 5 号');
  await page.locator('[name=reason]').fill('收入稳定');
  await page.getByRole('button', { name: '提出', exact: true }).click();
  await page.getByText('还没有达到，不能提出退出').waitFor();
  await accessible(page);
  await fits(page);
  assert.equal(await page.locator('[name=evidence_food]').inputValue(), '照片 3 号');
});

test('the household gives its word in its passbook', async () => {
  const family = await site.as('household1', { phone: true });
  await family.goto('/passbook');
  await settled(family);
  await family.getByRole('heading', { name: '请您拿主意' }).waitFor();
  await accessible(family);
  await fits(family);
  await family.screenshot({ path: `${screens}/exit-passbook-phone.png`, fullPage: true });
  await family.getByRole('button', { name: '同意', exact: true }).click();
  await family.locator('dialog button.main').click();
  await family.getByRole('heading', { name: '请您拿主意' }).waitFor({ state: 'detached' });
  const [{ state }] = await site.server
    .sql`SELECT c.state FROM cases AS c JOIN role_grants AS g ON g.organisation_id = c.household_id
    JOIN accounts AS a ON a.id = g.account_id WHERE a.login = 'household1' AND c.kind = 'exit'`;
  assert.equal(state, 'notice');
});

test('while a notice hangs the county waits; the board prints it', async () => {
  const [hanging] = await site.server
    .sql`SELECT county || '-' || id AS id, area_code FROM cases WHERE kind = 'exit' AND state = 'decision' LIMIT 1`;
  const county = await site.as('county2');
  await county.goto(`/county/cases/${hanging.id}`);
  await settled(county);
  await county.getByText('期满没有异议才能往下办').waitFor();
  assert.equal(await county.getByRole('button', { name: '同意', exact: true }).count(), 0);
  const township = await site.as('township');
  await township.goto(`/county/board?area=${hanging.area_code}`);
  await township.getByText('帮扶对象退出公示').first().waitFor();
  await accessible(township);
  await township.emulateMedia({ media: 'print' });
  await fits(township);
  assert.doesNotMatch(await township.locator('article.board').innerText(), /贫/);
});
