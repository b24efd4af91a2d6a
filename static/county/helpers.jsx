// Who helps whom: village by village how many households nobody helps and which team is there, and how many households each helper has.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count, day } from '../shared/format.js';
import { Crumbs, Mark, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { TakeOn } from './helper_acts.jsx';

const households = (query) => `/county/households?${new URLSearchParams(query)}`;
const days = (one) =>
  one.valid_to
    ? say('hh_from_to', { from: day(one.valid_from), to: day(one.valid_to) })
    : say('hh_since', { day: day(one.valid_from) });

function Unhelped({ of }) {
  if (of.unhelped_count === 0) return <Mark kind="good">{say('helper_all')}</Mark>;
  return (
    <a href={households({ area: of.area_code, without_helper: 'true' })}>
      <Mark kind="bad">{count(of.unhelped_count)}</Mark>
    </a>
  );
}
function Team({ of }) {
  if (of.team.length === 0) return of.status === 'poor' ? <Mark kind="wait">{say('helper_no_team')}</Mark> : '—';
  return of.team.map((one) => (
    <div key={`${one.account_id} ${one.valid_from}`} class={one.is_there ? undefined : 'soft'}>
      {one.name} {days(one)}
    </div>
  ));
}
const Villages = ({ of, again }) => (
  <Table
    caption={say('helper_villages')}
    rows={of}
    keyOf={(one) => one.area_code}
    columns={[
      { name: say('by_village'), isHead: true, of: (one) => one.area_name },
      { name: say('helper_households'), isNumber: true, of: (one) => count(one.households_count) },
      { name: say('helper_without'), isNumber: true, of: (one) => <Unhelped of={one} /> },
      { name: say('helper'), isNumber: true, of: (one) => count(one.helpers_count) },
      { name: say('helper_team'), of: (one) => <Team of={one} /> },
      may('county', 'township') && {
        name: say('hh_acts'),
        of: (one) => one.unhelped_count > 0 && <TakeOn village={one} again={again} />,
      },
    ]}
  />
);
const People = ({ of, area }) => (
  <Table
    caption={say('helpers')}
    rows={of}
    keyOf={(one) => one.account_id}
    columns={[
      { name: say('helper'), isHead: true, of: (one) => one.display_name },
      {
        name: say('helper_households'),
        isNumber: true,
        of: (one) => <a href={households({ area, helper_account_id: one.account_id })}>{count(one.households_count)}</a>,
      },
      { name: say('helper_villages_count'), isNumber: true, of: (one) => count(one.villages_count) },
      { name: say('helper_since'), of: (one) => one.since && day(one.since) },
      {
        name: say('helper_office'),
        of: (one) =>
          one.is_in_office ? <Mark kind="good">{say('helper_in_office')}</Mark> : <Mark kind="bad">{say('helper_left')}</Mark>,
      },
    ]}
  />
);

export default function Helpers({ person, query }) {
  const area = areaOf(person, query),
    county = area?.length >= 6 ? area.slice(0, 6) : undefined;
  const villages = useList(county ? '/helpers/villages' : null, { county, area, limit: 50 });
  const people = useList(county ? '/helpers' : null, { county, area, limit: 50 });
  const again = () => {
    villages.again();
    people.again();
  };
  return (
    <>
      <Crumbs of={[{ href: '/county/households', name: say('households_title') }, { name: say('helpers') }]} />
      <h1 tabindex="-1">{say('helpers')}</h1>
      <p class="soft">{say('helpers_what')}</p>
      <AreaPicker person={person} area={area} />
      {!county ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <>
          <section>
            <h2>{say('helper_villages')}</h2>
            <Shown of={villages} empty={<p>{say('helper_no_households')}</p>}>
              {(items) => <Villages of={items} again={again} />}
            </Shown>
            <More of={villages} />
          </section>
          <section>
            <h2>{say('helper_people')}</h2>
            <Shown of={people} empty={<p>{say('helper_none')}</p>}>
              {(items) => <People of={items} area={area} />}
            </Shown>
            <More of={people} />
          </section>
        </>
      )}
    </>
  );
}
