// One product: packs and prices, where the money of a pack goes, what stands behind it, what others say. The server's page has the same order.
import { useState } from 'preact/hooks';
import { useAsk, useList } from '../shared/asked.js';
import { Whole } from '../shared/bars.jsx';
import { day, unitPrice, yuan } from '../shared/format.js';
import { Facts, Money, More, Picture, Shown, Table, Trouble } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { add, PACKS_MAX } from './cart.js';
import { ComplainLink } from './complain_link.jsx';
import { Stars, Stock } from './goods.jsx';

function Photos({ of }) {
  const [shown, setShown] = useState(0);
  return (
    <div class="photos">
      <Picture photo_id={of.photos[shown]?.photo_id} category_code={of.category_code} size={640} eager />
      {of.photos.length > 1 && (
        <ul class="chips">
          {of.photos.map((one, i) => (
            <li key={one.photo_id}>
              <button type="button" aria-pressed={i === shown} onClick={() => setShown(i)}>
                <Picture photo_id={one.photo_id} alt={say('photo_n', { n: i + 1 })} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Which pack, how many, into the basket; one sold out says so and can't be chosen. */
function Buy({ of }) {
  const first = of.offers.find((one) => one.stock !== 'sold_out');
  const [offer_id, setOffer] = useState(first?.offer_id),
    [packs, setPacks] = useState(1),
    [added, setAdded] = useState(false);
  if (!first) return <p class="note">{say('all_sold_out')}</p>;
  const chosen = of.offers.find((one) => one.offer_id === offer_id) ?? first;
  const most = chosen.packs_per_buyer_max ?? PACKS_MAX;
  const set = (wish) => {
    setPacks(Math.max(1, Math.min(most, wish || 1)));
    setAdded(false);
  };
  return (
    <form
      class="buy"
      onSubmit={(event) => {
        event.preventDefault();
        add(chosen.offer_id, packs);
        setAdded(true);
      }}
    >
      <fieldset class="pick">
        <legend>{say('pack')}</legend>
        <div>
          {of.offers.map((one) => (
            <label key={one.offer_id}>
              <input
                type="radio"
                name="offer"
                value={one.offer_id}
                checked={one === chosen}
                disabled={one.stock === 'sold_out'}
                onChange={() => {
                  setOffer(one.offer_id);
                  setAdded(false);
                }}
              />
              <span>
                {one.name}
                <br />
                <span class="price">{yuan(one.price_fen)}</span>{' '}
                <small>{unitPrice(one.price_fen, one.pack_qty, of.base_unit)}</small>
                {one.stock !== 'plenty' && (
                  <>
                    <br />
                    <Stock of={one.stock} />
                  </>
                )}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="buttons">
        <div class="stepper">
          <button type="button" aria-label={say('fewer')} onClick={() => set(packs - 1)}>
            −
          </button>
          <input
            aria-label={say('packs')}
            inputmode="numeric"
            value={packs}
            onInput={(event) => set(Number.parseInt(event.currentTarget.value, 10))}
          />
          <button type="button" aria-label={say('more_packs')} onClick={() => set(packs + 1)}>
            ＋
          </button>
        </div>
        <button type="submit" class="main">
          {say('into_cart', { sum: yuan(chosen.price_fen * packs) })}
        </button>
      </div>
      <p role="status">
        {added && (
          <>
            {say('added')} <a href="/cart">{say('go_to_cart')}</a>
          </>
        )}
      </p>
    </form>
  );
}

const parts = [
  { name: 'part_households', of: (one) => one.household_due_fen, series: 1, isAlways: true },
  { name: 'part_suppliers', of: (one) => one.due_fen - one.household_due_fen, series: 1 },
  { name: 'part_bought', of: (one) => one.goods_cost_fen, series: 1 },
  { name: 'part_fee', of: (one) => one.fee_fen, series: 3 },
  { name: 'part_freight', of: (one) => one.shop_freight_fen, series: 4 },
  { name: 'part_shop', of: (one) => one.margin_fen - one.goods_cost_fen, series: 2, isAlways: true },
];
/** What of this price reaches whom, to the fen. */
function Anatomy({ product }) {
  const anatomy = useAsk(`/products/${product.product_id}/anatomy`);
  const name = new Map(product.offers.map((one) => [one.offer_id, one.name]));
  return (
    <section>
      <h2>{say('anatomy')}</h2>
      <Shown of={anatomy}>
        {({ offers }) =>
          offers.filter((one) => one.due_fen !== null).length === 0 ? (
            <p>{say('anatomy_none')}</p>
          ) : (
            offers
              .filter((one) => one.due_fen !== null)
              .map((one, i) => {
                const rows = parts
                  .map((part) => ({ ...part, fen: part.of(one) }))
                  .filter((part) => part.isAlways || part.fen !== 0);
                const table = (
                  <Table
                    caption={say('anatomy_of', { pack: name.get(one.offer_id), price: yuan(one.price_fen) })}
                    isCaptionShown
                    isNarrow
                    rows={rows}
                    keyOf={(part) => part.name}
                    foot={{ isWhole: true, fen: one.price_fen }}
                    columns={[
                      {
                        name: say('anatomy_part'),
                        isHead: true,
                        of: (part) => (part.isWhole ? say('anatomy_whole') : say(part.name)),
                      },
                      { name: say('amount'), isNumber: true, of: (part) => <Money fen={part.fen} /> },
                    ]}
                  />
                );
                return i === 0 ? (
                  <div key={one.offer_id}>
                    <Whole
                      label={say('anatomy')}
                      of={rows.map((part) => ({ name: say(part.name), value: part.fen, series: part.series }))}
                    />
                    {table}
                    {one.guaranteed_minimum_fen > 0 && (
                      <p class="soft">{say('anatomy_floor', { sum: yuan(one.guaranteed_minimum_fen) })}</p>
                    )}
                  </div>
                ) : (
                  <details key={one.offer_id}>
                    <summary>{name.get(one.offer_id)}</summary>
                    {table}
                  </details>
                );
              })
          )
        }
      </Shown>
      <p class="soft">{say('anatomy_note')}</p>
    </section>
  );
}

function Reviews({ product_id }) {
  const reviews = useList(`/products/${product_id}/reviews`);
  return (
    <section>
      <h2>{say('reviews')}</h2>
      <Shown of={reviews} empty={<p>{say('reviews_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.review_id}>
                <div>
                  <p>
                    <Stars of={one.rating} /> {one.words}
                  </p>
                  {one.photos.length > 0 && (
                    <p class="thumbs">
                      {one.photos.map((photo) => (
                        <Picture key={photo.photo_id} photo_id={photo.photo_id} alt={say('review_photo')} />
                      ))}
                    </p>
                  )}
                  <p class="soft">
                    {one.author} · {day(one.created_at)} · {one.bought}
                  </p>
                  {one.reply && (
                    <p class="note good">
                      {say('shop_says')} {one.reply}
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={reviews} />
    </section>
  );
}

export default function Product({ product_id }) {
  const product = useAsk(`/products/${product_id}`);
  if (product.refusal?.status === 404)
    return (
      <>
        <h1 tabindex="-1">{say('gone')}</h1>
        <p>
          <a href="/search">{say('all_goods')}</a>
        </p>
      </>
    );
  if (product.refusal)
    return (
      <>
        <h1 tabindex="-1">{say('no_page_now')}</h1>
        <Trouble refusal={product.refusal} again={product.again} />
      </>
    );
  return (
    <Shown of={product}>
      {(it) => (
        <article>
          <div class="columns even">
            <Photos of={it} />
            <div>
              <h1 tabindex="-1">{it.name}</h1>
              <p class="soft">
                {it.county_name} {it.area_name} · <a href={`/shops/${it.shop_id}`}>{it.shop_name}</a>
              </p>
              {it.reviews_count > 0 && (
                <p>
                  <Stars of={it.rating_hundredths / 100} />{' '}
                  <span class="soft">{say('reviews_n', { count: it.reviews_count })}</span>
                </p>
              )}
              {it.description && <p>{it.description}</p>}
              <Buy of={it} />
            </div>
          </div>
          <Anatomy product={it} />
          <section>
            <h2>{say('behind_it')}</h2>
            {it.trace_code ? (
              <Facts
                of={[
                  [say('harvested'), it.harvested_on && day(it.harvested_on)],
                  [say('best_before'), it.expires_on && day(it.expires_on)],
                  [say('grade'), it.grade],
                  [say('households'), say('households_behind', { households: it.households })],
                  [say('certificate'), it.certificate],
                  [
                    say('trace_code'),
                    <a key="trace" href={`/trace/${it.trace_code}`}>
                      {it.trace_code}
                    </a>,
                  ],
                ]}
              />
            ) : (
              <p>{say('no_lot')}</p>
            )}
          </section>
          <Reviews product_id={product_id} />
          <ComplainLink about={{ kind: 'products', id: product_id, name: it.name }} />
        </article>
      )}
    </Shown>
  );
}
