// A household entered by hand, or one that a file brought with mistakes, mended. The head comes first; members follow on its card.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Choice, Field, Form } from '../shared/form.jsx';
import { today } from '../shared/format.js';
import { go } from '../shared/place.js';
import { Crumbs } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { AreaPicker, areaOf } from './area.jsx';
import { statuses } from './households.jsx';
import { rowOf } from './import_rows.js';

const filled = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));

export default function HouseholdNew({ person, query }) {
  const row = query.import ? rowOf(query.import, Number(query.row)) : {};
  const area = areaOf(person, { area: query.area ?? row.village_code }),
    here = useAsk(area ? `/areas/${area}` : null);
  const report = useAsk(query.import ? `/imports/${query.import}` : null);
  const wrong = (report.data?.report?.problems ?? []).filter((one) => String(one.row) === query.row);
  const add = (values, key) =>
    send(
      'POST',
      '/households',
      {
        card_number: values.card_number ?? '',
        village_code: area,
        status: values.status,
        status_on: values.status_on ?? '',
        ...filled({
          cause: values.cause,
          payee_bank: values.payee_bank,
          payee_account: values.payee_account,
          consent_on: values.consent_on,
        }),
        members: [
          {
            name: values.name ?? '',
            id_number: values.id_number ?? '',
            relation: 'head',
            resident: true,
            ...filled({ phone: values.phone }),
          },
        ],
      },
      { key },
    );
  return (
    <section class="reading">
      <Crumbs of={[{ href: '/county/households', name: say('households_title') }, { name: say('hh_new') }]} />
      <h1 tabindex="-1">{say('hh_new')}</h1>
      {wrong.length > 0 && (
        <div class="note bad">
          <p>{say('hh_from_row', { row: query.row })}</p>
          <ul>
            {wrong.map((one) => (
              <li key={`${one.column} ${one.rule}`}>
                {one.column}: {document.documentElement.lang === 'en' ? one.reason.en : one.reason.zh}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>{say('hh_where')}</p>
      <AreaPicker person={person} area={area} />
      {area.length < 9 ? (
        <p class="note">{say('hh_pick_village')}</p>
      ) : (
        <Form
          draft={query.import ? undefined : 'household'}
          submit={say('hh_add')}
          initial={{ status: 'registered', status_on: today(), ...row }}
          send={add}
          done={(made) => go(`/county/households/${made.household_id}`)}
        >
          <p>{say('hh_in', { village: here.data?.name ?? '' })}</p>
          <Field name="card_number" label={say('hh_card')} maxlength={40} />
          <Choice
            name="status"
            label={say('hh_status')}
            of={statuses.filter((one) => one !== 'exited_supported').map((one) => [one, say(`status_${one}`)])}
          />
          <Field name="status_on" type="date" label={say('hh_valid_from')} />
          <Field name="name" label={say('hh_head_name')} pointer="/members/0/name" maxlength={60} autocomplete="off" />
          <Field name="id_number" label={say('hh_id_number')} pointer="/members/0/id_number" maxlength={40} autocomplete="off" />
          <Field
            name="phone"
            label={say('hh_phone')}
            pointer="/members/0/phone"
            isOptional
            type="tel"
            autocomplete="off"
            maxlength={40}
          />
          <Field name="cause" label={say('hh_cause')} isOptional maxlength={40} hint={say('hh_cause_hint')} />
          <Field name="payee_bank" label={say('hh_bank')} isOptional maxlength={60} />
          <Field
            name="payee_account"
            label={say('hh_account')}
            isOptional
            inputmode="numeric"
            autocomplete="off"
            maxlength={40}
          />
          <Field name="consent_on" type="date" label={say('hh_consent')} isOptional />
        </Form>
      )}
    </section>
  );
}
