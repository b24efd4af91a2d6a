// Every open shop, by county.
import { useAsk, useList } from '../shared/asked.js';
import { goQuery } from '../shared/place.js';
import { More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

export default function Shops({ query }) {
  const home = useAsk('/home'),
    shops = useList('/shops', { area: query.area, limit: 50 });
  return (
    <>
      <h1 tabindex="-1">{say('shops')}</h1>
      <div class="filters">
        <label>
          <span>{say('place')}</span>
          <select value={query.area ?? ''} onChange={(event) => goQuery({ area: event.currentTarget.value })}>
            <option value="">{say('anywhere')}</option>
            {(home.data?.places ?? []).map((one) => (
              <option key={one.area_code} value={one.area_code} selected={one.area_code === query.area}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Shown of={shops} empty={<p>{say('shops_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.shop_id}>
                <a href={`/shops/${one.shop_id}`}>{one.name}</a>
                <span class="soft">
                  {one.county_name} · {one.area_name}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={shops} />
    </>
  );
}
