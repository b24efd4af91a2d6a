// What the shop offers: each pack with its price and what is left; price and listing change right here.
import { send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { unitPrice, yuanField } from '../shared/format.js';
import { fen, Field, Form, Yuan } from '../shared/form.jsx';
import { Act, Goods, Mark, Money, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { GoodsTabs } from './tabs.jsx';

const change = (offer, key, fields) => send('PATCH', `/offers/${offer.offer_id}`, fields, { key, version: offer.version });

function ChangeOffer({ offer, done }) {
  const keep = (values, key) =>
    change(offer, key, {
      price_fen: fen(values, 'price_fen'),
      name: values.name,
      packs_per_buyer_max: Number(values.packs_per_buyer_max) || undefined,
    });
  return (
    <details>
      <summary>{say('offer_change')}</summary>
      <Form
        send={keep}
        done={done}
        initial={{
          price_fen: yuanField(offer.price_fen),
          name: offer.name,
          packs_per_buyer_max: String(offer.packs_per_buyer_max),
        }}
      >
        <div class="filters">
          <Yuan name="price_fen" label={say('price')} />
          <Field name="name" label={say('offer_name')} maxlength={40} />
          <Field name="packs_per_buyer_max" label={say('packs_per_buyer')} inputmode="numeric" />
        </div>
        <p class="hint">{say('offer_change_what')}</p>
      </Form>
    </details>
  );
}

export default function Offers({ shop_id, query }) {
  const offers = useList(`/shops/${shop_id}/offers`, { limit: 50 });
  return (
    <>
      <h1 tabindex="-1">{say('offers')}</h1>
      <GoodsTabs shop_id={shop_id} here="offers" />
      <p class="buttons">
        <a class="button main" href={at(shop_id, 'offers', 'new')}>
          {say('offer_list')}
        </a>
      </p>
      {query.made && (
        <p class="note good" role="status">
          {say(query.made === 'dear' ? 'offer_made_dear' : 'offer_made')}
        </p>
      )}
      <Shown of={offers} empty={say('offers_none')}>
        {(items) => (
          <ul class="rows">
            {items.map((offer) => (
              <li key={offer.offer_id}>
                <div>
                  <h3>
                    <a href={at(shop_id, 'products', offer.product_id)}>{offer.product_name}</a> {offer.name}
                  </h3>
                  <p class="soft">
                    {offer.grade} · {unitPrice(offer.price_fen, offer.pack_qty, offer.base_unit)} · {say('offer_free')}{' '}
                    <Goods qty={offer.free_qty} unit={offer.base_unit} />
                  </p>
                  <ChangeOffer key={offer.version} offer={offer} done={offers.again} />
                </div>
                <Money fen={offer.price_fen} strong />
                <Mark kind={!offer.listed ? 'calm' : offer.free_qty < offer.pack_qty ? 'bad' : 'good'}>
                  {say(!offer.listed ? 'unlisted' : offer.free_qty < offer.pack_qty ? 'sold_out' : 'listed')}
                </Mark>
                <Act act={(wish, key) => change(offer, key, wish)} wish={{ listed: !offer.listed }} done={offers.again}>
                  {say(offer.listed ? 'unlist' : 'list_again')}
                </Act>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={offers} />
    </>
  );
}
