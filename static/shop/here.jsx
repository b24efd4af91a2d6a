// Which shop one works in. It stands in the address, so that a link, the back button and two tabs in two shops are always right.
import { FindBox } from '../shared/find.jsx';
import { useSeen } from '../shared/seen.js';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';

/** The shop of an address below /shop; undefined on pages that belong to none. */
export const shopOf = (path) => /^\/shop\/(\d{6}-[0-9a-f-]{36})(?:\/|$)/.exec(path)?.[1];
/** The shops someone works in, as roles say. */
export const shopsOf = (person) =>
  (person?.roles ?? [])
    .filter(({ role, organisation_id }) => role === 'operator' && organisation_id)
    .map(({ organisation_id }) => organisation_id);
export const at = (shop_id, ...rest) => ['/shop', shop_id, ...rest].join('/');
export const countyOf = (id) => id.slice(0, 6);

/** Which shop this is, and the way to what is not found by leafing. */
export function ShopHead({ place, person }) {
  const shops = useSeen(person ? '/me/shops' : null);
  const shop_id = shopOf(place.path) ?? shopsOf(person)[0];
  if (!person || !shop_id) return null;
  const mine = shops.data?.items ?? [],
    shop = mine.find((one) => one.shop_id === shop_id);
  return (
    <div class="shop-head">
      {mine.length > 1 ? (
        <select aria-label={say('which_shop')} value={shop_id} onChange={(event) => go(at(event.currentTarget.value))}>
          {mine.map((one) => (
            <option key={one.shop_id} value={one.shop_id} selected={one.shop_id === shop_id}>
              {one.name}
            </option>
          ))}
        </select>
      ) : (
        <span class="soft">{shop?.name}</span>
      )}
      <FindBox at={at(shop_id, 'find')} place={place} />
    </div>
  );
}
