// The pick list: from which lot how much of what, for all parcels that wait; then which packs go into which parcel.
import { moment } from '../shared/format.js';
import { Goods, Print, Shown, Table } from '../shared/parts.jsx';
import { useSeen } from '../shared/seen.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { PackButton } from './pack.jsx';
import { OrderTabs } from './tabs.jsx';

function Lots({ items }) {
  const columns = [
    { name: say('product'), isHead: true, of: (one) => `${one.product_name} ${one.grade}` },
    { name: say('lot'), of: (one) => <code>{one.trace_code}</code> },
    { name: say('pick_from'), of: (one) => one.place_name ?? '' },
    { name: say('quantity'), isNumber: true, of: (one) => <Goods qty={one.quantity_qty} unit={one.base_unit} /> },
    { name: say('pick_done'), of: () => '□' },
  ];
  return (
    <Table caption={say('pick_by_lot')} columns={columns} rows={items} keyOf={(one) => `${one.lot_id}${one.offer_name ?? ''}`} />
  );
}

export default function Pick({ shop_id, query }) {
  const asked = useSeen(`/shops/${shop_id}/pick-list`, query.orders ? { orders: query.orders } : undefined);
  return (
    <>
      <h1 tabindex="-1">{say('pick_list')}</h1>
      <div class="unprinted">
        <OrderTabs shop_id={shop_id} here="pick" />
      </div>
      {asked.keptAt && <p class="note">{say('kept_from', { at: moment(asked.keptAt) })}</p>}
      <Shown of={asked}>
        {(list) =>
          list.orders.length === 0 ? (
            <p class="empty">{say('pick_none')}</p>
          ) : (
            <>
              <p class="buttons">
                <Print />
                <a class="button" href={at(shop_id, 'labels')}>
                  {say('labels')}
                </a>
              </p>
              <h2>{say('pick_by_lot')}</h2>
              <Lots items={list.lots} />
              <h2>{say('pick_by_order')}</h2>
              <ul class="rows">
                {list.orders.map((order) => (
                  <li key={order.order_id}>
                    <div>
                      <strong>{say('order_one', { number: order.order_id.slice(-6) })}</strong> {order.recipient}
                      <p>{order.lines.map(({ name, packs }) => `${name} ×${packs}`).join('；')}</p>
                    </div>
                    {!order.packed_at && (
                      <span class="unprinted">
                        <PackButton order={order} done={asked.again} />
                      </span>
                    )}
                    <span aria-hidden="true">□</span>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Shown>
    </>
  );
}
