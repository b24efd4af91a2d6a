// One bill of the payment provider: sums beside ours, and each line beside what our books say of it.
import { useAsk, useList } from '../shared/asked.js';
import { count, day, moment, yuan } from '../shared/format.js';
import { Crumbs, Empty, Facts, Figures, inWords, Mark, Money, More, Shown, Table, Unknown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const states = ['different', 'missing_here', 'missing_there', 'matched'];
const marks = { matched: 'good', different: 'bad', missing_here: 'bad', missing_there: 'bad' };

const amount = (fen) => (fen === null ? <Unknown why={say('bill_not_there')} /> : <Money fen={fen} />);
const why = (one) => one.differences.map((code) => inWords('bill_difference', code)).join('；');
const finding = (one) =>
  one.finding_id && (
    <a href={`/county/findings/${one.finding_id}`}>
      <Mark kind={one.finding_state === 'closed' ? 'good' : 'wait'}>{inWords('finding_state', one.finding_state)}</Mark>
    </a>
  );

function Lines({ bill_id, state }) {
  const lines = useList(`/bills/${bill_id}/lines`, { state });
  return (
    <>
      <Shown of={lines}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('bill_lines_none')}</p>
            </Empty>
          ) : (
            <Table
              caption={inWords('bill_line', state)}
              rows={items}
              keyOf={(one) => one.position}
              columns={[
                { name: say('bill_transaction'), isHead: true, of: (one) => <span class="number">{one.transaction_id}</span> },
                { name: say('kind'), of: (one) => inWords('bill_kind', one.kind) },
                { name: say('state'), of: (one) => <Mark kind={marks[one.state]}>{inWords('bill_line', one.state)}</Mark> },
                { name: say('bill_amount'), isNumber: true, of: (one) => amount(one.amount_fen) },
                { name: say('bill_our_amount'), isNumber: true, of: (one) => amount(one.our_amount_fen) },
                { name: say('bill_difference'), of: why },
                {
                  name: say('order'),
                  of: (one) => one.order_id && <a href={`/county/orders/${one.order_id}`}>{one.order_id.slice(-6)}</a>,
                },
                { name: say('finding'), of: finding },
              ]}
            />
          )
        }
      </Shown>
      <More of={lines} />
    </>
  );
}

export default function Bill({ bill_id, query }) {
  const asked = useAsk(`/bills/${bill_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/county/bills', name: say('bills') }, { name: asked.data ? day(asked.data.day) : say('bill') }]} />
      <Shown of={asked}>
        {(bill) => {
          const state = states.includes(query.state)
            ? query.state
            : (states.find((one) => bill[`${one}_count`] > 0) ?? 'matched');
          return (
            <>
              <h1 tabindex="-1">
                {inWords('provider', bill.provider)} {day(bill.day)}
              </h1>
              <Figures
                of={[
                  {
                    name: say('bill_paid'),
                    value: yuan(bill.paid_fen),
                    note: say('bill_ours', { sum: yuan(bill.our_paid_fen) }),
                  },
                  {
                    name: say('bill_refunded'),
                    value: yuan(bill.refunded_fen),
                    note: say('bill_ours', { sum: yuan(bill.our_refunded_fen) }),
                  },
                  {
                    name: say('bill_matched'),
                    value: count(bill.matched_count),
                    note: say('bill_lines_of', { count: count(bill.lines_count) }),
                  },
                ]}
              />
              <Facts
                of={[
                  [say('area_kind_county'), bill.county_name],
                  [say('bill_edition'), count(bill.edition)],
                  [say('bill_taken'), [bill.taken_by, moment(bill.taken_at)].filter(Boolean).join(' · ')],
                  [say('bill_elsewhere'), bill.elsewhere_count > 0 && count(bill.elsewhere_count)],
                ]}
              />
              <h2>{say('bill_lines')}</h2>
              <Views
                name={say('bill_lines')}
                of={states.map((one) => ({
                  href: `/county/bills/${bill_id}?state=${one}`,
                  name: `${inWords('bill_line', one)} ${count(bill[`${one}_count`])}`,
                  isHere: one === state,
                }))}
              />
              {state !== 'matched' && <p class="soft">{say('bill_nothing_by_itself')}</p>}
              <Lines key={state} bill_id={bill_id} state={state} />
            </>
          );
        }}
      </Shown>
    </>
  );
}
