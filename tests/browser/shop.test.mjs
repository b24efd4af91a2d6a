// Journey 3: a grandmother brings 30 jin of walnuts while there is no line, until the first parcel is on its way; with the wrong turns.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aSite, fits, onASlowLine, settled, shoot, signIn } from './support.mjs';

const INTAKE_MS_MAX = 40_000,
  FIELDS_MAX = 6;
const site = await aSite();
const { server } = site;

const shop_id = (await site.api('shop1')).roles.find(({ role }) => role === 'operator').organisation_id;
const home = `/shop/${shop_id}`;
const slipsIn = () =>
  server.sql`SELECT slip_id::text, taken_in_qty::int AS qty, county || '-' || id AS lot_id FROM lots WHERE county || '-' || shop_id = ${shop_id} ORDER BY id DESC`;

/** No page ever shows a whole number of an identity card. */
async function discreet(page) {
  assert.doesNotMatch(await page.locator('body').innerText(), /\d{17}[\dXx]/);
}
/** Everything a page needs without a line is on the device: its parts, and what was seen last. */
async function kept(page) {
  await page.waitForFunction(async () => {
    const parts = (
      await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))
    ).flat();
    return (
      ['intake-', 'kept-', 'today-'].every((part) => parts.some((url) => url.includes(`/assets/${part}`))) &&
      navigator.serviceWorker.controller !== null
    );
  });
  await page.waitForFunction(
    () =>
      new Promise((settle) => {
        const open = indexedDB.open('shanhuo-seen');
        open.onsuccess = () => {
          const all =
            open.result.objectStoreNames.contains('seen') && open.result.transaction('seen').objectStore('seen').getAllKeys();
          if (!all) {
            open.result.close();
            return settle(false);
          }
          all.onsuccess = () => {
            open.result.close();
            settle(['suppliers', 'products', 'categories'].every((one) => all.result.some((key) => key.includes(`/${one}`))));
          };
        };
      }),
  );
}
const state = (page) => page.locator('.slip .mark').innerText();
const choose = (page, text) => page.locator('.choices button', { hasText: text }).first().click();
const nothingKept = (page) =>
  page.waitForFunction(
    () =>
      new Promise((settle) => {
        const open = indexedDB.open('shanhuo-outbox');
        open.onsuccess = () => {
          const all = open.result.transaction('slips').objectStore('slips').count();
          all.onsuccess = () => {
            open.result.close();
            settle(all.result === 0);
          };
        };
      }),
  );

/** What the server answered to the slips this context sent, so that a slip that is not booked says where it went. */
function answersToSlips(context) {
  const answers = [];
  context.on('response', async (response) => {
    const request = response.request();
    if (request.method() !== 'POST' || !new URL(request.url()).pathname.endsWith('/lots')) return;
    answers.push({
      status: response.status(),
      key: request.headers()['idempotency-key'],
      body: await response.text().catch(String),
    });
  });
  return answers;
}

/** The session ends elsewhere; the page does not know it yet. */
async function endSession(page) {
  const { request } = page.context(),
    { csrf } = await (await request.get('/api/v1/me')).json();
  const answer = await request.post('/api/v1/auth/logout', {
    headers: { origin: site.origin, 'sec-fetch-site': 'same-origin', 'x-csrf-token': csrf },
  });
  assert.ok(answer.ok());
}

