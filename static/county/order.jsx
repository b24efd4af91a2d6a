// One order as the county sees it: what was ordered, where its money goes, what happened when. Nothing can be changed here.
import { may } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Crumbs, Facts, inWords, Mark, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { findingOf } from './open_orders.jsx';
import { State } from './states.jsx';

const times = ['created_at', 'paid_at', 'packed_at', 'shipped_at', 'received_at', 'closed_at'];

function Goes({ order }) {
  const { parts } = order;
  return (
    <section>
      <h2>{say('order_money')}</h2>
      <Facts
        of={[
          [say('order_goods'), <Money fen={order.goods_fen} />],
          [say('payee_kind_freight'), <Money fen={order.freight_fen} />],
          order.refunded_fen > 0 && [say('refunds'), <Money fen={-order.refunded_fen} />],
          parts && [say('order_part_due'), <Money fen={parts.due_fen} strong />],
          parts && [say('order_part_fee'), <Money fen={parts.fee_fen} />],
          parts && [say('order_part_freight'), <Money fen={parts.freight_fen} />],
          parts && [say('order_part_margin'), <Money fen={parts.margin_fen} />],
        ]}
      />
      {order.helped?.households_count > 0 && (
        <p>{say('order_helped', { count: order.helped.households_count, villages: order.helped.villages.join('、') })}</p>
      )}
    </section>
  );
}

export default function Order({ order_id }) {
  const asked = useAsk(`/orders/${order_id}`);
  return (
    <>
      <Crumbs
        of={[
          asked.data && { href: `/county/shops/${asked.data.shop_id}`, name: asked.data.shop_name },
          { name: say('order_number', { number: order_id.slice(-6) }) },
        ]}
      />
      <Shown of={asked}>
        {(order) => (
          <>
            <h1 tabindex="-1">
              {say('order_number', { number: order_id.slice(-6) })}{' '}
              <State of="order" code={order.state === 'paid' && order.packed_at ? 'packed' : order.state} />
            </h1>
            {may('county', 'auditor') && (
              <p class="buttons">
                <a
                  class="button"
                  href={findingOf('orders', order_id, {
                    area: order.shop_id.slice(0, 6),
                    subject_words: say('order_number', { number: order_id.slice(-6) }),
                  })}
                >
                  {say('finding_open')}
                </a>
              </p>
            )}
            <div class="columns">
              <div>
                <h2>{say('order_goods')}</h2>
                <Table
                  caption={say('order_goods')}
                  rows={order.lines}
                  keyOf={(one) => one.order_line_id}
                  columns={[
                    { name: say('order_goods'), isHead: true, of: (one) => one.name },
                    { name: say('order_packs'), isNumber: true, of: (one) => one.packs },
                    { name: say('sum'), isNumber: true, of: (one) => <Money fen={one.line_gross_fen} /> },
                    {
                      name: say('trace_code'),
                      of: (one) =>
                        one.trace_codes.map((code) => (
                          <a key={code} class="trace-code" href={`/trace/${code}`}>
                            {code}
                          </a>
                        )),
                    },
                  ]}
                />
                {order.returns.length > 0 && (
                  <section>
                    <h2>{say('shop_returns')}</h2>
                    <ul class="rows">
                      {order.returns.map((one) => (
                        <li key={one.return_id}>
                          <span>{inWords('cause', one.cause)}</span>
                          <Money fen={one.refund_fen} />
                          <Mark kind={one.state === 'open' ? 'wait' : 'calm'}>{inWords('return_state', one.state)}</Mark>
                        </li>
                      ))}
                    </ul>
                  </section>
                )}
                <Goes order={order} />
              </div>
              <div>
                <h2>{say('order_times')}</h2>
                <Facts of={times.filter((one) => order[one]).map((one) => [say(`order_${one}`), moment(order[one])])} />
                <Facts
                  of={[
                    [say('by_shop'), <a href={`/county/shops/${order.shop_id}`}>{order.shop_name}</a>],
                    order.carrier && [say('order_carrier'), order.carrier],
                    order.waybill && [say('order_waybill'), order.waybill],
                  ]}
                />
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
