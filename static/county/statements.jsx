// Monthly county statements: of one county its months, of a prefecture or province one month of all its counties, the missing ones by name.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count, moment, month, yuan } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { Figures, Mark, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Downloads } from './downloads.jsx';
import { DutyState } from './statement_parts.jsx';

const lastMonth = () => {
  const today = new Date(Date.now() + 8 * 3_600_000);
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
};
const liveOf = (county, one) => `/county/statements/live?${new URLSearchParams({ county, month: one })}`;

/** What is to be done about a month, or where it can be read. */
function Way({ one }) {
  if (one.prepared_id)
    return (
      <a class="button main" href={`/county/statements/${one.prepared_id}`}>
        {say('statement_check_and_submit')}
      </a>
    );
  if (one.statement_id) return <a href={`/county/statements/${one.statement_id}`}>{say('statement_read')}</a>;
  return may('county', 'finance') ? (
    <a class="button main" href={liveOf(one.county, one.month)}>
      {say('statement_prepare')}
    </a>
  ) : (
    <a href={liveOf(one.county, one.month)}>{say('statement_live')}</a>
  );
}

function OfCounty({ county }) {
  const found = useList('/county-statements', { area: county, limit: 24 });
  return (
    <>
      <p>
        <a href={liveOf(county, lastMonth())}>{say('statement_live_of', { month: month(lastMonth()) })}</a>
      </p>
      <Shown of={found} empty={<p>{say('statements_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.month}>
                <div>
                  <strong>{month(one.month)}</strong> <DutyState state={one.state} />{' '}
                  {one.prepared_id && <Mark kind="wait">{say('statement_waits')}</Mark>}{' '}
                  {one.escalated_at && <Mark kind="bad">{say('statement_escalated')}</Mark>}
                  <p class="soft">
                    {one.submitted_at
                      ? [
                          say('statement_submitted_at', { at: moment(one.submitted_at) }),
                          one.edition > 1 && say('statement_edition', { edition: one.edition }),
                        ]
                          .filter(Boolean)
                          .join(' · ')
                      : say('statement_due_at', { at: moment(one.due_at) })}
                  </p>
                </div>
                <Way one={one} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={found} />
    </>
  );
}

function Together({ area, shown }) {
  const asked = { area, month: shown };
  const found = useList('/reports/statements', { ...asked, limit: 100 });
  return (
    <>
      <div class="filters">
        <label>
          <span>{say('month')}</span>
          <input
            type="month"
            value={shown}
            max={lastMonth()}
            onChange={(event) => event.currentTarget.value && goQuery({ month: event.currentTarget.value })}
          />
        </label>
      </div>
      <Shown of={found}>
        {([whole, ...rows]) => (
          <>
            <Figures
              of={[
                {
                  name: say('statement_counties_submitted'),
                  value: say('statement_of', { count: count(whole.counties_submitted), all: count(whole.counties_due) }),
                  note: whole.counties_late > 0 && say('statement_late_n', { count: count(whole.counties_late) }),
                },
                { name: say('net_sales'), value: yuan(whole.net_sales_fen) },
                { name: say('due_to_households'), value: yuan(whole.due_fen) },
                { name: say('paid_to_households'), value: yuan(whole.paid_fen) },
              ]}
            />
            {whole.missing.length > 0 && (
              <div class="note bad">
                <p>{say('statement_missing_note')}</p>
                <p>
                  <strong>{whole.missing_words}</strong>
                </p>
              </div>
            )}
            {rows.length === 0 ? (
              <p>{say('statements_none')}</p>
            ) : (
              <Table
                caption={say('statements_of', { month: month(shown) })}
                isCaptionShown
                rows={rows}
                keyOf={(one) => one.key}
                foot={{ ...whole, isWhole: true }}
                columns={[
                  {
                    name: say('area_kind_county'),
                    isHead: true,
                    of: (one) => {
                      if (one.isWhole) return say('statement_whole');
                      return one.statement_id ? <a href={`/county/statements/${one.statement_id}`}>{one.label}</a> : one.label;
                    },
                  },
                  { name: say('state'), of: (one) => !one.isWhole && <DutyState state={one.state} /> },
                  { name: say('net_sales'), isNumber: true, of: (one) => <Money fen={one.net_sales_fen} /> },
                  { name: say('due'), isNumber: true, of: (one) => <Money fen={one.due_fen} /> },
                  { name: say('paid'), isNumber: true, of: (one) => <Money fen={one.paid_fen} /> },
                  { name: say('statement_owed'), isNumber: true, of: (one) => <Money fen={one.owed_fen} /> },
                  {
                    name: say('households'),
                    isNumber: true,
                    of: (one) => (one.households_count === null ? '—' : count(one.households_count)),
                  },
                ]}
              />
            )}
            <p class="soft">{whole.level_words}</p>
          </>
        )}
      </Shown>
      <More of={found} />
      <Downloads path="/reports/statements" query={asked} />
    </>
  );
}

export default function Statements({ person, query }) {
  const area = areaOf(person, query);
  return (
    <>
      <h1 tabindex="-1">{say('statements')}</h1>
      <AreaPicker person={person} area={area} />
      {area.length >= 6 ? <OfCounty county={area.slice(0, 6)} /> : <Together area={area} shown={query.month ?? lastMonth()} />}
    </>
  );
}
