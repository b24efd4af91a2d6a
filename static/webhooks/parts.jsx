// What the pages of webhooks share: states, kinds of events, the secret that is shown once.
import { useState } from 'preact/hooks';
import { moment } from '../shared/format.js';
import { useField } from '../shared/form.jsx';
import { inWords, Mark } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const hookMarks = { active: 'good', paused: 'calm', stopped: 'bad' },
  deliveryMarks = { waiting: 'wait', delivered: 'good', failed: 'bad' };
export const HookState = ({ of }) => <Mark kind={hookMarks[of.state]}>{inWords('hook', of.state)}</Mark>;
export const DeliveryState = ({ of }) => <Mark kind={deliveryMarks[of.state]}>{inWords('delivery', of.state)}</Mark>;
export const eventWords = (type) => inWords('event', type.replace('.', '_'));
export const outcomeWords = ({ outcome, status }) => outcome && [inWords('outcome', outcome), status].filter(Boolean).join(' · ');

/** Ticks for what it shall hear of; the value is what the API takes: types with a space between. */
export function Events({ offered }) {
  const field = useField('events'),
    chosen = field.value.split(' ');
  const turn = (type, isOn) => field.set(offered.filter((one) => (one === type ? isOn : chosen.includes(one))).join(' '));
  return (
    <fieldset
      class="field"
      aria-invalid={field.error ? 'true' : undefined}
      aria-describedby={field.error ? `${field.id}-error` : undefined}
    >
      <legend>{say('events')}</legend>
      {offered.map((type) => (
        <div class="tick" key={type}>
          <label>
            <input
              type="checkbox"
              checked={chosen.includes(type)}
              onChange={(event) => turn(type, event.currentTarget.checked)}
            />
            <span>{eventWords(type)}</span>
          </label>
        </div>
      ))}
      {field.error && (
        <p class="error" id={`${field.id}-error`}>
          {field.error}
        </p>
      )}
    </fieldset>
  );
}

/** Shown once: whoever leaves the page without it makes a new one. */
export function Secret({ secret, until, children }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <section class="card" role="status">
      <h2>{say('secret')}</h2>
      <p>
        <code>{secret}</code>
      </p>
      <p>{say('secret_once')}</p>
      {until && <p>{say('secret_old_until', { time: moment(until) })}</p>}
      <p class="buttons">
        <button type="button" onClick={() => navigator.clipboard?.writeText(secret).then(() => setCopied(true))}>
          {isCopied ? say('secret_copied') : say('secret_copy')}
        </button>
        {children}
      </p>
    </section>
  );
}
