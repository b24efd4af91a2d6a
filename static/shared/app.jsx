// Starts a workplace: words, who is signed in, header, the page of the address, and the notices that stand above every page.
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { keepEmbedded, me, personNow, signOut } from './ask.js';
import { moment } from './format.js';
import { sendWhenTheLineReturns, slips } from './outbox.js';
import { followLinks, go, pageAt, usePlace } from './place.js';
import { Trouble, useHereInView, Waiting } from './parts.jsx';
import { SignInAgain, SignInForm } from './sign_in.jsx';
import { language, loadWords, say, speak } from './words.js';

/** Renders anew when an event of this name comes. */
function useEvent(name, read) {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const follow = (event) => Promise.resolve(read(event)).then(setValue);
    addEventListener(name, follow);
    return () => removeEventListener(name, follow);
  }, []);
  return value;
}
export const usePerson = () => useEvent('person', () => personNow());

function LanguageSwitch() {
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" class="plain" lang={other} onClick={() => speak(other)}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
/** Says when what one sees is old, and what is still waiting to be sent. */
function Notices({ outboxHref }) {
  const kept = useEvent('kept', (event) => event?.detail ?? null);
  const [isOnline, setOnline] = useState(navigator.onLine);
  const [waiting, setWaiting] = useState([]);
  useEffect(() => {
    const line = () => setOnline(navigator.onLine);
    const read = () => slips().then(setWaiting, () => {});
    addEventListener('online', line);
    addEventListener('offline', line);
    addEventListener('outbox', read);
    if (outboxHref) read();
    return () => {
      removeEventListener('online', line);
      removeEventListener('offline', line);
      removeEventListener('outbox', read);
    };
  }, []);
  const refused = waiting.filter(({ state }) => state === 'refused').length;
  return (
    <div class="notices" role="status">
      {!isOnline && <p class="note">{say('no_line')}</p>}
      {kept && <p class="note">{say('kept_from', { at: moment(kept) })}</p>}
      {waiting.length > 0 && outboxHref && (
        <p class={refused ? 'note bad' : 'note'}>
          <a href={outboxHref}>
            {refused ? say('slips_refused', { count: refused }) : say('slips_waiting', { count: waiting.length })}
          </a>
        </p>
      )}
    </div>
  );
}

function Header({ workplace, nav, place, extra }) {
  const person = usePerson(),
    links = useHereInView(place.path);
  return (
    <header class="top unprinted">
      <a class="skip" href="#main">
        {say('skip')}
      </a>
      <p class="brand">
        <a href={workplace.home}>
          <span aria-hidden="true" class="seal">
            山
          </span>
          {say('brand')}
        </a>
        {workplace.name && <span class="soft"> {say(workplace.name)}</span>}
      </p>
      {extra}
      <nav class="person" aria-label={say('you')}>
        <LanguageSwitch />
        {person ? (
          <>
            <span class="soft">{person.display_name}</span>
            <button type="button" class="plain" onClick={() => signOut().then(() => go(workplace.home))}>
              {say('sign_out')}
            </button>
          </>
        ) : (
          workplace.signIn && <a href={workplace.signIn}>{say('sign_in')}</a>
        )}
      </nav>
      {nav.length > 0 && (
        <nav class="main-nav" aria-label={say('nav')} ref={links}>
          {nav.map(({ href, name, values, isHere }) => (
            <a key={href} href={href} aria-current={isHere(place.path) ? 'page' : undefined}>
              {say(name, values)}
            </a>
          ))}
        </nav>
      )}
    </header>
  );
}

/** The page of the address, loaded when first needed; its heading gets focus so that a screen reader hears where one came. */
function Page({ pages, place, needsPerson, roles, refusedWords }) {
  const person = usePerson(),
    found = pageAt(pages, place.path),
    load = found?.page.load;
  const [loaded, setLoaded] = useState({});
  const isFirst = useRef(true);
  useEffect(() => {
    if (!load || loaded.load === load) return;
    load().then(
      (module) => setLoaded({ load, View: module.default }),
      () => setLoaded({ load, isMissing: true }),
    );
  }, [load]);
  const isReady = loaded.load === load;
  useEffect(() => {
    const heading = document.querySelector('main h1');
    document.title = [heading?.textContent, say('brand')].filter(Boolean).join(' · ');
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    scrollTo(0, 0);
    (heading ?? document.getElementById('main'))?.focus({ preventScroll: true });
  }, [place.path, isReady]);
  if (!found)
    return (
      <>
        <h1 tabindex="-1">{say('page_not_found')}</h1>
        <p>
          <a href="/">{say('go_home')}</a>
        </p>
      </>
    );
  const mustSignIn = (needsPerson && !found.page.isOpen) || found.page.needsPerson;
  if (mustSignIn && !person)
    return (
      <section class="narrow">
        <h1 tabindex="-1">{say('sign_in')}</h1>
        {refusedWords && <p class="soft">{refusedWords}</p>}
        <SignInForm done={() => {}} />
      </section>
    );
  if (mustSignIn && roles && !person.roles.some(({ role }) => roles.includes(role)))
    return (
      <section class="narrow">
        <h1 tabindex="-1">{say('not_yours')}</h1>
        <p>{say('not_yours_why')}</p>
        <p>
          <a href="/">{say('go_home')}</a>
        </p>
      </section>
    );
  if (!isReady) return <Waiting />;
  if (loaded.isMissing) return <Trouble refusal={{ status: 0, errors: [] }} again={() => location.reload()} />;
  const { View } = loaded;
  return <View key={place.path} {...found.values} query={place.query} person={person} />;
}

function App({ workplace, pages, nav, extra: Extra, foot: Foot }) {
  const place = usePlace(),
    person = usePerson();
  useEvent('nav', () => ({})); // what the links say has changed
  const links = typeof nav === 'function' ? nav(person, place) : (nav ?? []);
  return (
    <>
      <Header workplace={workplace} nav={links} place={place} extra={Extra && <Extra place={place} person={person} />} />
      <Notices outboxHref={workplace.outbox} />
      <main id="main" tabindex="-1">
        <Page pages={pages} place={place} {...workplace} />
      </main>
      <footer class="foot unprinted">{Foot ? <Foot /> : <p>{say('synthetic')}</p>}</footer>
      <SignInAgain />
    </>
  );
}

/** Pages that must open without a line are fetched while there is one, and kept by the service worker. */
async function keepAhead(loads) {
  const { active } = await navigator.serviceWorker.ready;
  await Promise.all(loads.map((load) => load()));
  active.postMessage({
    keep: performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.startsWith('/assets/')),
  });
}

/** start({ workplace: { home, name, signIn, needsPerson, roles, outbox }, pages, nav, words, isOurs, extra, foot }); a page's `isKept` opens it without a line. */
export async function start({ words, isOurs, ...app }) {
  if ('caches' in globalThis) keepEmbedded().catch(() => {}); // before the pages take it
  const [, who] = await Promise.all([loadWords(words), me().catch(() => null)]);
  followLinks(isOurs);
  const place = document.getElementById('page');
  place.replaceChildren();
  render(<App {...app} />, place);
  if (app.workplace.outbox) sendWhenTheLineReturns();
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register('/sw.js').catch(() => {});
    const kept = app.pages.filter(({ isKept }) => isKept);
    const keepSoon = () => personNow() && keepAhead(kept.map(({ load }) => load)).catch(() => {});
    if (kept.length) {
      keepSoon();
      addEventListener('person', keepSoon);
    }
  }
  return who;
}
