// Every product of the shop with its state and stock.
import { useList } from '../shared/asked.js';
import { Goods, More, Picture, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { State } from './states.jsx';
import { GoodsTabs } from './tabs.jsx';

export default function Products({ shop_id }) {
  const products = useList(`/shops/${shop_id}/products`, { limit: 50 });
  return (
    <>
      <h1 tabindex="-1">{say('products')}</h1>
      <GoodsTabs shop_id={shop_id} here="products" />
      <p class="buttons">
        <a class="button main" href={at(shop_id, 'products', 'new')}>
          {say('product_propose')}
        </a>
      </p>
      <Shown of={products} empty={say('products_none')}>
        {(items) => (
          <ul class="cards">
            {items.map((one) => (
              <li key={one.product_id} class="card">
                <Picture photo_id={one.cover_photo_id} category_code={one.category_code} />
                <h3>
                  <a href={at(shop_id, 'products', one.product_id)}>{one.name}</a>
                </h3>
                <p class="soft">
                  {say('stock')} <Goods qty={one.on_hand_qty} unit={one.base_unit} />
                  {one.reserved_qty > 0 && (
                    <>
                      {' '}
                      · {say('stock_reserved')} <Goods qty={one.reserved_qty} unit={one.base_unit} />
                    </>
                  )}
                </p>
                <State of="product" code={one.state} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={products} />
    </>
  );
}
