// The first page: what is in season.
import { useList } from '../shared/asked.js';
import { More, Picture, Shown } from '../shared/parts.jsx';
import { quantity, yuan } from '../shared/format.js';
import { say } from '../shared/words.js';

export default function Home() {
  const goods = useList('/products', { limit: 24 });
  return (
    <>
      <h1 tabindex="-1">{say('season')}</h1>
      <Shown of={goods} empty={say('nothing_yet')}>{(items) => (
        <ul class="cards">{items.map((one) => (
          <li key={one.product_id} class="card">
            <Picture photo_id={one.cover_photo_id} category_code={one.category_code} />
            <h3><a href={`/products/${one.product_id}`}>{one.name}</a></h3>
            <p class="soft">{one.county_name} · {one.area_name}</p>
            <p><span class="price">{yuan(one.price_fen)}</span> {quantity(one.pack_qty, one.base_unit)}</p>
          </li>))}</ul>)}
      </Shown>
      <More of={goods} />
    </>
  );
}
