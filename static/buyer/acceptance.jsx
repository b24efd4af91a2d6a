// Counting what came of a unit's order: what is not taken is asked back with its cause, the rest is received.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { count, moment } from '../shared/format.js';
import { Choice, Field, Form, Mistake, Words } from '../shared/form.jsx';
import { Crumbs, Facts, inWords, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { OrderState } from './states.jsx';

const causes = ['transport', 'shop', 'quality'];
const packsOf = (text, pointer) => {
  if (!/^\d{1,3}$/.test(text.trim())) throw new Mistake(pointer, say('acceptance_packs_wrong'));
  return Number(text);
};
/** Of a line not taken whole the cause is told. */
const linesOf = (values, lines) =>
  lines.map((one, i) => {
    const accepted_packs = packsOf(values[`packs_${i}`] ?? '', `/lines/${i}/accepted_packs`),
      cause = accepted_packs < one.sent_packs ? values[`cause_${i}`] || undefined : undefined;
    if (cause === undefined && accepted_packs < one.sent_packs)
      throw new Mistake(`/lines/${i}/cause`, say('return_cause_missing'));
    return { order_line_id: one.order_line_id, accepted_packs, cause };
  });

function Line({ line, i, typed }) {
  const isShort = /^\d+$/.test(typed ?? '') && Number(typed) < line.sent_packs;
  return (
    <>
      <Field
        name={`packs_${i}`}
        pointer={`/lines/${i}/accepted_packs`}
        label={line.name}
        hint={say('acceptance_sent', { count: count(line.sent_packs) })}
        inputmode="numeric"
        autocomplete="off"
        maxlength={3}
      />
      {isShort && (
        <Choice
          name={`cause_${i}`}
          pointer={`/lines/${i}/cause`}
          label={say('acceptance_cause')}
          of={[['', say('acceptance_cause_choose')], ...causes.map((one) => [one, say(`cause_${one}`)])]}
        />
      )}
    </>
  );
}

function Counting({ order, again }) {
  const initial = Object.fromEntries(order.lines.map((one, i) => [`packs_${i}`, String(one.sent_packs)]));
  const accept = (values, key) =>
    send(
      'POST',
      `/orders/${order.order_id}/acceptance`,
      { lines: linesOf(values, order.lines), words: values.words?.trim() || undefined },
      { key },
    );
  return (
    <Form send={accept} done={again} initial={initial} submit={say('acceptance_do')} label={say('acceptance')}>
      {({ values }) => (
        <>
          <p>{say('acceptance_what')}</p>
          {order.lines.map((line, i) => (
            <Line key={line.order_line_id} line={line} i={i} typed={values[`packs_${i}`]} />
          ))}
          <Words name="words" label={say('acceptance_words')} maxlength={500} isOptional />
        </>
      )}
    </Form>
  );
}

const Counted = ({ order }) => (
  <Table
    caption={say('acceptance')}
    rows={order.lines}
    keyOf={(one) => one.order_line_id}
    columns={[
      { name: say('list_goods'), of: (one) => one.name, isHead: true },
      { name: say('acceptance_sent_packs'), of: (one) => count(one.sent_packs), isNumber: true },
      { name: say('acceptance_taken_packs'), of: (one) => count(one.accepted_packs), isNumber: true },
      { name: say('acceptance_cause'), of: (one) => (one.cause ? inWords('cause', one.cause) : '') },
    ]}
  />
);

export default function Acceptance({ unit_id, order_id }) {
  const found = useAsk(`/orders/${order_id}/acceptance`);
  return (
    <Shown of={found}>
      {(order) => (
        <>
          <Crumbs
            of={[
              { href: '/units', name: say('units') },
              { href: `/units/${unit_id}`, name: order.unit_name },
              { name: say('acceptance') },
            ]}
          />
          <h1 tabindex="-1">{say('acceptance_of', { place: order.place })}</h1>
          <p>
            <OrderState code={order.state} />
          </p>
          <Facts
            of={[
              [say('shop'), order.shop_name],
              order.shipped_at && [say('acceptance_shipped'), `${moment(order.shipped_at)} · ${order.carrier} ${order.waybill}`],
              order.accepted_at && [
                say('acceptance_by'),
                say('list_who_when', { who: order.accepted_by, at: moment(order.accepted_at) }),
              ],
              [say('acceptance_words'), order.words || null],
            ]}
          />
          {order.may.includes('accept') && <Counting order={order} again={found.again} />}
          {order.accepted_at && <Counted order={order} />}
          {!order.may.includes('accept') && !order.accepted_at && <p>{say('acceptance_not_now')}</p>}
          <p>
            <a href={`/units/${unit_id}/lists/${order.list_id}`}>{say('acceptance_list')}</a>
          </p>
        </>
      )}
    </Shown>
  );
}
