// The search of the header: orders, lots, households, goods by anything one may remember. Each workplace says where a kind opens.
import { useAsk } from './asked.js';
import { go } from './place.js';
import { Empty, inWords, Shown } from './parts.jsx';
import { say } from './words.js';

/** In the header; its result is a page of its own, so that back and sharing work. `at`: "/shop/find". */
export function FindBox({ at, place }) {
  const find = (event) => {
    event.preventDefault();
    const q = new FormData(event.currentTarget).get('q').trim();
    if (q) go(`${at}?${new URLSearchParams({ q })}`);
  };
  return (
    <search>
      <form class="find-box" onSubmit={find}>
        <label>
          <span class="unseen">{say('find_what')}</span>
          <input
            type="search"
            name="q"
            maxlength="40"
            placeholder={say('find_what')}
            key={place.query.q}
            value={place.path === at ? (place.query.q ?? '') : ''}
          />
        </label>
        <button type="submit">{say('find')}</button>
      </form>
    </search>
  );
}

/** What was found, by kind. `hrefOf(row)`: where it opens here, or nothing. */
export function Found({ q, hrefOf }) {
  const found = useAsk(q ? '/find' : null, { q });
  return (
    <>
      <h1 tabindex="-1">{q ? say('found_for', { q }) : say('find')}</h1>
      {q ? (
        <Shown of={found}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>
                <p>{say('found_none')}</p>
              </Empty>
            ) : (
              <ul class="rows">
                {items.map((one) => (
                  <li key={`${one.kind} ${one.id}`}>
                    <div>
                      <small>{inWords('find_kind', one.kind)}</small>
                      <p>{hrefOf(one) ? <a href={hrefOf(one)}>{one.words}</a> : one.words}</p>
                      <p class="soft">{one.where}</p>
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      ) : (
        <p>{say('find_hint')}</p>
      )}
    </>
  );
}
