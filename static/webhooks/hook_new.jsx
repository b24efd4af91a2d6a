// A new address: what it is called, where it is, what it hears of; then the secret, this once.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { Crumbs } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { countiesOf, eventsOf, homeOf } from './owner.js';
import { Events, Secret } from './parts.jsx';

export default function HookNew({ shop_id, person }) {
  const [made, setMade] = useState(null);
  const home = homeOf(shop_id),
    counties = countiesOf(person);
  const add = ({ county, ...values }, key) =>
    send('POST', '/webhooks', { ...values, ...(shop_id ? { shop_id } : { county }) }, { key });
  return (
    <>
      <Crumbs of={[{ href: home, name: say('hooks') }, { name: say('hook_new') }]} />
      <h1 tabindex="-1">{say('hook_new')}</h1>
      {made ? (
        <Secret secret={made.secret}>
          <a class="button main" href={`${home}/${made.webhook_id}`}>
            {say('hook_on')}
          </a>
        </Secret>
      ) : (
        <Form
          send={add}
          done={setMade}
          submit={say('hook_make')}
          initial={{ name: '', address: '', events: 'order.paid', county: counties[0]?.area_code }}
        >
          {!shop_id && counties.length > 1 && (
            <Choice name="county" label={say('county')} of={counties.map((one) => [one.area_code, one.area_name])} />
          )}
          <Field name="name" label={say('name')} hint={say('name_hint')} maxlength={60} />
          <Field
            name="address"
            type="url"
            inputmode="url"
            label={say('hook_address')}
            hint={say('hook_address_hint')}
            maxlength={300}
            autocomplete="off"
          />
          <Events offered={eventsOf(shop_id)} />
        </Form>
      )}
    </>
  );
}
