// Every route as every role and as a guest: 401 and 403 stand exactly where the route's row says, and nothing answers 500.
// Bodies are missing or wrong throughout, so that no call changes anything.
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCounty, aHousehold, aShop, insertAll } from './builders.mjs';
import { aServer, program, run } from './support.mjs';

const server = await aServer();
const routes = JSON.parse((await run(program, ['routes', '--json'])).output);
const county = await aCounty(server);
const shop = await aShop(server, county);
const household = await aHousehold(server, county);

const of = (organisation) => ({ organisation_county: county.code, organisation_id: organisation.id });
const in_county = { area_code: county.code };
const grants = {
  buyer: null, operator: of(shop), household: of(household), administrator: { area_code: '' },
  inspector: in_county, cadre: { area_code: county.villages[0] }, township: { area_code: `${county.code}100` },
  county: in_county, finance: in_county, auditor: in_county, viewer: in_county, evaluator: in_county,
};

/** Someone logged in by cookie, as a browser is. */
async function inBrowser(role) {
  const account_id = randomUUID(), id = randomUUID(), token = randomBytes(32).toString('base64url'), csrf = randomUUID();
  const at = new Date(Date.now() - 60_000).toISOString(), expires_at = new Date(Date.now() + 3_600_000).toISOString();
  await insertAll(server, [
    ['accounts', { id: account_id, login: `m${randomBytes(6).toString('hex')}`, display_name: role, password_hash: '', language: 'zh', state: 'active', must_change_password: false, created_at: at, version: 1 }],
    ['sessions', { id, token_hash: createHash('sha256').update(token).digest('hex'), account_id, kind: 'session', csrf, scopes: [], created_at: at, expires_at }],
    ...(grants[role] ? [['role_grants', { account_id, id: randomUUID(), role, valid_from: '2015-01-01', granted_at: at, ...grants[role] }]] : []),
  ]);
  return server.as({ cookie: `session=${token}`, csrf });
}

const pathOf = ({ path, plain_ids }) => path.replace(/\{(\w+)\}/g, (_, name) => {
  if (!name.endsWith('_id')) return 'nothing';
  return plain_ids.split(' ').includes(name) ? randomUUID() : `${county.code}-${randomUUID()}`;
});
const isPublic = ({ may }) => may.length === 0;
const fromHere = { headers: { origin: server.origin } };
const call = (who, route, options) => who.api(route.method, pathOf(route), { ...fromHere, ...options });
const named = (route) => `${route.method} ${route.path}`;
// Logging out ends the very session the other calls need.
const safe = routes.filter((route) => route.path !== '/auth/logout');

test('a guest reaches the public routes and no other', async () => {
  for (const route of routes) {
    const { status } = await call(server, route);
    assert.notEqual(status, 500, named(route));
    if (!isPublic(route)) assert.equal(status, 401, named(route));
    else if (!route.verified) assert.ok(status !== 401 && status !== 403, `${named(route)}: ${status}`);
  }
});

for (const role of Object.keys(grants)) {
  test(`${role}: exactly the routes of this role`, async () => {
    const who = await inBrowser(role);
    for (const route of safe) {
      const { status, text } = await call(who, route);
      const may = isPublic(route) || route.may.includes(role) || route.may.includes('buyer');
      assert.notEqual(status, 500, named(route));
      if (!may) assert.equal(status, 403, `${named(route)}: ${status} ${text}`);
      else if (!route.verified) assert.ok(status !== 401 && status !== 403, `${named(route)}: ${status} ${text}`);
    }
  });
}

test('no route answers 500 to a wrong body, and none takes it', async () => {
  const bodies = ['', '{', '[]', '"text"', '{"no_such_field": 1}', `${'['.repeat(2000)}`, '{"\\u0000": "\\ud800"}', Buffer.from([0x7b, 0xff, 0x7d])];
  const people = Object.fromEntries(await Promise.all(Object.keys(grants).map(async (role) => [role, await inBrowser(role)])));
  for (const route of safe.filter(({ body }) => body)) {
    const who = people[route.may[0]] ?? server;
    for (const body of bodies) {
      const { status, text } = await call(who, route, { body, version: 1, key: randomUUID() });
      assert.ok(status >= 400 && status < 500, `${named(route)} with ${body}: ${status} ${text}`);
    }
  }
});

test('a cookie without its CSRF value, or from a foreign page, changes nothing anywhere', async () => {
  const people = Object.fromEntries(await Promise.all(Object.keys(grants).map(async (role) => [role, await inBrowser(role)])));
  for (const route of safe.filter(({ method }) => method !== 'GET')) {
    const who = people[route.may[0] ?? 'buyer'];
    const answers = [
      await call(who, route, { csrf: '' }),
      await call(who, route, { csrf: 'guessed' }),
      await call(who, route, { headers: { origin: 'https://elsewhere.example' } }),
      await call(who, route, { headers: { 'sec-fetch-site': 'cross-site' } }),
      await call(who, route, { headers: {} }),
    ];
    for (const [i, { status }] of answers.entries())
      if (!route.verified) assert.equal(status, 403, `${named(route)}, case ${i}`);
  }
});
