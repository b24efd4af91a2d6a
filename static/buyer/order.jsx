// One order: what may be done now, what was bought and from where, its way here, and where the money went.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Act, Crumbs, Facts, Money, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { ComplainLink } from './complain_link.jsx';
import { GiveBackForm, Return } from './give_back.jsx';
import { OwnReview, ReviewForm } from './own_review.jsx';
import { numberOf, OrderState, stepOf } from './states.jsx';

const HOUSEHOLDS_COUNTED_OUT_MIN = 5;

/** Acts on the whole order, each with what it means and until when. */
function Now({ order, again }) {
  const may = (act) => order.may.includes(act),
    until = (act) => order.deadlines[act] && moment(order.deadlines[act]);
  const act = (name) => (wish, key) => send('POST', `/orders/${order.order_id}/${name}`, undefined, { key });
  if (!['pay', 'receive', 'cancel', 'return'].some(may)) return null;
  return (
    <section class="card">
      <h2>{say('order_now')}</h2>
      {may('pay') && (
        <>
          <p>{say('orders_pay_until', { at: until('pay') })}</p>
          <p class="buttons">
            <a class="button main" href={`/pay/${order.purchase_id}`}>
              {say('orders_pay')}
            </a>
          </p>
        </>
      )}
      {may('receive') && (
        <>
          <p>{say('order_receive_until', { at: until('receive') })}</p>
          <p class="buttons">
            <Act act={act('receive')} done={again} kind="main" ask={<p>{say('order_receive_what')}</p>}>
              {say('order_receive')}
            </Act>
          </p>
        </>
      )}
      {may('cancel') && (
        <>
          <p>{say('order_cancel_until')}</p>
          <p class="buttons">
            <Act act={act('cancel')} done={again} kind="warn" ask={<p>{say('order_cancel_what')}</p>}>
              {say('order_cancel')}
            </Act>
          </p>
        </>
      )}
      {may('return') && (
        <p>
          {order.state === 'closed'
            ? say('order_return_late')
            : until('return')
              ? say('order_return_until', { at: until('return') })
              : say('order_return_may')}
        </p>
      )}
    </section>
  );
}

/** What was bought in one line, with what its buyer may say about it. Only one form is open at a time. */
function Line({ order, line, again }) {
  const [open, setOpen] = useState(null),
    [isSaid, setSaid] = useState(null);
  const returns = order.returns.filter((one) => one.order_line_id === line.order_line_id);
  const mayReturn =
    order.may.includes('return') && line.packs > line.refunded_packs && !returns.some(({ state }) => state === 'open');
  const done = (words) => () => {
    setOpen(null);
    setSaid(words);
    again();
  };
  const toggle = (name) => () => setOpen((old) => (old === name ? null : name));
  return (
    <li class="card">
      <h3>
        <a href={`/products/${line.product_id}`}>{line.name}</a>
      </h3>
      <p>
        <Money fen={line.price_fen} /> × {line.packs} = <Money fen={line.line_gross_fen} strong />
      </p>
      {line.refunded_packs > 0 && (
        <p class="soft">
          {say('order_line_refunded', { count: line.refunded_packs })} <Money fen={line.refunded_fen} />
        </p>
      )}
      {line.served_packs < line.packs && order.paid_at && (
        <p class="soft">{say('order_line_served', { count: line.served_packs, packs: line.packs })}</p>
      )}
      {line.trace_codes.length > 0 && (
        <p>
          {say('order_trace')}{' '}
          {line.trace_codes.map((code) => (
            <a key={code} class="trace-code" href={`/trace/${code}`}>
              {code}
            </a>
          ))}
        </p>
      )}
      {isSaid && (
        <p class="note good" role="status">
          {isSaid}
        </p>
      )}
      {returns.map((one) => (
        <Return key={one.return_id} order={order} one={one} />
      ))}
      {line.review_id && <OwnReview review_id={line.review_id} removed={done(say('review_removed'))} />}
      <p class="buttons">
        {line.reviewable && (
          <button
            type="button"
            class={open === 'review' ? undefined : 'main'}
            aria-expanded={open === 'review'}
            onClick={toggle('review')}
          >
            {say('review_write')}
          </button>
        )}
        {mayReturn && (
          <button type="button" aria-expanded={open === 'return'} onClick={toggle('return')}>
            {say('return_ask')}
          </button>
        )}
      </p>
      {open === 'review' && <ReviewForm order={order} line={line} done={done(say('review_done'))} />}
      {open === 'return' && <GiveBackForm order={order} line={line} done={done(say('return_done'))} />}
    </li>
  );
}

