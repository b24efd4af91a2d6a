// The parts all pages are made of. A part knows no subject: it shows what it is given, for a phone first.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAct } from './asked.js';
import { quantity, yuan } from './format.js';
import { canSay, say } from './words.js';

/** What happened, what was kept, what to do. A form says some of it itself: `words` instead of the refusal's, `errors` that have no field. */
export function Trouble({ refusal, words, errors = refusal?.errors, again, children }) {
  if (!refusal) return null;
  const what =
    words ??
    (refusal.status === 0 ? say('trouble_no_line') : refusal.status === 404 ? say('trouble_not_found') : refusal.message);
  return (
    <div class="note bad" role="alert">
      <p>{what}</p>
      {errors
        .filter((one) => one.message)
        .map((one) => (
          <p key={one.pointer}>{one.message}</p>
        ))}
      {children}
      {refusal.requestId && refusal.status >= 500 && <p class="soft">{say('trouble_number', { number: refusal.requestId })}</p>}
      {again && (
        <button type="button" onClick={again}>
          {say('again')}
        </button>
      )}
    </div>
  );
}
export const Waiting = ({ words = say('waiting') }) => (
  <p class="waiting" role="status">
    {words}
  </p>
);
/** An empty state says what to do first. */
export const Empty = ({ children }) => <div class="empty">{children}</div>;

/** Shows what useAsk() or useList() has: <Shown of={orders}>{(data) => …}</Shown>. */
export function Shown({ of, children, empty }) {
  if (of.refusal) return <Trouble refusal={of.refusal} again={of.again} />;
  if (of.data === undefined) return <Waiting />;
  if (empty && of.items?.length === 0) return <Empty>{empty}</Empty>;
  return <div aria-busy={of.isWaiting ? 'true' : undefined}>{children(of.items ?? of.data)}</div>;
}
/** The button below a list that has more. */
export function More({ of }) {
  if (!of.hasMore) return null;
  return (
    <div class="more">
      <Trouble refusal={of.moreRefusal} />
      <button type="button" onClick={of.more} disabled={of.isMoreWaiting}>
        {of.isMoreWaiting ? say('waiting') : say('more')}
      </button>
    </div>
  );
}

/** An amount; null is "—" with the reason, never 0. */
export function Money({ fen, why, strong }) {
  if (fen === null || fen === undefined) return <Unknown why={why} />;
  return strong ? <strong class="money">{yuan(fen)}</strong> : <span class="money">{yuan(fen)}</span>;
}
export const Unknown = ({ why }) => (
  <span class="unknown">
    <span aria-hidden="true">—</span>
    <span class={why ? 'soft' : 'unseen'}> {why ?? say('unknown')}</span>
  </span>
);
export const Goods = ({ qty, unit }) =>
  qty === null || qty === undefined ? <Unknown /> : <span class="number">{quantity(qty, unit)}</span>;

/** A state in words with a mark of its own shape: never colour alone. kind: good, wait, bad, calm. */
export const Mark = ({ kind = 'calm', children }) => <span class={`mark mark-${kind}`}>{children}</span>;
/** Evidence level A to E, a small word one can open. */
export function Level({ level }) {
  if (!level) return null;
  return (
    <details class="level">
      <summary>{say('level', { level })}</summary>
      <p>{say(`level_${level}`)}</p>
    </details>
  );
}

