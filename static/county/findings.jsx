// The worklist: what a check, a complaint or an audit found; what is overdue stands first.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { day, today } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { inWords, Mark, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

export const classes = [
  'missing_key_field',
  'abnormal_value',
  'contradiction',
  'repeated_id_number',
  'over_capacity',
  'short_delivery',
  'paid_then_refunded',
  'not_reconciled',
  'complaint',
  'audit',
];
const states = ['open', 'rectified', 'closed'];
const isLate = (one) => one.state === 'open' && one.due_on && one.due_on < today();

export const FindingState = ({ of }) =>
  isLate(of) ? (
    <Mark kind="bad">{say('finding_late')}</Mark>
  ) : (
    <Mark kind={{ open: 'wait', rectified: 'calm', closed: 'good' }[of.state]}>{say(`finding_state_${of.state}`)}</Mark>
  );

export default function Findings({ person, query }) {
  const area = areaOf(person, query);
  const found = useList(area?.length >= 6 ? '/findings' : null, {
    county: area?.slice(0, 6),
    area,
    class: query.class,
    rule: query.rule,
    state: query.state,
    limit: 50,
  });
  const select = (name, of, words, any) => (
    <label>
      <span>{say(`finding_${name}`)}</span>
      <select value={query[name] ?? ''} onChange={(event) => goQuery({ [name]: event.currentTarget.value })}>
        <option value="">{say(any)}</option>
        {of.map((one) => (
          <option key={one} value={one} selected={one === query[name]}>
            {say(`${words}_${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <h1 tabindex="-1">{say('findings')}</h1>
      <AreaPicker person={person} area={area} />
      <div class="filters">
        {select('class', classes, 'finding_class', 'finding_any_class')}
        {select('state', states, 'finding_state', 'finding_unclosed')}
      </div>
      {query.rule && (
        <p>
          {inWords('rule', query.rule)}{' '}
          <button type="button" class="plain" onClick={() => goQuery({ rule: '' })}>
            {say('quality_any_rule')}
          </button>
        </p>
      )}
      <p class="buttons">
        {may('county', 'auditor') && (
          <a class="button" href={`/county/findings/new?${new URLSearchParams({ area })}`}>
            {say('finding_open')}
          </a>
        )}
        <a class="button" href={`/county/findings/quality?${new URLSearchParams({ area })}`}>
          {say('quality')}
        </a>
      </p>
      {!(area?.length >= 6) ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <Shown of={found} empty={<p>{say('findings_none')}</p>}>
          {(items) => (
            <ul class="rows">
              {[...items]
                .sort((a, b) => isLate(b) - isLate(a))
                .map((one) => (
                  <li key={one.finding_id}>
                    <div>
                      <a href={`/county/findings/${one.finding_id}`}>{inWords('rule', one.rule)}</a>
                      <p class="soft">
                        {[
                          one.area_name,
                          one.head_name_masked && `${one.head_name_masked} ${one.card_number}`,
                          say('finding_age', { count: one.age_days }),
                          one.due_on && say('finding_due', { day: day(one.due_on) }),
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </p>
                    </div>
                    <FindingState of={one} />
                  </li>
                ))}
            </ul>
          )}
        </Shown>
      )}
      <More of={found} />
    </>
  );
}
