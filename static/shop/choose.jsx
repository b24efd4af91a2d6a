// Whoever works in one shop goes straight to it; whoever works in several says which.
import { useEffect } from 'preact/hooks';
import { Shown } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { useSeen } from '../shared/seen.js';
import { inWords, Mark } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at, shopsOf } from './here.jsx';

export default function Choose({ person }) {
  const mine = shopsOf(person),
    shops = useSeen('/me/shops');
  useEffect(() => {
    if (mine.length === 1) go(at(mine[0]), { replace: true });
  }, [mine[0]]);
  return (
    <>
      <h1 tabindex="-1">{say('which_shop')}</h1>
      <Shown of={shops} empty={say('no_shop_yet')}>
        {({ items }) => (
          <ul class="rows">
            {items.map((shop) => (
              <li key={shop.shop_id}>
                <span>
                  <a href={at(shop.shop_id)}>{shop.name}</a> <span class="soft">{shop.area_name}</span>
                </span>
                <Mark kind={shop.state === 'open' ? 'good' : 'wait'}>{inWords('shop_state', shop.state)}</Mark>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </>
  );
}
