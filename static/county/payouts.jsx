// What is owed to whom, and the batches that pay it: from the proposal to the bank's result.
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, day, today, yuan } from '../shared/format.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { Empty, Figures, Money, More, Shown, Table, Views } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { State } from './states.jsx';

/** What is owed and since when; each figure opens into its report. */
function Owed({ area }) {
  const dashboard = useAsk('/reports/dashboard', { area, month: today().slice(0, 7) });
  const lines = `/county/reports/lines?${new URLSearchParams({ area })}`;
  return (
    <Shown of={dashboard}>
      {(it) => (
        <Figures
          of={[
            {
              name: say('payouts_owed'),
              href: lines,
              value: yuan(it.owed_fen),
              note: say('households_n', { count: count(it.owed_households_count) }),
            },
            {
              name: say('overdue'),
              href: lines,
              value: yuan(it.overdue_fen),
              note:
                it.overdue_households_count > 0
                  ? say('overdue_since', { count: count(it.overdue_households_count), day: day(it.overdue_since) })
                  : say('overdue_none'),
            },
            {
              name: say('payouts_paid_month'),
              href: `/county/reports/income?${new URLSearchParams({ area })}`,
              value: yuan(it.paid_fen),
            },
          ]}
        />
      )}
    </Shown>
  );
}

/** Takes all that is payable; a county at a time. */
function Propose({ counties, area }) {
  const mine = counties.find(({ area_code }) => area.startsWith(area_code)) ?? counties[0];
  const title = (name) => say('payouts_title_of', { county: name, month: today().slice(0, 7) });
  const propose = ({ county, title: words, payees, up_to }, key) =>
    send(
      'POST',
      '/payout-batches',
      { county, title: words.trim(), payees: payees || undefined, up_to: up_to || undefined },
      { key },
    );
  return (
    <details class="card">
      <summary>{say('payouts_propose')}</summary>
      <p>{say('payouts_propose_what')}</p>
      <Form
        send={propose}
        done={(batch) => go(`/county/payouts/${batch.batch_id}`)}
        submit={say('payouts_propose_now')}
        initial={{ county: mine.area_code, title: title(mine.area_name), payees: '', up_to: today() }}
        key={mine.area_code}
      >
        <div class="filters">
          <Choice name="county" label={say('area_kind_county')} of={counties.map((one) => [one.area_code, one.area_name])} />
          <Field name="up_to" type="date" label={say('payouts_up_to')} max={today()} isOptional />
          <Choice
            name="payees"
            label={say('payouts_payees')}
            isOptional
            of={['', 'households', 'suppliers', 'shops', 'platform'].map((one) => [one, say(`payouts_payees_${one || 'all'}`)])}
          />
        </div>
        <Field name="title" label={say('payouts_title')} maxlength={80} />
      </Form>
    </details>
  );
}

const states = ['', 'proposed', 'approved', 'paid', 'withdrawn'];

export default function Payouts({ person, query }) {
  const area = areaOf(person, query),
    state = states.includes(query.state) ? query.state : '';
  const batches = useList(area ? '/payout-batches' : null, { area, state });
  const counties = person.roles.filter(({ role }) => ['county', 'finance'].includes(role));
  if (!area)
    return (
      <>
        <h1 tabindex="-1">{say('payouts')}</h1>
        <p>{say('no_area')}</p>
      </>
    );
  return (
    <>
      <h1 tabindex="-1">{say('payouts')}</h1>
      <AreaPicker person={person} area={area} />
      <Owed area={area} />
      <p class="buttons">
        <a class="button" href={`/county/payables?${new URLSearchParams({ area })}`}>
          {say('ageing')}
        </a>
      </p>
      {may('county', 'finance') && <Propose key={area} {...{ area, counties }} />}
      <h2>{say('payouts_batches')}</h2>
      <Views
        name={say('payouts_batches')}
        of={states.map((one) => ({
          href: `/county/payouts?${new URLSearchParams({ area, ...(one && { state: one }) })}`,
          name: one ? say(`batch_state_${one}`) : say('all'),
          isHere: one === state,
        }))}
      />
      <Shown of={batches}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('payouts_none')}</p>
            </Empty>
          ) : (
            <Table
              caption={say('payouts_batches')}
              rows={items}
              keyOf={(one) => one.batch_id}
              columns={[
                {
                  name: say('payouts_batch'),
                  isHead: true,
                  of: (one) => <a href={`/county/payouts/${one.batch_id}`}>{one.title}</a>,
                },
                { name: say('state'), of: (one) => <State of="batch" code={one.state} /> },
                { name: say('area_kind_county'), of: (one) => one.county_name },
                { name: say('payouts_payments'), isNumber: true, of: (one) => count(one.items_count) },
                { name: say('sum'), isNumber: true, of: (one) => <Money fen={one.total_fen} /> },
                { name: say('payouts_proposed'), of: (one) => day(one.proposed_at) },
              ]}
            />
          )
        }
      </Shown>
      <More of={batches} />
    </>
  );
}
