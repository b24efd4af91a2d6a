// Saying that something is wrong: no account, no name needed. What it is about may come with the link that led here.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { categoryChoices, ComplaintSlip, levelChoices, newCode } from '../shared/complaint.jsx';
import { Choice, Field, Form, Words } from '../shared/form.jsx';
import { byName } from '../shared/format.js';
import { Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const subjects = ['shops', 'products', 'lots', 'orders', 'publicities'];
const aboutOf = (query) =>
  query.trace_code
    ? { trace_code: query.trace_code }
    : subjects.includes(query.kind) && query.id
      ? { subject_kind: query.kind, subject_id: query.id }
      : null;
const filled = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value?.trim()));
const kindFor = { lots: 'goods', orders: 'goods', products: 'goods', shops: 'shop', publicities: 'registration' };

function Told({ made, again }) {
  return (
    <>
      <h1 tabindex="-1">{say('complain_thanks')}</h1>
      <ComplaintSlip {...made}>
        <a class="button" href={`/complain/follow?number=${made.number}`}>
          {say('complaint_follow')}
        </a>
        <button type="button" onClick={again}>
          {say('complain_another')}
        </button>
      </ComplaintSlip>
    </>
  );
}

export default function ComplainPage({ query }) {
  const about = aboutOf(query),
    counties = useAsk(about ? null : '/stats', { limit: 100 });
  const [code, setCode] = useState(newCode),
    [made, setMade] = useState(null);
  const file = (values, key) =>
    send(
      'POST',
      '/complaints',
      {
        ...(about ?? { area_code: values.county }),
        category: values.category,
        words: values.words?.trim() ?? '',
        code,
        ...filled({ about_level: values.about_level, name: values.name, contact: values.contact }),
      },
      { key, asGuest: true },
    );
  if (made)
    return (
      <Told
        made={made}
        again={() => {
          setCode(newCode());
          setMade(null);
        }}
      />
    );
  const form = (items) => (
    <Form
      send={file}
      done={(answer) => setMade({ ...answer, code })}
      submit={say('complain_send')}
      draft={`complain:${query.id ?? query.trace_code ?? ''}`}
      label={say('complain')}
      initial={{ county: items[0]?.county, category: kindFor[query.kind] ?? (query.trace_code ? 'goods' : 'not_paid') }}
    >
      {about ? (
        <p>{say('complain_about', { what: query.name ?? query.trace_code ?? say(`complain_subject_${query.kind}`) })}</p>
      ) : (
        <Choice
          name="county"
          pointer="/area_code"
          label={say('complain_where')}
          of={[...items].sort(byName('county_name')).map((one) => [one.county, one.county_name])}
        />
      )}
      <Choice name="category" label={say('complain_category')} of={categoryChoices()} />
      <Words name="words" label={say('complain_words')} hint={say('complain_words_hint')} maxlength={2000} rows={6} />
      <Choice name="about_level" label={say('complain_level')} hint={say('complain_level_hint')} of={levelChoices()} isOptional />
      <details>
        <summary>{say('complain_name_too')}</summary>
        <p class="hint">{say('complain_name_why')}</p>
        <Field name="name" label={say('complain_name')} isOptional autocomplete="name" maxlength={40} />
        <Field name="contact" label={say('complain_contact')} isOptional autocomplete="tel" maxlength={100} />
      </details>
    </Form>
  );
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('complain')}</h1>
      <p>{say('complain_what')}</p>
      <p>
        <a href="/complain/follow">{say('complain_follow_link')}</a>
      </p>
      {about ? form([]) : <Shown of={counties}>{({ items }) => form(items)}</Shown>}
      <p class="soft">{say('complain_other_ways')}</p>
    </section>
  );
}
