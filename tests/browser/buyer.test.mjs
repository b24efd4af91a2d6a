// Journey 1: a buyer on a phone, from "ht" to two shops paid, in six screens and without an account until paying; with the wrong turns.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unique } from '../http/support.mjs';
import { accessible, aSite, fits, onASlowLine, settled, signIn } from './support.mjs';

const SCREENS_MAX = 6;
const site = await aSite();
const basket = (page) => page.evaluate(() => JSON.parse(localStorage.getItem('cart') ?? '[]'));

/** Offers in stock of two shops that deliver to the same place. */
const offers = () => site.server.sql`
  SELECT DISTINCT ON (f.shop_id) f.county || '-' || f.id AS offer_id, f.id, f.county || '-' || f.product_id AS product_id, f.product_id AS product, f.grade, f.place_id, f.price_fen
  FROM offers AS f JOIN stocks AS s ON s.county = f.county AND s.product_id = f.product_id AND s.grade = f.grade AND s.place_id = f.place_id
  WHERE f.listed AND s.on_hand_qty - s.reserved_qty >= f.pack_qty * 5 ORDER BY f.shop_id, f.price_fen LIMIT 3`;

/** Counts the pages one has seen, by address. */
function countScreens(page) {
  const seen = [];
  page.on('framenavigated', (frame) => {
    const { pathname } = new URL(frame.url());
    if (frame === page.mainFrame() && seen.at(-1) !== pathname) seen.push(pathname);
  });
  return seen;
}
async function intoBasket(page, product_id, packs = 1) {
  await page.goto(`/products/${product_id}`);
  for (let i = 1; i < packs; i++) await page.getByRole('button', { name: '多一份' }).click();
  await page.getByRole('button', { name: /放进篮子/ }).click();
  await page.getByRole('link', { name: '去篮子' }).waitFor();
}
async function whereTo(page) {
  const code = '621202';
  await page.locator('[name=recipient]').fill('周明');
  await page.locator('[name=phone]').fill('13800001234');
  for (const digits of [2, 4, 6]) {
    const level = page.locator('main select').filter({ has: page.locator(`option[value="${code.slice(0, digits)}"]`) });
    await level.first().waitFor();
    await level.first().selectOption(code.slice(0, digits));
  }
  await page.locator('[name=street]').fill('演示路 8 号');
}

test('from "ht" on a phone to two shops paid, in six screens and no account until paying', async () => {
  const page = await site.guest({ phone: true });
  const seen = countScreens(page);
  await page.goto('/');
  await page.getByRole('combobox').fill('ht');
  const suggested = page.getByRole('option').filter({ hasText: '核桃' }).filter({ hasText: '货品' }).first();
  await suggested.waitFor();
  await suggested.click();
  await page.getByRole('heading', { name: '钱分到哪里' }).waitFor();
  await page.getByRole('rowheader', { name: '给农户' }).first().waitFor();
  await accessible(page);
  await page.getByRole('button', { name: /放进篮子/ }).click();
  assert.equal((await basket(page)).length, 1);

  // The second shop's goods were chosen on another day, at the same device.
  const first = (await basket(page))[0].offer_id;
  const other = (await offers()).find(({ offer_id }) => offer_id !== first);
  const screens = seen.length;
  await intoBasket(page, other.product_id);
  seen.splice(screens);
  await page.getByRole('link', { name: '去篮子' }).click();
  await page.locator('section.card').nth(1).waitFor();
  assert.equal(await page.locator('section.card').count(), 2);
  await accessible(page);
  await fits(page);
  await page.getByRole('link', { name: '去结算' }).click();

  // Only now is someone asked who they are: an account is made in place, and nothing is lost.
  await page.getByRole('button', { name: /注册一个/ }).click();
  const login = unique('buyer').replace(/[^a-z0-9]/g, '');
  await page.locator('[name=login]').fill(login);
  await page
    .locator('[name=display_name]')
    .fill('周明')
    .catch(() => {});
  await page.locator('form [type=password]').first().fill('cloud-walnut-1935');
  for (const box of await page.locator('form [type=checkbox]').all()) await box.check();
  await page.locator('form:has([type=password]) button.main').click();
  await whereTo(page);
  await page.getByRole('button', { name: /^下单 ¥/ }).waitFor();
  await page.getByRole('button', { name: /^下单 ¥/ }).dblclick();
  await page.waitForURL('**/pay/*');
  await page.getByRole('button', { name: '付款', exact: true }).dblclick();
  await page.getByText('钱收到了').waitFor();
  const mine = await (await page.request.get('/api/v1/purchases')).json();
  assert.deepEqual(
    mine.items.map(({ state }) => state),
    ['paid'],
    'a double tap orders once',
  );
  assert.equal((await (await page.request.get('/api/v1/orders')).json()).items.length, 2);
  assert.deepEqual(await basket(page), []);
  assert.ok(new Set(seen).size <= SCREENS_MAX, seen.join(' '));
});

