// Making an account: four fields, as a page of its own and inside the checkout.
import { nowIs, send } from '../shared/ask.js';
import { Field, Form, Mistake, Tick } from '../shared/form.jsx';
import { go } from '../shared/place.js';
import { language, say } from '../shared/words.js';

/** Of the words in register_terms_*: what was consented to is on record with the account. */
const TERMS_VERSION = '1';
const terms = ['register_terms_kept', 'register_terms_seen', 'register_terms_rights'];

/** `done(person)` is called once the new account is signed in. */
export function RegisterForm({ done, children }) {
  const register = async (values) => {
    if (!values.consent) throw new Mistake('/consent_version', say('register_consent_missing'));
    try {
      return await send(
        'POST',
        '/auth/register',
        {
          login: values.login?.trim() ?? '',
          password: values.password ?? '',
          display_name: values.display_name?.trim() ?? '',
          consent_version: TERMS_VERSION,
          language: language === 'en' ? 'en' : 'zh',
        },
        { asGuest: true },
      );
    } catch (refusal) {
      throw refusal.slug === 'taken' ? new Mistake('/login', say('register_taken')) : refusal;
    }
  };
  return (
    <Form
      submit={say('register_submit')}
      send={register}
      done={(who) => {
        nowIs(who);
        done(who);
      }}
      beside={children}
    >
      <Field
        name="login"
        label={say('register_login')}
        hint={say('register_login_hint')}
        autocomplete="username"
        autocapitalize="off"
        spellcheck={false}
        maxlength={64}
      />
      <Field
        name="display_name"
        label={say('register_name')}
        hint={say('register_name_hint')}
        autocomplete="nickname"
        maxlength={40}
      />
      <Field name="password" type="password" label={say('password')} hint={say('password_rule')} autocomplete="new-password" />
      <details>
        <summary>{say('register_terms')}</summary>
        <ul>
          {terms.map((one) => (
            <li key={one}>{say(one)}</li>
          ))}
        </ul>
      </details>
      <Tick name="consent" pointer="/consent_version" label={say('register_consent')} />
    </Form>
  );
}

/** Only a path of ours: an address from outside must not lead away. */
const back = (to) => (/^\/(?!\/)/.test(to ?? '') ? to : '/');

export default function Register({ query, person }) {
  const to = back(query.to),
    signIn = `/sign-in${query.to ? `?${new URLSearchParams({ to })}` : ''}`;
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('register')}</h1>
      {person ? (
        <p>
          {say('register_is_signed_in', { name: person.display_name })} <a href={to}>{say('go_home')}</a>
        </p>
      ) : (
        <>
          <RegisterForm done={() => go(to, { replace: true })} />
          <p>
            {say('register_has_account')} <a href={signIn}>{say('sign_in')}</a>
          </p>
        </>
      )}
    </section>
  );
}
