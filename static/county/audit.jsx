// The audit log: who did or saw what, when, to what and why. By person, by kind of event, or all about one thing.
import { useList } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { More, Shown, Table } from '../shared/parts.jsx';
import { canSay, say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { Downloads } from './downloads.jsx';
import { PeriodPicker, periodOf } from './period.jsx';
import { subjectLink } from './subjects.jsx';

/** Events one may ask for; of them, those that saw what is protected stand first. */
const events = [
  'id_number_revealed',
  'recipient_revealed',
  'complaint_contact_seen',
  'payout_batch_proposed',
  'payout_batch_approved',
  'payee_proposed',
  'payee_accepted',
  'agreement_decided',
  'case_proposed',
  'status_recorded',
  'finding_opened',
  'finding_closed',
  'complaint_answered',
  'statement_prepared',
  'statement_submitted',
  'outside_figure_recorded',
  'role_granted',
  'role_revoked',
  'account_created',
];
const eventWords = (event) => (canSay(`audit_event_${event}`) ? say(`audit_event_${event}`) : event);
const details = (detail) =>
  Object.entries(detail)
    .filter(([name, value]) => typeof value !== 'object' && name !== 'hash')
    .map(([name, value]) => `${canSay(`evidence_${name}`) ? say(`evidence_${name}`) : name}: ${value}`)
    .join(' · ');

export default function Audit({ person, query }) {
  const area = areaOf(person, query),
    period = periodOf(query);
  const { account_id, name, event, subject_id } = query;
  const asked = { county: area.slice(0, 6), ...period, account_id, name, event, subject_id };
  const found = useList(area.length >= 6 ? '/audit-events' : null, { ...asked, limit: 50 });
  return (
    <>
      <h1 tabindex="-1">{say('audit')}</h1>
      <p class="soft">{say('audit_what')}</p>
      <AreaPicker person={person} area={area} />
      <div class="filters">
        <PeriodPicker {...period} />
        <label>
          <span>{say('audit_who')}</span>
          <input value={name ?? ''} onChange={(change) => goQuery({ name: change.currentTarget.value.trim() })} />
        </label>
        <label>
          <span>{say('audit_event')}</span>
          <select value={event ?? ''} onChange={(change) => goQuery({ event: change.currentTarget.value })}>
            <option value="">{say('audit_any')}</option>
            {events.map((one) => (
              <option key={one} value={one} selected={one === event}>
                {eventWords(one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {(account_id || subject_id) && (
        <p class="buttons">
          <button type="button" onClick={() => goQuery({ account_id: '', subject_id: '' })}>
            {say('audit_all')}
          </button>
        </p>
      )}
      {area.length < 6 ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <Shown of={found} empty={<p>{say('audit_none')}</p>}>
          {(items) => (
            <Table
              caption={say('audit')}
              rows={items}
              keyOf={(one) => one.event_id}
              columns={[
                { name: say('audit_at'), of: (one) => moment(one.at) },
                {
                  name: say('audit_who'),
                  isHead: true,
                  of: (one) =>
                    one.account_id ? (
                      <button type="button" class="plain" onClick={() => goQuery({ account_id: one.account_id })}>
                        {one.actor_name}
                      </button>
                    ) : (
                      say('audit_system')
                    ),
                },
                { name: say('audit_event'), of: (one) => eventWords(one.event) },
                {
                  name: say('audit_subject'),
                  of: (one) =>
                    one.subject_id && (
                      <>
                        {subjectLink(one.subject_kind, one.subject_id)}{' '}
                        <button type="button" class="plain" onClick={() => goQuery({ subject_id: one.subject_id })}>
                          {say('audit_its_log')}
                        </button>
                      </>
                    ),
                },
                { name: say('audit_why'), of: (one) => [one.reason, details(one.detail)].filter(Boolean).join(' · ') },
              ]}
            />
          )}
        </Shown>
      )}
      <More of={found} />
      <Downloads path="/audit-events" query={asked} />
    </>
  );
}
