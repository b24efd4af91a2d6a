// Open data of a county: its months, or its complete quarters by township or kind of goods, to read and to take along.
import { addressOf } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { goQuery } from '../shared/place.js';
import { Crumbs, Mark, Money, More, Shown, Table, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const FIRST_YEAR = 2015;
const breakdowns = ['month', 'area', 'category'];
const yearsUpTo = (last) => Array.from({ length: last - FIRST_YEAR + 1 }, (_, i) => String(last - i));

/** Hidden figures are not unknown ones: say why they are not told. */
const told = (row, what) => (row.state === 'told' ? what : <Mark>{say(`open_data_${row.state}`)}</Mark>);

function columnsBy(by) {
  return [
    { name: say('open_data_period'), isHead: true, of: (row) => row.period },
    by !== 'month' && { name: say(`open_data_of_${by}`), of: (row) => row.label },
    { name: say('stats_households'), isNumber: true, of: (row) => told(row, row.households) },
    { name: say('stats_sales'), isNumber: true, of: (row) => row.state === 'told' && <Money fen={row.sales_fen} /> },
    { name: say('stats_counted'), isNumber: true, of: (row) => row.state === 'told' && <Money fen={row.counted_fen} /> },
    { name: say('stats_due'), isNumber: true, of: (row) => row.state === 'told' && <Money fen={row.due_fen} /> },
    by === 'month' && {
      name: say('stats_paid'),
      isNumber: true,
      of: (row) => row.state === 'told' && <Money fen={row.paid_fen} why={say('open_data_few')} />,
    },
  ].filter(Boolean);
}

export default function StatisticsCounty({ county, query }) {
  const { year = String(new Date().getFullYear()), by = 'month' } = query;
  const asked = { county, by, year };
  const place = useAsk(`/areas/${county}`);
  const rows = useList('/stats/parts', { ...asked, limit: 100 });
  return (
    <>
      <Crumbs of={[{ href: '/statistics', name: say('stats') }, { name: place.data?.name ?? county }]} />
      <h1 tabindex="-1">{say('open_data', { county: place.data?.name ?? county })}</h1>
      <p>{say('open_data_about')}</p>
      <form class="filters unprinted">
        <label>
          <span>{say('open_data_year')}</span>
          <select value={year} onChange={(event) => goQuery({ year: event.currentTarget.value })}>
            {yearsUpTo(new Date().getFullYear()).map((one) => (
              <option key={one} value={one} selected={one === year}>
                {one}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Views
        name={say('open_data_by')}
        of={breakdowns.map((one) => ({
          href: `/statistics/${county}?by=${one}&year=${year}`,
          name: say(`open_data_by_${one}`),
          isHere: one === by,
        }))}
      />
      <Shown of={rows} empty={<p>{say('open_data_none')}</p>}>
        {(items) => (
          <Table
            caption={say(`open_data_by_${by}`)}
            columns={columnsBy(by)}
            rows={items}
            keyOf={(row) => `${row.period} ${row.key}`}
          />
        )}
      </Shown>
      <More of={rows} />
      <ul class="reading">
        <li>{say('open_data_why_months')}</li>
        <li>{say('open_data_why_few')}</li>
        <li>{say('open_data_why_covering')}</li>
        <li>{say('open_data_licence')}</li>
      </ul>
      <p class="buttons unprinted">
        <a class="button" href={addressOf('/stats/parts', { ...asked, format: 'csv' })} download>
          {say('stats_csv')}
        </a>{' '}
        <a class="button" href={addressOf('/stats/parts', { ...asked, limit: 100 })}>
          {say('open_data_json')}
        </a>
      </p>
    </>
  );
}
