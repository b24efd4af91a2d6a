// Listing an offer: five fields, with what the pack brings per 500 g before one decides.
import { send } from '../shared/ask.js';
import { fenOf, quantityOf, unitPrice, units } from '../shared/format.js';
import { base, Choice, fen, Field, Form, Quantity, Yuan } from '../shared/form.jsx';
import { Crumbs, Empty, Goods, Shown } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { useSeen } from '../shared/seen.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';

/** "500 克" and the like, as the quantity typed says it. */
const nameOf = (values) => (values.pack_qty ? `${values.pack_qty} ${say(`unit_${values.pack_qty_unit}`)}` : '');
const sizeOf = (values, base_unit) =>
  quantityOf(
    values.pack_qty ?? '',
    (units[base_unit] ?? units.piece).find(({ unit }) => unit === values.pack_qty_unit)?.size ?? 1,
  );

function Preview({ values, base_unit }) {
  const [price, pack] = [fenOf(values.price_fen ?? ''), sizeOf(values, base_unit)];
  return (
    <p class="hint" role="status">
      {price && pack ? say('offer_preview', { price: unitPrice(price, pack, base_unit) }) : ''}
    </p>
  );
}

function OfferForm({ shop_id, products, query }) {
  const first =
    products.find((one) => one.product_id === query.product_id) ?? products.find((one) => one.on_hand_qty > 0) ?? products[0];
  const productOf = ({ product_id }) => products.find((one) => one.product_id === product_id) ?? first;
  const list = async (values, key) => {
    const { base_unit } = productOf(values);
    return send(
      'POST',
      `/shops/${shop_id}/offers`,
      {
        product_id: values.product_id,
        name: values.name?.trim() || nameOf(values),
        grade: values.grade ?? '',
        pack_qty: base(values, 'pack_qty', base_unit),
        price_fen: fen(values, 'price_fen'),
      },
      { key },
    );
  };
  const initial = {
    product_id: first.product_id,
    grade: query.grade ?? say('grade_first'),
    pack_qty_unit: (units[first.base_unit] ?? units.piece)[0].unit,
  };
  const done = ({ dearer_than_price }) => go(`${at(shop_id, 'offers')}?made=${dearer_than_price ? 'dear' : 'yes'}`);
  return (
    <Form
      send={list}
      done={done}
      initial={initial}
      submit={say('offer_list')}
      draft={`offer:${shop_id}`}
      beside={
        <a class="button" href={at(shop_id, 'offers')}>
          {say('leave_it')}
        </a>
      }
    >
      {({ values }) => {
        const product = productOf(values);
        return (
          <>
            <Choice name="product_id" label={say('product')} of={products.map((one) => [one.product_id, one.name])} />
            <p class="hint">
              {say('offer_free')} <Goods qty={product.on_hand_qty - product.reserved_qty} unit={product.base_unit} />
            </p>
            <Field
              name="grade"
              label={say('grade')}
              list={[say('grade_first'), say('grade_second'), say('grade_mixed')]}
              maxlength={20}
            />
            <Quantity name="pack_qty" label={say('pack_size')} base_unit={product.base_unit} />
            <Yuan name="price_fen" label={say('pack_price')} />
            <Preview values={values} base_unit={product.base_unit} />
            <Field
              name="name"
              label={say('offer_name')}
              hint={say('offer_name_hint', { name: nameOf(values) || say('offer_name_example') })}
              isOptional
              maxlength={40}
            />
          </>
        );
      }}
    </Form>
  );
}

export default function Offer({ shop_id, query }) {
  const asked = useSeen(`/shops/${shop_id}/products`, { limit: 100 });
  return (
    <section class="narrow">
      <Crumbs of={[{ href: at(shop_id, 'offers'), name: say('offers') }, { name: say('offer_list') }]} />
      <h1 tabindex="-1">{say('offer_list')}</h1>
      <Shown of={asked}>
        {({ items }) => {
          const products = items.filter(({ state }) => state === 'approved');
          return products.length ? (
            <OfferForm shop_id={shop_id} products={products} query={query} />
          ) : (
            <Empty>
              {say('offer_needs_product')} <a href={at(shop_id, 'products', 'new')}>{say('product_propose')}</a>
            </Empty>
          );
        }}
      </Shown>
    </section>
  );
}
