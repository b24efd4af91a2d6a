// The register: households of an area, masked, with what is missing about them.
import { may } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { Mark, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { KnownOn, KnownOnNote } from './register.jsx';

export const statuses = ['registered', 'exited_supported', 'returned', 'removed', 'never_registered'];

/** One field that searches when one leaves it or presses Enter. */
const Sought = ({ name, label, query, ...input }) => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      goQuery({ [name]: new FormData(event.currentTarget).get(name).trim() });
    }}
  >
    <label>
      <span>{label}</span>
      <input
        name={name}
        value={query[name] ?? ''}
        key={query[name]}
        {...input}
        onBlur={(event) => event.currentTarget.value.trim() !== (query[name] ?? '') && event.currentTarget.form.requestSubmit()}
      />
    </label>
  </form>
);

const cardOf = ({ household_id }, { known_on }) =>
  `/county/households/${household_id}${known_on ? `?${new URLSearchParams({ known_on })}` : ''}`;

export default function Households({ person, query }) {
  const area = areaOf(person, query);
  const found = useList(area?.length >= 6 ? '/households' : null, {
    county: area?.slice(0, 6),
    area,
    status: query.status,
    card_number: query.card_number,
    phone_tail: query.phone_tail,
    helper_account_id: query.helper_account_id,
    without_helper: query.without_helper,
    known_on: query.known_on,
    limit: 50,
  });
  return (
    <>
      <h1 tabindex="-1">{say('households_title')}</h1>
      <AreaPicker person={person} area={area} />
      <div class="filters">
        <label>
          <span>{say('hh_status')}</span>
          <select value={query.status ?? ''} onChange={(event) => goQuery({ status: event.currentTarget.value })}>
            <option value="">{say('hh_any_status')}</option>
            {statuses.map((one) => (
              <option key={one} value={one} selected={one === query.status}>
                {say(`status_${one}`)}
              </option>
            ))}
          </select>
        </label>
        <Sought name="card_number" label={say('hh_card')} query={query} />
        <Sought name="phone_tail" label={say('hh_phone_tail')} query={query} inputmode="numeric" maxlength={4} />
        <label>
          <span>{say('helper')}</span>
          <select
            value={query.without_helper ?? ''}
            onChange={(event) => goQuery({ without_helper: event.currentTarget.value, helper_account_id: '' })}
          >
            <option value="">{query.helper_account_id ? say('helper_this') : say('helper_any')}</option>
            <option value="true" selected={query.without_helper === 'true'}>
              {say('helper_without')}
            </option>
          </select>
        </label>
        <KnownOn known_on={query.known_on} />
      </div>
      <KnownOnNote known_on={query.known_on} />
      <p class="buttons">
        {may('county') && (
          <a class="button" href="/county/households/new">
            {say('hh_new')}
          </a>
        )}
        <a href={`/county/helpers?${new URLSearchParams({ area: area ?? '' })}`}>{say('helpers')}</a>
        {may('county') && (
          <>
            <a href="/county/imports">{say('imports')}</a>
            <a href="/county/look-backs">{say('look_backs')}</a>
          </>
        )}
      </p>
      {!(area?.length >= 6) ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <Shown of={found} empty={<p>{say('hh_none')}</p>}>
          {(items) => (
            <Table
              caption={say('households_title')}
              rows={items}
              keyOf={(one) => one.household_id}
              columns={[
                {
                  name: say('hh_head'),
                  isHead: true,
                  of: (one) => <a href={cardOf(one, query)}>{one.head_name_masked}</a>,
                },
                { name: say('hh_card'), of: (one) => one.card_number },
                { name: say('by_village'), of: (one) => one.area_name },
                { name: say('hh_status'), of: (one) => say(`status_${one.status}`) },
                { name: say('helper'), of: (one) => one.helper_name ?? '—' },
                { name: say('persons'), isNumber: true, of: (one) => count(one.members_count) },
                {
                  name: say('findings'),
                  of: (one) =>
                    one.findings_open > 0 ? (
                      <Mark kind="wait">{count(one.findings_open)}</Mark>
                    ) : (
                      <Mark kind="good">{say('hh_no_findings')}</Mark>
                    ),
                },
              ]}
            />
          )}
        </Shown>
      )}
      <More of={found} />
    </>
  );
}
