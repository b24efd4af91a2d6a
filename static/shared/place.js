// Where one is: the address is the only state of navigation, so back, reload and sharing always work.
import { parse } from 'regexparam';
import { useEffect, useState } from 'preact/hooks';

const here = () => ({
  path: location.pathname.replace(/(.)\/+$/, '$1'),
  query: Object.fromEntries(new URLSearchParams(location.search)),
});
const changed = () => dispatchEvent(new Event('place'));

export function go(to, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  changed();
}
/** Filters are kept in the address: an empty value leaves. */
export function goQuery(change, { replace = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change))
    value === undefined || value === null || value === '' ? query.delete(name) : query.set(name, value);
  const text = query.toString();
  go(`${location.pathname}${text ? `?${text}` : ''}`, { replace });
}
export function usePlace() {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const follow = () => setPlace(here());
    addEventListener('place', follow);
    addEventListener('popstate', follow);
    return () => {
      removeEventListener('place', follow);
      removeEventListener('popstate', follow);
    };
  }, []);
  return place;
}

/** The first of [{path: '/orders/:order_id', …}] that fits: { page, values }; null when none does. */
export function pageAt(pages, path) {
  for (const page of pages) {
    const { pattern, keys } = parse(page.path);
    const found = pattern.exec(path);
    if (found)
      return { page, values: Object.fromEntries(keys.map((key, i) => [key, found[i + 1] && decodeURIComponent(found[i + 1])])) };
  }
  return null;
}

/** Plain links of this workplace change the page without loading it. */
export function followLinks(isOurs) {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    if (
      link.target ||
      link.hasAttribute('download') ||
      link.origin !== location.origin ||
      link.pathname.startsWith('/api/') ||
      !isOurs(link.pathname)
    )
      return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}
