// What one's purchases became: dues of households, what of them is paid, in which villages, month by month and purchase by purchase.
import { useState } from 'preact/hooks';
import { useAsk } from '../shared/asked.js';
import { Bar } from '../shared/bars.jsx';
import { Trend } from '../shared/chart.jsx';
import { day, month, yuan, yuanInShort } from '../shared/format.js';
import { Empty, Figures, Level, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { ImpactCard } from './impact_card.jsx';

const ROWS_FIRST = 8;
const householdsIn = (text) => (text === '<5' ? say('fewer_than_5') : text);

/** Every month from the first to the last, those without a purchase with nothing. */
function everyMonth(months) {
  const known = new Map(months.map((one) => [one.month, one])),
    keys = [...known.keys()].sort(),
    all = [];
  let [year, number] = keys[0].split('-').map(Number);
  for (let key = keys[0]; key <= keys.at(-1); ) {
    all.push(known.get(key) ?? { month: key, bought_fen: 0, to_households_fen: 0 });
    number += 1;
    if (number > 12) {
      year += 1;
      number = 1;
    }
    key = `${year}-${String(number).padStart(2, '0')}`;
  }
  return all;
}

/** A long table shows its first rows until asked for all. */
function Rows({ caption, columns, rows, keyOf }) {
  const [isAll, setAll] = useState(false);
  return (
    <>
      <Table caption={caption} columns={columns} rows={isAll ? rows : rows.slice(0, ROWS_FIRST)} keyOf={keyOf} />
      {!isAll && rows.length > ROWS_FIRST && (
        <p class="more">
          <button type="button" onClick={() => setAll(true)}>
            {say('impact_all', { count: rows.length })}
          </button>
        </p>
      )}
    </>
  );
}

function Months({ months }) {
  const all = everyMonth(months),
    keys = all.map((one) => one.month);
  const series = [
    { name: say('impact_bought'), values: all.map((one) => one.bought_fen) },
    { name: say('impact_to_households'), values: all.map((one) => one.to_households_fen) },
  ];
  const columns = [
    { name: say('impact_month'), isHead: true, of: (row) => month(row.month) },
    { name: say('impact_bought'), isNumber: true, of: (row) => <Money fen={row.bought_fen} /> },
    { name: say('impact_to_households'), isNumber: true, of: (row) => <Money fen={row.to_households_fen} /> },
  ];
  return (
    <section>
      <h2>{say('impact_months')}</h2>
      {all.length > 1 && (
        <Trend
          label={say('impact_months')}
          keys={keys}
          series={series}
          keyWords={(key) => key.replace('-', '.')}
          valueWords={yuanInShort}
        />
      )}
      <details>
        <summary>{say('impact_table')}</summary>
        <Table caption={say('impact_months')} columns={columns} rows={all} keyOf={(row) => row.month} />
      </details>
    </section>
  );
}

function Villages({ villages }) {
  const most = Math.max(...villages.map((one) => one.to_households_fen));
  const columns = [
    { name: say('trace_village'), isHead: true, of: (row) => `${row.name} ${row.county_name}` },
    { name: say('impact_to_households'), isNumber: true, of: (row) => <Money fen={row.to_households_fen} /> },
    { name: say('impact_compared'), of: (row) => <Bar value={row.to_households_fen} of={most} /> },
  ];
  return (
    <section>
      <h2>{say('impact_villages')}</h2>
      <Rows caption={say('impact_villages')} columns={columns} rows={villages} keyOf={(row) => row.area_code} />
    </section>
  );
}

function Purchases({ purchases }) {
  const columns = [
    { name: say('impact_day'), isHead: true, of: (row) => <a href={`/pay/${row.purchase_id}`}>{day(row.paid_at)}</a> },
    { name: say('impact_bought'), isNumber: true, of: (row) => <Money fen={row.bought_fen} /> },
    { name: say('impact_to_households'), isNumber: true, of: (row) => <Money fen={row.to_households_fen} /> },
    { name: say('stats_households'), isNumber: true, of: (row) => householdsIn(row.households) },
  ];
  return (
    <section>
      <h2>{say('impact_purchases')}</h2>
      <Rows caption={say('impact_purchases')} columns={columns} rows={purchases} keyOf={(row) => row.purchase_id} />
    </section>
  );
}

export default function Impact() {
  const asked = useAsk('/me/impact');
  return (
    <>
      <h1 tabindex="-1">{say('impact')}</h1>
      <Shown of={asked}>
        {(mine) =>
          mine.purchases.length === 0 ? (
            <Empty>
              <p>{say('impact_none')}</p>
              <p>
                <a class="button main" href="/">
                  {say('orders_none_do')}
                </a>
              </p>
            </Empty>
          ) : (
            <>
              <Figures
                of={[
                  { name: say('impact_bought'), value: yuan(mine.bought_fen), href: '/orders' },
                  { name: say('impact_to_households'), value: yuan(mine.to_households_fen), note: <Level level="B" /> },
                  { name: say('stats_paid'), value: yuan(mine.paid_fen), note: <Level level="C" /> },
                  { name: say('impact_due'), value: yuan(mine.due_fen), note: say('impact_due_when') },
                  { name: say('stats_households'), value: householdsIn(mine.households) },
                ]}
              />
              <div class="columns">
                <div>
                  {mine.months.length > 0 && <Months months={mine.months} />}
                  {mine.villages.length > 0 && <Villages villages={mine.villages} />}
                  <Purchases purchases={mine.purchases} />
                </div>
                <div>{mine.to_households_fen > 0 && <ImpactCard of={mine} />}</div>
              </div>
            </>
          )
        }
      </Shown>
    </>
  );
}
