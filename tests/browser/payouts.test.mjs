// Journey 6: what is owed becomes a batch, its notice hangs out, someone else approves, the bank pays, two payments come back and are owed
// again. One page a stage, and no money before the notice ended.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { accessible, aSite, fits, settled, shoot } from './support.mjs';

const NOTICE_S = 15,
  COUNTY = '621221';
const site = await aSite({ settings: { SHANHUO_PUBLICITY_S: String(NOTICE_S) } });
const { server } = site;
const stage = (page, name) => page.locator('.stages > li', { hasText: name }).first();
const REASON = '账户已销户';

test('dues of a county: batch, notice, approval by another, bank file, two returned and owed again', async () => {
  const officer = await site.as('county1'),
    second = await site.as('county2', { phone: true }),
    finance = await site.as('finance');

  await officer.goto(`/county/payouts?area=${COUNTY}`);
  await settled(officer);
  await officer.locator('summary', { hasText: '提出发放批次' }).click();
  await officer.getByRole('button', { name: '提出并公示' }).click();
  await officer.waitForURL(/\/county\/payouts\/621221-/);
  const proposedAt = Date.now(),
    at = new URL(officer.url()).pathname;
  await settled(officer);
  await accessible(officer);

  // While the notice hangs nobody approves, and the page says until when.
  assert.match(await stage(officer, '批准').innerText(), /期满，之后才能批准/);
  assert.equal(await officer.getByRole('button', { name: '批准发放' }).count(), 0);
  await second.goto(at);
  await settled(second);
  assert.match(await stage(second, '批准').innerText(), /期满，之后才能批准/);
  const early = await second.context().request.get(`/api/v1${at.replace('/county/payouts', '/payout-batches')}/bank-file`);
  assert.equal(early.status(), 409, 'no bank file before approval');

  // The sheet for the board: names masked, where to object, nothing else on paper.
  await officer.getByRole('link', { name: '看公示、打印' }).click();
  await settled(officer);
  await accessible(officer);
  assert.doesNotMatch(await officer.locator('.board').innerText(), /\d{12}/, 'no account on the board');
  await officer.emulateMedia({ media: 'print' });
  assert.equal(await officer.getByRole('button', { name: '打印公示' }).isVisible(), false);
  assert.equal(await officer.locator('.board h2').isVisible(), true);
  await shoot(officer, 'county-notice-printed');
  await officer.emulateMedia({ media: 'screen' });

  await officer.waitForTimeout(Math.max(0, proposedAt + NOTICE_S * 1000 + 1000 - Date.now()));

  // Who proposed it is told why he can't; the other approves.
  await officer.goto(at);
  await settled(officer);
  assert.match(await stage(officer, '批准').innerText(), /您提出的，要由另一个人批准/);
  assert.equal(await officer.getByRole('button', { name: '批准发放' }).count(), 0);
  await second.reload();
  await settled(second);
  await fits(second);
  await second.getByRole('button', { name: '批准发放' }).click();
  await second.locator('dialog').getByRole('button', { name: '批准发放' }).click();
  await stage(second, '批准').locator('.mark-good').waitFor();
  await shoot(second, 'county-payout-approved');

  // Finance takes the file to the bank and books what it answers.
  await finance.goto(at);
  await settled(finance);
  const [file] = await Promise.all([finance.waitForEvent('download'), stage(finance, '银行文件').getByRole('link').click()]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  // The list to pay from holds full accounts; it is asked for on purpose, and only by finance.
  assert.doesNotMatch(lines.join(), /,"\d{16,19}",/);
  await stage(finance, '银行文件').getByRole('button', { name: '下载完整账号的银行文件' }).click();
  const [list] = await Promise.all([
    finance.waitForEvent('download'),
    finance.locator('dialog').getByRole('button', { name: '下载完整账号的银行文件' }).click(),
  ]);
  const full = (await readFile(await list.path(), 'utf8')).trim().split('\r\n');
  assert.equal(full.length, lines.length);
  assert.match(
    full.find((line) => line.includes(',household,')),
    /"[^"*]{2,}","[^"]+","\d{16,19}",\d+\.\d\d,/,
  );
  const returned = lines.filter((line) => line.includes(',household,')).slice(0, 2),
    today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date());
  assert.equal(returned.length, 2);
  const answer = lines
    .map((line, i) =>
      i === 0
        ? `${line},结果,日期,流水号,原因`
        : returned.includes(line)
          ? `${line},退回,${today},,${REASON}`
          : `${line},成功,${today},BANK-${i},`,
    )
    .join('\r\n');
  await finance
    .locator('input[type="file"]')
    .setInputFiles({ name: 'bank.csv', mimeType: 'text/csv', buffer: Buffer.from(answer) });
  const found = finance.locator('#results .note');
  assert.match(await found.innerText(), new RegExp(`到账 ${lines.length - 3} 笔.*退回 2 笔`));
  await found.getByRole('button', { name: '入账' }).click();
  await stage(finance, '办结').locator('.mark-bad').waitFor();
  assert.match(await stage(finance, '办结').innerText(), /2 笔退回/);
  assert.equal(await finance.locator('#items .mark-bad').count(), 2);
  assert.match(await finance.locator('#items tbody tr').first().innerText(), new RegExp(REASON));
  await accessible(finance);
  await shoot(finance, 'county-payout-done');

  // Both are owed again, with nothing lost on the way.
  const ids = `{${returned.map((line) => line.split(',')[0].slice(7)).join(',')}}`;
  const [{ owed, again }] = await server.sql`
    SELECT coalesce(sum(d.amount_fen), 0)::int AS again, (SELECT sum(i.amount_fen)::int FROM payout_items AS i WHERE i.id = ANY (${ids}::uuid[])) AS owed
    FROM dues AS d
    WHERE d.county = ${COUNTY} AND d.state = 'payable' AND d.payee_id IN (SELECT payee_id FROM payout_items WHERE id = ANY (${ids}::uuid[]))`;
  assert.ok(again >= owed, `${again} payable of ${owed} returned`);
});

test('by hand: what is missing is said beside its field, and who may not, sees no form', async () => {
  const auditor = await site.as('auditor'),
    cadre = await site.as('cadre');
  const { items } = await (await auditor.context().request.get('/api/v1/payout-batches?state=paid')).json();
  await auditor.goto(`/county/payouts/${items[0].batch_id}`);
  await settled(auditor);
  assert.equal(await auditor.locator('#results').count(), 0);
  assert.equal(await auditor.locator('summary').count(), 0);
  await cadre.goto('/county');
  await settled(cadre);
  assert.equal(await cadre.locator('.main-nav').getByRole('link', { name: '发放' }).count(), 0);

  const finance = await site.as('finance');
  await finance.goto(`/county/payouts/${items[0].batch_id}`);
  await settled(finance);
  await finance.locator('#results summary').click();
  await finance.locator('#results select').first().selectOption('returned');
  await finance.getByRole('button', { name: '入账' }).click();
  await finance.locator('#results .error').waitFor();
  assert.match(await finance.locator('#results li .error').innerText(), /必填/);
});
