// What buyers ask to give back: the shop answers each with a reason they can read.
import { addressOf, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { moment, yuanField } from '../shared/format.js';
import { fen, Field, Form, Mistake, Pick, Tick, Yuan } from '../shared/form.jsx';
import { inWords, Money, More, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { State } from './states.jsx';
import { OrderTabs } from './tabs.jsx';

const states = [
  ['open', 'returns_open'],
  ['accepted', 'return_state_accepted'],
  ['refused', 'return_state_refused'],
];

/** A buyer's photo is for those who may see the order, not for the public. */
const photoOf = (one, photo_id, size) => addressOf(`/orders/${one.order_id}/photos/${photo_id}`, { size });

function Decide({ one, done }) {
  const decide = (values, key) => {
    const accepted = values.accepted === 'yes';
    if (!accepted && !values.answer?.trim()) throw new Mistake('/answer', say('return_reason_needed'));
    const money = accepted
      ? { ...(one.packs === 0 && { refund_fen: fen(values, 'refund_fen') }), goods_back: Boolean(values.goods_back) }
      : {};
    return send(
      'POST',
      `/returns/${one.return_id}/decide`,
      { accepted, answer: values.answer?.trim() || undefined, ...money },
      { key },
    );
  };
  return (
    <Form
      send={decide}
      done={done}
      submit={say('return_decide')}
      draft={`return:${one.return_id}`}
      initial={{ accepted: 'yes', refund_fen: yuanField(one.asked_fen), goods_back: one.goods_back }}
    >
      {({ values }) => (
        <>
          <Pick
            name="accepted"
            label={say('return_answer')}
            of={[
              ['yes', say('return_accept')],
              ['no', say('return_refuse')],
            ]}
          />
          {values.accepted === 'yes' && one.packs === 0 && (
            <Yuan name="refund_fen" label={say('return_refund')} hint={say('return_refund_hint')} />
          )}
          {values.accepted === 'yes' && one.packs > 0 && (
            <p>
              {say('return_refund_packs')} <Money fen={one.asked_fen} strong />
            </p>
          )}
          {values.accepted === 'yes' && one.packs > 0 && (
            <Tick name="goods_back" label={say('goods_back')} hint={say('goods_back_hint')} />
          )}
          <Field
            name="answer"
            label={say(values.accepted === 'yes' ? 'return_words' : 'return_words_refused')}
            isOptional={values.accepted === 'yes'}
            maxlength={500}
          />
        </>
      )}
    </Form>
  );
}

function Return({ shop_id, one, again }) {
  return (
    <li class="card" id={one.return_id}>
      <h2>
        {one.name} {one.packs > 0 && `×${one.packs}`} <State of="return" code={one.state} />
      </h2>
      <p>
        {inWords('cause', one.cause)}：{one.words}
      </p>
      <p class="soft">
        {say('return_asked', { at: moment(one.requested_at) })} · {say('return_wants')} <Money fen={one.asked_fen} /> ·{' '}
        <a href={at(shop_id, 'orders', one.order_id)}>{say('order_open')}</a>
        {one.state === 'open' && ` · ${say('return_until', { at: moment(one.deadline_at) })}`}
      </p>
      {one.photos?.length > 0 && (
        <ul class="plain photos">
          {one.photos.map(({ photo_id }, i) => (
            <li key={photo_id}>
              <a href={photoOf(one, photo_id, 1280)} target="_blank" rel="noopener">
                <img
                  src={photoOf(one, photo_id, 320)}
                  alt={say('return_photo', { number: i + 1 })}
                  width="96"
                  height="72"
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {one.answer && (
        <p>
          {say('return_answered')}
          {one.answer}
        </p>
      )}
      {one.state === 'open' && <Decide one={one} done={again} />}
    </li>
  );
}

export default function Returns({ shop_id, query }) {
  const state = query.state ?? 'open',
    returns = useList(`/shops/${shop_id}/returns`, { state });
  return (
    <>
      <h1 tabindex="-1">{say('returns')}</h1>
      <OrderTabs shop_id={shop_id} here="returns" />
      <Views
        name={say('steps')}
        of={states.map(([code, name]) => ({
          href: `${at(shop_id, 'returns')}?state=${code}`,
          name: say(name),
          isHere: state === code,
        }))}
      />
      <Shown of={returns} empty={say(state === 'open' ? 'returns_none_open' : 'returns_none')}>
        {(items) => (
          <ul class="plain stack">
            {items.map((one) => (
              <Return key={one.return_id} shop_id={shop_id} one={one} again={returns.again} />
            ))}
          </ul>
        )}
      </Shown>
      <More of={returns} />
    </>
  );
}