let lot_id;
test('30 jin without a line: the slip waits, survives the closed page, and is booked once with two tabs open', async () => {
  const context = await site.context({ phone: true, worker: true }),
    answers = answersToSlips(context);
  let page = await context.newPage();
  await page.goto('/shop');
  await signIn(page, 'shop1');
  await page.waitForURL(`**${home}`);
  await settled(page);
  await kept(page);
  const before = await slipsIn();

  await context.setOffline(true);
  await page.close();
  page = await context.newPage();
  await page.goto(`${home}/intake`);
  await settled(page);
  assert.match(await page.locator('.notices').innerText(), /没有网络/);
  const began = Date.now(),
    who = page.locator('.choices button', { hasText: /手机尾号.*核桃/ }).first(),
    name = await who.locator('strong').innerText();
  await who.click();
  await page.getByLabel('数量', { exact: true }).fill('30');
  assert.ok(Number(await page.getByLabel(/^价格/).inputValue()) > 0, 'the price is as last time');
  await page.getByRole('button', { name: '开单' }).click();
  await page.locator('.slip').waitFor();
  assert.ok(Date.now() - began < INTAKE_MS_MAX);
  assert.match(await state(page), /等网络/);
  assert.match(await page.locator('.slip').innerText(), new RegExp(`${name.replace('*', '\\*')}[\\s\\S]*30 斤`));
  await discreet(page);
  await accessible(page);
  await shoot(page, 'journey-shop-slip-waits.zh.phone');

  await page.close();
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto('/shop/kept');
    await settled(tab);
    await tab.getByRole('heading', { level: 2 }).first().waitFor();
    assert.match(await tab.locator('main').innerText(), /等网络，未入账/);
  }
  await shoot(tabs[0], 'journey-shop-kept.zh.phone');
  assert.equal((await slipsIn()).length, before.length);
  await context.setOffline(false);
  await nothingKept(tabs[0]);
  const known = new Set(before.map(({ slip_id }) => slip_id)),
    booked = (await slipsIn()).filter(({ slip_id }) => !known.has(slip_id));
  assert.deepEqual(
    booked.map(({ qty }) => qty),
    [15_000],
    `the server answered ${JSON.stringify(answers)}`,
  );
  await tabs[1].getByText('没有存着的单子').waitFor();
  lot_id = booked[0].lot_id;
  await context.close();
});

test('the lot is inspected, offered in at most six fields, ordered, packed without a line, labelled and shipped', async () => {
  const page = await site.as('shop1', { phone: true });
  await page.goto(`${home}/lots/${lot_id}`);
  await settled(page);
  assert.match(await page.locator('h1').innerText(), /等待验货/);
  await (await site.api('inspector')).post(`/lots/${lot_id}/inspection`, { result: 'passed', note: '干度合格' });
  await page.reload();
  await page.getByRole('link', { name: '上架' }).click();
  await settled(page);
  const fields = page.locator('main form :is(input, select, textarea):not([aria-label])');
  assert.ok((await fields.count()) <= FIELDS_MAX, `${await fields.count()} fields`);
  await page.getByLabel('一份多少', { exact: true }).fill('5');
  await page.getByLabel(/一份卖多少/).fill('128');
  await page.locator('form').getByRole('button', { name: '上架' }).click();
  await page.getByText('已上架').waitFor();
  await fits(page);

  const buyer = await site.api('buyer1'),
    lot = await (await site.api('shop1')).get(`/lots/${lot_id}`);
  const { offers } = await buyer.get(`/products/${lot.product_id}`),
    offer = offers.find(({ price_fen, pack_qty }) => price_fen === 12_800 && pack_qty === 2500);
  const purchase = await buyer.post('/checkout', {
    lines: [{ offer_id: offer.offer_id, packs: 1 }],
    address: { recipient: '欧阳试试', phone: '13900001234', area_code: '621221100001', street: '试路 1 号' },
  });
  const { reference } = await buyer.post(`/purchases/${purchase.purchase_id}/pay`, { provider: 'simulator' });
  await buyer.post(`/simulator/payments/${reference}`, { outcome: 'succeed' });
  const order_id = purchase.orders[0].order_id,
    line = page.locator('li', { has: page.locator(`a[href$="${order_id}"]`) });

  await page.goto(home);
  await settled(page);
  await accessible(page);
  assert.match(await page.locator('main').innerText(), /要打包/);
  await page.goto(`${home}/orders`);
  await line.waitFor();
  await page.context().setOffline(true);
  await line.getByRole('button', { name: '打好包了' }).click();
  await line.getByText('已打包，等网络').waitFor();
  await page.context().setOffline(false);
  await page.waitForFunction(async (id) => (await (await fetch(`/api/v1/orders/${id}`)).json()).packed_at !== null, order_id);
  assert.equal(
    (await server.sql`SELECT count(*)::int AS count FROM packing_marks WHERE county || '-' || order_id = ${order_id}`)[0].count,
    1,
  );

  await page.goto(`${home}/labels?orders=${order_id}`);
  const label = page.locator('.label');
  await label.waitFor();
  assert.match(await label.innerText(), /欧\*[\s\S]*139\*\*\*\*1234/);
  assert.doesNotMatch(await label.innerText(), /试试|13900001234/);
  assert.ok(await label.locator('svg.qr').isVisible());
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('header.top').isVisible(), false);
  assert.ok(await label.isVisible());
  await page.emulateMedia({ media: 'screen' });

  await page.goto(`${home}/orders/${order_id}`);
  await page.getByLabel('快递公司').fill('邮政快递包裹');
  await page.getByLabel('运单号').fill('98 7654 3210');
  await page.getByRole('button', { name: '发货' }).click();
  await page.locator('h1', { hasText: '已发货' }).waitFor();
  assert.match(await page.locator('main').innerText(), /9876543210/);
  assert.match(await page.locator('main').innerText(), /给农户和供货方\s+¥/);
  await discreet(page);
  await page.context().close();
});

