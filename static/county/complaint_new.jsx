// A call, a letter or a visit, written down while the person is still there; number and code are read out or printed.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { categoryChoices, ComplaintSlip, levelChoices, newCode } from '../shared/complaint.jsx';
import { Choice, Field, Form, Pick, Words } from '../shared/form.jsx';
import { today } from '../shared/format.js';
import { Crumbs } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const channels = ['phone', 'letter', 'visit'];
const filled = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value?.trim()));

export default function ComplaintNew({ person, query }) {
  const area = areaOf(person, query),
    [code, setCode] = useState(newCode),
    [made, setMade] = useState(null);
  const file = (values, key) =>
    send(
      'POST',
      '/complaints/by-hand',
      {
        ...(query.kind && query.id ? { subject_kind: query.kind, subject_id: query.id } : { area_code: area }),
        channel: values.channel,
        received_on: values.received_on,
        category: values.category,
        words: values.words?.trim() ?? '',
        code,
        ...filled({ about_level: values.about_level, name: values.name, contact: values.contact }),
      },
      { key },
    );
  if (made)
    return (
      <section class="reading">
        <h1 tabindex="-1" class="unprinted">
          {say('complaints_write_down')}
        </h1>
        <ComplaintSlip {...made} code={code}>
          <a class="button" href="/county/complaints">
            {say('complaints')}
          </a>
          <button
            type="button"
            onClick={() => {
              setCode(newCode());
              setMade(null);
            }}
          >
            {say('complaints_next')}
          </button>
        </ComplaintSlip>
      </section>
    );
  return (
    <section class="reading">
      <Crumbs of={[{ href: '/county/complaints', name: say('complaints') }, { name: say('complaints_write_down') }]} />
      <h1 tabindex="-1">{say('complaints_write_down')}</h1>
      {query.kind && query.id ? (
        <p>{[inWordsOf(query.kind), query.name].filter(Boolean).join(' ')}</p>
      ) : (
        <AreaPicker person={person} area={area} />
      )}
      <Form
        send={file}
        done={setMade}
        submit={say('complaints_take')}
        draft="complaint_by_hand"
        initial={{ channel: 'phone', received_on: today(), category: 'not_paid' }}
      >
        <Pick
          name="channel"
          label={say('complaints_channel')}
          of={channels.map((one) => [one, say(`complaint_channel_${one}`)])}
        />
        <Field name="received_on" type="date" label={say('complaints_received_on')} />
        <Choice name="category" label={say('complaints_category')} of={categoryChoices()} />
        <Choice name="about_level" label={say('complaints_level')} of={levelChoices()} isOptional />
        <Words name="words" label={say('complaints_words')} maxlength={2000} rows={6} />
        <p class="hint">{say('complaints_name_why')}</p>
        <Field name="name" label={say('complaints_name')} isOptional autocomplete="off" maxlength={40} />
        <Field name="contact" label={say('complaints_contact')} isOptional autocomplete="off" maxlength={100} />
      </Form>
    </section>
  );
}
const inWordsOf = (kind) => say(`subject_${kind}`);
