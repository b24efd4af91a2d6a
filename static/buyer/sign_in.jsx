// Signing in as a page of its own; afterwards one is back where one came from.
import { go } from '../shared/place.js';
import { SignInForm } from '../shared/sign_in.jsx';
import { say } from '../shared/words.js';

/** Only a path of ours: an address from outside must not lead away. */
const back = (to) => (/^\/(?!\/)/.test(to ?? '') ? to : '/');

export default function SignIn({ query }) {
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('sign_in')}</h1>
      <SignInForm done={() => go(back(query.to), { replace: true })} />
    </section>
  );
}
