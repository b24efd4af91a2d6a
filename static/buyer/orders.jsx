// What one bought: first what still waits to be paid, then the orders, newest first.
import { useAsk, useList } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { Empty, Money, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { OrderState, stepOf } from './states.jsx';

function Unpaid() {
  const purchases = useAsk('/purchases', { limit: 20 });
  const open = purchases.data?.items.filter(({ state }) => state === 'awaiting_payment') ?? [];
  if (open.length === 0) return null;
  return (
    <section class="card">
      <h2>{say('orders_unpaid')}</h2>
      <ul class="rows">
        {open.map((one) => (
          <li key={one.purchase_id}>
            <div>
              <Money fen={one.total_fen} strong />
              <p class="soft">{say('orders_pay_until', { at: moment(one.deadline_at) })}</p>
            </div>
            <a class="button main" href={`/pay/${one.purchase_id}`}>
              {say('orders_pay')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const goodsOf = (lines) => lines.map(({ name, packs }) => (packs > 1 ? `${name} ×${packs}` : name)).join(say('list_comma'));

export default function Orders() {
  const orders = useList('/orders');
  const none = (
    <Empty>
      <p>{say('orders_none')}</p>
      <p>
        <a class="button main" href="/">
          {say('orders_none_do')}
        </a>
      </p>
    </Empty>
  );
  return (
    <>
      <h1 tabindex="-1">{say('orders')}</h1>
      <Unpaid />
      <Shown of={orders} empty={none}>
        {(items) => (
          <ul class="rows">
            {items
              .filter(({ state }) => state !== 'awaiting_payment')
              .map((one) => (
                <li key={one.order_id}>
                  <div>
                    <p>
                      <a href={`/orders/${one.order_id}`}>{goodsOf(one.lines)}</a>
                    </p>
                    <p class="soft">
                      {one.shop_name} · {day(one.created_at)}
                    </p>
                  </div>
                  <Money fen={one.goods_fen + one.freight_fen} />
                  <OrderState code={stepOf(one)} />
                </li>
              ))}
          </ul>
        )}
      </Shown>
      <More of={orders} />
    </>
  );
}
