// After the parcel came: received, something given back with a photo, a review; where goods come from, what hangs on the board, what one's
// purchases brought, and one's own account.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { aPng } from '../http/pictures.mjs';
import { accessible, aSite, fits, settled } from './support.mjs';

const site = await aSite();
const photo = { name: 'broken.png', mimeType: 'image/png', buffer: aPng(640, 480) };

/** Someone whose parcel is on its way, and the order; of the demo. */
async function aParcel(lines_min = 1) {
  const [found] = await site.server.sql`
    SELECT a.login, o.county || '-' || o.id AS order_id
    FROM orders AS o JOIN accounts AS a ON a.id = o.buyer_id JOIN order_lines AS l ON l.county = o.county AND l.order_id = o.id
    WHERE o.state = 'shipped' AND a.login LIKE 'buyer%'
    GROUP BY a.login, o.county, o.id HAVING count(*) >= ${lines_min} ORDER BY o.id DESC LIMIT 1`;
  return found;
}
const inDialog = (page, name) => page.locator('dialog').getByRole('button', { name, exact: true });

test('a parcel is received, one thing goes back with a photo, another is reviewed, changed and taken back', async () => {
  const { login, order_id } = await aParcel();
  const page = await site.as(login, { phone: true });
  await page.goto(`/orders/${order_id}`);
  await page.getByRole('button', { name: '确认收货' }).click();
  await inDialog(page, '确认收货').click();
  await page.locator('h1 .mark', { hasText: '已收货' }).waitFor();

  const line = page.locator('main li.card').first();
  await line.getByRole('button', { name: '申请退货退款' }).click();
  await line.getByRole('button', { name: '提交申请' }).click();
  await line.getByText('请选一个原因。').waitFor();
  await line.getByText('路上损坏').click();
  await line.locator('textarea').fill('瓶盖裂了，漏了一半');
  await line.locator('input[type=file]').setInputFiles([photo, { ...photo, name: 'not.png', buffer: Buffer.from('no picture') }]);
  await line.locator('.photos img').waitFor();
  await line.locator('.field [role=alert]').waitFor();
  await accessible(page);
  await fits(page);
  await page.reload();
  await settled(page);
  await line.getByRole('button', { name: '申请退货退款' }).click();
  assert.equal(await line.locator('textarea').inputValue(), '瓶盖裂了，漏了一半', 'what was typed survives a reload');
  assert.equal(await line.locator('.photos img').count(), 1, 'and so does the photo');
  await line.getByRole('button', { name: '提交申请' }).dblclick();
  await line.getByText('等店铺答复').waitFor();
  await line.locator('.note .photos img').waitFor();
  const order = await (await page.request.get(`/api/v1/orders/${order_id}`)).json();
  assert.deepEqual(
    order.returns.map((one) => [one.cause, one.words, one.photos.length, one.state]),
    [['transport', '瓶盖裂了，漏了一半', 1, 'open']],
  );

  const praised = page.locator('main li.card').last();
  await praised.getByRole('button', { name: '写评价' }).click();
  await praised.getByRole('button', { name: '发表' }).click();
  await praised.getByText('请选几颗星。').waitFor();
  await praised.getByRole('radio').first().focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  await praised.locator('textarea').fill('香，新鲜，家里都说好');
  await accessible(page);
  await praised.getByRole('button', { name: '发表' }).click();
  await praised.getByText('香，新鲜，家里都说好').waitFor();
  await praised.getByText('★★★★★').waitFor();
  await praised.getByRole('button', { name: '修改评价' }).click();
  await praised.getByRole('radio', { name: /4 星/ }).check({ force: true });
  await praised.getByRole('button', { name: '保存' }).click();
  await praised.getByText('★★★★☆').waitFor();
  await praised.getByRole('button', { name: '删除评价' }).click();
  await inDialog(page, '删除评价').click();
  await praised.getByText('评价已删除。').waitFor();
});

