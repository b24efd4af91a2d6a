// One shop: where it is, its story, its goods.
import { useAsk, useList } from '../shared/asked.js';
import { More, Shown, Trouble } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { ComplainLink } from './complain_link.jsx';
import { GoodsCards } from './goods.jsx';

export default function Shop({ shop_id }) {
  const shop = useAsk(`/shops/${shop_id}`),
    goods = useList('/products', { shop_id });
  if (shop.refusal?.status === 404)
    return (
      <>
        <h1 tabindex="-1">{say('shop_gone')}</h1>
        <p>
          <a href="/shops">{say('all_shops')}</a>
        </p>
      </>
    );
  if (shop.refusal)
    return (
      <>
        <h1 tabindex="-1">{say('no_page_now')}</h1>
        <Trouble refusal={shop.refusal} again={shop.again} />
      </>
    );
  return (
    <Shown of={shop}>
      {(it) => (
        <>
          <h1 tabindex="-1">{it.name}</h1>
          <p class="soft">
            {it.county_name} · {it.area_name}
          </p>
          {it.story && <p class="reading">{it.story}</p>}
          <h2>{say('its_goods')}</h2>
          <Shown of={goods} empty={<p>{say('nothing_yet')}</p>}>
            {(items) => <GoodsCards of={items} />}
          </Shown>
          <More of={goods} />
          <ComplainLink about={{ kind: 'shops', id: shop_id, name: it.name }} />
        </>
      )}
    </Shown>
  );
}
