// All goods, narrowed by word, kind, place and shop; what is chosen stands in the address.
import { useAsk, useList } from '../shared/asked.js';
import { goQuery } from '../shared/place.js';
import { More, Shown } from '../shared/parts.jsx';
import { language, say } from '../shared/words.js';
import { GoodsCards } from './goods.jsx';
import { SearchBox } from './search_box.jsx';

const orders = ['', 'price', 'price-desc'];
const select = (name, value, options, label) => (
  <label>
    <span>{label}</span>
    <select name={name} value={value} onChange={(event) => goQuery({ [name]: event.currentTarget.value })}>
      {options.map(([code, words]) => (
        <option key={code} value={code} selected={code === value}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

/** Places that sell something: counties, and the townships of the one chosen. */
function placesOf(home, area) {
  const counties = home?.places ?? [];
  const chosen = counties.find((one) => area?.startsWith(one.area_code));
  return [
    ['', say('anywhere')],
    ...counties.flatMap((county) => [
      [county.area_code, county.name],
      ...(county === chosen ? county.townships.map((one) => [one.area_code, `　${one.name}`]) : []),
    ]),
  ];
}

export default function Search({ query }) {
  const { q, category, area, shop_id, sort, in_stock } = query;
  const home = useAsk('/home');
  const goods = useList('/products', { q, category, area, shop_id, sort, in_stock, limit: 24 });
  const kinds = (home.data?.categories ?? []).map((one) => [one.category_code, language === 'en' ? one.name_en : one.name_zh]);
  const narrowed = [q, category, area, shop_id, in_stock].some(Boolean);
  return (
    <>
      <h1 tabindex="-1">{q ? say('found_of', { q }) : say('goods')}</h1>
      <SearchBox q={q} />
      <div class="filters">
        {select('category', category ?? '', [['', say('any_kind')], ...kinds], say('kind'))}
        {select('area', area ?? '', placesOf(home.data, area), say('place'))}
        {!q &&
          select(
            'sort',
            sort ?? '',
            orders.map((one) => [one, say(`sort_${one.replace('-', '_') || 'new'}`)]),
            say('sort'),
          )}
        <div class="tick">
          <label>
            <input
              type="checkbox"
              checked={in_stock === 'true'}
              onChange={(event) => goQuery({ in_stock: event.currentTarget.checked ? 'true' : '' })}
            />
            <span>{say('only_in_stock')}</span>
          </label>
        </div>
      </div>
      <Shown
        of={goods}
        empty={
          <>
            <p>{say('nothing_fits')}</p>
            {narrowed && (
              <p>
                <a href="/search">{say('all_goods')}</a>
              </p>
            )}
          </>
        }
      >
        {(items) => <GoodsCards of={items} />}
      </Shown>
      <More of={goods} />
    </>
  );
}
