// Cost norms and targets: entered with year and source, never overwritten. What norms make of income stands apart from evidence.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { base, Choice, Field, Form, fen, Mistake, Quantity, Yuan } from '../shared/form.jsx';
import { count, fenOf, moment, quantity, today } from '../shared/format.js';
import { Figures, Mark, Money, More, Shown, Table } from '../shared/parts.jsx';
import { language, say } from '../shared/words.js';
import { figureWords, indicatorAddress } from './indicator_parts.jsx';

const isAllowed = () => may('county', 'administrator');
const thisYear = () => today().slice(0, 4);
const PPM_A_PERCENT = 10_000;
const whole = (values, name) => {
  const found = Number.parseInt(values[name] ?? '', 10);
  if (!Number.isInteger(found)) throw new Mistake(`/${name}`, say('not_a_number'));
  return found;
};

function ByNorm({ area }) {
  const found = useAsk('/reports/net-by-norm', { area, from: `${thisYear()}-01-01`, to: today() });
  return (
    <Shown of={found}>
      {(it) =>
        it.households_count + it.without_norm_count > 0 && (
          <Figures
            of={[
              {
                name: say('norm_net', { year: thisYear() }),
                value: <Money fen={it.net_by_norm_fen} />,
                note: say('norm_net_note', { count: it.households_count }),
              },
              { name: say('norm_missing'), value: count(it.without_norm_count) },
              { name: say('norm_evidence'), value: count(it.with_evidence_count) },
            ]}
          />
        )
      }
    </Shown>
  );
}
function AddNorm({ area, again }) {
  const kinds = useAsk('/categories', { limit: 100 }).data?.items ?? [];
  const unitOf = (code) => kinds.find((one) => one.category_code === code)?.base_unit ?? 'g';
  return (
    <Form
      label={say('norm_add')}
      initial={{ year: thisYear(), per_qty: '1' }}
      done={again}
      send={(values, key) =>
        send(
          'POST',
          '/cost-norms',
          {
            area_code: area.slice(0, 6),
            category_code: values.category_code ?? '',
            year: whole(values, 'year'),
            amount_fen: fen(values, 'amount_fen'),
            per_qty: base(values, 'per_qty', unitOf(values.category_code)),
            source: values.source ?? '',
          },
          { key },
        )
      }
    >
      {(values) => (
        <>
          <Choice
            name="category_code"
            label={say('by_category')}
            of={[
              ['', say('hh_choose')],
              ...kinds.map((one) => [one.category_code, language === 'en' ? one.name_en : one.name_zh]),
            ]}
          />
          <Field name="year" label={say('set_year')} inputmode="numeric" />
          <Yuan name="amount_fen" label={say('norm_amount')} />
          <Quantity name="per_qty" label={say('norm_per')} base_unit={unitOf(values.category_code)} />
          <Field name="source" label={say('set_source')} maxlength={200} />
        </>
      )}
    </Form>
  );
}
export function Norms({ area }) {
  const norms = useList('/cost-norms', { limit: 20 });
  return (
    <section>
      <h2>{say('norms')}</h2>
      <p class="soft">{say('norms_what')}</p>
      <ByNorm area={area} />
      <Shown of={norms} empty={<p>{say('set_none')}</p>}>
        {(items) => (
          <Table
            caption={say('norms')}
            rows={items}
            keyOf={(one) => `${one.area_code} ${one.year} ${one.category_code}`}
            columns={[
              { name: say('set_year'), isHead: true, of: (one) => one.year },
              { name: say('by_category'), of: (one) => one.category },
              { name: say('area'), of: (one) => one.area_name },
              { name: say('norm_amount'), isNumber: true, of: (one) => <Money fen={one.amount_fen} /> },
              { name: say('norm_per'), of: (one) => quantity(one.per_qty, one.base_unit) },
              { name: say('set_source'), of: (one) => one.source },
            ]}
          />
        )}
      </Shown>
      <More of={norms} />
      {isAllowed() && (
        <details>
          <summary>{say('norm_add')}</summary>
          <AddNorm area={area} again={norms.again} />
        </details>
      )}
    </section>
  );
}

