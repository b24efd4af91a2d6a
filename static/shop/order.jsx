// One order: what to do next, what is in it, where it goes, and where its money goes.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { draftOf, keepDraft } from '../shared/draft.js';
import { moment } from '../shared/format.js';
import { Field, Form } from '../shared/form.jsx';
import { Crumbs, Facts, inWords, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { PackButton, UnpackButton } from './pack.jsx';
import { provinceOf, State, stepOf } from './states.jsx';

/** The carrier used last is the likeliest. */
const lastCarrier = () => draftOf('carrier')?.carrier ?? '';

function Ship({ order, done }) {
  const ship = async ({ carrier = '', waybill = '' }, key) => {
    const answer = await send(
      'POST',
      `/orders/${order.order_id}/ship`,
      { carrier: carrier.trim(), waybill: waybill.replace(/\s/g, '') },
      { key },
    );
    keepDraft('carrier', { carrier });
    return answer;
  };
  return (
    <Form send={ship} done={done} submit={say('ship')} initial={{ carrier: lastCarrier() }}>
      <div class="filters">
        <Field
          name="carrier"
          label={say('carrier')}
          list={['carrier_post', 'carrier_ems', 'carrier_sf', 'carrier_yto', 'carrier_zto', 'carrier_yunda'].map((one) =>
            say(one),
          )}
        />
        <Field name="waybill" label={say('waybill')} autocomplete="off" autocapitalize="characters" spellcheck={false} />
      </div>
    </Form>
  );
}

function Cancel({ order, done }) {
  const cancel = (values, key) => send('POST', `/orders/${order.order_id}/cancel`, undefined, { key });
  return (
    <details>
      <summary>{say('cancel_order')}</summary>
      <Form send={cancel} done={done} submit={say('cancel_order_now')} kind="warn">
        <p>{say('cancel_order_what')}</p>
      </Form>
    </details>
  );
}

/** What a person does next with the order as it stands. */
function Next({ order, again }) {
  const step = stepOf(order);
  if (step === 'paid')
    return (
      <section class="card">
        <h2>{say('next_pack')}</h2>
        <p class="buttons">
          <PackButton order={order} done={again} />
        </p>
        <h3>{say('next_ship_at_once')}</h3>
        <Ship order={order} done={again} />
        <Cancel order={order} done={again} />
      </section>
    );
  if (step === 'packed')
    return (
      <section class="card">
        <h2>{say('next_ship')}</h2>
        <Ship order={order} done={again} />
        <p class="buttons">
          <UnpackButton order={order} done={again} />
        </p>
        <Cancel order={order} done={again} />
      </section>
    );
  return null;
}

function Lines({ order }) {
  const columns = [
    { name: say('goods'), isHead: true, of: (line) => line.name },
    { name: say('packs'), isNumber: true, of: (line) => line.packs },
    order.lines.some((line) => line.refunded_packs > 0) && {
      name: say('packs_refunded'),
      isNumber: true,
      of: (line) => line.refunded_packs || '',
    },
    { name: say('price'), isNumber: true, of: (line) => <Money fen={line.price_fen} /> },
    { name: say('sum'), isNumber: true, of: (line) => <Money fen={line.line_gross_fen} /> },
  ];
  return <Table caption={say('order_lines')} columns={columns} rows={order.lines} keyOf={(line) => line.order_line_id} />;
}

/** From what the buyer paid to who gets which part; negative parts are said, not hidden. */
function WhereItGoes({ order }) {
  const { parts } = order;
  const helped =
    order.helped.households_count > 0 &&
    say('order_helped', { count: order.helped.households_count, villages: order.helped.villages.join('、') });
  return (
    <section>
      <h2>{say('where_money_goes')}</h2>
      <Facts
        of={[
          [say('money_goods'), <Money fen={order.goods_fen} />],
          [say('money_freight'), <Money fen={order.freight_fen} />],
          order.refunded_fen > 0 && [say('money_refunded'), <Money fen={-order.refunded_fen} />],
        ]}
      />
      {parts && order.paid_at ? (
        <>
          <h3>{say('money_of_goods')}</h3>
          <Facts
            of={[
              [say('part_due'), <Money fen={parts.due_fen} strong />],
              [say('part_fee'), <Money fen={parts.fee_fen} />],
              [say('part_freight'), <Money fen={parts.freight_fen} />],
              [say('part_margin'), <Money fen={parts.margin_fen} />],
            ]}
          />
        </>
      ) : (
        <p class="soft">{say(order.paid_at ? 'parts_unknown' : 'parts_when_paid')}</p>
      )}
      {helped && <p>{helped}</p>}
    </section>
  );
}

const timesOf = (order) =>
  [
    ['created_at', 'time_created'],
    ['paid_at', 'time_paid'],
    ['packed_at', 'time_packed'],
    ['shipped_at', 'time_shipped'],
    ['received_at', 'time_received'],
    ['closed_at', 'time_closed'],
  ]
    .filter(([field]) => order[field])
    .map(([field, name]) => [say(name), moment(order[field])]);

export default function Order({ shop_id, order_id }) {
  const asked = useAsk(`/orders/${order_id}`);
  return (
    <>
      <Crumbs
        of={[{ href: at(shop_id, 'orders'), name: say('orders') }, { name: say('order_one', { number: order_id.slice(-6) }) }]}
      />
      <h1 tabindex="-1">
        {say('order_one', { number: order_id.slice(-6) })} {asked.data && <State of="order" code={stepOf(asked.data)} />}
      </h1>
      <Shown of={asked}>
        {(order) => (
          <>
            <Next order={order} again={asked.again} />
            <div class="columns">
              <div>
                <h2>{say('order_lines')}</h2>
                <Lines order={order} />
                {order.returns.length > 0 && (
                  <section>
                    <h2>{say('returns')}</h2>
                    <ul class="rows">
                      {order.returns.map((one) => (
                        <li key={one.return_id}>
                          <a href={`${at(shop_id, 'returns')}?state=${one.state}#${one.return_id}`}>
                            {inWords('cause', one.cause)}
                          </a>
                          <Money fen={one.refund_fen} />
                          <State of="return" code={one.state} />
                        </li>
                      ))}
                    </ul>
                  </section>
                )}
                <WhereItGoes order={order} />
              </div>
              <div>
                <h2>{say('goes_to')}</h2>
                <Facts
                  of={[
                    [say('recipient'), order.recipient],
                    [say('phone'), order.phone && <a href={`tel:${order.phone}`}>{order.phone}</a>],
                    [
                      say('address'),
                      order.street ? `${order.destination_name ?? provinceOf(order.destination_code)} ${order.street}` : null,
                    ],
                    order.carrier && [say('carrier'), order.carrier],
                    order.waybill && [say('waybill'), order.waybill],
                  ]}
                />
                {order.paid_at && !order.shipped_at && (
                  <p class="buttons">
                    <a class="button" href={`${at(shop_id, 'labels')}?orders=${order_id}`}>
                      {say('label_print')}
                    </a>
                  </p>
                )}
                <h2>{say('times')}</h2>
                <Facts of={timesOf(order)} />
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
