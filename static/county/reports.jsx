// Reports: sales, income, lines, the register. Period, area and breakdown stand in the address; every row opens into what it is made of.
import { useAsk, useList } from '../shared/asked.js';
import { Bar } from '../shared/bars.jsx';
import { Trend } from '../shared/chart.jsx';
import { count, day, moment, month, share, yuan, yuanInShort } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { Crumbs, Figures, inWords, Level, Mark, Money, More, Shown, Table, Unknown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Downloads } from './downloads.jsx';
import { PeriodPicker, periodOf } from './period.jsx';
import { Register } from './register.jsx';

const breakdowns = ['month', 'day', 'township', 'village', 'shop', 'product', 'category', 'status'];
const reports = ['sales', 'income', 'lines', 'register'];

/** Where a row of the sales report leads: the same report one step narrower, or the lines themselves. */
function narrower({ key }, { by, area, from, to }) {
  const query = (change) => new URLSearchParams({ area, from, to, ...change }).toString();
  const lines = (change) => `/county/reports/lines?${query(change)}`;
  const sales = (change) => `/county/reports/sales?${query(change)}`;
  const lastDay = () => new Date(Date.UTC(Number(key.slice(0, 4)), Number(key.slice(5, 7)), 0)).toISOString().slice(0, 10);
  return {
    month: () => sales({ by: 'day', from: `${key}-01`, to: lastDay() }),
    day: () => lines({ from: key, to: key }),
    township: () => sales({ by: 'village', area: key }),
    village: () => lines({ area: key }),
    shop: () => lines({ shop_id: key }),
    product: () => lines({ product_id: key }),
    status: () => lines({ status: key }),
  }[by]?.();
}
const keyWords =
  (by) =>
  ({ key, label }) =>
    by === 'month' ? month(key) : by === 'day' ? day(key) : by === 'status' ? inWords('status', key) : (label ?? key);

const isReconciled = (of) => of.reconciliation.every((one) => one.equal);
const Basis = ({ of }) => (
  <p class="soft">
    {say('report_basis', { formula: of.formula, at: moment(of.as_of) })}{' '}
    <Mark kind={isReconciled(of) ? 'good' : 'bad'}>{say(isReconciled(of) ? 'reconciles' : 'reconciles_not')}</Mark>
  </p>
);

