// A unit that buys: what waits for a signature first, then budgets, pledges, lists, and the year's certificate and invoice data.
import { useState } from 'preact/hooks';
import { addressOf, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, day, today } from '../shared/format.js';
import { fen, Field, Form, Words, Yuan } from '../shared/form.jsx';
import { Crumbs, Facts, inWords, Mark, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { FiveFacts, ListState, pledgeWords } from './demand.jsx';

const thisYear = () => Number(today().slice(0, 4));

function Opened({ name, children }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return children(() => setOpen(false));
  return (
    <p class="buttons">
      <button type="button" onClick={() => setOpen(true)}>
        {name}
      </button>
    </p>
  );
}

/** What is on its way, to be counted when it comes. */
function OnTheWay({ unit }) {
  const found = useList(`/units/${unit.unit_id}/orders`, { state: 'shipped' });
  if (!found.items?.length) return null;
  return (
    <section>
      <h2>{say('acceptances_wait')}</h2>
      <ul class="rows">
        {found.items.map((one) => (
          <li key={one.order_id}>
            <div>
              <p>{one.place}</p>
              <p class="soft">
                {one.title} · {one.shop_name}
              </p>
            </div>
            <Money fen={one.ordered_fen} />
            {unit.duty && (
              <a class="button" href={`/units/${unit.unit_id}/acceptance/${one.order_id}`}>
                {say('acceptance')}
              </a>
            )}
          </li>
        ))}
      </ul>
      <More of={found} />
    </section>
  );
}

function Lists({ unit }) {
  const found = useList(`/units/${unit.unit_id}/lists`);
  return (
    <section>
      <h2>{say('lists')}</h2>
      {unit.duty === 'requester' && (
        <p class="buttons">
          <a class="button main" href={`/units/${unit.unit_id}/lists/new`}>
            {say('list_new')}
          </a>
        </p>
      )}
      <Shown of={found} empty={<p>{say('lists_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.list_id}>
                <div>
                  <p>
                    <a href={`/units/${unit.unit_id}/lists/${one.list_id}`}>{one.title}</a>
                  </p>
                  <p class="soft">
                    {day(one.proposed_at)} ·{' '}
                    {say('list_places_ordered', { count: count(one.ordered_parts_count), all: count(one.parts_count) })}
                  </p>
                </div>
                <Money fen={one.goods_fen} />
                <ListState code={one.state} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={found} />
    </section>
  );
}

function Budgets({ unit, again }) {
  const set = (values, key) =>
    send('POST', `/units/${unit.unit_id}/budgets`, { year: Number(values.year), amount_fen: fen(values, 'amount_fen') }, { key });
  return (
    <section>
      <h2>{say('budgets')}</h2>
      {unit.budgets.length === 0 ? (
        <p>{say('budgets_none')}</p>
      ) : (
        <Table
          caption={say('budgets')}
          rows={unit.budgets}
          keyOf={(one) => one.year}
          columns={[
            { name: say('year'), of: (one) => one.year, isHead: true },
            { name: say('budget_amount'), of: (one) => <Money fen={one.amount_fen} />, isNumber: true },
            { name: say('budget_used'), of: (one) => <Money fen={one.used_fen} />, isNumber: true },
            { name: say('budget_left'), of: (one) => <Money fen={one.left_fen} />, isNumber: true },
          ]}
        />
      )}
      {unit.duty === 'approver' && (
        <Opened name={say('budget_set')}>
          {(close) => (
            <Form
              send={set}
              done={() => {
                close();
                again();
              }}
              initial={{ year: String(thisYear()) }}
              label={say('budget_set')}
            >
              <Field name="year" label={say('year')} inputmode="numeric" maxlength={4} />
              <Yuan name="amount_fen" label={say('budget_amount')} />
            </Form>
          )}
        </Opened>
      )}
    </section>
  );
}

function Pledges({ unit }) {
  const found = useList('/pledges', { unit_id: unit.unit_id });
  const add = (values, key) =>
    send(
      'POST',
      `/units/${unit.unit_id}/pledges`,
      {
        amount_fen: fen(values, 'amount_fen'),
        valid_from: `${thisYear()}-01-01`,
        valid_to: `${thisYear() + 1}-01-01`,
        words: values.words?.trim() || undefined,
      },
      { key },
    );
  return (
    <section>
      <h2>{say('pledges')}</h2>
      <Shown of={found} empty={<p>{say('pledges_own_none')}</p>}>
        {(items) =>
          items.map((one) => (
            <section class="card" key={one.pledge_id}>
              <h3>
                <a href={`/pledges/${one.pledge_id}`}>{pledgeWords(one)}</a>
              </h3>
              {one.withdrawn && (
                <p>
                  <Mark kind="calm">{say('pledge_withdrawn')}</Mark>
                </p>
              )}
              <FiveFacts of={one} />
            </section>
          ))
        }
      </Shown>
      <More of={found} />
      {unit.duty && (
        <Opened name={say('pledge_add')}>
          {(close) => (
            <Form
              send={add}
              done={() => {
                close();
                found.again();
              }}
              label={say('pledge_add')}
              submit={say('pledge_do')}
            >
              <p>{say('pledge_of_year', { year: thisYear() })}</p>
              <Yuan name="amount_fen" label={say('pledge_pledged')} />
              <Words name="words" label={say('pledge_words')} maxlength={500} isOptional />
            </Form>
          )}
        </Opened>
      )}
    </section>
  );
}

function Papers({ unit }) {
  const query = { year: thisYear() },
    path = `/units/${unit.unit_id}/certificate`,
    found = useList(path, query);
  return (
    <section>
      <h2>{say('unit_certificate', query)}</h2>
      <Shown of={found} empty={<p>{say('certificate_none')}</p>}>
        {(items) => (
          <Table
            caption={say('unit_certificate', query)}
            rows={items}
            keyOf={(one) => one.county}
            columns={[
              { name: say('county'), of: (one) => one.county_name, isHead: true },
              { name: say('orders_count'), of: (one) => count(one.orders_count), isNumber: true },
              { name: say('pledge_paid'), of: (one) => <Money fen={one.paid_fen} />, isNumber: true },
              { name: say('pledge_delivered'), of: (one) => <Money fen={one.delivered_fen} />, isNumber: true },
              { name: say('pledge_refunded'), of: (one) => <Money fen={one.refunded_fen} />, isNumber: true },
              { name: say('certificate_due'), of: (one) => <Money fen={one.due_fen} />, isNumber: true },
            ]}
          />
        )}
      </Shown>
      <p class="buttons">
        <a class="button" download href={addressOf(path, { ...query, format: 'pdf' })}>
          {say('certificate_paper')}
        </a>
        <a class="button" download href={addressOf(`/units/${unit.unit_id}/invoices`, { ...query, format: 'xlsx' })}>
          {say('invoices_file')}
        </a>
        <a class="button" download href={addressOf(`/units/${unit.unit_id}/orders`, { format: 'xlsx' })}>
          {say('acceptances_file')}
        </a>
      </p>
    </section>
  );
}

export default function Unit({ unit_id }) {
  const found = useAsk(`/units/${unit_id}`);
  return (
    <Shown of={found}>
      {(unit) => (
        <>
          <Crumbs of={[{ href: '/units', name: say('units') }, { name: unit.name }]} />
          <h1 tabindex="-1">{unit.name}</h1>
          {unit.duty && <p>{say('unit_you', { duty: inWords('duty', unit.duty) })}</p>}
          <OnTheWay unit={unit} />
          <Lists unit={unit} />
          <Budgets unit={unit} again={found.again} />
          <Pledges unit={unit} />
          <Papers unit={unit} />
          <section>
            <h2>{say('unit_about')}</h2>
            <Facts
              of={[
                [say('invoice_title'), unit.invoice_title],
                [say('tax_number'), unit.credit_code],
                [
                  say('unit_people'),
                  unit.members.map((one) => `${one.display_name} (${inWords('duty', one.duty)})`).join(say('list_comma')),
                ],
              ]}
            />
          </section>
        </>
      )}
    </Shown>
  );
}
