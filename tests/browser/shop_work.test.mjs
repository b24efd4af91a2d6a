// The rest of a shop's day: two households on one slip, an order by phone, a file of products, photos, a return, a review, freight.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, settled, shoot } from './support.mjs';

const INVALIDATION_MS_MAX = 2000;
const site = await aSite();

const operator = await site.api('shop1');
const shop_id = operator.roles.find(({ role }) => role === 'operator').organisation_id,
  home = `/shop/${shop_id}`;
const picture = async (page, colour) =>
  Buffer.from(
    await page.evaluate((fill) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 600 }),
        pen = canvas.getContext('2d');
      pen.fillStyle = fill;
      pen.fillRect(0, 0, 800, 600);
      return canvas.toDataURL('image/jpeg').split(',')[1];
    }, colour),
    'base64',
  );

test('two households bring walnuts and stand on one slip', async () => {
  const page = await site.as('shop1', { phone: true });
  await page.goto(`${home}/intake`);
  await settled(page);
  const households = (await operator.get(`/shops/${shop_id}/suppliers?limit=100`)).items
    .filter(({ kind, last }) => kind === 'household' && /核桃/.test(last?.product_name))
    .slice(0, 2);
  assert.equal(households.length, 2);
  await page.locator('#find-supplier').fill(households[0].card_number.slice(-4));
  await page.locator('.choices button', { hasText: households[0].card_number }).click();
  await page.getByLabel('数量', { exact: true }).fill('10');
  await page.getByRole('button', { name: '同一张单子再加一家' }).click();
  await page.locator('#find-supplier').fill(households[1].phone_tail);
  await page.locator('.choices button', { hasText: households[1].card_number }).click();
  await page.getByLabel('数量', { exact: true }).nth(1).fill('12.5');
  await fits(page);
  await page.getByRole('button', { name: '开单' }).click();
  await page.locator('.slip .mark', { hasText: '已入账' }).waitFor();
  const words = await page.locator('.slip').innerText();
  for (const { card_number } of households) assert.match(words, new RegExp(card_number));
  await page.getByRole('link', { name: '看批次' }).click();
  await settled(page);
  await page.getByRole('link', { name: '看交货单' }).click();
  await page.locator('.slip', { hasText: '12.5 斤' }).waitFor();
  await accessible(page);
  await page.context().close();
});

test('an order by phone ends in a link that opens for whoever holds it', async () => {
  const page = await site.as('shop1', { phone: true });
  await page.goto(`${home}/orders/new`);
  await settled(page);
  await page.getByRole('button', { name: '下单，生成付款链接' }).click();
  await page.getByText('先选买什么、几份。').first().waitFor();
  await page
    .getByRole('button', { name: /多一份$/ })
    .first()
    .click();
  await page.getByLabel('收件人').fill('司马来电');
  await page.getByLabel('电话', { exact: true }).fill('139 0000 4321');
  for (const level of ['市（州）', '县（区）']) {
    const choice = page.getByLabel(level);
    await choice.locator('option').nth(1).waitFor({ state: 'attached' });
    if (!(await choice.inputValue())) await choice.selectOption({ index: 1 });
  }
  await page.getByLabel('街道门牌').fill('试路 2 号');
  await page.locator('dl.facts', { hasText: '合计' }).waitFor();
  await page.getByRole('button', { name: '下单，生成付款链接' }).click();
  await page.getByText('已下单').waitFor();
  await accessible(page);
  await shoot(page, 'journey-shop-phone-order.zh.phone');
  const href = await page.locator('main a[href*="/pay/"]').first().getAttribute('href');
  const opened = await (await (await site.context()).request.get(href.replace('/pay/', '/api/v1/pay/'))).json();
  assert.deepEqual([opened.state, opened.recipient, opened.phone], ['awaiting_payment', '司*', '139****4321']);
  assert.match(await page.locator('main').innerText(), /¥/);
  await page.context().close();
});

test('a file of products is tried, its wrong row named, mended and then imported', async () => {
  const page = await site.as('shop1', { phone: true });
  await page.goto(`${home}/import`);
  await settled(page);
  const head = '商品编码,商品名称,类目,商品描述,货号,规格,等级,每包数量,每包毛重克,单价元,每人限购';
  const file = (price) => ({
    name: 'huo.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\ufeff${head}\r\nlv-cha,明前绿茶,tea,高山茶,LC-100,100 克,一级,100,120,${price},20\r\n`),
  });
  await page.locator('#import-file').setInputFiles(file('很便宜'));
  await page.locator('table', { hasText: '第 2 行' }).waitFor();
  await accessible(page);
  await shoot(page, 'journey-shop-import.zh.phone');
  assert.equal(await page.getByRole('button', { name: '没有错误，正式导入' }).count(), 0);
  await page.locator('#import-file').setInputFiles(file('38.50'));
  await page.getByRole('button', { name: '没有错误，正式导入' }).click();
  await page.locator('.mark', { hasText: '已导入' }).first().waitFor();
  await page.getByRole('link', { name: '查看商品' }).click();
  await page.locator('.card', { hasText: '明前绿茶' }).waitFor();
  await page.context().close();
});

