// Asking to give goods back: how many, why, and what can be seen; and what became of it.
import { useState } from 'preact/hooks';
import { addressOf, send } from '../shared/ask.js';
import { yuan } from '../shared/format.js';
import { Choice, fen, Form, Mistake, Pick, Words, Yuan } from '../shared/form.jsx';
import { Money } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { PhotoField } from './photo_field.jsx';
import { ReturnState } from './states.jsx';

const causes = ['quality', 'transport', 'shop'];
const none = '0';

export function GiveBackForm({ order, line, done }) {
  const [isBusy, setBusy] = useState(false);
  const left = line.packs - line.refunded_packs;
  const choices = [...Array(left).keys()].map((i) => [String(left - i), say('return_packs', { count: left - i })]);
  const ask = (values, key) => {
    if (isBusy) throw new Mistake('/photo_ids', say('photos_wait'));
    if (!values.cause) throw new Mistake('/cause', say('return_cause_missing'));
    const money = values.packs === none ? { refund_fen: fen(values, 'refund_fen') } : {};
    return send(
      'POST',
      `/orders/${order.order_id}/returns`,
      {
        order_line_id: line.order_line_id,
        packs: Number(values.packs),
        cause: values.cause,
        words: values.words?.trim() || undefined,
        photo_ids: values.photo_ids?.length ? values.photo_ids : undefined,
        ...money,
      },
      { key },
    );
  };
  return (
    <Form
      send={ask}
      done={done}
      submit={say('return_send')}
      draft={`return:${line.order_line_id}`}
      initial={{ packs: String(left) }}
      label={say('return_ask')}
    >
      {({ values }) => (
        <>
          <Choice name="packs" label={say('return_how_many')} of={[...choices, [none, say('return_money_only')]]} />
          {values.packs === none && (
            <Yuan
              name="refund_fen"
              label={say('return_refund')}
              hint={say('return_refund_up_to', { sum: yuan(line.line_gross_fen - line.refunded_fen) })}
            />
          )}
          <Pick name="cause" label={say('return_cause')} of={causes.map((one) => [one, say(`cause_${one}`)])} />
          <Words name="words" label={say('return_words')} isOptional maxlength={500} />
          <PhotoField
            name="photo_ids"
            label={say('return_photos')}
            hint={say('return_photos_hint')}
            use="return"
            busy={setBusy}
          />
        </>
      )}
    </Form>
  );
}

/** What was asked for a line, and the shop's answer. */
export function Return({ order, one }) {
  const photo = (photo_id, size) => addressOf(`/orders/${order.order_id}/photos/${photo_id}`, { size });
  return (
    <div class="note">
      <p>
        {one.packs > 0 ? say('return_of_packs', { count: one.packs }) : say('return_of_money')} <ReturnState code={one.state} />{' '}
        {one.refund_fen > 0 && <Money fen={one.refund_fen} />}
      </p>
      <p>
        {say(`cause_${one.cause}`)}
        {one.words && say('said', { words: one.words })}
      </p>
      {one.photos?.length > 0 && (
        <ul class="plain photos">
          {one.photos.map(({ photo_id }, i) => (
            <li key={photo_id}>
              <a href={photo(photo_id, 1280)} target="_blank" rel="noopener">
                <img
                  src={photo(photo_id, 320)}
                  alt={say('photo_number', { number: i + 1 })}
                  width="96"
                  height="72"
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {one.answer && <p>{say('return_answered', { words: one.answer })}</p>}
      {one.state === 'open' && <p class="soft">{say('return_wait')}</p>}
    </div>
  );
}
