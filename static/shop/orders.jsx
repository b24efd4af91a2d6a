// Orders of the shop by the step they wait at; the step stands in the address.
import { useList } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Money, More, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { PackButton } from './pack.jsx';
import { provinceOf, State, stepOf } from './states.jsx';
import { OrderTabs } from './tabs.jsx';

/** Steps by their name in the address, with what the API is asked for. */
const steps = {
  pack: ['step_pack', { state: 'paid', packed: 'false' }],
  packed: ['step_packed', { state: 'paid', packed: 'true' }],
  shipped: ['step_shipped', { state: 'shipped' }],
  received: ['step_received', { state: 'received' }],
  awaiting_payment: ['step_awaiting', { state: 'awaiting_payment' }],
  all: ['step_all', {}],
};
const linesOf = (order) => order.lines.map(({ name, packs }) => `${name} ×${packs}`).join('；');

export default function Orders({ shop_id, query }) {
  const step = query.step in steps ? query.step : 'pack',
    orders = useList(`/shops/${shop_id}/orders`, steps[step][1]);
  return (
    <>
      <h1 tabindex="-1">{say('orders')}</h1>
      <OrderTabs shop_id={shop_id} here="orders" />
      <Views
        name={say('steps')}
        of={Object.entries(steps).map(([code, [name]]) => ({
          href: `${at(shop_id, 'orders')}?step=${code}`,
          name: say(name),
          isHere: step === code,
        }))}
      />
      <p class="buttons">
        <a class="button" href={at(shop_id, 'orders', 'new')}>
          {say('phone_order')}
        </a>
      </p>
      <Shown of={orders} empty={say(step === 'pack' ? 'orders_none_paid' : 'orders_none')}>
        {(items) => (
          <ul class="rows">
            {items.map((order) => (
              <li key={order.order_id}>
                <div>
                  <a href={at(shop_id, 'orders', order.order_id)}>{linesOf(order)}</a>
                  <p class="soft">
                    {say('order_to', {
                      place: order.destination_name ?? provinceOf(order.destination_code),
                      at: moment(order.paid_at ?? order.created_at),
                    })}
                  </p>
                </div>
                <Money fen={order.goods_fen + order.freight_fen} />
                {step === 'pack' ? <PackButton order={order} done={orders.again} /> : <State of="order" code={stepOf(order)} />}
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={orders} />
    </>
  );
}
