// Who you are and what you may: logging in and out, guessing, tokens, roles, printed codes.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aCounty, aHousehold, aShop, day, insertAll, someone } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const PASSWORD = 'Walnuts-and-9-peppers';
const here = { headers: { origin: server.origin } };
const aLogin = () => `p${randomBytes(6).toString('hex')}`;
const cookieOf = ({ headers }) => headers.get('set-cookie').split(';')[0];
const inBrowser = (answer) => server.as({ cookie: cookieOf(answer), csrf: answer.body.csrf });
const registration = (login, more = {}) => ({ login, password: PASSWORD, display_name: '王五', consent_version: '2026-11', ...more });
const post = (who, where, body) => who.post(where, body, here);
const logIn = (login, password = PASSWORD) => server.post('/auth/login', { login, password });

async function registered() {
  const login = aLogin();
  const answer = await server.post('/auth/register', registration(login));
  return { login, account_id: fine(answer, 201).account_id, browser: inBrowser(answer) };
}
const officer = (county, role = 'county') => someone(server, { roles: [{ role, area_code: county.code }] });
const administrator = () => someone(server, { roles: [{ role: 'administrator', area_code: '' }] });
const events = (account_id) => server.sql`SELECT event, county FROM audit_events WHERE subject_id = ${account_id} ORDER BY at, event`;
const codes = (errors) => errors.map(({ pointer, code }) => [pointer, code]);

test('registering records the consent, logs in, and lower-cases the login', async () => {
  const login = aLogin();
  const answer = await server.post('/auth/register', registration(login.toUpperCase()));
  assert.equal(fine(answer, 201).login, login);
  assert.match(answer.headers.get('set-cookie'), /HttpOnly/);
  assert.match(answer.headers.get('set-cookie'), /SameSite=Lax/);
  const [row] = await server.sql`SELECT consent_version, consented_at IS NOT NULL AS consented, password_hash FROM accounts WHERE login = ${login}`;
  assert.deepEqual([row.consent_version, row.consented], ['2026-11', true]);
  assert.match(row.password_hash, /^\$argon2id\$/);
  assert.equal(fine(await inBrowser(answer).get('/me')).login, login);
});

test('a taken login, a weak or common password, and one that holds the login are refused', async () => {
  const { login } = await registered();
  refused(await server.post('/auth/register', registration(login)), 409, 'taken');
  const other = aLogin();
  const fault = async (password) => codes(refused(await server.post('/auth/register', registration(other, { password })), 422, 'invalid'));
  assert.deepEqual(await fault('short'), [['/password', 'password-too-weak']]);
  assert.deepEqual(await fault('qwertyuiop'), [['/password', 'password-too-common']]);
  assert.deepEqual(await fault(`${other}!!`), [['/password', 'password-too-common']]);
  assert.deepEqual(codes(refused(await server.post('/auth/register', registration('with space', {})), 422, 'invalid')), [['/login', 'white-space']]);
});

test('of many who register one login at once exactly one gets it', async () => {
  const login = aLogin();
  const answers = await Promise.all(Array.from({ length: 8 }, () => server.post('/auth/register', registration(login))));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(7).fill(409)]);
});

test('a wrong password and an unknown login get the same answer', async () => {
  const { login } = await registered();
  const wrong = await logIn(login, 'not it at all'), unknown = await logIn(aLogin(), 'not it at all');
  refused(wrong, 401, 'wrong-password');
  refused(unknown, 401, 'wrong-password');
  const bare = ({ request_id, ...body }) => body;
  assert.deepEqual(bare(wrong.body), bare(unknown.body));
  assert.equal(wrong.headers.get('set-cookie'), null);
});

test('guessing one login is slowed, also when its guesses come at once, and nobody else is', async () => {
  const { login } = await registered();
  await Promise.all(Array.from({ length: 8 }, () => logIn(login, 'not it at all')));
  const answer = await logIn(login);
  refused(answer, 429, 'too-many');
  assert.ok(Number(answer.headers.get('retry-after')) >= 1);
  const other = await registered();
  fine(await logIn(other.login), 200);
  await server.sql`UPDATE login_throttles SET next_try_at = now() - interval '1 second'`;
  fine(await logIn(login), 200);
  fine(await logIn(login), 200);
});