test('wrong turns: an unknown household, a thumb that slipped, a session that ended, a button pressed twice', async () => {
  const page = await site.as('shop1', { phone: true });
  await page.goto(`${home}/intake`);
  await settled(page);
  await page.getByRole('button', { name: '开单' }).click();
  await page.getByText('先找出是谁来交货').first().waitFor();
  await page.locator('#find-supplier').fill('zzzzzz');
  await page.getByText('没有找到').waitFor();
  const { items } = await (await site.api('shop1')).get(`/shops/${shop_id}/suppliers?limit=100`),
    one = items.find(({ kind, last }) => kind === 'household' && last);
  await page.locator('#find-supplier').fill(one.phone_tail);
  await choose(page, one.card_number);
  await page.getByLabel('数量', { exact: true }).fill('很多');
  await page.getByRole('button', { name: '开单' }).click();
  await page.locator('.error', { hasText: '请填数量' }).waitFor();
  await page.getByLabel('数量', { exact: true }).fill('30000');
  await page.getByRole('button', { name: '开单' }).click();
  await page.getByText('比平常多很多').first().waitFor();
  await accessible(page);
  const before = await slipsIn();
  assert.equal(before.filter(({ qty }) => qty === 15_000_000).length, 0);

  await page.getByLabel('数量没写错').check();
  await endSession(page);
  await onASlowLine(page);
  await page.getByRole('button', { name: '开单' }).dblclick();
  await page.locator('dialog input[name="login"]').first().waitFor();
  await page.locator('dialog input[name="login"]').first().fill('shop1');
  await page.locator('dialog input[name="password"]').first().fill('shanhuo-2016');
  await page.locator('dialog button.main').first().click();
  await page.locator('.slip').waitFor();
  assert.match(await state(page), /已入账/);
  const after = await slipsIn();
  assert.deepEqual([after.length, after.filter(({ qty }) => qty === 15_000_000).length], [before.length + 1, 1]);
  await page.context().close();
});

test('a slip that was refused says why, can be mended, and is then booked once', async () => {
  const context = await site.context({ phone: true, worker: true });
  const page = await context.newPage();
  await page.goto('/shop');
  await signIn(page, 'shop1');
  await page.waitForURL(`**${home}`);
  await settled(page);
  await kept(page);
  const before = await slipsIn();
  await context.setOffline(true);
  await page.goto(`${home}/intake`);
  await settled(page);
  await page.locator('.choices button').first().click();
  await page.getByLabel('数量', { exact: true }).fill('12');
  await page.locator('summary', { hasText: '可改' }).click();
  await page.getByLabel('采收日期').fill('2099-01-01');
  await page.getByRole('button', { name: '开单' }).click();
  await page.locator('.slip').waitFor();
  await context.setOffline(false);
  await page.goto('/shop/kept');
  await page.getByRole('link', { name: '改好再交' }).waitFor();
  await accessible(page);
  await shoot(page, 'journey-shop-refused.zh.phone');
  await page.getByRole('link', { name: '改好再交' }).click();
  await settled(page);
  await page.locator('summary', { hasText: '可改' }).click();
  await page.getByLabel('采收日期').fill(new Date().toISOString().slice(0, 10));
  await page.getByRole('button', { name: '开单' }).click();
  await page.locator('.slip .mark', { hasText: '已入账' }).waitFor();
  await nothingKept(page);
  assert.equal((await slipsIn()).length, before.length + 1);
  await context.close();
});
