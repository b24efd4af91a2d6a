// What became of a complaint: its number and code open it, for whoever has both. A word may be added, and a wrong answer opened again.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { ComplaintState, numberInParts, outcomeWords } from '../shared/complaint.jsx';
import { day, moment } from '../shared/format.js';
import { Field, Form, Words } from '../shared/form.jsx';
import { Crumbs, Facts, inWords } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const Way = ({ steps }) => (
  <ol class="steps">
    {steps.map((one) => (
      <li key={`${one.at} ${one.kind}`}>
        <span>{inWords('complaint_step', one.kind)}</span>{' '}
        <time class="soft" datetime={one.at}>
          {moment(one.at)}
        </time>
        {one.words && <p>{one.words}</p>}
      </li>
    ))}
  </ol>
);

function Say({ it, opening, done }) {
  const isOpen = it.state === 'received' || it.state === 'handling';
  if (!isOpen && !it.may_reopen) return null;
  return (
    <section class="card unprinted">
      <h2>{say(isOpen ? 'complaint_add' : 'complaint_reopen')}</h2>
      {!isOpen && <p>{say('complaint_reopen_until', { day: day(it.reopen_until) })}</p>}
      <Form
        label={say(isOpen ? 'complaint_add' : 'complaint_reopen')}
        submit={say(isOpen ? 'complaint_add_send' : 'complaint_reopen_send')}
        draft={`complaint:${it.number}`}
        send={({ words }, key) =>
          send('POST', '/complaints/say', { ...opening, words: words?.trim() ?? '' }, { key, asGuest: true })
        }
        done={done}
      >
        <Words name="words" label={say('complaint_words')} maxlength={2000} rows={4} />
      </Form>
    </section>
  );
}

const Shown = ({ it, opening, again }) => (
  <>
    <h1 tabindex="-1">{say('complaint_of', { number: numberInParts(it.number) })}</h1>
    <p>
      <ComplaintState of={it} />
    </p>
    <Facts
      of={[
        [say('complain_category'), inWords('complaint_category', it.category)],
        [say('complain_where'), it.area_name],
        [say('complaint_received'), moment(it.received_at)],
        [say('complaint_answer_until'), it.answer_due_at && moment(it.answer_due_at)],
        [say('complaint_outcome'), outcomeWords(it) || undefined],
        [say('complaint_referred_to'), it.referred_to],
        [say('complaint_referred_number'), it.referred_number && numberInParts(it.referred_number)],
      ]}
    />
    {it.answer && (
      <section class="card">
        <h2>{say('complaint_answer')}</h2>
        <p>{it.answer}</p>
      </section>
    )}
    {it.referred_number && <p class="note">{say('complaint_same_code')}</p>}
    <h2>{say('complaint_way')}</h2>
    <Way steps={it.steps} />
    <Say key={`${it.state} ${it.steps.length}`} it={it} opening={opening} done={again} />
  </>
);

export default function Complaint({ query }) {
  const [opened, setOpened] = useState(null);
  const look = async ({ number = '', code = '' }) => {
    const opening = { number: number.trim(), code: code.trim() };
    const { complaint } = await send('POST', '/complaints/follow', opening, { asGuest: true });
    return { opening, complaint };
  };
  return (
    <section class="narrow">
      <Crumbs of={[{ href: '/complain', name: say('complain') }, { name: say('complaint_follow') }]} />
      {opened ? (
        <Shown it={opened.complaint} opening={opened.opening} again={async () => setOpened(await look(opened.opening))} />
      ) : (
        <>
          <h1 tabindex="-1">{say('complaint_follow')}</h1>
          <p>{say('complaint_follow_how')}</p>
          <Form send={look} done={setOpened} submit={say('complaint_look')} initial={{ number: query.number ?? '' }}>
            <Field name="number" label={say('complaint_number')} inputmode="numeric" autocomplete="off" maxlength={30} />
            <Field
              name="code"
              label={say('complaint_code')}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxlength={20}
            />
          </Form>
        </>
      )}
    </section>
  );
}