test('an address that tries many logins is slowed, but not whoever is known there', async () => {
  const { login } = await registered(), stranger = await registered();
  fine(await logIn(login), 200);
  await server.sql`INSERT INTO login_throttles (subject, failures, free_tries, next_try_at, window_ends_at)
    SELECT subject, 60, free_tries, now() + interval '1 minute', now() + interval '1 hour' FROM login_throttle_subjects('', '127.0.0.1') WHERE kind = 'address'
    ON CONFLICT (subject) DO UPDATE SET next_try_at = excluded.next_try_at`;
  refused(await logIn(stranger.login), 429, 'too-many');
  fine(await logIn(login), 200);
  await server.sql`DELETE FROM login_throttles`;
});

test('logging out ends the session for whoever copied its cookie', async () => {
  const { browser } = await registered();
  fine(await browser.get('/me'), 200);
  const out = await post(browser, '/auth/logout');
  assert.equal(fine(out, 204), '');
  assert.match(out.headers.get('set-cookie'), /Max-Age=0/);
  await server.until(async () => (await browser.get('/me')).status === 401, 2000);
});

test('expired and revoked sessions, and accounts that were closed, are nobody', async () => {
  for (const end of [
    (id) => server.sql`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE account_id = ${id}`,
    (id) => server.sql`UPDATE sessions SET revoked_at = now() WHERE account_id = ${id}`,
    (id) => server.sql`UPDATE accounts SET state = 'closed' WHERE id = ${id}`,
  ]) {
    const { account_id, browser } = await registered();
    await end(account_id);
    refused(await browser.get('/me'), 401, 'unauthenticated');
  }
  refused(await server.as({ cookie: 'session=nonsense' }).get('/me'), 401, 'unauthenticated');
  refused(await server.as({ token: 'nonsense' }).get('/me'), 401, 'unauthenticated');
});

test('a cookie is no bearer token and a bearer token is no cookie', async () => {
  const { browser } = await registered();
  const token = browser.who.cookie.split('=')[1];
  refused(await server.as({ token }).get('/me'), 401, 'unauthenticated');
  const made = fine(await post(browser, '/me/tokens', { name: 'shop tool', scope: 'buyer' }), 201);
  refused(await server.as({ cookie: `session=${made.token}` }).get('/me'), 401, 'unauthenticated');
});

test('me is changed only by who saw its last version', async () => {
  const { browser } = await registered();
  const change = (body, version) => browser.patch('/me', body, { ...here, version });
  assert.equal(fine(await change({ display_name: '赵六', language: 'en' }, 1)).version, 2);
  assert.deepEqual([(await browser.get('/me')).body.display_name, (await browser.get('/me')).body.language], ['赵六', 'en']);
  refused(await change({ display_name: '钱七' }, 1), 412, 'stale');
  refused(await browser.patch('/me', { display_name: '钱七' }, here), 428, 'version-missing');
  assert.deepEqual(codes(refused(await change({ language: 'fr' }, 2), 422, 'invalid')), [['/language', 'not-a-choice']]);
});

test('a new password needs the old one and ends every other session and token', async () => {
  const { login, browser } = await registered();
  const elsewhere = inBrowser(await logIn(login));
  const token = fine(await post(browser, '/me/tokens', { name: 'tool', scope: 'buyer' }), 201).token;
  refused(await post(browser, '/me/password', { old_password: 'not it at all', new_password: 'Pepper-trees-9' }), 401, 'wrong-password');
  assert.equal(refused(await post(browser, '/me/password', { old_password: PASSWORD, new_password: 'short' }), 422, 'invalid')[0].pointer, '/new_password');
  refused(await server.as({ token }).post('/me/password', { old_password: PASSWORD, new_password: 'Pepper-trees-9' }), 403, 'forbidden');
  fine(await post(browser, '/me/password', { old_password: PASSWORD, new_password: 'Pepper-trees-9' }), 204);
  fine(await browser.get('/me'), 200);
  await server.until(async () => (await elsewhere.get('/me')).status === 401, 2000);
  await server.until(async () => (await server.as({ token }).get('/me')).status === 401, 2000);
  refused(await logIn(login), 401, 'wrong-password');
  fine(await logIn(login, 'Pepper-trees-9'), 200);
});

