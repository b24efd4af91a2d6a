// The register's stock and flow: who was in it, who came and went, what was corrected since, and whether it all meets. As known on a day.
import { useList } from '../shared/asked.js';
import { count, day, moment, today } from '../shared/format.js';
import { Mark, Shown, Table } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';
import { Downloads } from './downloads.jsx';
import { PeriodPicker } from './period.jsx';

const signed = (value) => (value > 0 ? `+${count(value)}` : count(value));
const flows = ['new', 'returned', 'exited', 'natural', 'moved', 'corrected'];
/** What leaves is reported as a number that went, and shown as one that is taken off. */
const change = (of, flow) => signed(flow === 'exited' ? -of[flow] : of[flow]);

/** As what was known on a day: nothing learnt later is told. */
export const KnownOn = ({ known_on }) => (
  <label>
    <span>{say('known_on')}</span>
    <input
      type="date"
      value={known_on ?? ''}
      max={today()}
      onChange={(event) => goQuery({ known_on: event.currentTarget.value })}
    />
  </label>
);
export const KnownOnNote = ({ known_on }) =>
  known_on ? (
    <p class="note">
      {say('known_on_note', { day: day(known_on) })}{' '}
      <button type="button" class="plain" onClick={() => goQuery({ known_on: '' })}>
        {say('known_on_drop')}
      </button>
    </p>
  ) : null;

function Balance({ rows }) {
  const [households, persons] = rows,
    line = (name, of) => ({ name, households: of(households), persons: of(persons) });
  const isMet = rows.every((one) => one.residue === 0);
  return (
    <>
      <Table
        caption={say('report_register')}
        isNarrow
        rows={[
          line(say('register_opening', { day: day(households.from_on) }), (of) => count(of.opening)),
          ...flows.map((flow) => line(say(`register_${flow}`), (of) => change(of, flow))),
        ]}
        keyOf={(one) => one.name}
        columns={[
          { name: say('register_row'), isHead: true, of: (one) => one.name },
          { name: say('register_households'), isNumber: true, of: (one) => one.households },
          { name: say('persons'), isNumber: true, of: (one) => one.persons },
        ]}
        foot={line(say('register_closing', { day: day(households.to_on) }), (of) => count(of.closing))}
      />
      <p class="soft">
        {say('report_basis', { formula: households.formula, at: moment(households.known_at) })}{' '}
        <Mark kind={isMet ? 'good' : 'bad'}>
          {isMet
            ? say('register_meets')
            : say('register_meets_not', { households: households.residue, persons: persons.residue })}
        </Mark>
      </p>
      {rows.some((one) => one.corrected !== 0) && <p class="soft">{say('register_corrected_what')}</p>}
    </>
  );
}

export function Register({ area, period, query }) {
  const asked = { area, ...period, known_on: query.known_on };
  const found = useList('/reports/register', asked);
  return (
    <>
      <div class="filters">
        <PeriodPicker {...period} />
        <KnownOn known_on={query.known_on} />
      </div>
      <KnownOnNote known_on={query.known_on} />
      <Shown of={found}>{(rows) => rows.length > 0 && <Balance rows={rows} />}</Shown>
      <Downloads path="/reports/register" query={asked} />
    </>
  );
}