/** Figures side by side: [{ name, value, note, href }]. */
export function Figures({ of }) {
  return (
    <dl class="figures">
      {of.filter(Boolean).map(({ name, value, note, href }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {href ? <a href={href}>{value}</a> : value}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
/** Facts in lines: [[name, value], …]; lines without a value are left out. */
export const Facts = ({ of }) => (
  <dl class="facts">
    {of
      .filter((one) => one && one[1] !== undefined && one[1] !== null && one[1] !== false)
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** A table that becomes cards on a phone, unless it is narrow anyway. columns: [{ name, of: (row) => …, isNumber, isHead }]. */
export function Table({ caption, columns, rows, foot, keyOf, isCaptionShown, isNarrow }) {
  const shown = columns.filter(Boolean);
  const cell = (column, row, tag) => {
    const Tag = tag ?? (column.isHead ? 'th' : 'td');
    return (
      <Tag
        key={column.name}
        scope={Tag === 'th' ? 'row' : undefined}
        class={column.isNumber ? 'number' : undefined}
        data-name={column.name}
      >
        {column.of(row)}
      </Tag>
    );
  };
  return (
    <div class="wide" tabindex="0" role="region" aria-label={caption}>
      <table class={isNarrow ? 'grid' : undefined}>
        <caption class={isCaptionShown ? undefined : 'unseen'}>{caption}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <th key={column.name} scope="col" class={column.isNumber ? 'number' : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={keyOf?.(row) ?? i}>{shown.map((column) => cell(column, row))}</tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>{shown.map((column) => cell(column, foot, 'th'))}</tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

/** A button that does one thing: safe to press twice, says when it works and what went wrong. `ask` asks first, in words. */
export function Act({ act, done, children, ask, kind, wish }) {
  const { run, isBusy, refusal } = useAct(act);
  const [isAsking, setAsking] = useState(false);
  const start = async () => {
    setAsking(false);
    const answer = await run(wish);
    if (answer !== undefined) done?.(answer);
  };
  return (
    <span class="act">
      <button type="button" class={kind} disabled={isBusy} aria-busy={isBusy} onClick={() => (ask ? setAsking(true) : start())}>
        {isBusy ? say('working') : children}
      </button>
      {isAsking && (
        <Dialog title={children} close={() => setAsking(false)}>
          <div>{ask}</div>
          <p class="buttons">
            <button type="button" class="main" onClick={start}>
              {children}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              {say('leave_it')}
            </button>
          </p>
        </Dialog>
      )}
      <Trouble refusal={refusal} />
    </span>
  );
}

/** A dialog over the page: focus stays inside, Escape closes it. */
export function Dialog({ title, close, children }) {
  const place = useRef(null),
    name = useId();
  useEffect(() => {
    const dialog = place.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={place}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <h2 id={name}>{title}</h2>
      {children}
    </dialog>
  );
}

/** On a phone a row of links is wider than the screen: the one that is here stands in view. */
export function useHereInView(here) {
  const place = useRef(null);
  useEffect(() => {
    const row = place.current,
      link = row?.querySelector('[aria-current]');
    if (link) row.scrollLeft += Math.max(0, link.getBoundingClientRect().right - row.getBoundingClientRect().right);
  }, [here]);
  return place;
}
/** Links to the views of one page; which one stands in the address. of: [{ href, name, isHere }] */
export const Views = ({ of, name }) => (
  <nav class="views" aria-label={name} ref={useHereInView(of.find((one) => one?.isHere)?.href)}>
    {of.filter(Boolean).map((one) => (
      <a key={one.href} href={one.href} aria-current={one.isHere ? 'page' : undefined}>
        {one.name}
      </a>
    ))}
  </nav>
);
export const Crumbs = ({ of }) => (
  <nav class="crumbs" aria-label={say('crumbs')}>
    <ol>
      {of.filter(Boolean).map(({ href, name }) => (
        <li key={name}>{href ? <a href={href}>{name}</a> : <span aria-current="page">{name}</span>}</li>
      ))}
    </ol>
  </nav>
);
export const Print = ({ children = say('print') }) => (
  <button type="button" class="unprinted" onClick={() => print()}>
    {children}
  </button>
);
/** A code of the API in words; one newer than this page shows as it is. */
export const inWords = (kind, code) => (code && canSay(`${kind}_${code}`) ? say(`${kind}_${code}`) : (code ?? '—'));

/** The picture of a product: its photo, else a drawing of its kind. */
export function Picture({ photo_id, category_code, alt, size = 320, eager }) {
  const [failed, setFailed] = useState(false);
  const source = photo_id
    ? `/photos/${photo_id}-${size}.webp`
    : failed
      ? '/placeholders/default.svg'
      : `/placeholders/${category_code ?? 'default'}.svg`;
  return (
    <img
      class="picture"
      src={source}
      alt={alt ?? ''}
      width="4"
      height="3"
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      onError={() => !photo_id && setFailed(true)}
    />
  );
}
