// An evaluator's visits: whom to see, and what was found there. What the books say is never shown.
import { send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { Choice, fen, Form, Words, Yuan } from '../shared/form.jsx';
import { day } from '../shared/format.js';
import { inWords, Mark, Money, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const choicesOf = (frame) => (frame === 'payments' ? ['paid', 'not_found'] : ['poor', 'not_poor', 'not_found']);

function Answer({ of, again }) {
  const choices = choicesOf(of.frame);
  const answer = (values, key) =>
    send(
      'POST',
      `/samples/${of.sample_id}/cases/${of.number}/answer`,
      {
        found: values.found,
        found_fen: values.found === 'paid' ? fen(values, 'found_fen') : undefined,
        words: values.words?.trim() || undefined,
      },
      { key },
    );
  return (
    <Form
      draft={`sample ${of.sample_id} ${of.number}`}
      send={answer}
      done={again}
      initial={{ found: '' }}
      submit={say('sample_answer_send')}
      label={say('sample_answer')}
    >
      <Choice
        name="found"
        label={say(`sample_question_${of.frame}`)}
        of={[['', say('sample_choose')], ...choices.map((one) => [one, say(`sample_found_${one}`)])]}
      />
      {of.frame === 'payments' && <Yuan name="found_fen" label={say('sample_got')} hint={say('sample_got_hint')} isOptional />}
      <Words name="words" label={say('sample_words')} isOptional maxlength={500} />
    </Form>
  );
}

export default function SampleCases() {
  const mine = useList('/me/sample-cases', { limit: 100 });
  return (
    <>
      <h1 tabindex="-1">{say('sample_mine')}</h1>
      <p>{say('sample_mine_about')}</p>
      <Shown of={mine} empty={<p>{say('sample_mine_none')}</p>}>
        {(items) =>
          items.map((one) => (
            <section class="card" key={`${one.sample_id} ${one.number}`}>
              <h2>
                {one.number}. {one.head_masked}
              </h2>
              <p class="soft">
                {one.area_name} · {one.title} · {say('sample_until', { day: day(one.due_on) })}
              </p>
              {one.answered_at ? (
                <p>
                  <Mark kind="good">{say('sample_case_seen')}</Mark>{' '}
                  {one.found === 'paid' ? <Money fen={one.found_fen} /> : inWords('sample_found', one.found)} {one.words}
                </p>
              ) : (
                <Answer of={one} again={mine.again} />
              )}
            </section>
          ))
        }
      </Shown>
      <More of={mine} />
    </>
  );
}
