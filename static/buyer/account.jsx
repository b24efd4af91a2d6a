// One's own account: how one is called, where parcels go, the password, and which devices are signed in.
import { useState } from 'preact/hooks';
import { me, nowIs, send } from '../shared/ask.js';
import { AreaField } from '../shared/area.jsx';
import { useList } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { Act, Mark, More, Shown } from '../shared/parts.jsx';
import { language, say, speak } from '../shared/words.js';

const languages = [
  ['zh', '中文'],
  ['en', 'English'],
];

function About({ person }) {
  const [isKept, setKept] = useState(false);
  const keep = async (values, key) => {
    await send(
      'PATCH',
      '/me',
      { display_name: values.display_name.trim(), language: values.language },
      { key, version: person.version },
    );
    return me({ again: true });
  };
  const done = (who) => {
    setKept(true);
    nowIs(who);
    const spoken = who.language === 'en' ? 'en' : 'zh-CN';
    if (spoken !== language) speak(spoken);
  };
  return (
    <Form
      key={person.version}
      send={keep}
      done={done}
      initial={{ display_name: person.display_name, language: person.language }}
      label={say('account_about')}
    >
      <Field
        name="display_name"
        label={say('register_name')}
        hint={say('register_name_hint')}
        autocomplete="nickname"
        maxlength={40}
      />
      <Choice name="language" label={say('account_language')} of={languages} />
      {isKept && (
        <p class="note good" role="status">
          {say('account_kept')}
        </p>
      )}
    </Form>
  );
}

/** One address: as a new one, or changing `address`. */
function AddressForm({ address, done, leave }) {
  const body = ({ recipient = '', phone = '', area_code = '', street = '' }) => ({
    recipient: recipient.trim(),
    phone: phone.replace(/\s/g, ''),
    area_code,
    street: street.trim(),
  });
  const keep = (values, key) =>
    address
      ? send('PATCH', `/me/addresses/${address.address_id}`, body(values), { key, version: address.version })
      : send('POST', '/me/addresses', body(values), { key });
  const initial = address && {
    recipient: address.recipient,
    phone: address.phone,
    area_code: address.area_code,
    street: address.street,
  };
  return (
    <Form
      send={keep}
      done={done}
      initial={initial}
      draft={address ? undefined : 'address'}
      label={say(address ? 'address_change' : 'address_add')}
      beside={
        leave && (
          <button type="button" onClick={leave}>
            {say('leave_it')}
          </button>
        )
      }
    >
      <Field name="recipient" label={say('recipient')} autocomplete="name" maxlength={40} />
      <Field name="phone" type="tel" label={say('phone')} autocomplete="tel" maxlength={20} />
      <AreaField name="area_code" label={say('address_area')} />
      <Field
        name="street"
        label={say('address_street')}
        hint={say('address_street_hint')}
        autocomplete="street-address"
        maxlength={200}
      />
    </Form>
  );
}

function Address({ address, again }) {
  const [isChanging, setChanging] = useState(false);
  if (isChanging)
    return (
      <li>
        <AddressForm
          address={address}
          done={() => {
            setChanging(false);
            again();
          }}
          leave={() => setChanging(false)}
        />
      </li>
    );
  return (
    <li>
      <div>
        <p>
          {address.recipient} <span class="number">{address.phone}</span>
        </p>
        <p class="soft">{[address.area_name, address.street].filter(Boolean).join(' ')}</p>
      </div>
      <button type="button" onClick={() => setChanging(true)}>
        {say('change')}
        <span class="unseen"> {address.street}</span>
      </button>
      <Act
        act={() => send('DELETE', `/me/addresses/${address.address_id}`)}
        done={again}
        kind="warn"
        ask={<p>{say('address_remove_what', { street: address.street })}</p>}
      >
        {say('address_remove')}
      </Act>
    </li>
  );
}

function Addresses() {
  const addresses = useList('/me/addresses'),
    [isAdding, setAdding] = useState(false);
  return (
    <section>
      <h2>{say('addresses')}</h2>
      <Shown of={addresses} empty={say('addresses_none')}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <Address key={`${one.address_id} ${one.version}`} address={one} again={addresses.again} />
            ))}
          </ul>
        )}
      </Shown>
      <More of={addresses} />
      {isAdding ? (
        <AddressForm
          done={() => {
            setAdding(false);
            addresses.again();
          }}
          leave={() => setAdding(false)}
        />
      ) : (
        <p class="buttons">
          <button type="button" onClick={() => setAdding(true)}>
            {say('address_add')}
          </button>
        </p>
      )}
    </section>
  );
}

function Password() {
  const [isKept, setKept] = useState(false);
  const change = (values, key) =>
    send('POST', '/me/password', { old_password: values.old_password ?? '', new_password: values.new_password ?? '' }, { key });
  return (
    <section>
      <h2>{say('account_password')}</h2>
      <Form
        send={change}
        done={(answer, { setValues }) => {
          setKept(true);
          setValues({});
        }}
        submit={say('account_password_change')}
        label={say('account_password')}
      >
        <Field name="old_password" type="password" label={say('account_password_old')} autocomplete="current-password" />
        <Field
          name="new_password"
          type="password"
          label={say('password_new')}
          hint={say('password_rule')}
          autocomplete="new-password"
        />
        {isKept && (
          <p class="note good" role="status">
            {say('account_password_changed')}
          </p>
        )}
      </Form>
    </section>
  );
}

function Sessions() {
  const sessions = useList('/me/sessions');
  return (
    <section>
      <h2>{say('sessions')}</h2>
      <p class="hint">{say('sessions_hint')}</p>
      <Shown of={sessions}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.session_id}>
                <div>
                  <p>
                    {say('session_since', { at: moment(one.created_at) })}{' '}
                    {one.current && <Mark kind="good">{say('session_current')}</Mark>}
                  </p>
                  <p class="soft">{one.last_used_on && say('session_used', { day: day(one.last_used_on) })}</p>
                </div>
                {!one.current && (
                  <Act act={() => send('DELETE', `/me/sessions/${one.session_id}`)} done={sessions.again}>
                    {say('session_end')}
                  </Act>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={sessions} />
    </section>
  );
}

export default function Account({ person }) {
  return (
    <>
      <h1 tabindex="-1">{say('account')}</h1>
      <p>
        {say('account_login', { login: person.login })} · <a href="/orders">{say('orders')}</a> ·{' '}
        <a href="/impact">{say('impact')}</a> · <a href="/units">{say('units')}</a>
      </p>
      <div class="columns even">
        <div>
          <section>
            <h2>{say('account_about')}</h2>
            <About person={person} />
          </section>
          <Addresses />
        </div>
        <div>
          <Password />
          <Sessions />
        </div>
      </div>
    </>
  );
}