const steps = [
  ['created_at', 'time_created'],
  ['paid_at', 'time_paid'],
  ['packed_at', 'time_packed'],
  ['shipped_at', 'time_shipped'],
  ['received_at', 'time_received'],
  ['closed_at', 'time_closed'],
];

function Way({ order }) {
  return (
    <section>
      <h2>{say('order_way')}</h2>
      <ol class="steps">
        {steps
          .filter(([field]) => order[field])
          .map(([field, name]) => (
            <li key={field}>
              <span>{say(name)}</span>{' '}
              <time class="soft" datetime={order[field]}>
                {moment(order[field])}
              </time>
            </li>
          ))}
      </ol>
      <Facts
        of={[
          order.carrier && [say('carrier'), order.carrier],
          order.waybill && [say('waybill'), <code>{order.waybill}</code>],
          [say('recipient'), order.recipient],
          [say('phone'), order.phone],
          [say('address'), [order.destination_name, order.street].filter(Boolean).join(' ')],
        ]}
      />
    </section>
  );
}

function WhereItWent({ order }) {
  const { households_count, villages, due_fen } = order.helped;
  const people =
    households_count >= HOUSEHOLDS_COUNTED_OUT_MIN ? say('order_helped', { count: households_count }) : say('order_helped_few');
  return (
    <section>
      <h2>{say('order_money')}</h2>
      <Facts
        of={[
          [say('money_goods'), <Money fen={order.goods_fen} />],
          [say('money_freight'), <Money fen={order.freight_fen} />],
          [say('money_sum'), <Money fen={order.goods_fen + order.freight_fen} strong />],
          order.refunded_fen > 0 && [say('money_refunded'), <Money fen={order.refunded_fen} />],
        ]}
      />
      {households_count > 0 ? (
        <>
          <p>
            {people} {say('order_helped_sum')} <Money fen={due_fen} strong />
          </p>
          {villages.length > 0 && <p class="soft">{say('order_villages', { villages: villages.join(say('list_comma')) })}</p>}
          <p>
            <a href="/impact">{say('order_impact')}</a>
          </p>
        </>
      ) : (
        <p class="soft">{say(order.paid_at ? 'order_helped_none' : 'order_helped_when_paid')}</p>
      )}
    </section>
  );
}

export default function Order({ order_id }) {
  const asked = useAsk(`/orders/${order_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/orders', name: say('orders') }, { name: say('order_one', { number: numberOf(order_id) }) }]} />
      <Shown of={asked}>
        {(order) => (
          <>
            <h1 tabindex="-1">
              {say('order_one', { number: numberOf(order_id) })} <OrderState code={stepOf(order)} />
            </h1>
            <p class="soft">
              <a href={`/shops/${order.shop_id}`}>{order.shop_name}</a>
            </p>
            <div class="columns">
              <div>
                <Now order={order} again={asked.again} />
                <h2>{say('order_lines')}</h2>
                <ul class="plain stack">
                  {order.lines.map((line) => (
                    <Line key={line.order_line_id} order={order} line={line} again={asked.again} />
                  ))}
                </ul>
              </div>
              <div>
                <Way order={order} />
                <WhereItWent order={order} />
                <ComplainLink about={{ kind: 'orders', id: order_id }} />
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
