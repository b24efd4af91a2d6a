// Lots of the shop, newest first; which ones stands in the address.
import { useList } from '../shared/asked.js';
import { day } from '../shared/format.js';
import { Goods, More, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { State } from './states.jsx';
import { GoodsTabs } from './tabs.jsx';

const filters = [
  ['', 'lots_all'],
  ['waiting', 'inspection_waiting'],
  ['passed', 'inspection_passed'],
  ['rejected', 'inspection_rejected'],
];

export default function Lots({ shop_id, query }) {
  const inspection = query.inspection ?? '',
    lots = useList(`/shops/${shop_id}/lots`, { inspection });
  return (
    <>
      <h1 tabindex="-1">{say('lots')}</h1>
      <GoodsTabs shop_id={shop_id} here="lots" />
      <Views
        name={say('inspection')}
        of={filters.map(([code, name]) => ({
          href: code ? `${at(shop_id, 'lots')}?inspection=${code}` : at(shop_id, 'lots'),
          name: say(name),
          isHere: code === inspection,
        }))}
      />
      <Shown
        of={lots}
        empty={
          <>
            {say('lots_none')} <a href={at(shop_id, 'intake')}>{say('take_in')}</a>
          </>
        }
      >
        {(items) => (
          <ul class="rows">
            {items.map((lot) => (
              <li key={lot.lot_id}>
                <div>
                  <a href={at(shop_id, 'lots', lot.lot_id)}>{lot.product_name}</a> <span class="soft">{lot.grade}</span>
                  <p class="soft">
                    {say('lot_when', { harvested: day(lot.harvested_on), taken: day(lot.taken_in_at.slice(0, 10)) })}
                    {lot.expires_on && ` · ${say(lot.expired ? 'lot_expired' : 'lot_until', { day: day(lot.expires_on) })}`}
                  </p>
                </div>
                <span class="soft">
                  {say('lot_left')} <Goods qty={lot.on_hand_qty} unit={lot.base_unit} />
                </span>
                <State of="inspection" code={lot.inspection} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={lots} />
    </>
  );
}
