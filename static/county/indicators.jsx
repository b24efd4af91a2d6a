// Every indicator of an area and period by subject: its figure with evidence and definition, or why there is none. From each to its parts.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { inWords, Level, Mark, More, Shown, Table, Unknown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Downloads } from './downloads.jsx';
import { Figure, indicatorAddress } from './indicator_parts.jsx';
import { PeriodPicker, periodOf } from './period.jsx';

const families = ['sales', 'households', 'income', 'impact', 'shops', 'organisations', 'campaigns', 'register', 'governance'];

export default function Indicators({ person, query }) {
  const area = areaOf(person, query),
    period = periodOf(query),
    family = families.includes(query.family) ? query.family : families[0];
  const asked = { area, ...period, family };
  const found = useList('/reports/indicators', { ...asked, limit: 100 });
  const address = (one) => `/county/indicators?${new URLSearchParams({ area, ...period, family: one })}`;
  return (
    <>
      <h1 tabindex="-1">{say('indicators')}</h1>
      <p class="soft">{say('indicators_what')}</p>
      <Views
        name={say('indicators')}
        of={families.map((one) => ({ href: address(one), name: inWords('indicator_family', one), isHere: one === family }))}
      />
      <AreaPicker person={person} area={area} />
      <div class="filters">
        <PeriodPicker {...period} />
      </div>
      <Shown of={found}>
        {(items) => (
          <Table
            caption={inWords('indicator_family', family)}
            isNarrow
            rows={items}
            keyOf={(one) => `${one.indicator} ${one.part}`}
            columns={[
              {
                name: say('indicator'),
                isHead: true,
                of: (one) => (
                  <>
                    <a href={indicatorAddress(one, { area, ...period })}>{one.label}</a> <span class="soft">{one.indicator}</span>{' '}
                    <Level level={one.level} /> {one.source && <Mark>{say('indicator_outside')}</Mark>}
                    <p class="soft">{one.meaning}</p>
                  </>
                ),
              },
              {
                name: say('indicator_value'),
                isNumber: true,
                of: (one) => (one.missing_words ? <Unknown why={one.missing_words} /> : <Figure of={one} />),
              },
            ]}
          />
        )}
      </Shown>
      <More of={found} />
      {may('county') && (
        <p class="buttons">
          <a class="button" href={`/county/indicators/outside?${new URLSearchParams({ area })}`}>
            {say('outside_figures')}
          </a>
        </p>
      )}
      <Downloads path="/reports/indicators" query={{ area, ...period }} />
    </>
  );
}