test('sessions are listed and ended one by one, and only by their owner', async () => {
  const { login, browser } = await registered();
  const elsewhere = inBrowser(await logIn(login));
  const { items } = fine(await browser.get('/me/sessions'));
  assert.deepEqual(items.map(({ current }) => current).sort(), [false, true]);
  const other = items.find(({ current }) => !current).session_id;
  refused(await (await registered()).browser.delete(`/me/sessions/${other}`, here), 404, 'not-found');
  fine(await browser.delete(`/me/sessions/${other}`, here), 204);
  refused(await browser.delete(`/me/sessions/${other}`, here), 404, 'not-found');
  await server.until(async () => (await elsewhere.get('/me')).status === 401, 2000);
});

test('a token holds no more than its scope, never makes another, and is shown once', async () => {
  const county = await aCounty(server);
  const both = await registered();
  for (const role of ['county', 'finance'])
    await insertAll(server, [['role_grants', { account_id: both.account_id, id: randomUUID(), role, area_code: county.code, valid_from: '2015-01-01', granted_at: '2015-01-01' }]]);
  const browser = inBrowser(await logIn(both.login));
  assert.deepEqual(codes(refused(await post(browser, '/me/tokens', { name: 'x', scope: 'county administrator' }), 422, 'invalid')), [['/scope', 'scope-not-held']]);
  assert.deepEqual(codes(refused(await post(browser, '/me/tokens', { name: 'x', scope: 'buyer', expires_at: '2020-01-01T00:00:00Z' }), 422, 'invalid')), [['/expires_at', 'below-min']]);
  const made = fine(await post(browser, '/me/tokens', { name: 'books', scope: 'finance' }), 201);
  const program = server.as({ token: made.token });
  refused(await program.get('/accounts'), 403, 'forbidden');
  fine(await browser.get('/accounts'), 200);
  refused(await program.post('/me/tokens', { name: 'y', scope: 'finance' }), 403, 'forbidden');
  const { items } = fine(await browser.get('/me/tokens'));
  assert.deepEqual(items.map(({ name, scope }) => [name, scope]), [['books', 'finance']]);
  assert.ok(!JSON.stringify(items).includes(made.token));
  assert.equal((await server.sql`SELECT count(*) FROM idempotency_keys WHERE answer_body LIKE ${`%${made.token}%`}`)[0].count, 0);
  fine(await browser.delete(`/me/tokens/${made.token_id}`, here), 204);
  await server.until(async () => (await program.get('/me')).status === 401, 2000);
});

test('a county makes an account for its staff; the printed code sets the first password, once', async () => {
  const county = await aCounty(server), chief = await officer(county), login = aLogin();
  const made = fine(await chief.post('/accounts', { login, display_name: '村干部', role: 'cadre', area_code: county.villages[0] }), 201);
  assert.match(made.code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$/);
  refused(await chief.post('/accounts', { login, display_name: '又', role: 'cadre', area_code: county.villages[0] }), 409, 'taken');
  refused(await logIn(login, ''.padEnd(12, 'x')), 401, 'wrong-password');
  const reset = (code) => server.post('/auth/reset', { login, code, password: PASSWORD, consent_version: '2026-11' });
  refused(await reset('0000-0000-00'), 401, 'wrong-password');
  fine(await reset(made.code.toLowerCase().replaceAll('-', ' ')), 204);
  refused(await reset(made.code), 401, 'wrong-password');
  const me = fine(await logIn(login), 200);
  assert.deepEqual(me.roles.map(({ role, area_code }) => [role, area_code]), [['cadre', county.villages[0]]]);
  const [row] = await server.sql`SELECT consent_version FROM accounts WHERE login = ${login}`;
  assert.equal(row.consent_version, '2026-11');
  assert.deepEqual((await events(made.account_id)).map(({ event }) => event), ['account_created', 'reset_code_printed', 'role_granted', 'password_reset']);
});

