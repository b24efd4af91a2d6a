// The buyer's own word on what was bought: written once a line, changed or taken back later.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Form, Mistake, useField, Words } from '../shared/form.jsx';
import { Act, Mark, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { PhotoField } from './photo_field.jsx';

const RATINGS = [1, 2, 3, 4, 5];

export const Stars = ({ rating }) => (
  <>
    <span class="unseen">{say('rating_of', { count: rating })}</span>
    <strong aria-hidden="true" class="stars">
      {'★'.repeat(rating)}
      {'☆'.repeat(5 - rating)}
    </strong>
  </>
);

/** Five stars that are radio buttons: arrows choose, a thumb hits. */
function StarField({ name, label }) {
  const field = useField(name),
    chosen = Number(field.value) || 0;
  return (
    <fieldset class="field star-field" aria-describedby={field.error ? `${field.id}-error` : undefined}>
      <legend>{label}</legend>
      <div>
        {RATINGS.map((one) => (
          <label key={one}>
            <input
              class="unseen"
              type="radio"
              name={field.id}
              value={one}
              checked={one === chosen}
              aria-invalid={field.error ? 'true' : undefined}
              onChange={() => field.set(String(one))}
            />
            <span aria-hidden="true">{one <= chosen ? '★' : '☆'}</span>
            <span class="unseen">
              {say('rating_of', { count: one })} {say(`rating_${one}`)}
            </span>
          </label>
        ))}
        {chosen > 0 && <span aria-hidden="true">{say(`rating_${chosen}`)}</span>}
      </div>
      {field.error && (
        <p class="error" id={`${field.id}-error`}>
          {field.error}
        </p>
      )}
    </fieldset>
  );
}
function ratingOf(values) {
  if (!values.rating) throw new Mistake('/rating', say('rating_missing'));
  return Number(values.rating);
}

export function ReviewForm({ order, line, done }) {
  const [isBusy, setBusy] = useState(false);
  const write = (values, key) => {
    if (isBusy) throw new Mistake('/photo_ids', say('photos_wait'));
    return send(
      'POST',
      `/products/${line.product_id}/reviews`,
      {
        order_id: order.order_id,
        rating: ratingOf(values),
        words: values.words?.trim() ?? '',
        photo_ids: values.photo_ids?.length ? values.photo_ids : undefined,
      },
      { key },
    );
  };
  return (
    <Form send={write} done={done} submit={say('review_send')} draft={`review:${line.order_line_id}`} label={say('review_write')}>
      <StarField name="rating" label={say('review_rating')} />
      <Words name="words" label={say('review_words')} hint={say('review_words_hint')} maxlength={500} />
      <PhotoField name="photo_ids" label={say('review_photos')} use="review" busy={setBusy} />
    </Form>
  );
}

function Change({ review, done, leave }) {
  const change = (values, key) =>
    send(
      'PATCH',
      `/reviews/${review.review_id}`,
      { rating: ratingOf(values), words: values.words.trim() },
      { key, version: review.version },
    );
  return (
    <Form
      send={change}
      done={done}
      initial={{ rating: String(review.rating), words: review.words }}
      beside={
        <button type="button" onClick={leave}>
          {say('leave_it')}
        </button>
      }
      label={say('review_change')}
    >
      <StarField name="rating" label={say('review_rating')} />
      <Words name="words" label={say('review_words')} maxlength={500} />
    </Form>
  );
}

export function OwnReview({ review_id, removed }) {
  const asked = useAsk(`/reviews/${review_id}`),
    [isChanging, setChanging] = useState(false);
  const remove = (wish, key) => send('DELETE', `/reviews/${review_id}`, undefined, { key });
  return (
    <div class="note good">
      <Shown of={asked}>
        {(review) =>
          isChanging ? (
            <Change
              review={review}
              done={() => {
                setChanging(false);
                asked.again();
              }}
              leave={() => setChanging(false)}
            />
          ) : (
            <>
              <p>
                {say('review_own')} <Stars rating={review.rating} />{' '}
                <span class="soft">{moment(review.changed_at ?? review.created_at)}</span>{' '}
                {review.state === 'hidden' && <Mark>{say('review_hidden')}</Mark>}
              </p>
              <p>{review.words}</p>
              {review.photos?.length > 0 && (
                <ul class="plain photos">
                  {review.photos.map(({ photo_id }, i) => (
                    <li key={photo_id}>
                      <a href={`/photos/${photo_id}-1280.webp`} target="_blank" rel="noopener">
                        <img
                          src={`/photos/${photo_id}-320.webp`}
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
              {review.reply && <p>{say('review_reply', { words: review.reply })}</p>}
              <p class="buttons">
                {review.changeable && (
                  <button type="button" onClick={() => setChanging(true)}>
                    {say('review_change')}
                  </button>
                )}
                <Act act={remove} done={removed} kind="warn" ask={<p>{say('review_remove_what')}</p>}>
                  {say('review_remove')}
                </Act>
              </p>
            </>
          )
        }
      </Shown>
    </div>
  );
}
