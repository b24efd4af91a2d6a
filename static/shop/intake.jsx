// Taking goods in: who brings, what, how much, at which price; the rest is as last time. Works without a line: the slip is kept and sent once.
import { useEffect, useRef, useState } from 'preact/hooks';
import { newKey } from '../shared/ask.js';
import { today, yuanField } from '../shared/format.js';
import { base, Choice, fen, Field, Form, Mistake, Pick, Quantity, Tick, Yuan } from '../shared/form.jsx';
import { discard, sendOrKeep, slips } from '../shared/outbox.js';
import { Empty, Shown } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { useSeen } from '../shared/seen.js';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { shareField, shareOf } from './share.js';
import { Slip } from './slip.jsx';
import { FindSupplier, PRODUCTS, supplierLine } from './supplier.jsx';

const TICKS_MAX = 6,
  UNUSUAL_TIMES = 5,
  UNUSUAL_BASE = { g: 1_000_000, ml: 1_000_000, piece: 5000 };
/** What a price is usually said for: a jin, a litre, one. */
const priceFor = { g: 500, ml: 1000, piece: 1 };

/** Terms a new row starts with: as last time with this product, else as agreed. */
function termsFor(supplier, product) {
  const agreed = supplier.agreements?.find((one) => !one.category_code || one.category_code === product.category_code);
  return (
    supplier.last_of?.[product.product_id] ??
    (agreed && { ...agreed, mode: 'consigned', farm_gate_price_fen: agreed.floor_price_fen }) ??
    {}
  );
}
function rowValues(id, supplier, product) {
  const terms = termsFor(supplier, product),
    unit = priceFor[product.base_unit];
  const price =
    terms.farm_gate_price_fen && terms.price_qty ? Math.round((terms.farm_gate_price_fen * unit) / terms.price_qty) : null;
  return {
    [`price_${id}`]: yuanField(price),
    [`rule_${id}`]: terms.price_rule ?? 'farm_gate',
    [`share_${id}`]: shareField(terms.share_ppm),
    [`mode_${id}`]: terms.mode ?? 'consigned',
  };
}

/** One household's part: quantity and price, its terms folded away. */
function Row({ row, i, product, values, remove, isOnly }) {
  const rule = values[`rule_${row.id}`] ?? 'farm_gate',
    at_ = (field) => `/contributions/${i}/${field}`;
  return (
    <div class="card" role="group" aria-label={row.supplier.name}>
      <p>
        <strong class="large">{row.supplier.name}</strong> <span class="soft">{supplierLine(row.supplier)}</span>{' '}
        <button type="button" class="plain" onClick={remove}>
          {say(isOnly ? 'someone_else' : 'remove')}
        </button>
      </p>
      <div class="filters">
        <Quantity
          name={`quantity_${row.id}`}
          pointer={at_('quantity_qty')}
          label={say('quantity')}
          base_unit={product.base_unit}
        />
        {rule !== 'share' && (
          <Yuan
            name={`price_${row.id}`}
            pointer={at_('farm_gate_price_fen')}
            label={say('price')}
            unit={say(`per_${product.base_unit}`)}
          />
        )}
        {rule !== 'farm_gate' && (
          <Field name={`share_${row.id}`} pointer={at_('share_ppm')} label={say('share_of_sale')} inputmode="decimal" />
        )}
      </div>
      <details>
        <summary>{say('terms_change')}</summary>
        <Choice
          name={`rule_${row.id}`}
          pointer={at_('price_rule')}
          label={say('price_rule')}
          of={['farm_gate', 'share', 'larger_of'].map((code) => [code, say(`price_rule_${code}`)])}
        />
        <Choice
          name={`mode_${row.id}`}
          pointer={at_('mode')}
          label={say('mode')}
          of={['consigned', 'bought'].map((code) => [code, say(`mode_${code}`)])}
        />
      </details>
    </div>
  );
}

