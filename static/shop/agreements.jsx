// Link agreements of the shop: who delivers under which terms. The county decides on each before it counts.
import { send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count, day, today, yuan } from '../shared/format.js';
import { base, Choice, fen, Field, Form, Mistake, Pick, Quantity, Yuan } from '../shared/form.jsx';
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
/** Which ways of paying a mode may have, and in which units people reckon it. */
const modes = {
  purchase: { price_rules: ['farm_gate', 'share', 'larger_of'] },
  wage: { price_rules: ['rate'], units: ['day', 'hour', 'month', 'piece'] },
  rent: { price_rules: ['rate'], units: ['mu'], hasUnits: true },
  dividend: { price_rules: ['share'], isByRule: true },
  trusteeship: { price_rules: ['rate', 'farm_gate', 'share', 'larger_of'], units: ['head', 'mu', 'piece'], hasUnits: true },
};
/** "3.5" to 350; null when it is no such number. */
function hundredthsOf(text = '') {
  const found = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null;
}
function priceOf(values, mode, price_rule, unit) {
  if (mode.isByRule) return {};
  if (price_rule !== 'rate')
    return {
      ...(price_rule !== 'share' && {
        floor_price_fen: fen(values, 'floor_price_fen'),
        price_qty: base(values, 'price_qty', unit),
      }),
      ...(price_rule !== 'farm_gate' && { share_ppm: shareOf(values.share, '/share_ppm') }),
    };
  const units_hundredths = mode.hasUnits ? hundredthsOf(values.units) : undefined;
  if (units_hundredths === null) throw new Mistake('/units_hundredths', say('agreement_units_needed'));
  const rate_unit = mode.units.includes(values.rate_unit) ? values.rate_unit : mode.units[0];
  return { rate_fen: fen(values, 'rate_fen'), rate_unit, units_hundredths };
}
function Price({ values, mode, price_rule, base_unit }) {
  if (mode.isByRule) return <p class="note">{say('agreement_dividend_what')}</p>;
  if (price_rule === 'rate')
    return (
      <>
        <Yuan name="rate_fen" label={say('agreement_rate')} hint={say(`agreement_rate_hint_${values.mode}`)} />
        {mode.units.length > 1 && (
          <Choice
            name="rate_unit"
            label={say('agreement_rate_unit')}
            of={mode.units.map((code) => [code, inWords('rate_unit', code)])}
          />
        )}
        {mode.hasUnits && (
          <Field
            name="units"
            label={values.mode === 'rent' ? say('agreement_units_rent') : say('agreement_units')}
            hint={say('agreement_units_hint')}
            pointer="/units_hundredths"
            inputmode="decimal"
          />
        )}
      </>
    );
  return (
    <>
      {price_rule !== 'share' && <Yuan name="floor_price_fen" label={say('floor_price')} hint={say('floor_price_hint')} />}
      {price_rule !== 'share' && <Quantity name="price_qty" label={say('price_for')} base_unit={base_unit} />}
      {price_rule !== 'farm_gate' && <Field name="share" label={say('share_of_sale')} pointer="/share_ppm" inputmode="decimal" />}
    </>
  );
}
const priceRuleOf = ({ mode, price_rule }) =>
  modes[mode].price_rules.includes(price_rule) ? price_rule : modes[mode].price_rules[0];

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
        price_rule: priceRuleOf(values),
        ...priceOf(values, modes[values.mode], priceRuleOf(values), unit),
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
            of={Object.keys(modes).map((code) => [code, inWords('agreement_mode', code)])}
          />
          {modes[values.mode].price_rules.length > 1 && (
            <Pick
              name="price_rule"
              label={say('price_rule')}
              of={modes[values.mode].price_rules.map((code) => [code, inWords('price_rule', code)])}
            />
          )}
          <Price
            values={values}
            mode={modes[values.mode]}
            price_rule={priceRuleOf(values)}
            base_unit={offered.find((one) => one.category_code === values.category_code)?.base_unit ?? 'g'}
          />
          <Field name="signed_on" type="date" label={say('signed_on')} pointer="/signed_at" max={today()} />
          <Field name="valid_from" type="date" label={say('valid_from')} />
          <Field name="valid_to" type="date" label={say('valid_to')} isOptional hint={say('valid_to_hint')} />
        </>
      )}
    </Form>
  );
}

function agreedOf(one) {
  if (one.price_rule === 'rate')
    return say(one.units_hundredths ? 'agreement_rate_of_units' : 'agreement_rate_of', {
      amount: yuan(one.rate_fen),
      unit: inWords('rate_unit', one.rate_unit),
      count: count(one.units_hundredths / 100),
    });
  if (one.mode === 'dividend') return say('agreement_by_rule');
  if (one.price_rule === 'farm_gate' && !one.floor_price_fen) return say('no_floor');
  return termsOf({ ...one, farm_gate_price_fen: one.floor_price_fen }, 'g');
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
                  <strong>{one.head_name_masked}</strong> {inWords('agreement_mode', one.mode)} · {agreedOf(one)}
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
