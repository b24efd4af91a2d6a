// Card number and printed code.
import { nowIs, send } from '../shared/ask.js';
import { Field, Form } from '../shared/form.jsx';
import { say } from '../shared/words.js';

export default function Open({ person }) {
  const isHousehold = person?.roles?.some(({ role }) => role === 'household');
  if (isHousehold) return <h1 tabindex="-1">{say('passbook')}</h1>;
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('passbook_open')}</h1>
      <Form submit={say('passbook_open')} send={(values, key) => send('POST', '/auth/passbook', { card_number: values.card_number ?? '', code: values.code ?? '' }, { key, asGuest: true })} done={nowIs}>
        <Field name="card_number" label={say('card_number')} hint={say('card_number_hint')} autocomplete="off" autocapitalize="characters" />
        <Field name="code" label={say('passbook_code')} hint={say('passbook_code_hint')} inputmode="numeric" autocomplete="off" />
      </Form>
    </section>
  );
}