function contributionOf(values, { id, supplier }, i, product) {
  const rule = values[`rule_${id}`] ?? 'farm_gate',
    at_ = (field) => `/contributions/${i}/${field}`;
  return {
    supplier_id: supplier.supplier_id,
    quantity_qty: base(values, `quantity_${id}`, product.base_unit, at_('quantity_qty')),
    mode: values[`mode_${id}`] ?? 'consigned',
    price_rule: rule,
    ...(rule !== 'share' && {
      farm_gate_price_fen: fen(values, `price_${id}`, at_('farm_gate_price_fen')),
      price_qty: priceFor[product.base_unit],
    }),
    ...(rule !== 'farm_gate' && { share_ppm: shareOf(values[`share_${id}`], at_('share_ppm')) }),
  };
}
const usualQty = (supplier, product) => supplier.last_of?.[product.product_id]?.quantity_qty ?? 0;
/** Far more than usual is more often a slip of the thumb than a good year. */
const isUnusual = (contribution, supplier, product) =>
  contribution.quantity_qty >= UNUSUAL_BASE[product.base_unit] ||
  (usualQty(supplier, product) > 0 && contribution.quantity_qty > UNUSUAL_TIMES * usualQty(supplier, product));

function bodyOf(values, product) {
  const rows = values.rows ?? [];
  if (rows.length === 0) throw new Mistake('/contributions', say('supplier_needed'));
  const contributions = rows.map((row, i) => contributionOf(values, row, i, product));
  if (!values.is_sure && contributions.some((one, i) => isUnusual(one, rows[i].supplier, product)))
    throw new Mistake('/is_sure', say('quantity_unusual'));
  if (product.covered && !values.certificate?.trim()) throw new Mistake('/certificate', say('certificate_needed'));
  return {
    slip_id: values.slip_id,
    product_id: product.product_id,
    grade: values.grade?.trim() || say('grade_first'),
    harvested_on: values.harvested_on || today(),
    expires_on: values.expires_on || undefined,
    certificate: values.certificate?.trim() || undefined,
    contributions,
  };
}
const slipOf = (body, values, product, shop_name) => ({
  slip_id: body.slip_id,
  shop_name,
  product_name: product.name,
  base_unit: product.base_unit,
  grade: body.grade,
  harvested_on: body.harvested_on,
  certificate: body.certificate,
  made_at: new Date().toISOString(),
  rows: body.contributions.map((one, i) => ({
    ...one,
    name: values.rows[i].supplier.name,
    card_number: values.rows[i].supplier.card_number,
  })),
});

function Product({ products }) {
  if (products.length > TICKS_MAX)
    return <Choice name="product_id" label={say('product')} of={products.map((one) => [one.product_id, one.name])} />;
  return <Pick name="product_id" label={say('product')} of={products.map((one) => [one.product_id, one.name])} />;
}

function More({ values, product }) {
  return (
    <>
      {product.covered && <Field name="certificate" label={say('certificate')} hint={say('certificate_hint')} maxlength={60} />}
      <details>
        <summary>
          {say('intake_more', {
            grade: values.grade,
            day: values.harvested_on === today() ? say('today_harvested') : values.harvested_on,
          })}
        </summary>
        <Field
          name="grade"
          label={say('grade')}
          list={[say('grade_first'), say('grade_second'), say('grade_mixed')]}
          maxlength={20}
        />
        <Field name="harvested_on" type="date" label={say('harvested_on')} max={today()} />
        <Field name="expires_on" type="date" label={say('expires_on')} isOptional min={today()} />
        {!product.covered && <Field name="certificate" label={say('certificate')} isOptional maxlength={60} />}
      </details>
    </>
  );
}

