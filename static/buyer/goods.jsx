// Goods as cards, the same on every page that shows some.
import { Mark, Picture } from '../shared/parts.jsx';
import { quantity, unitPrice, yuan } from '../shared/format.js';
import { say } from '../shared/words.js';

const stockKinds = { plenty: 'good', few: 'wait', sold_out: 'bad' };
export const Stock = ({ of }) => <Mark kind={stockKinds[of]}>{say(`stock_${of}`)}</Mark>;

export function GoodsCard({ of, eager }) {
  return (
    <li class="card goods">
      <Picture photo_id={of.cover_photo_id} category_code={of.category_code} eager={eager} />
      <h3>
        <a href={`/products/${of.product_id}`}>{of.name}</a>
      </h3>
      <p class="soft">
        {of.county_name} · {of.area_name}
      </p>
      <p>
        <span class="price">{yuan(of.price_fen)}</span> {quantity(of.pack_qty, of.base_unit)}
      </p>
      <p class="soft">{unitPrice(of.price_fen, of.pack_qty, of.base_unit)}</p>
      {of.stock !== 'plenty' && (
        <p>
          <Stock of={of.stock} />
        </p>
      )}
    </li>
  );
}
export const GoodsCards = ({ of }) => (
  <ul class="cards">
    {of.map((one, i) => (
      <GoodsCard key={one.product_id} of={one} eager={i < 2} />
    ))}
  </ul>
);

/** Reviews as stars of five, said in words for who cannot see them. */
export const Stars = ({ of }) => (
  <span class="stars" role="img" aria-label={say('stars', { of })}>
    {'★'.repeat(Math.round(of))}
    {'☆'.repeat(5 - Math.round(of))}
  </span>
);
