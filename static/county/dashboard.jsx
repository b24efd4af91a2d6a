// The month in one look: what sold, whom it reached, what is owed, where it changed, and what waits for a person. Every figure opens.
import { may } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Bar } from '../shared/bars.jsx';
import { Columns, Trend } from '../shared/chart.jsx';
import { count, day, month, share, today, yuan, yuanInShort } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { Empty, Figures, Mark, Money, Shown, Table, Unknown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const lastDayOf = (first) =>
  new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 0)).toISOString().slice(0, 10);
const reportOf = (it, change) =>
  `/county/reports/sales?${new URLSearchParams({ area: it.area, from: it.month, to: lastDayOf(it.month), ...change })}`;

/** This month and the eleven before it. */
function MonthPicker({ shown }) {
  const now = today();
  const months = Array.from({ length: 24 }, (_, i) =>
    new Date(Date.UTC(Number(now.slice(0, 4)), Number(now.slice(5, 7)) - 1 - i, 1)).toISOString().slice(0, 7),
  );
  return (
    <label>
      <span>{say('month')}</span>
      <select value={shown} onChange={(event) => goQuery({ month: event.currentTarget.value })}>
        {months.map((one) => (
          <option key={one} value={one} selected={one === shown}>
            {month(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** More or less than before, in words and a mark: never by colour alone. */
function Change({ now, before, than }) {
  if (!before) return <span class="soft">{say('change_unknown', { than })}</span>;
  const ppm = Math.round(((now - before) * 1_000_000) / before);
  return (
    <span>
      {ppm >= 0 ? '▲' : '▼'} {say(ppm >= 0 ? 'change_up' : 'change_down', { than, by: share(Math.abs(ppm)) })}
    </span>
  );
}

function Sums({ it }) {
  const gain = it.income.gain_a_head_fen;
  const noGain =
    it.income.at_level_e === 0 ? (it.income.price_factor_ppm ? say('no_baseline') : say('no_price_factor')) : undefined;
  return (
    <Figures
      of={[
        {
          name: say('net_sales'),
          href: reportOf(it, { by: 'day' }),
          value: yuan(it.net_fen),
          note: <Change now={it.net_fen} before={it.year_ago_fen} than={say('than_year_ago')} />,
        },
        {
          name: say('against_plan'),
          value: it.plan_fen ? share(Math.round((it.net_fen * 1_000_000) / it.plan_fen)) : <Unknown why={say('no_plan')} />,
          note: it.year_plan_fen && say('plan_year', { sum: yuanInShort(it.year_fen), plan: yuanInShort(it.year_plan_fen) }),
        },
        {
          name: say('tagged_share'),
          href: reportOf(it, { by: 'status' }),
          value: share(it.tagged_share_ppm),
          note: yuan(it.tagged_fen),
        },
        {
          name: say('households_benefiting'),
          href: reportOf(it, { by: 'village' }),
          value: count(it.households_count),
          note: say('persons_n', { count: count(it.persons_count) }),
        },
        {
          name: say('paid_this_month'),
          href: '/county/payouts',
          value: yuan(it.paid_fen),
          note: say('owed_still', { sum: yuan(it.owed_fen), count: count(it.owed_households_count) }),
        },
        {
          name: say('overdue'),
          href: '/county/payouts',
          value: yuan(it.overdue_fen),
          note:
            it.overdue_households_count > 0
              ? say('overdue_since', { count: count(it.overdue_households_count), day: day(it.overdue_since) })
              : say('overdue_none'),
        },
        {
          name: say('gain_a_head'),
          href: `/county/reports/income?${new URLSearchParams({ area: it.area })}`,
          value: gain === null ? <Unknown why={noGain ?? say('no_baseline')} /> : yuan(gain),
          note: it.income.poverty_line_fen
            ? gain === null
              ? say('line_is', { sum: yuan(it.income.poverty_line_fen) })
              : say('line_part', {
                  part: share(Math.round((gain * 1_000_000) / it.income.poverty_line_fen)),
                  sum: yuan(it.income.poverty_line_fen),
                })
            : say('line_none'),
        },
      ]}
    />
  );
}

const decisionHref = {
  finding: '/county/findings',
  finding_rectified: '/county/findings',
  lot: '/county/inspections',
  batch: '/county/payouts',
  batch_result: '/county/payouts',
  objection: '/county/notices',
  shop_stopped: '/county/orders',
};
const CASES_MAX = 100;
/** Changes of the register whose next step is this person's. */
function CasesForMe({ area }) {
  const isCounty = area.length >= 6 && may('cadre', 'team', 'township', 'county');
  const cases = useAsk(isCounty ? '/cases' : null, { county: area.slice(0, 6), area, waiting: 'true', limit: CASES_MAX });
  const found = cases.data?.items.length ?? 0;
  if (found === 0) return null;
  return (
    <p>
      <a class="button main" href={`/county/cases?${new URLSearchParams({ area })}`}>
        {say('cases_for_me', { count: found === CASES_MAX ? `${count(found)}+` : count(found) })}
      </a>
    </p>
  );
}
const HELPERLESS_MAX = 100;
/** Households of the register that nobody helps, until someone is named. */
function WithoutHelper({ area }) {
  const sees = area.length >= 6 && may('cadre', 'team', 'township', 'county', 'auditor');
  const found = useAsk(sees ? '/households' : null, {
    county: area.slice(0, 6),
    area,
    without_helper: true,
    limit: HELPERLESS_MAX,
  });
  const some = found.data?.items.length ?? 0;
  if (some === 0) return null;
  return (
    <p>
      <a href={`/county/helpers?${new URLSearchParams({ area })}`}>
        {say('helper_missing', { count: some === HELPERLESS_MAX ? `${count(some)}+` : some })}
      </a>
    </p>
  );
}
function Decisions({ it }) {
  return (
    <section>
      <h2>{say('decisions')}</h2>
      <CasesForMe area={it.area} />
      <WithoutHelper area={it.area} />
      {it.decisions.length === 0 ? (
        <Empty>
          <p>{say('decisions_none')}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {it.decisions.map((one) => (
            <li key={one.kind}>
              <div>
                <a
                  href={`${decisionHref[one.kind] ?? '/county/approvals'}?${new URLSearchParams({ area: it.area, kind: one.kind })}`}
                >
                  {say(`decision_${one.kind}`, { count: one.count })}
                </a>
                <p class="soft">{say('waiting_since', { day: day(one.since) })}</p>
              </div>
              <Mark kind={one.kind === 'shop_stopped' || one.kind === 'objection' ? 'bad' : 'wait'}>{count(one.count)}</Mark>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Parts({ it }) {
  const most = Math.max(1, ...it.parts.map((one) => one.net_fen));
  const kind = it.area_kind === 'county' ? 'township' : it.area.length < 6 ? 'county' : 'village';
  if (it.parts.length === 0) return null;
  return (
    <section>
      <h2>{say(`parts_${kind}`)}</h2>
      <Table
        caption={say(`parts_${kind}`)}
        rows={it.parts}
        keyOf={(one) => one.area_code}
        columns={[
          {
            name: say(`by_${kind}`),
            isHead: true,
            of: (one) => (
              <a
                href={
                  it.area === one.area_code
                    ? reportOf(it, { by: 'village' })
                    : `/county?${new URLSearchParams({ area: one.area_code, month: it.month.slice(0, 7) })}`
                }
              >
                {one.name}
              </a>
            ),
          },
          { name: say('part_of_largest'), of: (one) => <Bar value={one.net_fen} of={most} /> },
          { name: say('net_sales'), isNumber: true, of: (one) => <Money fen={one.net_fen} /> },
          { name: say('than_before'), isNumber: true, of: (one) => <Change now={one.net_fen} before={one.before_fen} than="" /> },
          { name: say('tagged_sales'), isNumber: true, of: (one) => <Money fen={one.tagged_fen} /> },
        ]}
      />
    </section>
  );
}

function Shops({ it }) {
  if (it.shops.length === 0) return null;
  return (
    <section>
      <h2>{say('shops_fallen')}</h2>
      <Table
        caption={say('shops_fallen')}
        rows={it.shops}
        keyOf={(one) => one.shop_id}
        columns={[
          { name: say('by_shop'), isHead: true, of: (one) => <a href={`/county/shops/${one.shop_id}`}>{one.name}</a> },
          { name: say('net_sales'), isNumber: true, of: (one) => <Money fen={one.net_fen} /> },
          { name: say('than_before'), isNumber: true, of: (one) => <Change now={one.net_fen} before={one.before_fen} than="" /> },
          {
            name: say('unshipped'),
            isNumber: true,
            of: (one) =>
              one.unshipped_count > 0 ? <Mark kind="bad">{say('unshipped_n', { count: one.unshipped_count })}</Mark> : count(0),
          },
        ]}
      />
    </section>
  );
}

/** How much reached how many: paid a head where nothing better is known, the gain where it is. */
function Spread({ area, year }) {
  const spread = useAsk('/reports/gains', { area, year });
  const name = ({ from_fen, to_fen }) =>
    from_fen === null
      ? say('band_below')
      : to_fen === null
        ? say('band_above', { from: from_fen / 100 })
        : say('band', { from: from_fen / 100, to: to_fen / 100 });
  return (
    <section>
      <h2>{say('spread')}</h2>
      <Shown of={spread}>
        {(it) => {
          const isGain = it.at_level_e > 0;
          if (it.households_count === 0)
            return (
              <Empty>
                <p>{say('spread_none')}</p>
              </Empty>
            );
          return (
            <>
              <p class="soft">{say(isGain ? 'spread_gain' : 'spread_paid', { count: count(it.unknown_count) })}</p>
              <Columns
                label={say('spread')}
                of={it.bands.map((one) => ({
                  name: name(one),
                  value: isGain ? one.gain_count : one.paid_count,
                  series: isGain ? 1 : 3,
                }))}
                valueWords={count}
              />
              <details>
                <summary>{say('table_behind')}</summary>
                <Table
                  caption={say('spread')}
                  rows={it.bands}
                  keyOf={name}
                  columns={[
                    { name: say('band_name'), isHead: true, of: name },
                    { name: say('households_by_gain'), isNumber: true, of: (one) => count(one.gain_count) },
                    { name: say('households_by_paid'), isNumber: true, of: (one) => count(one.paid_count) },
                  ]}
                />
              </details>
            </>
          );
        }}
      </Shown>
    </section>
  );
}

/** Inspectors and administrators have no month to look at: their own page comes first. */
const sees = ['cadre', 'team', 'township', 'county', 'finance', 'auditor', 'viewer'];
const firstPages = [
  ['inspector', '/county/inspections', 'inspections'],
  ['evaluator', '/county/visits', 'sample_mine'],
  ['administrator', '/county/accounts', 'accounts'],
];
function FirstPages({ person }) {
  const mine = firstPages.filter(([role]) => person.roles.some((one) => one.role === role));
  return (
    <>
      <h1 tabindex="-1">{say('first_page')}</h1>
      <p class="buttons">
        {mine.map(([, href, name]) => (
          <a key={href} class="button main" href={href}>
            {say(name)}
          </a>
        ))}
      </p>
    </>
  );
}

function Month({ person, query }) {
  const area = areaOf(person, query),
    shown = /^\d{4}-\d{2}$/.test(query.month ?? '') ? query.month : today().slice(0, 7);
  const dashboard = useAsk(area ? '/reports/dashboard' : null, { area, month: shown });
  if (!area)
    return (
      <>
        <h1 tabindex="-1">{say('dashboard')}</h1>
        <p>{say('no_area')}</p>
      </>
    );
  return (
    <>
      <h1 tabindex="-1">
        {dashboard.data ? say('dashboard_of', { area: dashboard.data.area_name, month: month(shown) }) : say('dashboard')}
      </h1>
      <div class="area-and-month">
        <AreaPicker person={person} area={area} />
        <div class="area">
          <MonthPicker shown={shown} />
        </div>
      </div>
      <Shown of={dashboard}>
        {(it) => (
          <>
            <Sums it={it} />
            <div class="columns">
              <div>
                <section>
                  <h2>{say('trend')}</h2>
                  <Trend
                    label={say('report_sales_picture')}
                    keys={it.trend.map((one) => one.month)}
                    keyWords={(key) => say('month_short', { month: Number(key.slice(5, 7)) })}
                    valueWords={yuanInShort}
                    series={[
                      { name: say('net_sales'), values: it.trend.map((one) => one.net_fen) },
                      { name: say('tagged_sales'), values: it.trend.map((one) => one.tagged_fen), isDashed: true },
                    ]}
                  />
                  <p>
                    <a href={reportOf(it, { by: 'month', from: `${it.trend[0].month}-01` })}>{say('table_behind')}</a>
                  </p>
                </section>
              </div>
              <Decisions it={it} />
            </div>
            <div class="columns even">
              <Parts it={it} />
              <Shops it={it} />
            </div>
            <Spread area={area} year={shown.slice(0, 4)} />
          </>
        )}
      </Shown>
    </>
  );
}

export default function Dashboard({ person, query }) {
  return person.roles.some(({ role }) => sees.includes(role)) ? <Month {...{ person, query }} /> : <FirstPages person={person} />;
}
