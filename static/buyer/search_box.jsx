// The search with suggestions: Chinese, pinyin or initials. A combobox as WAI-ARIA has it: arrows choose, Enter opens, Escape closes.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ask } from '../shared/ask.js';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';

const PATIENCE_MS = 150;
const hrefOf = {
  product: (one) => `/products/${one.code}`,
  shop: (one) => `/shops/${one.code}`,
  category: (one) => `/search?category=${one.code}`,
  place: (one) => `/search?area=${one.code}`,
};

export function SearchBox({ q = '' }) {
  const [typed, setTyped] = useState(q),
    [found, setFound] = useState([]),
    [at, setAt] = useState(-1),
    [isOpen, setOpen] = useState(false);
  const list = useId(),
    newest = useRef('');
  useEffect(() => {
    setTyped(q);
    setOpen(false);
  }, [q]);
  const suggest = (text) => {
    setTyped(text);
    setAt(-1);
    newest.current = text.trim();
    if (!newest.current) {
      setFound([]);
      setOpen(false);
      return;
    }
    setTimeout(() => {
      if (newest.current !== text.trim()) return;
      ask('/suggestions', { q: newest.current }).then(
        ({ items }) => {
          if (newest.current === text.trim()) {
            setFound(items);
            setOpen(items.length > 0);
          }
        },
        () => setOpen(false),
      );
    }, PATIENCE_MS);
  };
  const search = () => {
    newest.current = '';
    setOpen(false);
    go(`/search?${new URLSearchParams(typed.trim() ? { q: typed.trim() } : {})}`);
  };
  const open = (one) => {
    setOpen(false);
    newest.current = '';
    go(hrefOf[one.kind]?.(one) ?? `/search?${new URLSearchParams({ q: one.name })}`);
  };
  const keys = {
    ArrowDown: () => setAt((at + 1) % found.length),
    ArrowUp: () => setAt((at + found.length - 1) % found.length),
    Escape: () => setOpen(false),
  };
  const press = (event) => {
    if (isOpen && keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
    if (event.key === 'Enter' && isOpen && at >= 0) {
      event.preventDefault();
      open(found[at]);
    }
  };
  return (
    <search class="search-box">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <label class="unseen" for={`${list}-input`}>
          {say('search')}
        </label>
        <input
          id={`${list}-input`}
          type="search"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `${list}-${at}` : undefined}
          autocomplete="off"
          maxlength="40"
          placeholder={say('search_hint')}
          value={typed}
          onInput={(event) => suggest(event.currentTarget.value)}
          onKeyDown={press}
          onBlur={() => setTimeout(() => setOpen(false), 200)}
        />
        <button type="submit" class="main">
          {say('search')}
        </button>
      </form>
      <div id={list} role="listbox" tabindex="-1" aria-label={say('suggestions')} hidden={!isOpen}>
        {found.map((one, i) => (
          <div
            key={`${one.kind}${one.code}`}
            id={`${list}-${i}`}
            role="option"
            tabindex="-1"
            aria-selected={i === at}
            onMouseDown={(event) => {
              event.preventDefault();
              open(one);
            }}
          >
            <span>{one.name}</span>{' '}
            <span class="soft">
              {say(`suggested_${one.kind}`)}
              {one.kind === 'product' ? ` · ${one.detail}` : ''}
            </span>
          </div>
        ))}
      </div>
    </search>
  );
}