test('a printed code works only until it ends, and a newer one replaces it', async () => {
  const county = await aCounty(server), chief = await officer(county);
  const staff = await someone(server, { roles: [{ role: 'cadre', area_code: county.villages[0] }] });
  const print = async () => fine(await chief.post(`/accounts/${staff.account_id}/reset-code`), 201).code;
  const reset = (code) => server.post('/auth/reset', { login: staff.login, code, password: PASSWORD });
  const first = await print(), second = await print();
  refused(await reset(first), 401, 'wrong-password');
  await server.sql`UPDATE reset_codes SET expires_at = now() - interval '1 second' WHERE account_id = ${staff.account_id} AND used_at IS NULL`;
  refused(await reset(second), 401, 'wrong-password');
  fine(await reset(await print()), 204);
  await server.until(async () => (await staff.get('/me')).status === 401, 2000);
});

test('codes are printed for the own county only, and never for a higher role', async () => {
  const county = await aCounty(server), other = await aCounty(server);
  const chief = await officer(county), top = await administrator();
  const attempt = async (who, roles) => (await who.post(`/accounts/${(await someone(server, { roles })).account_id}/reset-code`)).status;
  const cadre = (of) => ({ role: 'cadre', area_code: of.villages[0] });
  assert.equal(await attempt(chief, [cadre(county)]), 201);
  assert.equal(await attempt(chief, [cadre(other)]), 404);
  assert.equal(await attempt(chief, []), 404);
  assert.equal(await attempt(chief, [cadre(county), cadre(other)]), 403);
  assert.equal(await attempt(chief, [cadre(county), { role: 'county', area_code: county.code }]), 403);
  assert.equal(await attempt(top, [{ role: 'county', area_code: county.code }]), 201);
  assert.equal(await attempt(top, [{ role: 'administrator', area_code: '' }]), 403);
  assert.equal((await chief.post(`/accounts/${chief.account_id}/reset-code`)).status, 403);
});

test('who may grant what', async () => {
  const county = await aCounty(server), other = await aCounty(server);
  const shop = await aShop(server, county), far = await aShop(server, other), household = await aHousehold(server, county);
  const chief = await officer(county), top = await administrator();
  const cases = [
    [chief, { role: 'operator', organisation_id: shop.shop_id }, 201],
    [chief, { role: 'operator', organisation_id: far.shop_id }, 403],
    [chief, { role: 'operator', organisation_id: `${county.code}-${randomUUID()}` }, 422],
    [chief, { role: 'operator', area_code: county.code }, 422],
    [chief, { role: 'household', organisation_id: household.household_id }, 201],
    [chief, { role: 'household', organisation_id: shop.shop_id }, 422],
    [chief, { role: 'cadre', area_code: county.villages[1] }, 201],
    [chief, { role: 'cadre', area_code: other.villages[1] }, 403],
    [chief, { role: 'township', area_code: `${county.code}100` }, 201],
    [chief, { role: 'finance', area_code: county.code }, 201],
    [chief, { role: 'county', area_code: county.code }, 403],
    [chief, { role: 'administrator' }, 403],
    [chief, { role: 'buyer' }, 422],
    [top, { role: 'county', area_code: other.code }, 201],
    [top, { role: 'viewer' }, 201],
    [top, { role: 'auditor', area_code: county.code.slice(0, 2) }, 201],
    [top, { role: 'cadre', area_code: county.villages[0] }, 403],
    [top, { role: 'county', area_code: '123456' }, 422],
    [top, { role: 'administrator' }, 201],
    [chief, { role: 'cadre', area_code: county.villages[0], valid_from: day(2), valid_to: day(2) }, 422],
  ];
  for (const [who, grant, status] of cases) {
    const target = await someone(server);
    const answer = await who.post(`/accounts/${target.account_id}/roles`, grant);
    assert.equal(answer.status, status, `${JSON.stringify(grant)}: ${answer.text}`);
  }
  refused(await chief.post(`/accounts/${chief.account_id}/roles`, { role: 'finance', area_code: county.code }), 403, 'own-entry');
  refused(await chief.post(`/accounts/${randomUUID()}/roles`, { role: 'finance', area_code: county.code }), 404, 'not-found');
});

