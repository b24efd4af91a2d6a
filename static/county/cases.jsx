// Changes of the register on their way: first those whose next step is mine to take, then all that are open, and those that ended.
import { useList } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { Empty, inWords, Mark, More, Shown, Views } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const kinds = [
  'entry',
  'recognition',
  'exit',
  'return',
  'member_in',
  'member_out',
  'move',
  'correction',
  'village_entry',
  'village_exit',
  'village_merger',
];
const ended = { done: 'good', refused: 'bad', withdrawn: 'calm' };

/** Whom or what it is about: a household by its masked head, or the village itself. */
export const caseOf = (one) => (one.head_name_masked ? say('case_of', { name: one.head_name_masked }) : one.area_name);
/** What shall change, as facts in words. */
export const aboutFacts = ({ about }) => [
  about.change && [say('case_change'), inWords('case_change', about.change)],
  about.name_masked && [say('hh_name'), about.name_masked],
  about.relation && [say('hh_relation'), inWords('relation', about.relation)],
  about.status && [say('case_status'), say(`status_${about.status}`)],
  about.into_name && [say('case_into'), about.into_name],
  about.valid_from && [say('case_from'), day(about.valid_from)],
  about.source && [say('set_source'), about.source === 'form' ? say('case_source_form') : about.source],
  about.persons && [say('case_persons'), say('case_persons_of', { poor: about.poor_persons, all: about.persons })],
];
const aboutWords = (one) =>
  aboutFacts(one)
    .filter(Boolean)
    .map(([, value]) => value);

/** Where it stands, as a mark of its own shape. */
export function CaseState({ one }) {
  if (ended[one.state]) return <Mark kind={ended[one.state]}>{say(`case_state_${one.state}`)}</Mark>;
  const isMine = one.blocked_by === null;
  return (
    <Mark kind={isMine ? 'wait' : 'calm'}>
      {say(isMine ? 'case_yours' : 'case_waits', { step: say(`case_step_${one.state}`) })}
    </Mark>
  );
}

export default function Cases({ person, query }) {
  const area = areaOf(person, query),
    county = area?.length >= 6 ? area.slice(0, 6) : null;
  const view = ['open', 'ended'].includes(query.view) ? query.view : 'waiting';
  const cases = useList(county ? '/cases' : null, {
    county,
    area,
    kind: query.kind,
    ...(view === 'waiting' ? { waiting: 'true' } : { state: view }),
  });
  const to = (one) => ({
    href: `/county/cases?${new URLSearchParams({ area: area ?? '', view: one })}`,
    name: say(`cases_${one}`),
    isHere: one === view,
  });
  return (
    <>
      <h1 tabindex="-1">{say('cases')}</h1>
      {area && <AreaPicker person={person} area={area} />}
      <Views name={say('cases')} of={['waiting', 'open', 'ended'].map(to)} />
      <div class="filters">
        <label>
          <span>{say('case_kind')}</span>
          <select value={query.kind ?? ''} onChange={(event) => goQuery({ kind: event.currentTarget.value })}>
            <option value="">{say('case_any_kind')}</option>
            {kinds.map((one) => (
              <option key={one} value={one} selected={one === query.kind}>
                {say(`case_kind_${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {!county ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <Shown of={cases}>
          {(items) =>
            items.length === 0 ? (
              <Empty>
                <p>{say(view === 'waiting' ? 'cases_none_waiting' : 'cases_none')}</p>
                {view === 'waiting' && (
                  <p>
                    <a href={`/county/households?${new URLSearchParams({ area })}`}>{say('cases_begin')}</a>
                  </p>
                )}
              </Empty>
            ) : (
              <ul class="rows">
                {items.map((one) => (
                  <li key={one.case_id}>
                    <div>
                      <a href={`/county/cases/${one.case_id}`}>
                        {say(`case_kind_${one.kind}`)} · {caseOf(one)}
                      </a>
                      <p class="soft">
                        {[one.head_name_masked && one.area_name, ...aboutWords(one)].filter(Boolean).join(' · ')}
                      </p>
                      <p class="soft">
                        {say('case_proposed', { name: one.proposed_by ?? '—', at: moment(one.proposed_at) })}
                        {one.blocked_by === 'notice-open' && ` · ${say('case_notice_until', { at: moment(one.notice_ends_at) })}`}
                      </p>
                    </div>
                    <CaseState one={one} />
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      )}
      <More of={cases} />
    </>
  );
}
