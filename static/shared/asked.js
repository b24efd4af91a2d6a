// Hooks around the API: what a page shows while it asks, when it fails, and when there is more.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask, newKey, Refusal } from './ask.js';

/** { data, refusal, isWaiting, again }. Asks anew when path or query change; `path` null asks nothing. Old data stays while new comes. */
export function useAsk(path, query) {
  const [state, setState] = useState({ isWaiting: path !== null });
  const [turn, setTurn] = useState(0);
  const wanted = JSON.stringify([path, query, turn]);
  const newest = useRef(null);
  useEffect(() => {
    if (path === null) return setState({ isWaiting: false });
    newest.current = wanted;
    setState((old) => ({ ...old, isWaiting: true }));
    const settle = (change) => newest.current === wanted && setState({ isWaiting: false, ...change });
    ask(path, query).then(
      (data) => settle({ data }),
      (refusal) => {
        if (!(refusal instanceof Refusal)) throw refusal;
        settle({ refusal });
      },
    );
  }, [wanted]);
  const again = useCallback(() => setTurn((one) => one + 1), []);
  return { ...state, again };
}

/** A list page by page: { items, hasMore, more, isWaiting, refusal, again }. */
export function useList(path, query) {
  const first = useAsk(path, query);
  const [rest, setRest] = useState({ items: [] });
  useEffect(() => setRest({ items: [] }), [first.data]);
  const cursor = rest.cursor === undefined ? first.data?.next_cursor : rest.cursor;
  const more = async () => {
    setRest((old) => ({ ...old, isWaiting: true, refusal: null }));
    try {
      const page = await ask(path, { ...query, cursor });
      setRest((old) => ({ items: [...old.items, ...page.items], cursor: page.next_cursor ?? null }));
    } catch (refusal) {
      setRest((old) => ({ ...old, isWaiting: false, refusal }));
    }
  };
  return {
    ...first,
    items: first.data ? [...first.data.items, ...rest.items] : undefined,
    hasMore: Boolean(cursor),
    more,
    isMoreWaiting: rest.isWaiting,
    moreRefusal: rest.refusal,
  };
}

/** Runs one act at a time: { run, isBusy, refusal, clear }. The same wish repeated has the same key, so pressing twice does it once. */
export function useAct(act) {
  const [state, setState] = useState({ isBusy: false, refusal: null });
  const busy = useRef(false),
    attempt = useRef({});
  const run = async (wish) => {
    if (busy.current) return undefined;
    busy.current = true;
    const said = JSON.stringify(wish ?? null);
    if (attempt.current.said !== said) attempt.current = { said, key: newKey() };
    setState({ isBusy: true, refusal: null });
    try {
      const answer = await act(wish, attempt.current.key);
      attempt.current = {};
      setState({ isBusy: false, refusal: null });
      return answer ?? true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) {
        setState({ isBusy: false, refusal: null });
        throw refusal;
      }
      setState({ isBusy: false, refusal });
      return undefined;
    } finally {
      busy.current = false;
    }
  };
  return { ...state, run, clear: () => setState({ isBusy: false, refusal: null }) };
}
