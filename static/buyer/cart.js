// The basket: on this device for everyone, and in the account of who is signed in, so that it follows to another device.
// It holds what and how many; prices and stock are always asked anew.
import { useEffect, useState } from 'preact/hooks';
import { ask, personNow, Refusal, send } from '../shared/ask.js';

const PLACE = 'cart',
  LINES_MAX = 50;
export const PACKS_MAX = 999;
let kept = read();

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
}
function keep(lines) {
  kept = lines.filter(({ packs }) => packs > 0).slice(0, LINES_MAX);
  try {
    localStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    /* it lasts as long as the page */
  }
  dispatchEvent(new Event('cart'));
  dispatchEvent(new Event('nav'));
}
/** The account's basket follows; when it can't, the device's stays true. */
async function follow() {
  if (!personNow()) return;
  await send('PUT', '/cart', { lines: kept.map(({ offer_id, packs }) => ({ offer_id, packs })) }, { asGuest: true }).catch(
    (refusal) => {
      if (!(refusal instanceof Refusal)) throw refusal;
    },
  );
}

export const lines = () => kept;
export const packsInCart = () => kept.reduce((sum, { packs }) => sum + packs, 0);
/** Sets how many packs of an offer; none takes it out. */
export function put(offer_id, packs) {
  const others = kept.filter((one) => one.offer_id !== offer_id);
  keep(packs > 0 ? [...others, { offer_id, packs: Math.min(packs, PACKS_MAX) }] : others);
  return follow();
}
export const add = (offer_id, packs) => put(offer_id, (kept.find((one) => one.offer_id === offer_id)?.packs ?? 0) + packs);
export function takeOut(offer_ids) {
  keep(kept.filter((one) => !offer_ids.includes(one.offer_id)));
  return follow();
}

/** After signing in, what was chosen before joins what the account already had; nothing is lost and nothing doubled. */
export async function joinAccount() {
  const { lines: theirs } = await ask('/cart');
  const all = new Map(theirs.map(({ offer_id, packs }) => [offer_id, packs]));
  for (const { offer_id, packs } of kept) all.set(offer_id, Math.max(packs, all.get(offer_id) ?? 0));
  keep([...all].map(([offer_id, packs]) => ({ offer_id, packs })));
  await follow();
}
// Whoever signs out leaves no basket to the next person at this device: it is in the account.
addEventListener('person', () => {
  if (personNow()) joinAccount().catch(() => {});
  else keep([]);
});

export function useCart() {
  const [shown, setShown] = useState(kept);
  useEffect(() => {
    const look = () => setShown(kept);
    const elsewhere = (event) => {
      if (event.key === PLACE) {
        kept = read();
        look();
      }
    };
    addEventListener('cart', look);
    addEventListener('storage', elsewhere);
    return () => {
      removeEventListener('cart', look);
      removeEventListener('storage', elsewhere);
    };
  }, []);
  return shown;
}