/** What was typed, in the unit of the indicator: yuan, per cent, or a number. */
function amountOf(values, unit) {
  const typed = (values.value ?? '').trim(),
    found = unit === 'fen' ? fenOf(typed) : /^-?\d{1,12}(\.\d{1,4})?$/.test(typed) ? Number(typed) : null;
  if (found === null) throw new Mistake('/value', say('not_a_number'));
  return unit === 'ppm' ? Math.round(found * PPM_A_PERCENT) : found;
}
function AddTarget({ area, again }) {
  const found = useAsk('/reports/indicators', { area, from: `${thisYear()}-01-01`, to: today(), limit: 100 });
  const nameOf = (one) => `${one.indicator}|${one.part}`;
  return (
    <Shown of={found}>
      {({ items }) => (
        <Form
          label={say('target_add')}
          initial={{ year: thisYear() }}
          done={again}
          send={(values, key) => {
            const of = items.find((one) => nameOf(one) === values.indicator);
            if (!of) throw new Mistake('/indicator', say('choose'));
            return send(
              'POST',
              '/targets',
              {
                area_code: area,
                indicator: of.indicator,
                part: of.part || undefined,
                year: whole(values, 'year'),
                base_year: values.base_year ? whole(values, 'base_year') : undefined,
                value: amountOf(values, of.unit),
                source: values.source ?? '',
              },
              { key },
            );
          }}
        >
          {(values) => {
            const unit = items.find((one) => nameOf(one) === values.indicator)?.unit;
            return (
              <>
                <Choice
                  name="indicator"
                  label={say('target_of')}
                  of={[['', say('choose')], ...items.map((one) => [nameOf(one), `${one.indicator} ${one.label}`])]}
                />
                <Field name="year" label={say('set_year')} inputmode="numeric" />
                <Field name="base_year" label={say('set_base_year')} inputmode="numeric" isOptional />
                <Field name="value" label={say('target_value')} hint={unit && say(`target_unit_${unit}`)} inputmode="decimal" />
                <Field name="source" label={say('set_source')} maxlength={200} />
              </>
            );
          }}
        </Form>
      )}
    </Shown>
  );
}
export function TargetsTable({ of, area }) {
  return (
    <Table
      caption={say('targets')}
      rows={of}
      keyOf={(one) => one.target_id}
      columns={[
        { name: say('set_year'), isHead: true, of: (one) => one.year },
        {
          name: say('target_of'),
          of: (one) => (
            <a
              href={indicatorAddress(one, {
                area,
                from: `${one.year}-01-01`,
                to: one.year === Number(thisYear()) ? today() : `${one.year}-12-31`,
              })}
            >
              {one.indicator} {one.label}
            </a>
          ),
        },
        { name: say('target_value'), isNumber: true, of: (one) => figureWords(one.unit)(one.value) },
        { name: say('set_base_year'), of: (one) => one.base_year ?? '—' },
        { name: say('set_source'), of: (one) => one.source },
        {
          name: say('set_entered'),
          of: (one) => (
            <>
              {moment(one.entered_at)} {!one.holds && <Mark>{say('target_replaced')}</Mark>}
            </>
          ),
        },
      ]}
    />
  );
}
export function Targets({ area }) {
  const targets = useList(may('county', 'finance', 'auditor', 'viewer') ? '/targets' : null, { area, limit: 20 });
  const [isOpen, setOpen] = useState(false);
  if (!targets.items && !targets.isWaiting && !targets.refusal) return null;
  return (
    <section>
      <h2>{say('targets')}</h2>
      <p class="soft">{say('targets_what')}</p>
      <Shown of={targets} empty={<p>{say('set_none')}</p>}>
        {(items) => <TargetsTable of={items} area={area} />}
      </Shown>
      <More of={targets} />
      {may('county') && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{say('target_add')}</summary>
          {isOpen && <AddTarget area={area} again={targets.again} />}
        </details>
      )}
    </section>
  );
}
