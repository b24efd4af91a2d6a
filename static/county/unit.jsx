// One unit that buys, as its county sees it: its people, budgets, pledges in five figures, and what it bought by county.
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, day, today } from '../shared/format.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { Act, Crumbs, Facts, inWords, Mark, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { Downloads } from './downloads.jsx';

const duties = ['requester', 'approver'];
const amount = (name, field, words) => ({ name: words, of: (one) => <Money key={name} fen={one[field]} />, isNumber: true });

function People({ unit, path, again }) {
  return (
    <section>
      <h2>{say('unit_people')}</h2>
      {unit.members.length === 0 && <p>{say('unit_people_none')}</p>}
      <ul class="rows">
        {unit.members.map((one) => (
          <li key={one.account_id}>
            <div>
              <p>{one.display_name}</p>
              <p class="soft">
                {one.login} · {inWords('duty', one.duty)}
              </p>
            </div>
            {may('county') && (
              <Act
                kind="warn"
                act={(_, key) => send('POST', `${path}/members/${one.account_id}/end`, undefined, { key })}
                done={again}
                ask={<p>{say('unit_member_end_what', { name: one.display_name })}</p>}
              >
                {say('unit_member_end')}
              </Act>
            )}
          </li>
        ))}
      </ul>
      {may('county') && (
        <Form
          send={(values, key) =>
            send('POST', `${path}/members`, { login: (values.login ?? '').trim(), duty: values.duty }, { key })
          }
          done={(_, { setValues }) => {
            setValues({ duty: duties[0] });
            again();
          }}
          initial={{ duty: duties[0] }}
          submit={say('unit_member_add')}
          label={say('unit_member_add')}
          kind=""
        >
          <Field name="login" label={say('unit_member_login')} autocomplete="off" maxlength={64} />
          <Choice name="duty" label={say('unit_member_duty')} of={duties.map((one) => [one, say(`duty_${one}`)])} />
        </Form>
      )}
    </section>
  );
}

function Pledges({ unit_id }) {
  const found = useList('/pledges', { unit_id, limit: 100 });
  return (
    <section>
      <h2>{say('unit_pledges')}</h2>
      <Shown of={found} empty={<p>{say('unit_pledges_none')}</p>}>
        {(items) => (
          <Table
            caption={say('unit_pledges')}
            rows={items}
            keyOf={(one) => one.pledge_id}
            columns={[
              {
                name: say('pledge_days_from'),
                of: (one) => (
                  <>
                    <a href={`/pledges/${one.pledge_id}`}>{[day(one.valid_from), one.area_name].filter(Boolean).join(' · ')}</a>{' '}
                    {one.withdrawn && <Mark kind="calm">{say('unit_pledge_withdrawn')}</Mark>}
                  </>
                ),
                isHead: true,
              },
              ...['pledged', 'ordered', 'paid', 'delivered', 'refunded'].map((one) =>
                amount(one, `${one}_fen`, say(`pledge_${one}`)),
              ),
            ]}
          />
        )}
      </Shown>
    </section>
  );
}

function Bought({ path, year }) {
  const found = useList(`${path}/certificate`, { year });
  return (
    <section>
      <h2>{say('unit_certificate', { year })}</h2>
      <Shown of={found} empty={<p>{say('unit_certificate_none')}</p>}>
        {(items) => (
          <Table
            caption={say('unit_certificate', { year })}
            rows={items}
            keyOf={(one) => one.county}
            columns={[
              { name: say('area_kind_county'), of: (one) => one.county_name, isHead: true },
              { name: say('orders'), of: (one) => count(one.orders_count), isNumber: true },
              ...['paid', 'delivered', 'refunded'].map((one) => amount(one, `${one}_fen`, say(`pledge_${one}`))),
              amount('due', 'due_fen', say('due_to_households')),
            ]}
          />
        )}
      </Shown>
      <Downloads path={`${path}/certificate`} query={{ year }} />
    </section>
  );
}

export default function Unit({ unit_id }) {
  const path = `/units/${unit_id}`,
    found = useAsk(path);
  return (
    <Shown of={found}>
      {(unit) => (
        <>
          <Crumbs of={[{ href: '/county/units', name: say('units') }, { name: unit.name }]} />
          <h1 tabindex="-1">{unit.name}</h1>
          <Facts
            of={[
              [say('unit_kind'), inWords('unit_kind', unit.kind)],
              [say('unit_seat'), unit.area_name],
              [say('unit_credit_code'), unit.credit_code],
              [say('unit_invoice_title'), unit.invoice_title],
            ]}
          />
          <People unit={unit} path={path} again={found.again} />
          {unit.budgets.length > 0 && (
            <section>
              <h2>{say('unit_budgets')}</h2>
              <Table
                caption={say('unit_budgets')}
                rows={unit.budgets}
                keyOf={(one) => one.year}
                columns={[
                  { name: say('unit_budget_year'), of: (one) => one.year, isHead: true },
                  ...['amount', 'used', 'left'].map((one) => amount(one, `${one}_fen`, say(`unit_budget_${one}`))),
                ]}
              />
            </section>
          )}
          <Pledges unit_id={unit_id} />
          <Bought path={path} year={Number(today().slice(0, 4))} />
        </>
      )}
    </Shown>
  );
}