test('a line that sells out stays in the basket, marked, and the rest is ordered', async () => {
  const [a, b] = await offers();
  const page = await site.as('buyer2', { phone: true });
  await intoBasket(page, a.product_id, 2);
  await intoBasket(page, b.product_id);
  const [line] = (await basket(page)).filter(({ packs }) => packs === 2);
  const sold = [a, b].find(({ product_id }) => product_id === a.product_id);
  const held = await site.server
    .sql`UPDATE stocks SET reserved_qty = on_hand_qty WHERE product_id = ${sold.product} RETURNING product_id, grade, place_id`;
  try {
    await page.goto('/cart');
    await page.locator('.unserved').waitFor();
    await accessible(page);
    assert.equal((await basket(page)).length, 2);
    await page.getByRole('link', { name: '去结算' }).click();
    await page.locator('.unserved').waitFor();
    await page.getByRole('button', { name: /^下单 ¥/ }).click();
    await page.waitForURL('**/pay/*');
    assert.deepEqual(
      (await basket(page)).map(({ offer_id }) => offer_id),
      [line.offer_id],
      'what could not be had waits in the basket',
    );
  } finally {
    for (const { product_id } of held)
      await site.server
        .sql`UPDATE stocks AS s SET reserved_qty = coalesce((SELECT sum(l.packs * l.pack_qty) FROM order_lines AS l JOIN orders AS o ON o.county = l.county AND o.id = l.order_id
        WHERE l.county = s.county AND l.product_id = s.product_id AND l.grade = s.grade AND l.place_id = s.place_id AND o.state = 'awaiting_payment'), 0) WHERE s.product_id = ${product_id}`;
  }
});

test('a wrong phone is told beside its field, and a wrong password loses nothing', async () => {
  const [a] = await offers();
  const page = await site.guest({ phone: true });
  await intoBasket(page, a.product_id);
  await page.goto('/checkout');
  await signIn(page, 'buyer3', 'not the password');
  await page.locator('[role=alert]').waitFor();
  assert.equal(await page.locator('[name=login]').first().inputValue(), 'buyer3');
  await signIn(page, 'buyer3');
  await page.getByText('别的地址').click();
  await whereTo(page);
  await page.locator('[name=phone]').fill('12');
  await page.getByRole('button', { name: /^下单/ }).click();
  await page.locator('[name=phone][aria-invalid=true]').waitFor();
  await accessible(page);
  assert.equal(await page.locator('[name=recipient]').inputValue(), '周明');
  await page.reload();
  await page.locator('[name=street]').waitFor();
  assert.equal(await page.locator('[name=street]').inputValue(), '演示路 8 号', 'what was typed survives a reload');
});

test('a session that ended at the checkout asks over the page and goes on', async () => {
  const [a] = await offers();
  const page = await site.as('buyer4');
  await intoBasket(page, a.product_id);
  await page.goto('/checkout');
  await page.getByRole('button', { name: /^下单 ¥/ }).waitFor();
  await page.context().clearCookies({ name: 'session' });
  await page.getByRole('button', { name: /^下单 ¥/ }).click();
  await page.locator('dialog [name=login]').first().waitFor();
  await signIn(page, 'buyer4');
  await page.waitForURL('**/pay/*');
});

test('an empty basket says what to do first, and the checkout shows nothing to pay', async () => {
  const page = await site.guest({ phone: true });
  for (const address of ['/cart', '/checkout']) {
    await page.goto(address);
    await page.getByText('篮子是空的').waitFor();
    await page.getByRole('link', { name: /当季的货/ }).waitFor();
  }
});

test('the search is worked by the keyboard alone', async () => {
  const page = await site.guest();
  await page.goto('/');
  await page.getByRole('combobox').focus();
  await page.keyboard.type('核桃');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('[role=listbox]').isHidden());
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=*');
  await settled(page);
});

test('a product page is read without scripts, and a slow line shows it soon', async () => {
  const [a] = await offers();
  const context = await site.context({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/products/${a.product_id}`);
  assert.match(await page.locator('main').innerText(), /给农户|合计/);
  assert.ok(await page.locator('meta[property="og:title"]').getAttribute('content'));
  const slow = await site.guest({ phone: true });
  await onASlowLine(slow);
  await slow.goto(`/products/${a.product_id}`, { waitUntil: 'commit' });
  await slow.locator('main h1').waitFor();
});
