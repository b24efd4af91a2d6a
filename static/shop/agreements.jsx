// Link agreements of the shop: who delivers under which terms. The county decides on each before it counts.
import { send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { day, today } from '../shared/format.js';
import { base, Choice, fen, Field, Form, Pick, Quantity, Yuan } from '../shared/form.jsx';
import { Act, inWords, More, Shown, Views } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { useSeen } from '../shared/seen.js';
import { say } from '../shared/words.js';
import { at, countyOf } from './here.jsx';
import { termsOf } from '../shared/lot.jsx';
import { categoryName } from './product_new.jsx';
import { shareOf } from './share.js';
import { State } from './states.jsx';
import { FindSupplier } from './supplier.jsx';
import { PeopleTabs } from './tabs.jsx';

const states = [
  ['in_force', 'agreement_state_in_force'],
  ['proposed', 'agreement_state_proposed'],
  ['ended', 'agreement_state_ended'],
  ['refused', 'agreement_state_refused'],
];
function Propose({ shop_id, supplier, done }) {
  const categories = useSeen('/categories', { limit: 100 });
  const offered = categories.data?.items ?? [];
  const propose = (values, key) => {
    const unit = offered.find((one) => one.category_code === values.category_code)?.base_unit ?? 'g';
    return send(
      'POST',
      '/link-agreements',
      {
        household_id: supplier.household_id,
        counterparty_kind: 'shop',
        counterparty_id: shop_id,
        mode: values.mode,
        price_rule: values.price_rule,
        ...(values.price_rule !== 'share' && {
          floor_price_fen: fen(values, 'floor_price_fen'),
          price_qty: base(values, 'price_qty', unit),
        }),
        ...(values.price_rule !== 'farm_gate' && { share_ppm: shareOf(values.share, '/share_ppm') }),
        category_code: values.category_code || undefined,
        signed_at: `${values.signed_on}T00:00:00+08:00`,
        valid_from: values.valid_from,
        valid_to: values.valid_to || undefined,
      },
      { key },
    );
  };
  const initial = {
    mode: 'purchase',
    price_rule: 'farm_gate',
    price_qty: '1',
    price_qty_unit: 'jin',
    signed_on: today(),
    valid_from: today(),
    category_code: '',
  };
  return (
    <Form send={propose} done={done} submit={say('agreement_propose_now')} draft={`agreement:${shop_id}`} initial={initial}>
      {({ values }) => (
        <>
          <Choice
            name="category_code"
            label={say('agreement_goods')}
            of={[['', say('agreement_goods_all')], ...offered.map((one) => [one.category_code, categoryName(one)])]}
            isOptional
          />
          <Choice
            name="mode"
            label={say('agreement_mode')}
            of={['purchase', 'wage', 'rent', 'dividend', 'trusteeship'].map((code) => [code, inWords('agreement_mode', code)])}
          />
          <Pick
            name="price_rule"
            label={say('price_rule')}
            of={['farm_gate', 'share', 'larger_of'].map((code) => [code, inWords('price_rule', code)])}
          />
          {values.price_rule !== 'share' && (
            <Yuan name="floor_price_fen" label={say('floor_price')} hint={say('floor_price_hint')} />
          )}
          {values.price_rule !== 'share' && (
            <Quantity
              name="price_qty"
              label={say('price_for')}
              base_unit={offered.find((one) => one.category_code === values.category_code)?.base_unit ?? 'g'}
            />
          )}
          {values.price_rule !== 'farm_gate' && (
            <Field name="share" label={say('share_of_sale')} pointer="/share_ppm" inputmode="decimal" />
          )}
          <Field name="signed_on" type="date" label={say('signed_on')} pointer="/signed_at" max={today()} />
          <Field name="valid_from" type="date" label={say('valid_from')} />
          <Field name="valid_to" type="date" label={say('valid_to')} isOptional hint={say('valid_to_hint')} />
        </>
      )}
    </Form>
  );
}

export default function Agreements({ shop_id, query }) {
  const state = query.state ?? 'in_force',
    agreements = useList('/link-agreements', { county: countyOf(shop_id), state, limit: 50 });
  const suppliers = useSeen(`/shops/${shop_id}/suppliers`, query.supplier_id ? { supplier_id: query.supplier_id } : {});
  const supplier = query.supplier_id && suppliers.data?.items.find((one) => one.supplier_id === query.supplier_id);
  const ours = (items) => items.filter((one) => one.counterparty_kind !== 'shop' || one.counterparty_id === shop_id);
  return (
    <>
      <h1 tabindex="-1">{say('agreements')}</h1>
      <PeopleTabs shop_id={shop_id} here="agreements" />
      <p class="soft">{say('agreements_what')}</p>
      {query.made && (
        <p class="note good" role="status">
          {say('agreement_made')}
        </p>
      )}
      <details open={Boolean(query.supplier_id)}>
        <summary>{say('agreement_propose')}</summary>
        <div class="narrow">
          {supplier ? (
            <>
              <p>
                {say('agreement_with')} <strong>{supplier.name}</strong> {supplier.card_number}{' '}
                <button type="button" class="plain" onClick={() => goQuery({ supplier_id: '' })}>
                  {say('someone_else')}
                </button>
              </p>
              <Propose
                shop_id={shop_id}
                supplier={supplier}
                done={() => goQuery({ state: 'proposed', supplier_id: '', made: '1' })}
              />
            </>
          ) : (
            <FindSupplier shop_id={shop_id} choose={(one) => goQuery({ supplier_id: one.supplier_id, made: '' })} isHousehold />
          )}
        </div>
      </details>
      <Views
        name={say('agreements')}
        of={states.map(([code, name]) => ({
          href: `${at(shop_id, 'agreements')}?state=${code}`,
          name: say(name),
          isHere: state === code,
        }))}
      />
      <Shown of={agreements} empty={say('agreements_none')}>
        {(items) => (
          <ul class="rows">
            {ours(items).map((one) => (
              <li key={one.agreement_id}>
                <div>
                  <strong>{one.head_name_masked}</strong> {inWords('agreement_mode', one.mode)} ·{' '}
                  {one.price_rule === 'farm_gate' && !one.floor_price_fen
                    ? say('no_floor')
                    : termsOf({ ...one, farm_gate_price_fen: one.floor_price_fen }, 'g')}
                  <p class="soft">
                    {say('agreement_period', {
                      from: day(one.valid_from),
                      to: one.valid_to ? day(one.valid_to) : say('open_end'),
                    })}
                  </p>
                </div>
                <State of="agreement" code={one.state} />
                {one.state === 'in_force' && one.counterparty_kind === 'shop' && (
                  <Act
                    act={(wish, key) => send('POST', `/link-agreements/${one.agreement_id}/end`, undefined, { key })}
                    ask={say('agreement_end_what', { name: one.head_name_masked })}
                    done={agreements.again}
                  >
                    {say('agreement_end')}
                  </Act>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={agreements} />
    </>
  );
}
