// What figures are measured against: poverty lines, price factors, sales plans, cost norms, targets. Each with its source; nothing is ever overwritten.
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { Choice, fen, Field, Form, Mistake, Yuan } from '../shared/form.jsx';
import { fenOf, moment, today, yuan } from '../shared/format.js';
import { inWords, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Norms, Targets } from './norms.jsx';

const number = (values, name) => {
  const found = Number.parseInt(values[name] ?? '', 10);
  if (!Number.isInteger(found)) throw new Mistake(`/${name}`, say('not_a_number'));
  return found;
};
const months = Array.from({ length: 12 }, (_, i) => i + 1);
const isAllowed = () => may('county', 'administrator');

function Lines({ area }) {
  const lines = useList('/poverty-lines', { limit: 20 });
  const add = (values, key) =>
    send(
      'POST',
      '/poverty-lines',
      {
        area_code: area.slice(0, 6),
        year: number(values, 'year'),
        name: values.name ?? '',
        price_basis_year: number(values, 'price_basis_year'),
        concept: values.concept,
        amount_fen: fen(values, 'amount_fen'),
        source: values.source ?? '',
      },
      { key },
    );
  return (
    <section>
      <h2>{say('set_lines')}</h2>
      <p class="soft">{say('set_lines_what')}</p>
      <Shown of={lines} empty={<p>{say('set_none')}</p>}>
        {(items) => (
          <Table
            caption={say('set_lines')}
            rows={items}
            keyOf={(one) => `${one.area_code} ${one.year} ${one.name}`}
            columns={[
              { name: say('set_year'), isHead: true, of: (one) => one.year },
              { name: say('set_name'), of: (one) => one.name },
              { name: say('set_concept'), of: (one) => inWords('concept', one.concept) },
              { name: say('set_prices_of'), of: (one) => one.price_basis_year },
              { name: say('set_amount'), isNumber: true, of: (one) => <Money fen={one.amount_fen} /> },
              { name: say('set_source'), of: (one) => one.source },
            ]}
          />
        )}
      </Shown>
      <More of={lines} />
      {isAllowed() && (
        <details>
          <summary>{say('set_add_line')}</summary>
          <Form label={say('set_add_line')} initial={{ year: today().slice(0, 4), concept: 'net' }} send={add} done={lines.again}>
            <Field name="year" label={say('set_year')} inputmode="numeric" />
            <Field name="name" label={say('set_name')} maxlength={40} />
            <Field name="price_basis_year" label={say('set_prices_of')} inputmode="numeric" />
            <Choice
              name="concept"
              label={say('set_concept')}
              of={['net', 'disposable'].map((one) => [one, say(`concept_${one}`)])}
            />
            <Yuan name="amount_fen" label={say('set_amount')} />
            <Field name="source" label={say('set_source')} maxlength={200} />
          </Form>
        </details>
      )}
    </section>
  );
}

function Factors({ area }) {
  const factors = useList('/price-factors', { limit: 20 });
  const add = (values, key) => {
    const percent = /^(\d{1,4})(?:\.(\d{1,4}))?$/.exec((values.factor_ppm ?? '').trim());
    if (!percent) throw new Mistake('/factor_ppm', say('not_a_number'));
    return send(
      'POST',
      '/price-factors',
      {
        area_code: area.slice(0, 6),
        base_year: number(values, 'base_year'),
        year: number(values, 'year'),
        factor_ppm: Number(percent[1]) * 10_000 + Number((percent[2] ?? '').padEnd(4, '0')),
        source: values.source ?? '',
      },
      { key },
    );
  };
  return (
    <section>
      <h2>{say('set_factors')}</h2>
      <p class="soft">{say('set_factors_what')}</p>
      <Shown of={factors} empty={<p>{say('set_none')}</p>}>
        {(items) => (
          <Table
            caption={say('set_factors')}
            rows={items}
            keyOf={(one) => `${one.area_code} ${one.base_year} ${one.year}`}
            columns={[
              { name: say('area'), isHead: true, of: (one) => one.area_name },
              { name: say('set_base_year'), of: (one) => one.base_year },
              { name: say('set_year'), of: (one) => one.year },
              { name: say('set_factor'), isNumber: true, of: (one) => `${one.factor_ppm / 10_000} %` },
              { name: say('set_source'), of: (one) => one.source },
            ]}
          />
        )}
      </Shown>
      <More of={factors} />
      {isAllowed() && (
        <details>
          <summary>{say('set_add_factor')}</summary>
          <Form label={say('set_add_factor')} initial={{ year: today().slice(0, 4) }} send={add} done={factors.again}>
            <Field name="base_year" label={say('set_base_year')} inputmode="numeric" />
            <Field name="year" label={say('set_year')} inputmode="numeric" />
            <Field name="factor_ppm" label={say('set_factor')} hint={say('set_factor_hint')} inputmode="decimal" />
            <Field name="source" label={say('set_source')} maxlength={200} />
          </Form>
        </details>
      )}
    </section>
  );
}

function Plans({ area, area_name }) {
  const plans = useList('/sales-plans', { area, limit: 20 });
  const add = (values, key) =>
    send(
      'POST',
      '/sales-plans',
      {
        area_code: area,
        year: number(values, 'year'),
        source: values.source ?? '',
        months: months.map((month, i) => {
          const amount = fenOf(values[`month_${month}`] ?? '');
          if (amount === null) throw new Mistake(`/months/${i}/amount_fen`, say('not_an_amount'));
          return { amount_fen: amount };
        }),
      },
      { key },
    );
  return (
    <section>
      <h2>{say('set_plans')}</h2>
      <p class="soft">{say('set_plans_what')}</p>
      <Shown of={plans} empty={<p>{say('set_none')}</p>}>
        {(items) => (
          <Table
            caption={say('set_plans')}
            rows={items}
            keyOf={(one) => one.plan_id}
            columns={[
              { name: say('set_year'), isHead: true, of: (one) => one.year },
              { name: say('area'), of: (one) => one.area_name },
              {
                name: say('set_plan_sum'),
                isNumber: true,
                of: (one) => yuan(one.months_fen.reduce((sum, amount) => sum + amount, 0)),
              },
              { name: say('set_source'), of: (one) => one.source },
              { name: say('set_entered'), of: (one) => moment(one.entered_at) },
            ]}
          />
        )}
      </Shown>
      <More of={plans} />
      {isAllowed() && area.length >= 6 && (
        <details>
          <summary>{say('set_add_plan', { area: area_name })}</summary>
          <Form label={say('set_plans')} draft="plan" initial={{ year: today().slice(0, 4) }} send={add} done={plans.again}>
            <Field name="year" label={say('set_year')} inputmode="numeric" />
            <div class="filters">
              {months.map((month, i) => (
                <Yuan
                  key={month}
                  name={`month_${month}`}
                  pointer={`/months/${i}/amount_fen`}
                  label={say('set_month', { month })}
                />
              ))}
            </div>
            <Field name="source" label={say('set_source')} maxlength={200} />
          </Form>
        </details>
      )}
    </section>
  );
}

export default function Settings({ person, query }) {
  const area = areaOf(person, query) ?? '',
    here = useAsk(area ? `/areas/${area}` : null);
  return (
    <>
      <h1 tabindex="-1">{say('settings')}</h1>
      {area ? (
        <>
          <AreaPicker person={person} area={area} />
          <Plans area={area} area_name={here.data?.name ?? ''} />
          <Lines area={area} />
          <Factors area={area} />
          <Norms area={area} />
          <Targets area={area} />
        </>
      ) : (
        <p>{say('no_area')}</p>
      )}
    </>
  );
}
