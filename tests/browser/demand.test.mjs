// Journey 2: a school pledges, lists goods for three canteens, another signs, each canteen is ordered, and the certificate counts by county.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, screens, settled } from './support.mjs';

const site = await aSite();
const opened = async (page, name) => {
  await settled(page);
  await accessible(page);
  await fits(page);
  await page.screenshot({ path: `${screens}/demand-${name}.png`, fullPage: true });
};
const buyer = await site.api('buyer1');
const {
  items: [{ unit_id }],
} = await buyer.get('/units');
const shop = await site.api('shop1');
const shop_id = shop.roles.find(({ role }) => role === 'operator').organisation_id;
const { items: products } = await buyer.get(`/products?shop_id=${shop_id}&in_stock=true&limit=5`);
const { offers } = await buyer.get(`/products/${products[0].product_id}`);
let address;

test('a requester pledges and it is no purchase', async () => {
  const page = await site.as('buyer1', { phone: true });
  await page.goto(`/units/${unit_id}`);
  await opened(page, 'unit-phone');
  await page.getByRole('button', { name: '作出承诺' }).click();
  await page.locator('input[name="amount_fen"]').fill('200000');
  await page.getByRole('button', { name: '承诺', exact: true }).click();
  await page.getByText('¥200,000.00').first().waitFor();
  const { items } = await buyer.get(`/pledges?unit_id=${unit_id}`);
  const newest = items.find(({ pledged_fen }) => pledged_fen === 20_000_000);
  assert.deepEqual([newest.ordered_fen, newest.paid_fen, newest.delivered_fen, newest.refunded_fen], [0, 0, 0, 0]);
});

test('the basket becomes a list for three canteens', async () => {
  const page = await site.as('buyer1', { phone: true });
  await page.request.put('/api/v1/cart', {
    data: { lines: [{ offer_id: offers[0].offer_id, packs: 2 }] },
    headers: {
      origin: site.origin,
      'sec-fetch-site': 'same-origin',
      'x-csrf-token': (await (await page.request.get('/api/v1/me')).json()).csrf,
    },
  });
  await page.goto(`/units/${unit_id}/lists/new`);
  await settled(page);
  await page.locator('input[name="title"]').fill('十二月食堂');
  for (const [i, place] of ['东食堂', '西食堂', '南食堂'].entries()) await page.locator(`input[name="place_${i}"]`).fill(place);
  await page.locator('input[name="recipient"]').fill('王老师');
  await page.locator('input[name="phone"]').fill('13900000000');
  for (const code of ['62', '6212', '621202']) await page.locator(`select:has(option[value="${code}"])`).selectOption(code);
  await page.locator('input[name="street"]').fill('学府路 1 号');
  await opened(page, 'list-new-phone');
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.getByText('待审批').first().waitFor();
  await page.getByText('等另一位审批人签字').waitFor();
  assert.equal(await page.getByRole('button', { name: '批准', exact: true }).count(), 0);
  await opened(page, 'list-proposed-phone');
  address = new URL(page.url()).pathname;
});

test('the approver signs, orders each canteen and reads the certificate', async () => {
  const page = await site.as('buyer2');
  await page.goto(address);
  await settled(page);
  await page.getByRole('button', { name: '批准', exact: true }).click();
  await page.locator('dialog button.main').click();
  await page.getByText('已批准').first().waitFor();
  for (const place of ['东食堂', '西食堂', '南食堂']) {
    await page.getByRole('button', { name: `为${place}下单` }).click();
    await page.getByRole('button', { name: `为${place}下单` }).waitFor({ state: 'detached' });
  }
  await opened(page, 'list-ordered');
  await page.goto(`/units/${unit_id}`);
  await page.getByRole('heading', { name: /采购证明/ }).waitFor();
  await opened(page, 'unit');
  const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载证明（PDF）' }).click()]);
  assert.match(paper.suggestedFilename(), /pdf$/);
});

test('what came is counted, and what is not taken is asked back', async () => {
  const page = await site.as('buyer2', { phone: true });
  const list = await buyer.get(`/purchase-lists/${address.split('/').at(-1)}`);
  const [{ purchase_id, orders }] = list.parts;
  const { reference } = await buyer.post(`/purchases/${purchase_id}/pay`, { provider: 'simulator' });
  await buyer.post(`/simulator/payments/${reference}`, { outcome: 'succeed' });
  while ((await buyer.get(`/orders/${orders[0].order_id}`)).state !== 'paid') await page.waitForTimeout(100);
  await shop.post(`/orders/${orders[0].order_id}/ship`, { carrier: '邮政', waybill: 'W9' });
  await page.goto(`/units/${unit_id}`);
  await page.getByRole('link', { name: '验收', exact: true }).first().waitFor();
  await opened(page, 'unit-on-the-way-phone');
  await page.getByRole('link', { name: '验收', exact: true }).first().click();
  await page.locator('input[name="packs_0"]').fill('1');
  await page.getByRole('button', { name: '确认验收' }).click();
  await page.locator('select[name="cause_0"][aria-invalid="true"]').waitFor();
  await opened(page, 'acceptance-phone');
  await page.locator('select[name="cause_0"]').selectOption('transport');
  await page.getByRole('button', { name: '确认验收' }).click();
  await page.getByRole('cell', { name: '路上损坏' }).waitFor();
  await opened(page, 'acceptance-done-phone');
});

test('everyone reads the five figures, nobody else the orders', async () => {
  for (const language of ['zh-CN', 'en']) {
    const page = await site.guest({ phone: true, language });
    await page.goto('/pledges');
    await opened(page, `pledges-${language}`);
    await page.locator('section.card h2 a').first().click();
    await page.waitForURL(/\/pledges\/./);
    await opened(page, `pledge-${language}`);
    assert.equal(await page.locator('table').count(), 0);
  }
  const page = await site.as('buyer1', { language: 'en' });
  const { items } = await buyer.get('/pledges');
  await page.goto(`/pledges/${items.find(({ orders_count }) => orders_count > 0).pledge_id}`);
  await opened(page, 'pledge-orders');
  assert.ok((await page.locator('table tbody tr').count()) > 0);
});
