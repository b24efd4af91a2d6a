// Finding who brings goods: by name, pinyin, card or the last four digits of the phone; whoever came last stands first.
import { useEffect, useState } from 'preact/hooks';
import { ask, Refusal } from '../shared/ask.js';
import { day } from '../shared/format.js';
import { inWords, Trouble } from '../shared/parts.jsx';
import { useSeen } from '../shared/seen.js';
import { say } from '../shared/words.js';

const PAUSE_MS = 250,
  SHOWN_MAX = 8;
/** One way to ask, so that what one page saw another finds. */
export const SUPPLIERS = { limit: 100 },
  PRODUCTS = { limit: 100 };
export const suppliersPath = (shop_id) => `/shops/${shop_id}/suppliers`;

const plain = (text) => text.normalize('NFKC').toLowerCase().replace(/[\s*]/g, '');
/** What can be told without the server: names are masked, so a surname, the village, card or phone. */
function fits(one, wanted) {
  const name = plain(one.name);
  return (
    (name !== '' && wanted.startsWith(name)) ||
    name.startsWith(wanted) ||
    plain(one.card_number ?? '').endsWith(wanted) ||
    plain(one.card_number ?? '').startsWith(wanted) ||
    one.phone_tail === wanted ||
    plain(one.area_name ?? '').includes(wanted)
  );
}

/** { items, isWaiting, refusal, isFromHere }: the server's answer, or what this device knows. */
function useFound(shop_id, text) {
  const base = useSeen(suppliersPath(shop_id), SUPPLIERS),
    wanted = plain(text);
  const [found, setFound] = useState({});
  useEffect(() => {
    if (!wanted) return setFound({});
    let isHere = true;
    const settle = (change) => isHere && setFound({ wanted, ...change });
    const timer = setTimeout(
      () =>
        ask(suppliersPath(shop_id), { q: text.trim(), limit: SHOWN_MAX }).then(
          ({ items }) => settle({ items }),
          (refusal) => {
            if (!(refusal instanceof Refusal)) throw refusal;
            settle({ refusal });
          },
        ),
      PAUSE_MS,
    );
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [wanted, shop_id]);
  const known = base.data?.items ?? [],
    isAnswered = found.wanted === wanted;
  if (!wanted) return { items: known.slice(0, SHOWN_MAX), refusal: base.refusal, isWaiting: !base.data && base.isWaiting };
  if (isAnswered && found.items) return { items: found.items };
  const isWithout = isAnswered && [0, 401, 429, 503].includes(found.refusal.status);
  return {
    items: known.filter((one) => fits(one, wanted)).slice(0, SHOWN_MAX),
    isWaiting: !isAnswered,
    refusal: isAnswered && !isWithout ? found.refusal : null,
    isFromHere: isWithout,
  };
}

export const supplierLine = (one) =>
  [
    one.kind === 'household' ? one.card_number : inWords('supplier_kind', one.kind),
    one.phone_tail && say('phone_tail', { tail: one.phone_tail }),
    one.area_name,
  ]
    .filter(Boolean)
    .join(' · ');

export function FindSupplier({ shop_id, choose, isHousehold }) {
  const [text, setText] = useState('');
  const { items, isWaiting, refusal, isFromHere } = useFound(shop_id, text);
  const shown = isHousehold ? items.filter(({ kind }) => kind === 'household') : items;
  return (
    <div class="field">
      <label for="find-supplier">{say('supplier_find')}</label>
      <p class="hint" id="find-supplier-hint">
        {say('supplier_find_hint')}
      </p>
      <input
        id="find-supplier"
        type="search"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-describedby="find-supplier-hint"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            if (shown.length === 1) choose(shown[0]);
          }
        }}
      />
      <div role="status">
        {isWaiting && <p class="soft">{say('waiting')}</p>}
        {isFromHere && <p class="soft">{say('supplier_from_here')}</p>}
        {!isWaiting && shown.length === 0 && !refusal && (
          <p class="note">{say(text ? 'supplier_unknown' : 'supplier_none_yet')}</p>
        )}
      </div>
      <Trouble refusal={refusal} />
      <ul class="plain choices">
        {shown.map((one) => (
          <li key={one.supplier_id}>
            <button type="button" onClick={() => choose(one)}>
              <strong>{one.name}</strong>
              <span class="soft">{supplierLine(one)}</span>
              {one.last && (
                <span class="soft">{say('supplier_last', { day: day(one.last_on), product: one.last.product_name })}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
