// How long money has been owed: by kind of payee, and who waits longest.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count, day } from '../shared/format.js';
import { Crumbs, Empty, inWords, Mark, Money, More, Shown, Table, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const LATE_DAYS = 30,
  kinds = ['household', 'supplier', 'shop', 'freight', 'platform'];
const ages = ['week', 'month', 'quarter', 'older'];
const money = (name) => ({ name: say(`ageing_${name}`), isNumber: true, of: (one) => <Money fen={one[`${name}_fen`]} /> });

const Ageing = ({ county }) => {
  const ageing = useList('/payables/ageing', { county });
  return (
    <Shown of={ageing}>
      {(items) => (
        <Table
          caption={say('ageing')}
          rows={items}
          keyOf={(one) => one.payee_kind}
          columns={[
            { name: say('kind'), isHead: true, of: (one) => inWords('payee_kind', one.payee_kind) },
            { name: say('ageing_payees'), isNumber: true, of: (one) => count(one.payees_count) },
            money('payable'),
            ...ages.map(money),
            money('in_batch'),
            { name: say('ageing_oldest'), of: (one) => (one.oldest_on ? day(one.oldest_on) : '') },
          ]}
        />
      )}
    </Shown>
  );
};

const payee = (one) =>
  one.payee_kind === 'household' && may('county', 'auditor') ? (
    <a href={`/county/households/${one.payee_id}`}>{one.payee}</a>
  ) : (
    one.payee
  );

const Waiting = ({ county, kind }) => {
  const oldest = useList('/payables', { county, payee_kind: kind });
  return (
    <>
      <Shown of={oldest}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('ageing_none')}</p>
            </Empty>
          ) : (
            <Table
              caption={say('ageing_waiting')}
              rows={items}
              keyOf={(one) => `${one.payee_kind} ${one.payee_id}`}
              columns={[
                { name: say('payout_payee'), isHead: true, of: payee },
                { name: say('kind'), of: (one) => inWords('payee_kind', one.payee_kind) },
                { name: say('sum'), isNumber: true, of: (one) => <Money fen={one.amount_fen} /> },
                { name: say('ageing_since'), of: (one) => day(one.since_on) },
                {
                  name: say('order_waits'),
                  of: (one) => <Mark kind={one.days > LATE_DAYS ? 'bad' : 'wait'}>{say('days_n', { count: one.days })}</Mark>,
                },
                {
                  name: say('payout_account'),
                  of: (one) => one.lacks_account && <Mark kind="bad">{say('ageing_no_account')}</Mark>,
                },
              ]}
            />
          )
        }
      </Shown>
      <More of={oldest} />
    </>
  );
};

export default function Payables({ person, query }) {
  const area = areaOf(person, query),
    county = area?.slice(0, 6),
    kind = kinds.includes(query.payee_kind) ? query.payee_kind : '';
  return (
    <>
      <Crumbs of={[{ href: '/county/payouts', name: say('payouts') }, { name: say('ageing') }]} />
      <h1 tabindex="-1">{say('ageing')}</h1>
      <p class="reading">{say('ageing_what')}</p>
      {area && <AreaPicker person={person} area={area} />}
      {county?.length === 6 ? (
        <>
          <Ageing key={county} county={county} />
          <h2>{say('ageing_waiting')}</h2>
          <Views
            name={say('ageing_waiting')}
            of={['', ...kinds].map((one) => ({
              href: `/county/payables?${new URLSearchParams({ area, ...(one && { payee_kind: one }) })}`,
              name: one ? inWords('payee_kind', one) : say('all'),
              isHere: one === kind,
            }))}
          />
          <Waiting key={`${county} ${kind}`} {...{ county, kind }} />
        </>
      ) : (
        <p>{say('no_area')}</p>
      )}
    </>
  );
}
