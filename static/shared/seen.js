// What one person saw last of lists that are not public: kept on this device for days without a line, gone when that person signs out.
import { openDB } from 'idb';
import { useEffect, useState } from 'preact/hooks';
import { ask, personNow } from './ask.js';
import { useAsk } from './asked.js';

const DAYS_MAX = 30;
const store = () =>
  openDB('shanhuo-seen', 1, {
    upgrade: (db) => {
      db.createObjectStore('seen', { keyPath: 'key' });
    },
  });
const keyOf = (path, query) => JSON.stringify([personNow()?.account_id, path, query ?? {}]);

async function keep(key, data) {
  await (await store()).put('seen', { key, data, at: new Date().toISOString() });
}
async function seen(key) {
  const kept = await (await store()).get('seen', key);
  return kept && Date.now() - Date.parse(kept.at) < DAYS_MAX * 86_400_000 ? kept : undefined;
}
const forget = async () => (await store()).clear('seen');
addEventListener('person', () => {
  if (personNow() === null) forget().catch(() => {});
});

/** A GET that is remembered: { data, at } with `at` set when the line failed and this is what was seen last. */
export async function askOrSeen(path, query) {
  const key = keyOf(path, query);
  try {
    const data = await ask(path, query);
    keep(key, data).catch(() => {});
    return { data };
  } catch (refusal) {
    const kept = [0, 401, 503].includes(refusal.status) && (await seen(key).catch(() => undefined));
    if (!kept) throw refusal;
    return kept;
  }
}

/** useAsk() that shows what was seen last while it asks, and keeps showing it without a line; `keptAt` says since when. */
export function useSeen(path, query) {
  const asked = useAsk(path, query),
    key = path && keyOf(path, query);
  const [kept, setKept] = useState(null);
  useEffect(() => {
    let isHere = true;
    if (key)
      seen(key).then(
        (one) => isHere && setKept(one ?? null),
        () => {},
      );
    return () => {
      isHere = false;
    };
  }, [key]);
  useEffect(() => {
    if (asked.data !== undefined && !asked.isWaiting && !asked.refusal) keep(key, asked.data).catch(() => {});
  }, [asked.data]);
  if (asked.data !== undefined && !asked.refusal) return asked;
  if (!kept || kept.key !== key || (asked.refusal && ![0, 401, 503].includes(asked.refusal.status))) return asked;
  return { ...asked, data: kept.data, keptAt: kept.at, refusal: null };
}
