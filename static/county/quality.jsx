// The worklist in sum: what waits village by village, what each rule of the register has found, and a check on demand.
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { Act, Crumbs, inWords, Mark, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { classes } from './findings.jsx';

const worklist = (area, query) =>
  `/county/findings?${new URLSearchParams(Object.entries({ area, class: query.class, rule: query.rule }).filter(([, value]) => value))}`;

const Late = ({ of }) => (of > 0 ? <Mark kind="bad">{count(of)}</Mark> : count(of));

function Villages({ of, query }) {
  return (
    <Table
      caption={say('quality_villages')}
      keyOf={(one) => one.area_code}
      rows={of}
      columns={[
        { name: say('area'), isHead: true, of: (one) => <a href={worklist(one.area_code, query)}>{one.area_name}</a> },
        { name: say('quality_concerned'), isNumber: true, of: (one) => count(one.subjects_count) },
        { name: say('finding_state_open'), isNumber: true, of: (one) => count(one.open_count) },
        { name: say('finding_nobody'), isNumber: true, of: (one) => count(one.unassigned_count) },
        { name: say('finding_late'), isNumber: true, of: (one) => <Late of={one.late_count} /> },
        { name: say('finding_state_rectified'), isNumber: true, of: (one) => count(one.rectified_count) },
        { name: say('quality_oldest'), isNumber: true, of: (one) => count(one.oldest_days) },
      ]}
    />
  );
}

const Rules = ({ of, area }) => (
  <Table
    caption={say('quality_rules')}
    keyOf={(one) => one.rule}
    rows={of}
    columns={[
      { name: say('quality_rule'), isHead: true, of: (one) => <a href={worklist(area, one)}>{inWords('rule', one.rule)}</a> },
      { name: say('finding_class'), of: (one) => inWords('finding_class', one.class) },
      { name: say('finding_unclosed'), isNumber: true, of: (one) => count(one.waiting_count) },
      { name: say('quality_oldest'), isNumber: true, of: (one) => (one.oldest_days === null ? '' : count(one.oldest_days)) },
    ]}
  />
);

export default function Quality({ person, query }) {
  const area = areaOf(person, query),
    county = area?.length >= 6 ? area.slice(0, 6) : undefined;
  const villages = useList(county ? '/findings/villages' : null, { county, area, class: query.class, limit: 50 });
  const rules = useList(county ? '/findings/rules' : null, { county, area, limit: 50 });
  const again = () => {
    villages.again();
    rules.again();
  };
  return (
    <>
      <Crumbs of={[{ href: '/county/findings', name: say('findings') }, { name: say('quality') }]} />
      <h1 tabindex="-1">{say('quality')}</h1>
      <AreaPicker person={person} area={area} />
      {!county ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <>
          {may('county') && (
            <p class="buttons">
              <Act act={(_, key) => send('POST', '/findings/check', { county }, { key })} done={again}>
                {say('quality_check')}
              </Act>
            </p>
          )}
          <section>
            <h2>{say('quality_villages')}</h2>
            <div class="filters">
              <label>
                <span>{say('finding_class')}</span>
                <select value={query.class ?? ''} onChange={(event) => goQuery({ class: event.currentTarget.value })}>
                  <option value="">{say('finding_any_class')}</option>
                  {classes.map((one) => (
                    <option key={one} value={one} selected={one === query.class}>
                      {say(`finding_class_${one}`)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            <Shown of={villages} empty={<p>{say('findings_none')}</p>}>
              {(items) => <Villages of={items} query={query} />}
            </Shown>
            <More of={villages} />
          </section>
          <section>
            <h2>{say('quality_rules')}</h2>
            <p class="soft">{say('quality_rules_why')}</p>
            <Shown of={rules}>{(items) => <Rules of={items} area={area} />}</Shown>
          </section>
        </>
      )}
    </>
  );
}
