// Cooperatives, enterprises and village collectives of a county, and what they shared out last.
import { useList } from '../shared/asked.js';
import { may } from '../shared/ask.js';
import { count, day, yuan } from '../shared/format.js';
import { Empty, inWords, Mark, More, Shown, Table, Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const kinds = ['cooperative', 'enterprise', 'collective'];
const marks = { proposed: 'wait', approved: 'wait', funded: 'good', refused: 'bad' };
export const State = ({ of }) => <Mark kind={marks[of]}>{say(`share_state_${of}`)}</Mark>;

export function Distributions({ of }) {
  return (
    <>
      <Shown of={of}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('shares_none')}</p>
            </Empty>
          ) : (
            <Table
              caption={say('shares')}
              rows={items}
              keyOf={(one) => one.distribution_id}
              columns={[
                {
                  name: say('share_title'),
                  isHead: true,
                  of: (one) => <a href={`/county/distributions/${one.distribution_id}`}>{one.title}</a>,
                },
                { name: say('organisation'), of: (one) => one.supplier_name },
                { name: say('kind'), of: (one) => inWords('income', one.income_kind) },
                { name: say('day'), of: (one) => day(one.proposed_at) },
                {
                  name: say('share_households'),
                  isNumber: true,
                  of: (one) => `${yuan(one.households_fen)} · ${say('households_n', { count: count(one.households_count) })}`,
                },
                { name: say('finding_state'), of: (one) => <State of={one.state} /> },
              ]}
            />
          )
        }
      </Shown>
      <More of={of} />
    </>
  );
}

function Named({ county, kind }) {
  const found = useList('/suppliers', { county, kind, limit: 50 });
  return (
    <>
      <Shown of={found} empty={<p>{say('organisations_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.supplier_id}>
                <a href={`/county/organisations/${one.supplier_id}?name=${encodeURIComponent(one.name)}`}>{one.name}</a>
                <span class="soft">{one.area_name}</span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={found} />
    </>
  );
}

export default function Organisations({ person, query }) {
  const area = areaOf(person, query),
    county = area?.length >= 6 ? area.slice(0, 6) : null,
    kind = kinds.includes(query.kind) ? query.kind : 'cooperative';
  const shares = useList(county ? '/distributions' : null, { county, limit: 20 });
  if (!area) return <h1 tabindex="-1">{say('organisations')}</h1>;
  return (
    <>
      <h1 tabindex="-1">{say('organisations')}</h1>
      <AreaPicker person={person} area={area} />
      {!county ? (
        <p class="note">{say('organisations_choose')}</p>
      ) : (
        <>
          <section>
            <h2>{say('shares')}</h2>
            <Distributions of={shares} />
          </section>
          {may('county', 'auditor') && (
            <section>
              <h2>{say('organisations_all')}</h2>
              <Views
                name={say('organisations')}
                of={kinds.map((one) => ({
                  href: `/county/organisations?${new URLSearchParams({ area, kind: one })}`,
                  name: inWords('organisation_kind', one),
                  isHere: one === kind,
                }))}
              />
              <Named county={county} kind={kind} />
            </section>
          )}
        </>
      )}
    </>
  );
}
