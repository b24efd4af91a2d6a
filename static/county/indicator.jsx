// One indicator: its figure and parts, how it went month by month, how the areas below compare, its definition, and what it is made of.
import { useList } from '../shared/asked.js';
import { Trend } from '../shared/chart.jsx';
import { month } from '../shared/format.js';
import { Crumbs, Facts, Figures, inWords, Level, Shown, Table, Unknown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Downloads } from './downloads.jsx';
import { Figure, indicatorAddress, sourceAddress, figureValue, figureWords } from './indicator_parts.jsx';
import { TargetsTable } from './norms.jsx';
import { PeriodPicker, periodOf } from './period.jsx';

const Months = ({ rows }) => {
  const known = rows.filter((one) => figureValue(one) !== null);
  return known.length > 1 ? (
    <Trend
      label={say('indicator_months')}
      keys={known.map((one) => one.key)}
      keyWords={(key) => say('month_short', { month: Number(key.slice(5, 7)) })}
      valueWords={figureWords(known[0].unit)}
      series={[{ name: known[0].label, values: known.map(figureValue) }]}
    />
  ) : null;
};
const Rows = ({ caption, rows, head, name }) => (
  <Table
    caption={caption}
    isCaptionShown
    isNarrow
    rows={rows}
    keyOf={(one) => one.key}
    columns={[
      { name: head, isHead: true, of: name },
      {
        name: say('indicator_value'),
        isNumber: true,
        of: (one) => (one.missing_words ? <Unknown why={one.missing_words} /> : <Figure of={one} />),
      },
    ]}
  />
);

export default function Indicator({ indicator, person, query }) {
  const area = areaOf(person, query),
    period = periodOf(query),
    asked = { area, ...period, indicator };
  const whole = useList('/reports/indicators', asked),
    months = useList('/reports/indicators', { ...asked, by: 'month', limit: 100 }),
    targets = useList('/targets', { area, indicator, limit: 20 }),
    areas = useList(area.length < 12 ? '/reports/indicators' : null, { ...asked, by: 'area', limit: 100 });
  const of = (found) => found.items?.filter((one) => one.part === whole.items[0].part) ?? [];
  return (
    <Shown of={whole} empty={<p>{say('indicator_none')}</p>}>
      {(items) => {
        const [first] = items;
        return (
          <>
            <Crumbs
              of={[
                {
                  href: `/county/indicators?${new URLSearchParams({ area, ...period, family: first.family })}`,
                  name: say('indicators'),
                },
                { name: indicator },
              ]}
            />
            <h1 tabindex="-1">{first.label}</h1>
            <AreaPicker person={person} area={area} />
            <div class="filters">
              <PeriodPicker {...period} />
            </div>
            <Figures
              of={items.map((one) => ({
                name: one.label,
                value: one.missing_words ? <Unknown why={one.missing_words} /> : <Figure of={one} />,
                note: one.source,
              }))}
            />
            <p>
              <Level level={first.level} />
            </p>
            {targets.items?.length > 0 && (
              <>
                <h2>{say('targets')}</h2>
                <TargetsTable of={targets.items} area={area} />
              </>
            )}
            <Months rows={of(months)} />
            <div class="columns">
              <div>
                {of(months).length > 1 && (
                  <Rows
                    caption={say('indicator_months')}
                    rows={of(months)}
                    head={say('by_month')}
                    name={(one) => month(one.key)}
                  />
                )}
              </div>
              <div>
                {of(areas).length > 0 && (
                  <Rows
                    caption={say('indicator_areas')}
                    rows={of(areas)}
                    head={say('area')}
                    name={(one) => <a href={indicatorAddress(one, { ...period, area: one.key })}>{one.key_label}</a>}
                  />
                )}
              </div>
            </div>
            <h2>{say('indicator_definition')}</h2>
            <Facts
              of={[
                ...items.map((one) => [one.label, one.meaning]),
                [say('indicator_kind'), inWords('indicator_kind', first.kind)],
                [say('indicator_formula'), first.formula],
              ]}
            />
            {first.kind === 'measured' && (
              <p>
                <a href={sourceAddress(first, { area, ...period })}>{say('indicator_behind')}</a>
              </p>
            )}
            <Downloads path="/reports/indicators" query={{ ...asked, by: 'month' }} />
          </>
        );
      }}
    </Shown>
  );
}