function Sales({ query, area, period }) {
  const by = breakdowns.includes(query.by) ? query.by : 'month';
  const asked = { area, ...period, by };
  const found = useList('/reports/sales', { ...asked, limit: 100 });
  const name = keyWords(by);
  return (
    <>
      <div class="filters">
        <PeriodPicker {...period} />
        <label>
          <span>{say('report_by')}</span>
          <select value={by} onChange={(event) => goQuery({ by: event.currentTarget.value })}>
            {breakdowns.map((one) => (
              <option key={one} value={one} selected={one === by}>
                {say(`by_${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Shown of={found}>
        {([whole, ...rows]) => {
          const most = Math.max(0, ...rows.map((one) => one.line_gross_fen));
          return (
            <>
              <Figures
                of={[
                  { name: say('net_sales'), value: yuan(whole.net_sales_fen) },
                  { name: say('tagged_share'), value: share(whole.tagged_share_ppm), note: yuan(whole.attributed_sales_fen) },
                  { name: say('due_to_households'), value: yuan(whole.due_fen) },
                  { name: say('paid_to_households'), value: yuan(whole.paid_fen) },
                  {
                    name: say('households_benefiting'),
                    value: count(whole.households_count),
                    note: say('persons_n', { count: count(whole.persons_count) }),
                  },
                ]}
              />
              {(by === 'month' || by === 'day') && rows.length > 1 && (
                <Trend
                  label={say('report_sales_picture')}
                  keys={rows.map((one) => one.key)}
                  keyWords={(key) => (by === 'month' ? say('month_short', { month: Number(key.slice(5, 7)) }) : day(key))}
                  valueWords={yuanInShort}
                  series={[
                    { name: say('line_gross'), values: rows.map((one) => one.line_gross_fen) },
                    { name: say('tagged_sales'), values: rows.map((one) => one.counted_gross_fen), isDashed: true },
                  ]}
                />
              )}
              <Table
                caption={say('report_sales_by', { by: say(`by_${by}`) })}
                isCaptionShown
                rows={rows}
                keyOf={(one) => one.key}
                foot={{ ...whole, isWhole: true }}
                columns={[
                  {
                    name: say(`by_${by}`),
                    isHead: true,
                    of: (one) => {
                      if (one.isWhole) return say('whole');
                      const to = narrower(one, asked);
                      return to ? <a href={to}>{name(one)}</a> : name(one);
                    },
                  },
                  by !== 'month' &&
                    by !== 'day' && {
                      name: say('part_of_largest'),
                      of: (one) => !one.isWhole && <Bar value={one.line_gross_fen} of={most} />,
                    },
                  { name: say('line_gross'), isNumber: true, of: (one) => <Money fen={one.line_gross_fen} /> },
                  { name: say('tagged_share'), isNumber: true, of: (one) => share(one.tagged_share_ppm) },
                  {
                    name: say('refunds'),
                    isNumber: true,
                    of: (one) => <Money fen={one.refunds_fen + one.refunds_of_earlier_fen} />,
                  },
                  { name: say('net_sales'), isNumber: true, of: (one) => <Money fen={one.net_sales_fen} /> },
                  { name: say('due'), isNumber: true, of: (one) => <Money fen={one.due_fen} /> },
                  { name: say('paid'), isNumber: true, of: (one) => <Money fen={one.paid_fen} /> },
                  { name: say('households'), isNumber: true, of: (one) => count(one.households_count) },
                ]}
              />
              <Basis of={whole} />
              <p class="soft">{whole.level_words}</p>
            </>
          );
        }}
      </Shown>
      <More of={found} />
      <Downloads path="/reports/sales" query={asked} />
    </>
  );
}

function Income({ area, period, query }) {
  const asked = { area, ...period, price_factor_ppm: query.price_factor_ppm };
  const found = useAsk('/reports/income', asked);
  const why = say('no_cost_record');
  return (
    <>
      <div class="filters">
        <PeriodPicker {...period} />
      </div>
      <Shown of={found}>
        {(it) => (
          <>
            <Figures
              of={[
                { name: say('paid_to_households'), value: yuan(it.paid_fen) },
                {
                  name: say('channel_net'),
                  value: yuan(it.channel_net_fen),
                  note: say('of_households', { count: count(it.at_level_d + it.at_level_e) }),
                },
                {
                  name: say('income_gain'),
                  value: it.at_level_e ? yuan(it.income_gain_fen) : <Unknown why={say('no_baseline')} />,
                  note: it.at_level_e ? say('of_households', { count: count(it.at_level_e) }) : null,
                },
                {
                  name: say('levels'),
                  value: say('levels_n', { c: count(it.at_level_c), d: count(it.at_level_d), e: count(it.at_level_e) }),
                },
              ]}
            />
            <p class="note">{it.method}</p>
            <Table
              caption={say('report_income_rows')}
              isCaptionShown
              rows={it.households}
              keyOf={(one) => one.household_id}
              columns={[
                {
                  name: say('household'),
                  isHead: true,
                  of: (one) => <a href={`/county/households/${one.household_id}`}>{one.head}</a>,
                },
                { name: say('persons'), isNumber: true, of: (one) => count(one.members_count) },
                {
                  name: say('paid'),
                  isNumber: true,
                  of: (one) => (
                    <a
                      href={`/county/reports/lines?${new URLSearchParams({ ...asked, price_factor_ppm: '', household_id: one.household_id })}`}
                    >
                      <Money fen={one.paid_fen} />
                    </a>
                  ),
                },
                {
                  name: say('channel_net_a_head'),
                  isNumber: true,
                  of: (one) => <Money fen={one.channel_net_a_head_fen} why={why} />,
                },
                {
                  name: say('income_gain_a_head'),
                  isNumber: true,
                  of: (one) => (
                    <Money fen={one.income_gain_a_head_fen} why={one.channel_net_fen === null ? why : say('no_baseline')} />
                  ),
                },
                { name: say('line_ratio'), isNumber: true, of: (one) => share(one.line_ratio_ppm) },
                { name: say('evidence'), of: (one) => <Level level={one.level} /> },
              ]}
            />
            <Basis of={it} />
          </>
        )}
      </Shown>
      <Downloads path="/reports/income" query={asked} />
    </>
  );
}

function Lines({ area, period, query }) {
  const { shop_id, product_id, household_id, status } = query;
  const asked = { area, ...period, shop_id, product_id, household_id, status };
  const found = useList('/reports/lines', { ...asked, limit: 50 });
  const narrowed = Object.entries({ shop_id, product_id, household_id, status }).filter(([, value]) => value);
  return (
    <>
      <div class="filters">
        <PeriodPicker {...period} />
      </div>
      {narrowed.length > 0 && (
        <p class="buttons">
          {narrowed.map(([key]) => (
            <button key={key} type="button" onClick={() => goQuery({ [key]: '' })}>
              {say('drop_filter', { name: say(`filter_${key}`) })}
            </button>
          ))}
        </p>
      )}
      <Shown of={found} empty={<p>{say('lines_none')}</p>}>
        {(items) => (
          <Table
            caption={say('report_lines_rows')}
            isCaptionShown
            rows={items}
            keyOf={(one) => one.attribution_id}
            columns={[
              { name: say('day'), of: (one) => day(one.business_day) },
              { name: say('order_line'), isHead: true, of: (one) => <a href={`/county/orders/${one.order_id}`}>{one.line}</a> },
              { name: say('kind'), of: (one) => inWords('line_kind', one.kind) },
              {
                name: say('household'),
                of: (one) =>
                  one.household_id ? (
                    <>
                      <a href={`/county/households/${one.household_id}`}>{one.head}</a>{' '}
                      {one.removed_later && <Mark>{say('removed_later')}</Mark>}
                    </>
                  ) : (
                    <Unknown why={inWords('reason', one.reason)} />
                  ),
              },
              {
                name: say('counted'),
                of: (one) =>
                  one.counted ? <Mark kind="good">{say('counted_yes')}</Mark> : <Mark>{inWords('reason', one.reason)}</Mark>,
              },
              { name: say('line_gross'), isNumber: true, of: (one) => <Money fen={one.gross_fen} /> },
              { name: say('due'), isNumber: true, of: (one) => <Money fen={one.due_fen} /> },
              { name: say('sack'), of: (one) => one.lot_id && <a href={`/county/lots/${one.lot_id}`}>{say('sack_open')}</a> },
            ]}
          />
        )}
      </Shown>
      <More of={found} />
      <Downloads path="/reports/lines" query={asked} />
    </>
  );
}

const views = { sales: Sales, income: Income, lines: Lines, register: Register };

export default function Reports({ report = 'sales', query, person }) {
  const shown = reports.includes(report) ? report : 'sales',
    View = views[shown];
  const area = areaOf(person, query),
    period = periodOf(query);
  const address = (one) => `/county/reports/${one}?${new URLSearchParams({ area, ...period })}`;
  return (
    <>
      <Crumbs of={[{ href: '/county', name: say('nav_dashboard') }, { name: say(`report_${shown}`) }]} />
      <h1 tabindex="-1">{say(`report_${shown}`)}</h1>
      <Views
        name={say('reports')}
        of={reports.map((one) => ({ href: address(one), name: say(`report_${one}`), isHere: one === shown }))}
      />
      <AreaPicker person={person} area={area} />
      <View {...{ query, area, period }} />
    </>
  );
}
