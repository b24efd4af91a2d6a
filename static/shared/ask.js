// The API as the pages see it: one way to ask, one way to send, one kind of refusal.
import { dropDrafts } from './draft.js';
import { language } from './words.js';

const ANSWER_MS_MAX = 20_000,
  UPLOAD_MS_MAX = 180_000;
/** What the server put into the page so that its first view needs no request: answers by path and query. */
const embedded = JSON.parse(document.getElementById('data')?.textContent || '{}');
/** What came with the page is what was last seen as well: without a line it opens again, marked as old. */
export async function keepEmbedded(given = Object.entries({ ...embedded })) {
  const headers = { 'content-type': 'application/json', 'x-kept-at': new Date().toISOString() };
  const seen = await caches.open('seen');
  await Promise.all(given.map(([path, body]) => seen.put(`/api/v1${path}`, new Response(JSON.stringify(body), { headers }))));
}
/** Who is signed in, as GET /me says; null for a guest, undefined before the first look. */
let person;
/** Set by the application: shows the sign-in dialog, answers true once someone has signed in. */
let signInAgain = async () => false;
export const whenSignedOut = (show) => {
  signInAgain = show;
};

export class Refusal extends Error {
  /** status 0: the server could not be reached. `errors`: [{pointer, code, message}] of RFC 9457. */
  constructor(status, body = {}, retryAfter = null) {
    super(body.detail ?? body.title ?? String(status));
    this.status = status;
    this.slug = (body.type ?? '').split('/').pop();
    this.errors = body.errors ?? [];
    this.requestId = body.request_id;
    this.retryAfter = retryAfter;
  }
}

const sessionHint = 'signed_in',
  lastPerson = 'person';
const remember = (who) => {
  try {
    if (who) {
      const { csrf, ...known } = who;
      localStorage.setItem(sessionHint, who.account_id);
      localStorage.setItem(lastPerson, JSON.stringify(known));
    } else {
      for (const name of [sessionHint, lastPerson]) localStorage.removeItem(name);
    }
  } catch {
    /* a private window */
  }
};
/** Who was here last: what opens the pages without a line. The server asks again for whatever is sent. */
const lastHere = () => {
  try {
    return JSON.parse(localStorage.getItem(lastPerson));
  } catch {
    return null;
  }
};
const mayBeSignedIn = () => {
  try {
    return localStorage.getItem(sessionHint) !== null;
  } catch {
    return true;
  }
};

async function call(method, path, { body, key, version, raw, accept } = {}) {
  const headers = { 'accept-language': language };
  if (accept) headers.accept = accept;
  if (body !== undefined) headers['content-type'] = raw ? body.type || 'application/octet-stream' : 'application/json';
  if (key) headers['idempotency-key'] = key;
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  if (method !== 'GET' && person?.csrf) headers['x-csrf-token'] = person.csrf;
  const patience = new AbortController(),
    timer = setTimeout(() => patience.abort(), raw ? UPLOAD_MS_MAX : ANSWER_MS_MAX);
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, { method, headers, body: raw ? body : JSON.stringify(body), signal: patience.signal });
  } catch {
    throw new Refusal(0);
  } finally {
    clearTimeout(timer);
  }
  const kept = answer.headers.get('x-kept-at');
  if (kept) dispatchEvent(new CustomEvent('kept', { detail: kept }));
  if (answer.status === 204) return null;
  const json = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
  const given = await (json ? answer.json() : answer.text()).catch(() => undefined);
  if (!answer.ok) throw new Refusal(answer.status, json && given ? given : {}, answer.headers.get('retry-after'));
  // The line broke while the answer came: whoever asks again with the same key gets it whole.
  if (given === undefined) throw new Refusal(0);
  return given;
}

/** A session that ended or a stale page costs the person nothing: sign in, and the same call goes out again. */
async function patiently(method, path, options = {}) {
  try {
    return await call(method, path, options);
  } catch (refusal) {
    if (refusal.slug === 'csrf' && person) {
      person = await call('GET', '/me');
      return call(method, path, options);
    }
    if (refusal.slug === 'unauthenticated' && !options.asGuest && (await signInAgain())) return call(method, path, options);
    throw refusal;
  }
}

const withQuery = (path, query = {}) => {
  const fields = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '' && value !== false,
  );
  return fields.length ? `${path}?${new URLSearchParams(fields)}` : path;
};
/** A GET of the API; empty query fields are left out. */
export async function ask(path, query, options) {
  const where = withQuery(path, query);
  if (where in embedded) {
    const given = embedded[where];
    delete embedded[where];
    return given;
  }
  return patiently('GET', where, options);
}
/** The address of a download: what ask() would ask for, in another format. */
export const addressOf = (path, query) => `/api/v1${withQuery(path, query)}`;
/** POST, PUT, PATCH, DELETE. `key` makes a repeat harmless, `version` is the ETag's number; `raw` sends a Blob as it is. */
export const send = (method, path, body, options) => patiently(method, path, { ...options, body });
export const newKey = () =>
  crypto.randomUUID?.() ??
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

/** Who is signed in: GET /me, or null. */
export async function me({ again = false } = {}) {
  if (person !== undefined && !again) return person;
  if (!again && !mayBeSignedIn()) return (person = null);
  try {
    person = await call('GET', '/me');
    remember(person);
  } catch (refusal) {
    if (refusal.status === 0 || refusal.status === 503) {
      if (!lastHere()) throw refusal;
      return (person = lastHere());
    }
    person = null;
    remember(null);
  }
  return person;
}
export async function signIn(login, password) {
  return nowIs(await call('POST', '/auth/login', { body: { login, password } }));
}
/** What a successful login, registration or passbook opening answered. */
export function nowIs(who) {
  person = who;
  remember(who);
  dispatchEvent(new Event('person'));
  return who;
}
export async function signOut() {
  await call('POST', '/auth/logout', { body: undefined }).catch((refusal) => {
    if (refusal.status !== 401) throw refusal;
  });
  dropDrafts();
  nowIs(null);
}
export const may = (...roles) => Boolean(person?.roles?.some(({ role }) => roles.includes(role)));
export const personNow = () => person ?? null;
