// One product: what its page tells, its photos, its offers, and taking it out of the shop.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Field, Form, Words } from '../shared/form.jsx';
import { Act, Crumbs, Goods, Shown, Trouble } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { Photos } from './photos.jsx';
import { GrossWeight, packedWeight } from './product_new.jsx';
import { State } from './states.jsx';

function Tell({ product, done }) {
  const keep = (values, key) =>
    send(
      'PATCH',
      `/products/${product.product_id}`,
      { name: values.name, description: values.description, gross_weight_ppm: packedWeight(values.gross_weight_ppm) },
      { key, version: product.version },
    );
  return (
    <Form
      send={keep}
      done={done}
      initial={{
        name: product.name,
        description: product.description ?? '',
        gross_weight_ppm: product.gross_weight_ppm ? String(product.gross_weight_ppm / 1_000_000) : '',
      }}
    >
      <Field name="name" label={say('product_name')} maxlength={60} />
      <Words name="description" label={say('description')} hint={say('description_hint')} rows={5} isOptional maxlength={2000} />
      <GrossWeight />
    </Form>
  );
}

/** As the shop's list knows it, in any state. */
function useProduct(shop_id, product_id) {
  const list = useAsk(`/shops/${shop_id}/products`, { product_id });
  return { ...list, data: list.data?.items[0] };
}

export default function Product({ shop_id, product_id }) {
  const asked = useProduct(shop_id, product_id),
    [isKept, setKept] = useState(false);
  const isMissing = !asked.isWaiting && !asked.refusal && asked.data === undefined;
  const kept = () => {
    setKept(true);
    asked.again();
  };
  return (
    <>
      <Crumbs of={[{ href: at(shop_id, 'products'), name: say('products') }, { name: asked.data?.name ?? say('product') }]} />
      <h1 tabindex="-1">
        {asked.data ? (
          <>
            {asked.data.name} <State of="product" code={asked.data.state} />
          </>
        ) : (
          say('product')
        )}
      </h1>
      {isMissing ? (
        <Trouble refusal={{ status: 404, errors: [] }} />
      ) : (
        <Shown of={asked}>
          {(product) => (
            <>
              {product.state === 'proposed' && <p class="note">{say('product_waits')}</p>}
              <p class="soft">
                {say('stock')} <Goods qty={product.on_hand_qty} unit={product.base_unit} />
              </p>
              <p class="buttons">
                {product.state === 'approved' && (
                  <a class="button main" href={`${at(shop_id, 'offers', 'new')}?product_id=${product_id}`}>
                    {say('offer_list')}
                  </a>
                )}
                {product.state === 'approved' && (
                  <a class="button" href={`/products/${product_id}`}>
                    {say('product_public')}
                  </a>
                )}
              </p>
              {isKept && (
                <p class="note good" role="status">
                  {say('kept_done')}
                </p>
              )}
              <div class="columns even">
                <section>
                  <h2>{say('photos')}</h2>
                  <Photos key={product.version} product={product} done={kept} />
                </section>
                <section>
                  <h2>{say('product_tell')}</h2>
                  <Tell key={product.version} product={product} done={kept} />
                </section>
              </div>
              {product.state === 'approved' && (
                <p class="buttons">
                  <Act
                    kind="warn"
                    act={(wish, key) => send('POST', `/products/${product_id}/withdraw`, undefined, { key })}
                    ask={say('product_withdraw_what')}
                    done={asked.again}
                  >
                    {say('product_withdraw')}
                  </Act>
                </p>
              )}
            </>
          )}
        </Shown>
      )}
    </>
  );
}
