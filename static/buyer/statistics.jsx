// What sold this year and what of it reached households, county by county, for everyone.
import { addressOf } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { Bar } from '../shared/bars.jsx';
import { count, day, yuan } from '../shared/format.js';
import { Figures, Level, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const sum = (items, field) => items.reduce((all, one) => all + one[field], 0);

export default function Statistics() {
  const stats = useList('/stats', { limit: 100 });
  const columns = (items) => {
    const most = Math.max(...items.map(({ due_fen }) => due_fen));
    return [
      { name: say('stats_county'), isHead: true, of: (row) => <a href={`/statistics/${row.county}`}>{row.county_name}</a> },
      { name: say('stats_shops'), isNumber: true, of: (row) => count(row.shops_count) },
      { name: say('stats_sales'), isNumber: true, of: (row) => <Money fen={row.sales_fen} /> },
      { name: say('stats_counted'), isNumber: true, of: (row) => <Money fen={row.counted_fen} /> },
      { name: say('stats_due'), isNumber: true, of: (row) => <Money fen={row.due_fen} /> },
      { name: say('stats_paid'), isNumber: true, of: (row) => <Money fen={row.paid_fen} /> },
      {
        name: say('stats_households'),
        isNumber: true,
        of: (row) => (row.households === '<5' ? say('fewer_than_5') : row.households),
      },
      items.length > 1 && { name: say('stats_share'), of: (row) => <Bar value={row.due_fen} of={most} /> },
    ];
  };
  return (
    <>
      <h1 tabindex="-1">{say('stats')}</h1>
      <Shown of={stats} empty={<p>{say('stats_none')}</p>}>
        {(items) => (
          <>
            <p>{say('stats_since', { day: day(items[0].since), until: day(items[0].until) })}</p>
            <Figures
              of={[
                { name: say('stats_sales'), value: yuan(sum(items, 'sales_fen')), note: <Level level="A" /> },
                { name: say('stats_due'), value: yuan(sum(items, 'due_fen')), note: <Level level="B" /> },
                { name: say('stats_paid'), value: yuan(sum(items, 'paid_fen')), note: <Level level="C" /> },
                { name: say('stats_shops'), value: count(sum(items, 'shops_count')), href: '/shops' },
              ]}
            />
            <h2>{say('stats_by_county')}</h2>
            <Table caption={say('stats_by_county')} columns={columns(items)} rows={items} keyOf={(row) => row.county} />
            <ul class="reading">
              <li>{say('stats_why_counted')}</li>
              <li>{say('stats_why_paid')}</li>
              <li>{say('stats_why_few')}</li>
            </ul>
            <p class="buttons unprinted">
              <a class="button" href={addressOf('/stats', { format: 'csv' })} download>
                {say('stats_csv')}
              </a>{' '}
              <a class="button" href="/seals">
                {say('seals')}
              </a>
            </p>
          </>
        )}
      </Shown>
      <More of={stats} />
    </>
  );
}
