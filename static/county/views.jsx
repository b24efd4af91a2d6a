// Who saw what is protected: how much each person looked at, then every look with whom it was about and why.
import { useList } from '../shared/asked.js';
import { count, moment } from '../shared/format.js';
import { Crumbs, inWords, More, Shown, Table } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { may } from '../shared/ask.js';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Downloads } from './downloads.jsx';
import { PeriodPicker, periodOf } from './period.jsx';
import { subjectLink } from './subjects.jsx';

const kinds = ['id_number_revealed', 'payout_accounts_seen', 'recipient_revealed'];
const forAuditors = 'complaint_contact_seen';

const Person = ({ one }) =>
  one.account_id ? (
    <button type="button" class="plain" onClick={() => goQuery({ account_id: one.account_id })}>
      {one.actor_name ?? one.account_id}
    </button>
  ) : (
    say('audit_system')
  );
const Viewers = ({ of }) => (
  <Table
    caption={say('views_people')}
    rows={of}
    keyOf={(one) => one.account_id}
    columns={[
      { name: say('audit_who'), isHead: true, of: (one) => <Person one={one} /> },
      { name: say('views_id_numbers'), isNumber: true, of: (one) => count(one.id_numbers_count) },
      { name: say('views_persons'), isNumber: true, of: (one) => count(one.persons_count) },
      { name: say('views_payout_accounts'), isNumber: true, of: (one) => count(one.payout_accounts_count) },
      { name: say('views_recipients'), isNumber: true, of: (one) => count(one.recipients_count) },
      { name: say('views_last'), of: (one) => moment(one.last_at) },
    ]}
  />
);
const Whom = ({ one }) =>
  one.household_id ? (
    <a href={`/county/households/${one.household_id}`}>
      {one.head_name_masked} {one.card_number}
    </a>
  ) : (
    one.subject_id && subjectLink(one.subject_kind, one.subject_id)
  );
const Looks = ({ of }) => (
  <Table
    caption={say('views_looks')}
    rows={of}
    keyOf={(one) => one.event_id}
    columns={[
      { name: say('audit_at'), of: (one) => moment(one.at) },
      { name: say('audit_who'), isHead: true, of: (one) => <Person one={one} /> },
      { name: say('views_what'), of: (one) => inWords('audit_event', one.event) },
      { name: say('views_whom'), of: (one) => <Whom one={one} /> },
      {
        name: say('audit_why'),
        of: (one) =>
          [one.purpose && inWords('purpose', one.purpose), inWords('view_reason', one.reason)].filter(Boolean).join(' · '),
      },
    ]}
  />
);

export default function Views({ person, query }) {
  const area = areaOf(person, query),
    period = periodOf(query),
    county = area?.length >= 6 ? area.slice(0, 6) : undefined;
  const asked = { county, ...period, event: query.event, account_id: query.account_id, household_id: query.household_id };
  const viewers = useList(county ? '/reports/viewers' : null, { county, ...period, limit: 50 });
  const looks = useList(county ? '/reports/views' : null, { ...asked, limit: 50 });
  return (
    <>
      {may('auditor') && <Crumbs of={[{ href: '/county/audit', name: say('audit') }, { name: say('views') }]} />}
      <h1 tabindex="-1">{say('views')}</h1>
      <p class="soft">{say('views_why')}</p>
      <AreaPicker person={person} area={area} />
      <div class="filters">
        <PeriodPicker {...period} />
      </div>
      {!county ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <>
          <section>
            <h2>{say('views_people')}</h2>
            <Shown of={viewers} empty={<p>{say('views_none')}</p>}>
              {(items) => <Viewers of={items} />}
            </Shown>
            <More of={viewers} />
          </section>
          <section>
            <h2>{say('views_looks')}</h2>
            <div class="filters">
              <label>
                <span>{say('views_what')}</span>
                <select value={query.event ?? ''} onChange={(event) => goQuery({ event: event.currentTarget.value })}>
                  <option value="">{say('audit_any')}</option>
                  {[...kinds, ...(may('auditor') ? [forAuditors] : [])].map((one) => (
                    <option key={one} value={one} selected={one === query.event}>
                      {say(`audit_event_${one}`)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            {(query.account_id || query.household_id) && (
              <p class="buttons">
                <button type="button" onClick={() => goQuery({ account_id: '', household_id: '' })}>
                  {say('audit_all')}
                </button>
              </p>
            )}
            <Shown of={looks} empty={<p>{say('views_none')}</p>}>
              {(items) => <Looks of={items} />}
            </Shown>
            <More of={looks} />
            <Downloads path="/reports/views" query={asked} />
          </section>
        </>
      )}
    </>
  );
}
