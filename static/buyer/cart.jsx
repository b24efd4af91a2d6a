// The basket over several shops. A line that can't be served stays, marked, with what to do, and holds up nothing else.
import { useEffect, useState } from 'preact/hooks';
import { Refusal, send } from '../shared/ask.js';
import { yuan } from '../shared/format.js';
import { Empty, Mark, Money, Trouble, Waiting } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { PACKS_MAX, put, takeOut, useCart } from './cart.js';

/** What the basket costs now: { quote, refusal, again }. Guests ask the same as everyone. */
export function useQuote(lines, destination_code) {
  const [state, setState] = useState({});
  const [turn, setTurn] = useState(0);
  const wanted = JSON.stringify([lines, destination_code]);
  useEffect(() => {
    if (lines.length === 0) return setState({});
    let isNewest = true;
    const body = {
      lines: lines.map(({ offer_id, packs }) => ({ offer_id, packs })),
      ...(destination_code && { destination_code }),
    };
    send('POST', '/quotes', body, { asGuest: true }).then(
      (quote) => isNewest && setState({ quote }),
      (refusal) => {
        if (!(refusal instanceof Refusal)) throw refusal;
        if (isNewest) setState((old) => ({ ...old, refusal }));
      },
    );
    return () => {
      isNewest = false;
    };
  }, [wanted, turn]);
  return { ...state, again: () => setTurn((one) => one + 1) };
}
export const isServed = (line) => line.problems.length === 0;
/** The lines of a quote that can be ordered now. */
export const served = (quote) => quote.shops.flatMap(({ lines }) => lines.filter(isServed));

function Packs({ line }) {
  const set = (wish) => put(line.offer_id, Math.max(1, Math.min(PACKS_MAX, wish || 1)));
  return (
    <div class="stepper">
      <button
        type="button"
        aria-label={say('fewer_of', { name: line.name })}
        disabled={line.packs <= 1}
        onClick={() => set(line.packs - 1)}
      >
        −
      </button>
      <input
        aria-label={say('packs_of', { name: line.name })}
        inputmode="numeric"
        value={line.packs}
        onChange={(event) => set(Number.parseInt(event.currentTarget.value, 10))}
      />
      <button type="button" aria-label={say('more_of', { name: line.name })} onClick={() => set(line.packs + 1)}>
        ＋
      </button>
    </div>
  );
}

/** What is wrong with a line, and the one thing that mends it. */
function Mend({ line }) {
  const [problem] = line.problems;
  const canTakeLess = problem === 'out-of-stock' && line.available_packs > 0;
  return (
    <p class="note bad">
      {canTakeLess ? say('only_left', { count: line.available_packs }) : say(`line_${problem.replaceAll('-', '_')}`)}{' '}
      {canTakeLess ? (
        <button type="button" onClick={() => put(line.offer_id, line.available_packs)}>
          {say('take_what_is_left', { count: line.available_packs })}
        </button>
      ) : (
        <button type="button" onClick={() => takeOut([line.offer_id])}>
          {say('take_out')}
        </button>
      )}
    </p>
  );
}

export function CartLine({ line }) {
  return (
    <li class={isServed(line) ? undefined : 'unserved'}>
      <div>
        <a href={`/products/${line.product_id}`}>{line.name}</a>
        <p class="soft">
          {yuan(line.price_fen)} × {line.packs}
          {line.availability === 'few' && isServed(line) && (
            <>
              {' '}
              <Mark kind="wait">{say('stock_few')}</Mark>
            </>
          )}
        </p>
        {!isServed(line) && <Mend line={line} />}
      </div>
      <Packs line={line} />
      <Money fen={isServed(line) ? line.line_gross_fen : null} why={say('not_counted')} />
      <button
        type="button"
        class="plain"
        aria-label={say('take_out_of', { name: line.name })}
        onClick={() => takeOut([line.offer_id])}
      >
        {say('take_out')}
      </button>
    </li>
  );
}

export default function Cart() {
  const lines = useCart(),
    { quote, refusal, again } = useQuote(lines);
  const gone = quote?.lost ?? [];
  const canOrder = quote && served(quote).length > 0;
  return (
    <>
      <h1 tabindex="-1">{say('cart')}</h1>
      {lines.length === 0 ? (
        <Empty>
          <p>{say('cart_empty')}</p>
          <p>
            <a class="button main" href="/">
              {say('go_looking')}
            </a>
          </p>
        </Empty>
      ) : (
        <>
          <Trouble refusal={refusal} again={again}>
            <p>{say('cart_is_kept')}</p>
          </Trouble>
          {!quote && !refusal && <Waiting />}
          {quote?.shops.map((shop) => (
            <section key={shop.shop_id} class="card">
              <h2>
                <a href={`/shops/${shop.shop_id}`}>{shop.shop_name}</a>
              </h2>
              <ul class="rows">
                {shop.lines.map((line) => (
                  <CartLine key={line.offer_id} line={line} />
                ))}
              </ul>
              <p>
                {say('goods_of_shop')} <Money fen={shop.goods_fen} strong />
              </p>
            </section>
          ))}
          {gone.length > 0 && (
            <div class="note bad">
              <p>{say('lines_gone', { count: gone.length })}</p>
              <button type="button" onClick={() => takeOut(gone.map((one) => one.offer_id))}>
                {say('take_out')}
              </button>
            </div>
          )}
          {quote && (
            <p class="sum">
              {say('cart_sum')} <Money fen={quote.goods_fen} strong /> <span class="soft">{say('freight_later')}</span>
            </p>
          )}
          <p class="buttons">
            {canOrder && (
              <a class="button main" href="/checkout">
                {say('to_checkout')}
              </a>
            )}
            <a href="/search">{say('go_on_looking')}</a>
          </p>
        </>
      )}
    </>
  );
}
