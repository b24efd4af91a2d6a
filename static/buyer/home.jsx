// The first page: what is in season, by kind, by place, and the shops behind it. One question to the API; the server has answered it already.
import { useAsk } from '../shared/asked.js';
import { day, dayPlus } from '../shared/format.js';
import { Shown } from '../shared/parts.jsx';
import { language, say } from '../shared/words.js';
import { GoodsCards } from './goods.jsx';
import { SearchBox } from './search_box.jsx';

const kindName = (kind) => (language === 'en' ? kind.name_en : kind.name_zh);

const Campaigns = ({ of }) =>
  of.length > 0 && (
    <ul class="chips" aria-label={say('campaigns')}>
      {of.map((one) => (
        <li key={one.campaign_id}>
          <a href={`/campaigns/${one.campaign_id}`}>
            {one.title}{' '}
            <small>
              {one.county_name} · {day(one.starts_on)}
              {one.ends_on > dayPlus(one.starts_on, 1) && ` – ${day(dayPlus(one.ends_on, -1))}`}
            </small>
          </a>
        </li>
      ))}
    </ul>
  );

export default function Home() {
  const home = useAsk('/home');
  return (
    <>
      <h1 tabindex="-1">{say('season')}</h1>
      <p class="soft">{say('motto')}</p>
      <SearchBox />
      <Shown of={home}>
        {(it) => (
          <>
            <Campaigns of={it.campaigns} />
            {it.season.length === 0 ? <p class="note">{say('nothing_yet')}</p> : <GoodsCards of={it.season} />}
            <p>
              <a class="button" href="/search">
                {say('all_goods')}
              </a>
            </p>
            <h2>{say('kinds')}</h2>
            <ul class="chips">
              {it.categories.map((one) => (
                <li key={one.category_code}>
                  <a href={`/search?category=${one.category_code}`}>
                    {kindName(one)} <small>{one.products_count}</small>
                  </a>
                </li>
              ))}
            </ul>
            <h2>{say('places')}</h2>
            <ul class="plain places">
              {it.places.map((county) => (
                <li key={county.area_code}>
                  <h3>
                    <a href={`/search?area=${county.area_code}`}>{county.name}</a>{' '}
                    <small>{say('goods_n', { count: county.products_count })}</small>
                  </h3>
                  <ul class="chips">
                    {county.townships.map((one) => (
                      <li key={one.area_code}>
                        <a href={`/search?area=${one.area_code}`}>
                          {one.name} <small>{one.products_count}</small>
                        </a>
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
            <h2>{say('shops_new')}</h2>
            <ul class="rows">
              {it.shops.map((one) => (
                <li key={one.shop_id}>
                  <a href={`/shops/${one.shop_id}`}>{one.name}</a>
                  <span class="soft">
                    {one.county_name} · {one.area_name}
                  </span>
                </li>
              ))}
            </ul>
            <p>
              <a href="/shops">{say('all_shops')}</a>
            </p>
          </>
        )}
      </Shown>
    </>
  );
}
