// The worklist of complaints: what is due first stands first. Words and names are on the case itself, for its handlers only.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { categories, ComplaintState, numberInParts, outcomeWords } from '../shared/complaint.jsx';
import { day, moment } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { inWords, Mark, More, Shown, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const channels = ['phone', 'letter', 'web', 'visit', 'passbook', 'referral'];
const states = ['received', 'handling', 'answered', 'referred', 'out_of_scope'];

export const ComplaintViews = ({ here, area }) => (
  <Views
    name={say('complaints')}
    of={[
      { href: `/county/complaints?area=${area}`, name: say('complaints_list'), isHere: here === 'list' },
      may('county', 'finance', 'auditor', 'viewer') && {
        href: `/county/complaints/figures?area=${area}`,
        name: say('complaints_figures'),
        isHere: here === 'figures',
      },
    ]}
  />
);

function Filter({ name, of, words, any, query }) {
  return (
    <label>
      <span>{say(`complaints_${name}`)}</span>
      <select value={query[name] ?? ''} onChange={(event) => goQuery({ [name]: event.currentTarget.value })}>
        <option value="">{say(any)}</option>
        {of.map((one) => (
          <option key={one} value={one} selected={one === query[name]}>
            {inWords(words, one)}
          </option>
        ))}
      </select>
    </label>
  );
}

const isOpen = (one) => one.state === 'received' || one.state === 'handling';
const Row = ({ one }) => (
  <li>
    <div>
      <a href={`/county/complaints/${one.complaint_id}`}>
        {inWords('complaint_category', one.category)} {numberInParts(one.number)}
      </a>{' '}
      {one.is_mine && isOpen(one) && <Mark>{say('complaints_yours')}</Mark>}
      <p class="soft">
        {[
          one.area_name,
          inWords('complaint_channel', one.channel),
          isOpen(one)
            ? say(one.state === 'received' ? 'complaints_sort_by' : 'complaints_answer_by', {
                at: moment(one.state === 'received' ? one.sort_due_at : one.answer_due_at),
              })
            : [outcomeWords(one), one.answered_at && day(one.answered_at)].filter(Boolean).join(' · '),
          isOpen(one) && (one.assigned_to_name ?? say('complaints_nobody')),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
    <ComplaintState of={one} />
  </li>
);

export default function Complaints({ person, query }) {
  const area = areaOf(person, query);
  const found = useList(area?.length >= 6 ? '/complaints' : null, {
    county: area?.slice(0, 6),
    area: area?.length > 6 ? area : undefined,
    state: query.state,
    category: query.category,
    channel: query.channel,
    mine: query.mine,
    limit: 50,
  });
  return (
    <>
      <h1 tabindex="-1">{say('complaints')}</h1>
      <ComplaintViews here="list" area={area} />
      <AreaPicker person={person} area={area} />
      <div class="filters">
        <Filter name="state" of={states} words="complaint_state" any="complaints_open" query={query} />
        <Filter name="category" of={categories} words="complaint_category" any="complaints_any" query={query} />
        <Filter name="channel" of={channels} words="complaint_channel" any="complaints_any" query={query} />
        <label class="tick">
          <input
            type="checkbox"
            checked={query.mine === 'true'}
            onChange={(event) => goQuery({ mine: event.currentTarget.checked ? 'true' : '' })}
          />
          <span>{say('complaints_mine')}</span>
        </label>
      </div>
      {may('county') && (
        <p class="buttons">
          <a class="button" href={`/county/complaints/new?area=${area}`}>
            {say('complaints_write_down')}
          </a>
        </p>
      )}
      {!(area?.length >= 6) ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <Shown of={found} empty={<p>{say('complaints_none')}</p>}>
          {(items) => (
            <ul class="rows">
              {items.map((one) => (
                <Row key={one.complaint_id} one={one} />
              ))}
            </ul>
          )}
        </Shown>
      )}
      <More of={found} />
    </>
  );
}
