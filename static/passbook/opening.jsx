// Card number and printed code. The slip's QR code carries the county and the card, so that only the digits are typed.
import { nowIs, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { byName } from '../shared/format.js';
import { Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

export function Opening({ slip }) {
  const counties = useAsk('/stats', { limit: 100 });
  const open = ({ county, card_number, code }, key) =>
    send(
      'POST',
      '/auth/passbook',
      { county, card_number: (card_number ?? '').trim(), code: (code ?? '').replace(/\s/g, '') },
      { key, asGuest: true },
    );
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('opening')}</h1>
      <p>{say('opening_how')}</p>
      <Shown of={counties}>
        {({ items }) => (
          <Form
            submit={say('opening')}
            send={open}
            done={nowIs}
            initial={{ county: slip.county ?? items[0]?.county, card_number: slip.card ?? '' }}
          >
            {items.length > 1 && (
              <Choice
                name="county"
                label={say('county')}
                of={[...items].sort(byName('county_name')).map((one) => [one.county, one.county_name])}
              />
            )}
            <Field
              name="card_number"
              label={say('card_number')}
              hint={say('card_number_hint')}
              autocomplete="off"
              autocapitalize="characters"
            />
            <Field name="code" label={say('code')} hint={say('code_hint')} inputmode="numeric" autocomplete="off" />
          </Form>
        )}
      </Shown>
      <p class="soft">{say('opening_lost')}</p>
    </section>
  );
}