test('an order before it is packed is cancelled, and says where the money is', async () => {
  const [found] = await site.server.sql`
    SELECT a.login, o.county || '-' || o.id AS order_id FROM orders AS o JOIN accounts AS a ON a.id = o.buyer_id WHERE o.state = 'paid' AND a.login LIKE 'buyer%' LIMIT 1`;
  const page = await site.as(found.login, { phone: true, language: 'en' });
  await page.goto(`/orders/${found.order_id}`);
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await inDialog(page, 'Cancel the order').click();
  await page.locator('h1 .mark', { hasText: /Refunded|Cancelled/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Cancel the order' }).count(), 0);
});

test('a code from a pack, as people type it, tells where the goods come from', async () => {
  const [{ trace_code }] = await site.server
    .sql`SELECT trace_code FROM lots WHERE inspection = 'passed' ORDER BY id DESC LIMIT 1`;
  const page = await site.guest({ phone: true });
  await page.goto('/trace');
  await page.locator('[name=code]').fill('nosuchcode');
  await page.getByRole('button', { name: '查', exact: true }).click();
  await page.getByRole('heading', { name: '没有这个溯源码' }).waitFor();
  await page.locator('[name=code]').fill(` ${trace_code.toLowerCase().replace(/(.{4})/, '$1 ')} `);
  await page.getByRole('button', { name: '查', exact: true }).click();
  await page.getByRole('heading', { name: '各村交货' }).waitFor();
  assert.ok(page.url().endsWith(`/trace/${trace_code}`));
  await accessible(page);
  await page.getByRole('link', { name: '看封存号' }).click();
  await page.locator('.seal-head code').first().waitFor();
});

test('whoever sees something wrong on a notice objects without an account, once', async () => {
  const page = await site.guest({ phone: true });
  await page.goto('/');
  await page.getByRole('link', { name: '公示', exact: true }).click();
  await page.locator('ul.rows a').first().click();
  const notice = page.getByRole('form', { name: '提异议' });
  await notice.getByRole('button').click();
  await notice.locator('[aria-invalid=true]').waitFor();
  await notice.locator('textarea').fill('第七行：那天他家没有交核桃');
  await notice.getByRole('button').dblclick();
  const number = (await page.getByText(/已收到，编号/).innerText()).match(/[0-9A-F]{6}/)[0];
  const raised = await site.server.sql`SELECT id FROM objections WHERE words = '第七行：那天他家没有交核桃'`;
  assert.deepEqual(
    raised.map(({ id }) => id.slice(-6).toUpperCase()),
    [number],
  );
});

test('what purchases brought becomes a picture on the device, with sums only if wished', async () => {
  const page = await site.as('buyer1', { phone: true });
  await page.goto('/impact');
  const card = page.locator('.impact-card');
  await card.waitFor();
  assert.match(await card.textContent(), /¥/);
  await page.getByLabel('写上金额').uncheck();
  assert.doesNotMatch(await card.textContent(), /¥/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存成图片' }).click()]);
  const bytes = await readFile(await download.path());
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1440, 1800], 'width and height of the PNG');
  const names = await site.server.sql`SELECT DISTINCT head_name_masked AS name FROM households LIMIT 50`;
  const said = await card.textContent();
  for (const { name } of names) assert.ok(!said.includes(name));
});

test('addresses come and go, and another device is signed out', async () => {
  const elsewhere = await site.as('buyer2'),
    page = await site.as('buyer2', { phone: true });
  await page.goto('/account');
  await page.getByRole('button', { name: '添加地址' }).click();
  const form = page.getByRole('form', { name: '添加地址' });
  await form.getByRole('button', { name: '保存' }).click();
  await form.locator('.error').first().waitFor();
  await form.locator('[name=recipient]').fill('何青');
  await form.locator('[name=phone]').fill('138 0000 1234');
  await form.locator('[name=street]').fill('演示路 77 号');
  await form.getByLabel('县（区）').selectOption('621221');
  await form.getByRole('button', { name: '保存' }).click();
  const kept = page.locator('li', { hasText: '演示路 77 号' });
  await kept.getByText('成县').waitFor();
  await kept.getByRole('button', { name: /修改/ }).click();
  await page.locator('li [name=street]').fill('演示路 78 号');
  await page.locator('li form').getByRole('button', { name: '保存' }).click();
  const changed = page.locator('li', { hasText: '演示路 78 号' });
  await changed.getByRole('button', { name: '删除' }).click();
  await inDialog(page, '删除').click();
  await changed.waitFor({ state: 'detached' });
  await fits(page);

  while ((await page.getByRole('button', { name: '让它退出' }).count()) > 0) {
    const before = await page.getByRole('button', { name: '让它退出' }).count();
    await page.getByRole('button', { name: '让它退出' }).first().click();
    await page.waitForFunction(
      (many) => [...document.querySelectorAll('button')].filter(({ textContent }) => textContent === '让它退出').length < many,
      before,
    );
  }
  assert.equal((await elsewhere.request.get('/api/v1/me')).status(), 401);
});