function IntakeForm({ shop_id, products, shop_name, mended, wanted, done }) {
  const newSlip = () => ({
    slip_id: newKey(),
    rows: [],
    product_id: (wanted ?? products[0]).product_id,
    grade: say('grade_first'),
    harvested_on: today(),
  });
  const productOf = ({ product_id }) => products.find((one) => one.product_id === product_id) ?? products[0];
  const [isAdding, setAdding] = useState(false);
  const keep = async (values) => {
    const product = productOf(values),
      body = bodyOf(values, product),
      slip = slipOf(body, values, product, shop_name);
    const words = say('kept_slip', { product: product.name, names: slip.rows.map(({ name }) => name).join('、') });
    const result = await sendOrKeep(
      `/shops/${shop_id}/lots`,
      body,
      { kind: 'intake', words, shop_id, slip, values },
      { key: mended ? newKey() : body.slip_id },
    );
    if (mended) await discard(mended.key);
    return { slip, ...result };
  };
  return (
    <Form
      send={keep}
      done={(result, { setValues }) => {
        setValues(newSlip());
        done(result);
      }}
      draft={mended ? undefined : `intake:${shop_id}`}
      initial={mended?.what.values ?? newSlip()}
      submit={say('slip_make')}
      label={say('take_in')}
    >
      {({ values, set, refusal }) => {
        const product = productOf(values),
          rows = values.rows ?? [];
        const add = (supplier) => {
          const id = newKey().slice(0, 8),
            known = wanted ?? products.find((one) => one.product_id === supplier.last?.product_id);
          if (rows.length === 0 && known) set('product_id', known.product_id);
          const taken = rows.length === 0 ? (known ?? product) : product;
          for (const [name, value] of Object.entries(rowValues(id, supplier, taken))) set(name, value);
          if (rows.length === 0 && supplier.last_of?.[taken.product_id]) set('grade', supplier.last_of[taken.product_id].grade);
          set('rows', [...rows, { id, supplier }]);
          setAdding(false);
        };
        const isFinding = rows.length === 0 || isAdding,
          isAsked = refusal?.errors.some(({ pointer }) => pointer === '/is_sure');
        return (
          <>
            {rows.map((row, i) => (
              <Row
                key={row.id}
                row={row}
                i={i}
                product={product}
                values={values}
                isOnly={rows.length === 1}
                remove={() =>
                  set(
                    'rows',
                    rows.filter((one) => one.id !== row.id),
                  )
                }
              />
            ))}
            {isFinding && <FindSupplier shop_id={shop_id} choose={add} />}
            {!isFinding && (
              <p>
                <button type="button" onClick={() => setAdding(true)}>
                  {say('supplier_more')}
                </button>
              </p>
            )}
            {rows.length > 0 && <Product products={products} />}
            {rows.length > 0 && <More values={values} product={product} />}
            {(isAsked || values.is_sure) && <Tick name="is_sure" label={say('quantity_is_right')} />}
          </>
        );
      }}
    </Form>
  );
}

/** A refused slip comes back into the form as it was typed. */
function useMended(key) {
  const [mended, setMended] = useState(key ? undefined : null);
  useEffect(() => {
    if (key) slips().then((all) => setMended(all.find((one) => one.key === key) ?? null));
  }, [key]);
  return mended;
}

export default function Intake({ shop_id, query }) {
  const products = useSeen(`/shops/${shop_id}/products`, PRODUCTS),
    categories = useSeen('/categories', PRODUCTS),
    shops = useSeen('/me/shops');
  const [made, setMade] = useState(null),
    mended = useMended(query.mend),
    top = useRef(null);
  useEffect(() => {
    if (made) top.current?.focus();
  }, [made]);
  const offered = (items) =>
    items
      .filter(({ state }) => state === 'approved')
      .map((one) => ({
        ...one,
        covered: categories.data?.items.find(({ category_code }) => category_code === one.category_code)?.covered,
      }));
  const done = (result) => {
    setMade(result);
    if (query.mend) go(at(shop_id, 'intake'), { replace: true });
  };
  return (
    <section class="narrow">
      <h1 tabindex="-1" class="unprinted">
        {say('take_in')}
      </h1>
      {made && (
        <div ref={top} tabindex="-1">
          <p class={`note ${made.kept ? '' : 'good'}`} role="status">
            {say(made.kept ? 'intake_kept' : 'intake_booked')}
          </p>
          <Slip slip={{ ...made.slip, trace_code: made.answer?.trace_code }} state={made.kept ? 'waiting' : 'booked'} />
          <p class="buttons">
            <button type="button" class="main" onClick={() => setMade(null)}>
              {say('intake_next')}
            </button>
            {made.answer && (
              <a class="button" href={at(shop_id, 'lots', made.answer.lot_id)}>
                {say('lot_open')}
              </a>
            )}
          </p>
        </div>
      )}
      {!made && mended !== undefined && (
        <Shown of={products}>
          {({ items }) =>
            offered(items).length === 0 ? (
              <Empty>
                {say('offer_needs_product')} <a href={at(shop_id, 'products', 'new')}>{say('product_propose')}</a>
              </Empty>
            ) : (
              <IntakeForm
                key={mended?.key}
                shop_id={shop_id}
                products={offered(items)}
                shop_name={shops.data?.items.find((one) => one.shop_id === shop_id)?.name ?? ''}
                mended={mended}
                wanted={offered(items).find((one) => one.product_id === query.product_id)}
                done={done}
              />
            )
          }
        </Shown>
      )}
    </section>
  );
}
