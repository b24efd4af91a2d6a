// What was done without a line: kept on this device, sent when the line returns, exactly once (its key makes a repeat harmless).
import { openDB } from 'idb';
import { newKey, personNow, Refusal, send } from './ask.js';

const TRY_AGAIN_MS = 20_000;
const store = () =>
  openDB('shanhuo-outbox', 1, {
    upgrade: (db) => {
      db.createObjectStore('slips', { keyPath: 'key' }).createIndex('made_at', 'made_at');
    },
  });
const otherTabs = new BroadcastChannel('outbox');
otherTabs.onmessage = () => dispatchEvent(new Event('outbox'));
const tell = () => {
  dispatchEvent(new Event('outbox'));
  otherTabs.postMessage('changed');
};

/** Keeps POST `path` with `body` for later. `what`: {kind, words} to show it by. Answers its key. */
export async function sendLater(path, body, what, { key = newKey() } = {}) {
  await (await store()).put('slips', {
    key,
    path,
    body,
    what,
    made_at: new Date().toISOString(),
    account_id: personNow()?.account_id ?? null,
    state: 'waiting',
  });
  tell();
  return key;
}
/** Sends now when the line holds, keeps it otherwise: { answer } or { kept: key }. */
export async function sendOrKeep(path, body, what, { key = newKey() } = {}) {
  try {
    return { answer: await send('POST', path, body, { key }) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !isPassing(refusal)) throw refusal;
    return { kept: await sendLater(path, body, what, { key }) };
  }
}
/** No line, or a server that is busy, or a login that ended: nothing is wrong with the slip itself. */
const isPassing = (refusal) => [0, 401, 429, 503].includes(refusal.status) || refusal.slug === 'idempotency-key-running';

/** Everything kept, oldest first: {key, what, made_at, state: waiting|refused, refusal}. */
export const slips = async () => (await store()).getAllFromIndex('slips', 'made_at');
/** The person decides that a refused slip is not sent any more. */
export async function discard(key) {
  await (await store()).delete('slips', key);
  tell();
}
/** A refused slip, mended: goes out as a new one. */
export async function mend(key, body) {
  const db = await store(),
    slip = await db.get('slips', key);
  await db.delete('slips', key);
  await sendLater(slip.path, body, slip.what);
  return sendKept();
}

async function sendOne(db, slip) {
  try {
    await send('POST', slip.path, slip.body, { key: slip.key, asGuest: true });
    await db.delete('slips', slip.key);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (isPassing(refusal)) return false;
    await db.put('slips', {
      ...slip,
      state: 'refused',
      refusal: { slug: refusal.slug, words: refusal.message, errors: refusal.errors },
    });
  }
  tell();
  return true;
}
/** Sends what waits, oldest first, one tab at a time; stops when the line breaks again. Only what this person made is sent. */
export async function sendKept() {
  const work = async () => {
    const db = await store();
    for (const slip of await slips())
      if (slip.state === 'waiting' && slip.account_id === (personNow()?.account_id ?? null) && !(await sendOne(db, slip))) return;
  };
  return navigator.locks ? navigator.locks.request('outbox', work) : work();
}
export function sendWhenTheLineReturns() {
  const trySoon = () => sendKept().catch(() => {});
  addEventListener('online', trySoon);
  addEventListener('person', trySoon);
  setInterval(() => navigator.onLine && trySoon(), TRY_AGAIN_MS);
  trySoon();
}
