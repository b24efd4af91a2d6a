// Which shops keep buyers waiting, and one shop's orders.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Crumbs, Empty, Mark, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { findingOf, OpenOrders, OrderTable } from './open_orders.jsx';

function Stopped({ person, query }) {
  const area = areaOf(person, query),
    stopped = useList(area ? '/decisions' : null, { area, kind: 'shop_stopped' });
  if (!area) return <p>{say('no_area')}</p>;
  return (
    <>
      <AreaPicker person={person} area={area} />
      <Shown of={stopped}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('orders_stopped_none')}</p>
            </Empty>
          ) : (
            <ul class="rows">
              {items.map((one) => (
                <li key={one.id}>
                  <div>
                    <a href={`/county/shops/${one.id}`}>{one.words}</a>
                    <p class="soft">{one.area_name}</p>
                  </div>
                  <Mark kind="bad">{say('orders_waiting_since', { at: moment(one.since) })}</Mark>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <More of={stopped} />
    </>
  );
}

function OfShop({ shop_id }) {
  const all = useList(`/shops/${shop_id}/orders`);
  return (
    <>
      <p class="buttons">
        <a class="button" href={`/county/shops/${shop_id}`}>
          {say('shop_open')}
        </a>
        {may('county', 'auditor') && (
          <a class="button" href={findingOf('shops', shop_id, { area: shop_id.slice(0, 6) })}>
            {say('finding_open')}
          </a>
        )}
      </p>
      <OpenOrders shop_id={shop_id} />
      <h2>{say('orders_all')}</h2>
      <Shown of={all}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('orders_none')}</p>
            </Empty>
          ) : (
            <OrderTable caption={say('orders_all')} orders={items} />
          )
        }
      </Shown>
      <More of={all} />
    </>
  );
}

export default function Orders({ person, query }) {
  return (
    <>
      <Crumbs of={[{ href: '/county', name: say('nav_dashboard') }, { name: say('orders') }]} />
      <h1 tabindex="-1">{say(query.shop_id ? 'orders' : 'orders_stopped')}</h1>
      {query.shop_id ? <OfShop key={query.shop_id} shop_id={query.shop_id} /> : <Stopped {...{ person, query }} />}
    </>
  );
}