test('photos from the phone are shown in the order chosen, the first as cover', async () => {
  const page = await site.as('shop1', { phone: true });
  const [product] = (await operator.get(`/shops/${shop_id}/products`)).items;
  await page.goto(`${home}/products/${product.product_id}`);
  await settled(page);
  const files = [
    { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await picture(page, '#a04020') },
    { name: 'b.jpg', mimeType: 'image/jpeg', buffer: await picture(page, '#208040') },
  ];
  await page.locator('#photo-file').setInputFiles(files);
  await page.getByRole('button', { name: '移走第 2 张' }).waitFor();
  const second = await page.locator('.photos img').nth(1).getAttribute('src');
  await page.getByRole('button', { name: '设为封面' }).click();
  assert.equal(await page.locator('.photos img').first().getAttribute('src'), second);
  await page.getByRole('button', { name: '保存照片' }).click();
  await page.getByText('已保存。').waitFor();
  const {
    items: [now],
  } = await operator.get(`/shops/${shop_id}/products?product_id=${product.product_id}`);
  assert.equal(now.photos.length, 2);
  assert.match(second, new RegExp(now.cover_photo_id));
  await accessible(page);
  await page.context().close();
});

test('returns are answered, packs at their price and money with less than was asked; a review gets its reply', async () => {
  const page = await site.as('shop1', { phone: true });
  const {
      items: [asked],
    } = await operator.get(`/shops/${shop_id}/returns?state=open`),
    one = page.locator(`[id="${asked.return_id}"]`);
  await page.goto(home);
  await page.locator(`a[href$="${asked.return_id}"]`).click();
  await settled(page);
  await accessible(page);
  if (asked.packs === 0) await one.getByLabel(/退多少钱/).fill('1');
  await one.getByLabel('不同意').check();
  await one.getByRole('button', { name: '答复' }).click();
  await one.locator('.error, [role="alert"]').first().waitFor();
  await one.getByLabel('同意退').check();
  await one.getByLabel(/给买家的话/).fill('抱歉，马上退给您');
  await one.getByRole('button', { name: '答复' }).click();
  await one.waitFor({ state: 'detached' });
  await page.goto(`${home}/returns?state=accepted`);
  await page.getByText('抱歉，马上退给您').waitFor();
  await accessible(page);

  await page.goto(`${home}/reviews`);
  await settled(page);
  await page.getByLabel('您的回复').first().fill('谢谢，明年再来');
  await page.getByRole('button', { name: '回复', exact: true }).first().click();
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.goto(`${home}/reviews?answered=true`);
  await page.getByText('谢谢，明年再来').waitFor();
  await page.context().close();
});

test('freight for one more place is kept, and a wrong amount is named', async () => {
  const page = await site.as('shop1', { phone: true });
  await page.goto(`${home}/settings`);
  await settled(page);
  await page.getByRole('button', { name: '添一个地区' }).click();
  const row = page.locator('table.freight tbody tr').last(),
    place = await row.locator('select').inputValue();
  await row.locator('input[inputmode]').first().fill('不知道');
  await page.getByRole('button', { name: '保存运费' }).click();
  await row.locator('.error').waitFor();
  await row.locator('input[inputmode]').first().fill('9.5');
  await row.locator('input[inputmode]').nth(1).fill('2');
  await page.getByRole('button', { name: '保存运费' }).click();
  await page.getByText('已保存。').waitFor();
  const kept = async () => {
    const { freight } = await (await page.context().request.get(`/api/v1/shops/${shop_id}`)).json();
    return freight
      .filter(({ destination }) => destination === place)
      .map(({ first_fen, further_fen }) => [first_fen, further_fen]);
  };
  // The shop as the public sees it is cached; the word that it changed travels beside the answer.
  for (const until = Date.now() + INVALIDATION_MS_MAX; (await kept()).length === 0 && Date.now() < until; )
    await page.waitForTimeout(100);
  assert.deepEqual(await kept(), [[950, 200]]);
  await fits(page);
  await page.context().close();
});

test('every sum of a month opens, and the books agree', async () => {
  const page = await site.as('shop1', { phone: true });
  await page.goto(`${home}/statements`);
  await settled(page);
  const of = await operator.get(
    `/shops/${shop_id}/statements?month=${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)}`,
  );
  assert.equal(of.reconciles, true);
  await page.getByText('对得上').waitFor();
  await page.getByRole('button', { name: '看每天的明细' }).click();
  await page.locator('table', { hasText: '按天和商品' }).waitFor();
  const sheet = await page.context().request.get(await page.getByRole('link', { name: 'XLSX' }).getAttribute('href'));
  assert.equal((await sheet.body()).subarray(0, 2).toString(), 'PK');
  await page.context().close();
});

test('who works in two shops says which, and the address keeps it', async () => {
  const second = await site.api('shop2'),
    { account_id } = await second.get('/me'),
    { shop_id: own } = (await second.get('/me/shops')).items[0];
  await (await site.api('county1')).post(`/accounts/${account_id}/roles`, {
    role: 'operator',
    organisation_id: shop_id,
    valid_from: '2026-01-01',
  });
  const page = await site.as('shop2', { phone: true });
  await page.goto('/shop');
  await settled(page);
  await page.locator('main .rows a').nth(1).waitFor();
  await accessible(page);
  await page.locator(`main a[href="${home}"]`).click();
  await page.waitForURL(`**${home}`);
  await page.getByLabel('哪个店铺').selectOption(own);
  await page.waitForURL(`**/shop/${own}`);
  await settled(page);
  await page.context().close();
});