test('a role holds from its first day, is not granted twice, and ends at once when revoked', async () => {
  const county = await aCounty(server), chief = await officer(county), far = await officer(await aCounty(server));
  const staff = await someone(server);
  const grant = { role: 'finance', area_code: county.code };
  const where = `/accounts/${staff.account_id}/roles`;
  const key = randomUUID();
  const made = fine(await chief.post(where, grant, { key }), 201);
  const again = await chief.post(where, grant, { key });
  assert.equal(fine(again, 201).role_id, made.role_id);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  refused(await chief.post(where, { ...grant, area_code: county.villages[0] }, { key }), 422, 'idempotency-key-reused');
  refused(await chief.post(where, grant), 409, 'taken');
  fine(await chief.post(where, { role: 'cadre', area_code: county.villages[0], valid_from: day(1) }), 201);
  assert.deepEqual(fine(await staff.get('/me')).roles.map(({ role }) => role), ['finance']);
  refused(await far.delete(`${where}/${made.role_id}`), 404, 'not-found');
  assert.deepEqual(fine(await far.get(where)).items, []);
  fine(await chief.delete(`${where}/${made.role_id}`), 204);
  refused(await chief.delete(`${where}/${made.role_id}`), 404, 'not-found');
  assert.deepEqual(fine(await staff.get('/me')).roles, []);
  assert.deepEqual((await events(staff.account_id)).map(({ event, county: of }) => [event, of]),
    [['role_granted', county.code], ['role_granted', county.code], ['role_revoked', county.code]]);
});

test('a county sees the accounts of its own area, the administrator all', async () => {
  const county = await aCounty(server), chief = await officer(county), far = await officer(await aCounty(server));
  const { login } = await registered();
  const seen = async (who, q) => fine(await who.get('/accounts', { query: { q } })).items.map((item) => item.login);
  assert.deepEqual(await seen(chief, chief.login), [chief.login]);
  assert.deepEqual(await seen(chief, far.login), []);
  assert.deepEqual(await seen(chief, login), []);
  assert.deepEqual(await seen(await administrator(), login.slice(0, 12)), [login]);
  refused(await (await registered()).browser.get('/accounts'), 403, 'forbidden');
});

test('whoever must change a password has no role until then', async () => {
  const county = await aCounty(server), chief = await officer(county);
  await server.sql`UPDATE accounts SET must_change_password = true WHERE id = ${chief.account_id}`;
  refused(await chief.get('/accounts'), 403, 'forbidden');
});

test('the command line makes the first administrator and the first county officer', async () => {
  const county = await aCounty(server), login = aLogin();
  const added = await server.shanhuo(['user', 'add', login, 'county', '--area', county.code, '--name', '李县长']);
  assert.equal(added.code, 0, added.errors);
  const [, code] = added.output.match(/one-time code: (\S+)/);
  fine(await server.post('/auth/reset', { login, code, password: PASSWORD }), 204);
  const me = fine(await logIn(login), 200);
  assert.deepEqual([me.display_name, me.roles[0].role, me.roles[0].area_code], ['李县长', 'county', county.code]);
  assert.equal((await server.shanhuo(['user', 'grant', login, 'viewer'])).code, 0);
  const { output } = await server.shanhuo(['user', 'list', login]);
  assert.match(output, /"role" : "viewer"/);
  assert.equal((await server.shanhuo(['user', 'revoke', login, me.roles[0].role_id])).code, 0);
  assert.equal((await server.shanhuo(['user', 'grant', login, 'county', '--area', '12'])).code, 1);
  assert.equal((await server.shanhuo(['user', 'reset', 'nobody-at-all'])).code, 1);
  assert.match((await server.shanhuo(['user', 'reset', login])).output, /one-time code/);
});

test('the purge deletes what has served its time and nothing else', async () => {
  const { account_id, browser } = await registered();
  await server.sql`INSERT INTO idempotency_keys (actor_id, key, request_hash, created_at) VALUES (${account_id}, 'old', 'x', now() - interval '8 days'), (${account_id}, 'new', 'x', now())`;
  await server.sql`INSERT INTO login_throttles (subject, failures, free_tries, next_try_at, window_ends_at) VALUES ('old', 1, 5, now(), now() - interval '1 hour')`;
  await server.once('accounts/purge');
  assert.deepEqual(await server.sql`SELECT key FROM idempotency_keys WHERE actor_id = ${account_id}`, [{ key: 'new' }]);
  assert.deepEqual(await server.sql`SELECT subject FROM login_throttles WHERE subject = 'old'`, []);
  fine(await browser.get('/me'), 200);
});
