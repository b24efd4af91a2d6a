// A real browser over a real server with the small demo. Whatever breaks the Content-Security-Policy, throws in a page or asks another
// host fails the test file, whichever test caused it.
//
//   const site = await aSite();                              // once a file; settings as for aServer()
//   const page = await site.as('shop1', { phone: true });    // a signed-in page; site.guest() for nobody
//   await page.goto('/shop');
//   await accessible(page); await fits(page);
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { aServer, root } from '../http/support.mjs';

export const PASSWORD = 'shanhuo-2016';
export const sizes = {
  phone: { width: 360, height: 740 },
  narrow: { width: 320, height: 640 },
  desktop: { width: 1280, height: 900 },
};
export const languages = { 'zh-CN': 'zh', en: 'en' };
export const screens = path.join(root, 'build/screens');
const STEP_MS_MAX = 15_000;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page must never do; collected over a whole file. */
function watch(page, origin, faults) {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error}`));
  page.on('console', (message) => {
    const words = message.text();
    if (/Content.Security.Policy/i.test(words)) faults.push(`${page.url()}: ${words}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) faults.push(`${page.url()} asks ${url}`);
  });
}

class Site {
  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    this.origin = server.origin;
    this.faults = [];
  }

  /** A context of its own, like another person's device. phone, narrow: viewport; language: zh-CN or en; worker: with the service worker. */
  async context({ phone = false, narrow = false, language = 'zh-CN', worker = false, dark = false, ...more } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      locale: language,
      timezoneId: 'Asia/Shanghai',
      serviceWorkers: worker ? 'allow' : 'block',
      viewport: narrow ? sizes.narrow : phone ? sizes.phone : sizes.desktop,
      hasTouch: phone || narrow,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      ...more,
    });
    context.setDefaultTimeout(STEP_MS_MAX);
    await context.addCookies([{ name: 'language', value: language, url: this.origin }]);
    context.on('page', (page) => watch(page, this.origin, this.faults));
    return context;
  }

  async guest(options) {
    return (await this.context(options)).newPage();
  }

  /** Signed in without the form: for tests that are about something else. */
  async as(login, options = {}) {
    const context = await this.context(options);
    const answer = await context.request.post('/api/v1/auth/login', {
      data: { login, password: options.password ?? PASSWORD },
      headers: { 'sec-fetch-site': 'same-origin', origin: this.origin },
    });
    assert.equal(answer.status(), 200, `${login}: ${await answer.text()}`);
    const { account_id } = await answer.json();
    await context.addInitScript((id) => {
      if (location.protocol === 'http:') localStorage.setItem('signed_in', id);
    }, account_id);
    return context.newPage();
  }

  /** The API as someone, in a session of its own: { get, post, roles }; whatever is refused fails the test. */
  async api(login) {
    const { request } = await this.context(),
      from = { origin: this.origin, 'sec-fetch-site': 'same-origin' };
    const { csrf, roles } = await (
      await request.post('/api/v1/auth/login', { data: { login, password: PASSWORD }, headers: from })
    ).json();
    const call = async (method, path, data) => {
      const answer = await request.fetch(`/api/v1${path}`, {
        method,
        data,
        headers: { ...from, 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() },
      });
      assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
      return answer.json();
    };
    return { get: (path) => call('GET', path), post: (path, data) => call('POST', path, data), roles };
  }
}

/** The server with the demo and a browser; both end, with their checks, after the last test of the file. */
export async function aSite({ jobs = true, settings = {}, words = ['--demo'] } = {}) {
  const server = await aServer({ jobs, words, settings });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  const site = new Site(server, browser);
  after(async () => {
    await browser.close();
    assert.deepEqual(site.faults, []);
  });
  return site;
}

/** Signs in through the form that is shown. */
export async function signIn(page, login, password = PASSWORD) {
  await page.locator('input[name="login"]').first().fill(login);
  await page.locator('input[name="password"]').first().fill(password);
  await page.locator('form:has(input[name="password"]) button.main').first().click();
}

/** Waits until the page has its heading and nothing is being fetched. */
export async function settled(page) {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('main .waiting'));
  return page;
}

/** No axe finding of WCAG 2.2 A and AA, nor of good practice about structure. */
export async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      rules: { 'target-size': { enabled: true } },
    }),
  );
  const words = found.violations.map(
    (one) =>
      `${one.id}: ${one.help}\n${one.nodes
        .slice(0, 5)
        .map((node) => `    ${node.target} ${node.failureSummary?.split('\n').slice(1).join('; ')}`)
        .join('\n')}`,
  );
  assert.deepEqual(words, [], `${page.url()} ${page.viewportSize().width}px\n${words.join('\n')}`);
}

/** Nothing sticks out to the right. */
export async function fits(page) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= room, `${page.url()} is ${wide} px wide on a screen of ${room} px`);
}

export async function shoot(page, name) {
  await mkdir(screens, { recursive: true });
  await page.screenshot({ path: path.join(screens, `${name}.png`), fullPage: true });
}

/** A village's line: 400 kbit/s, 400 ms there and back. */
export async function onASlowLine(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  return wire;
}

/** Bytes that came over the wire for what `visit` does, headers included, by address. */
export async function weigh(page, visit) {
  const wire = await page.context().newCDPSession(page),
    names = new Map(),
    bytes = {};
  await wire.send('Network.enable');
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => names.set(requestId, request.url));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[names.get(requestId)] = encodedDataLength;
  });
  await visit();
  return { bytes, total: Object.values(bytes).reduce((sum, one) => sum + one, 0) };
}
