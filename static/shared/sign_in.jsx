// Signing in, as a page of its own and as a dialog over the page where a session ended.
import { useEffect, useState } from 'preact/hooks';
import { me, nowIs, personNow, send, signIn, whenSignedOut } from './ask.js';
import { Field, Form } from './form.jsx';
import { Dialog } from './parts.jsx';
import { say } from './words.js';

/** A first password must be changed before anything else is allowed. */
function NewPassword({ old, done }) {
  return (
    <Form
      submit={say('password_change')}
      send={async (values, key) => {
        await send(
          'POST',
          '/me/password',
          { old_password: old ?? values.old_password, new_password: values.new_password },
          { key },
        );
        return me({ again: true });
      }}
      done={done}
    >
      <p>{say('password_must_change')}</p>
      {old === undefined && <Field name="old_password" type="password" label={say('password')} autocomplete="current-password" />}
      <Field
        name="new_password"
        type="password"
        label={say('password_new')}
        hint={say('password_rule')}
        autocomplete="new-password"
      />
    </Form>
  );
}

/** A printed one-time code sets the first password, or a new one. */
function WithCode({ done }) {
  const set = async ({ login = '', code = '', password = '' }, key) => {
    await send('POST', '/auth/reset', { login: login.trim(), code: code.trim(), password }, { key, asGuest: true });
    return signIn(login.trim(), password);
  };
  return (
    <details>
      <summary>{say('with_code')}</summary>
      <Form submit={say('with_code_set')} send={set} done={done} kind="">
        <Field name="login" label={say('login')} autocomplete="username" autocapitalize="off" spellcheck={false} />
        <Field
          name="code"
          label={say('with_code_code')}
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
        />
        <Field
          name="password"
          type="password"
          label={say('password_new')}
          hint={say('password_rule')}
          autocomplete="new-password"
        />
      </Form>
    </details>
  );
}

export function SignInForm({ done, children }) {
  const [typed, setTyped] = useState(null);
  if (typed !== null)
    return (
      <NewPassword
        old={typed}
        done={(who) => {
          nowIs(who);
          done(who);
        }}
      />
    );
  const enter = async ({ login, password }) => ({ who: await signIn(login ?? '', password ?? ''), password });
  return (
    <>
      <Form
        submit={say('sign_in')}
        send={enter}
        done={({ who, password }) => (who.must_change_password ? setTyped(password) : done(who))}
        beside={children}
      >
        <Field name="login" label={say('login')} autocomplete="username" autocapitalize="off" spellcheck={false} />
        <Field name="password" type="password" label={say('password')} autocomplete="current-password" />
      </Form>
      <WithCode done={done} />
    </>
  );
}

/** Waits, unseen, until a call finds the session ended; then asks over the page and lets the call go on. */
export function SignInAgain() {
  const [waiting, setWaiting] = useState([]);
  useEffect(
    () =>
      whenSignedOut(() =>
        personNow() === null ? Promise.resolve(false) : new Promise((settle) => setWaiting((old) => [...old, settle])),
      ),
    [],
  );
  if (waiting.length === 0) return null;
  const end = (answer) => {
    for (const settle of waiting) settle(answer);
    setWaiting([]);
  };
  return (
    <Dialog title={say('sign_in_again')} close={() => end(false)}>
      <p>{say('sign_in_again_why')}</p>
      <SignInForm done={() => end(true)} />
    </Dialog>
  );
}
