// The payment provider's bills, a day each, and what of them our books do not say; finance hands a new one in.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { textOf } from '../shared/csv.js';
import { count, day, today, yuan } from '../shared/format.js';
import { Choice, Field, Form, Mistake } from '../shared/form.jsx';
import { Empty, inWords, Mark, Money, More, Shown, Table, Trouble } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { billOf } from './bill_lines.js';

const DAY_MS = 86_400_000;
const yesterday = () => new Date(new Date(today()).getTime() - DAY_MS).toISOString().slice(0, 10);
const sumOf = (lines, kind) => yuan(lines.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.amount_fen, 0));

/** The file is read here and shown in sums; only then it is held against the books. */
function HandIn({ counties, area }) {
  const [read, setRead] = useState(null);
  const mine = counties.find(({ area_code }) => area.startsWith(area_code)) ?? counties[0];
  const choose = async (event) => {
    const [file] = event.currentTarget.files;
    event.currentTarget.value = '';
    if (file) setRead({ name: file.name, found: billOf(await textOf(file)) });
  };
  const found = read?.found;
  const take = ({ county, provider, day: on }, key) => {
    if (!found) throw new Mistake('', say('bill_choose_first'));
    return send('POST', '/bills', { county, provider, day: on, lines: found.lines }, { key });
  };
  return (
    <details class="card" open={read !== null}>
      <summary>{say('bill_hand_in')}</summary>
      <p>{say('bill_hand_in_what')}</p>
      <p class="choose-file">
        <label class="button">
          <input type="file" class="unseen" accept=".csv,.txt,text/csv" onChange={choose} />
          <span>{say('payout_file_choose')}</span>
        </label>
      </p>
      {read && !found && <Trouble refusal={{ errors: [] }} words={say('bill_file_wrong', { name: read.name })} />}
      {found && (
        <div class="note" role="status">
          <p>
            {say('bill_file_found', {
              name: read.name,
              count: found.lines.length,
              paid: sumOf(found.lines, 'payment'),
              refunded: sumOf(found.lines, 'refund'),
            })}
          </p>
          {found.faults.length > 0 && <p>{say('payout_file_faults', { lines: found.faults.slice(0, 20).join('、') })}</p>}
        </div>
      )}
      <Form
        send={take}
        done={(bill) => go(`/county/bills/${bill.bill_id}`)}
        submit={say('bill_take')}
        initial={{ county: mine.area_code, provider: 'simulator', day: yesterday() }}
      >
        <div class="filters">
          <Choice name="county" label={say('area_kind_county')} of={counties.map((one) => [one.area_code, one.area_name])} />
          <Choice name="provider" label={say('bill_provider')} of={[['simulator', inWords('provider', 'simulator')]]} />
          <Field name="day" type="date" label={say('bill_day')} max={today()} />
        </div>
      </Form>
    </details>
  );
}

const differences = (bill) => bill.different_count + bill.missing_here_count + bill.missing_there_count;
function State({ bill }) {
  if (differences(bill) === 0) return <Mark kind="good">{say('bill_same')}</Mark>;
  if (bill.open_count === 0) return <Mark kind="good">{say('bill_settled')}</Mark>;
  return <Mark kind="bad">{say('bill_open_n', { count: bill.open_count })}</Mark>;
}

export default function Bills({ person, query }) {
  const area = areaOf(person, query),
    bills = useList(area ? '/bills' : null, { area });
  const counties = person.roles.filter(({ role }) => role === 'finance');
  return (
    <>
      <h1 tabindex="-1">{say('bills')}</h1>
      <p class="reading">{say('bills_what')}</p>
      {!area && <p>{say('no_area')}</p>}
      {area && <AreaPicker person={person} area={area} />}
      {area && may('finance') && <HandIn key={area} {...{ area, counties }} />}
      <Shown of={bills}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('bills_none')}</p>
            </Empty>
          ) : (
            <Table
              caption={say('bills')}
              rows={items}
              keyOf={(one) => one.bill_id}
              columns={[
                { name: say('bill_day'), isHead: true, of: (one) => <a href={`/county/bills/${one.bill_id}`}>{day(one.day)}</a> },
                { name: say('bill_provider'), of: (one) => inWords('provider', one.provider) },
                { name: say('state'), of: (one) => <State bill={one} /> },
                { name: say('bill_lines'), isNumber: true, of: (one) => count(one.lines_count) },
                { name: say('bill_matched'), isNumber: true, of: (one) => count(one.matched_count) },
                { name: say('bill_net'), isNumber: true, of: (one) => <Money fen={one.net_fen} /> },
                { name: say('bill_our_net'), isNumber: true, of: (one) => <Money fen={one.our_net_fen} /> },
                { name: say('bill_edition'), isNumber: true, of: (one) => count(one.edition) },
              ]}
            />
          )
        }
      </Shown>
      <More of={bills} />
    </>
  );
}
