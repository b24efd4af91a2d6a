// Orders of one shop for the county: what is paid and not yet on its way stands first, the longest waiting on top.
import { useList } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Empty, Mark, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { State } from './states.jsx';

const DAY_MS = 86_400_000,
  LIMIT = 100;
export const findingOf = (subject_kind, subject_id, more) =>
  `/county/findings/new?${new URLSearchParams({ subject_kind, subject_id, ...more })}`;
const daysSince = (at) => Math.floor((Date.now() - new Date(at)) / DAY_MS);

export function OrderTable({ orders, caption }) {
  return (
    <Table
      caption={caption}
      rows={orders}
      keyOf={(one) => one.order_id}
      columns={[
        {
          name: say('order'),
          isHead: true,
          of: (one) => <a href={`/county/orders/${one.order_id}`}>{one.order_id.slice(-6)}</a>,
        },
        { name: say('order_paid'), of: (one) => (one.paid_at ? moment(one.paid_at) : '') },
        {
          name: say('state'),
          of: (one) => <State of="order" code={one.state === 'paid' && one.packed_at ? 'packed' : one.state} />,
        },
        {
          name: say('order_waits'),
          of: (one) =>
            one.state === 'paid' &&
            one.paid_at && (
              <Mark kind={daysSince(one.paid_at) >= 2 ? 'bad' : 'wait'}>{say('days_n', { count: daysSince(one.paid_at) })}</Mark>
            ),
        },
        { name: say('order_goods'), of: (one) => one.lines.map((line) => `${line.name} ×${line.packs}`).join('；') },
        { name: say('sum'), isNumber: true, of: (one) => <Money fen={one.goods_fen + one.freight_fen} /> },
      ]}
    />
  );
}

export function OpenOrders({ shop_id }) {
  const paid = useList(`/shops/${shop_id}/orders`, { state: 'paid', limit: LIMIT });
  return (
    <section>
      <h2>{say('orders_unshipped')}</h2>
      <Shown of={paid}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('orders_unshipped_none')}</p>
            </Empty>
          ) : (
            <OrderTable
              caption={say('orders_unshipped')}
              orders={[...items].sort((a, b) => a.paid_at.localeCompare(b.paid_at))}
            />
          )
        }
      </Shown>
      <More of={paid} />
    </section>
  );
}
