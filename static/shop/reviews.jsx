// What buyers say about the goods; the shop may answer each once, for all to read.
import { send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Form, Words } from '../shared/form.jsx';
import { Mark, More, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { GoodsTabs } from './tabs.jsx';

const views = [
  ['false', 'reviews_unanswered'],
  ['true', 'reviews_answered'],
  ['', 'reviews_all'],
];

function Review({ shop_id, one, again }) {
  const reply = (values, key) => send('POST', `/reviews/${one.review_id}/reply`, { words: values.words ?? '' }, { key });
  return (
    <li class="card">
      <p>
        <span class="unseen">{say('rating_of', { count: one.rating })}</span>
        <strong aria-hidden="true">
          {'★'.repeat(one.rating)}
          {'☆'.repeat(5 - one.rating)}
        </strong>{' '}
        {one.author} ·{' '}
        <span class="soft">
          {one.bought} · {moment(one.created_at)}
        </span>
      </p>
      {one.state === 'hidden' && (
        <p>
          <Mark kind="calm">{say('review_hidden')}</Mark>
        </p>
      )}
      <p>{one.words}</p>
      {one.photos?.length > 0 && (
        <ul class="plain photos">
          {one.photos.map(({ photo_id }, i) => (
            <li key={photo_id}>
              <a href={`/photos/${photo_id}-1280.webp`} target="_blank" rel="noopener">
                <img
                  src={`/photos/${photo_id}-320.webp`}
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
      <p>
        <a href={at(shop_id, 'products', one.product_id)}>{say('product')}</a> ·{' '}
        <a href={at(shop_id, 'orders', one.order_id)}>{say('order_open')}</a>
      </p>
      {one.reply ? (
        <p class="note">
          {say('review_reply')}
          {one.reply}
        </p>
      ) : (
        <Form send={reply} done={again} draft={`reply:${one.review_id}`} submit={say('review_reply_send')}>
          <Words name="words" label={say('review_reply_words')} hint={say('review_reply_hint')} maxlength={500} rows={2} />
        </Form>
      )}
    </li>
  );
}

export default function Reviews({ shop_id, query }) {
  const answered = query.answered ?? 'false',
    reviews = useList(`/shops/${shop_id}/reviews`, { answered: answered === 'all' ? '' : answered });
  return (
    <>
      <h1 tabindex="-1">{say('reviews')}</h1>
      <GoodsTabs shop_id={shop_id} here="reviews" />
      <Views
        name={say('reviews')}
        of={views.map(([code, name]) => ({
          href: `${at(shop_id, 'reviews')}?answered=${code || 'all'}`,
          name: say(name),
          isHere: answered === (code || 'all'),
        }))}
      />
      <Shown of={reviews} empty={say('reviews_none')}>
        {(items) => (
          <ul class="plain stack">
            {items.map((one) => (
              <Review key={one.review_id} shop_id={shop_id} one={one} again={reviews.again} />
            ))}
          </ul>
        )}
      </Shown>
      <More of={reviews} />
    </>
  );
}
