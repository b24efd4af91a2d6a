// Random re-checks: what was drawn, how far the visits are, and a new draw for auditors.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { Choice, Field, Form, Mistake, Tick } from '../shared/form.jsx';
import { count, day, dayPlus, today } from '../shared/format.js';
import { go } from '../shared/place.js';
import { inWords, Mark, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';

const frames = ['households', 'exits', 'payments'];
const SIZE = 20,
  DAYS = 30;

function Draw({ area, evaluators, leave }) {
  const draw = (values, key) => {
    const chosen = evaluators.filter(({ account_id }) => values[account_id]);
    if (chosen.length === 0) throw new Mistake('/evaluators', say('sample_no_evaluator'));
    const { title, frame, from_on, to_on, due_on, size } = values;
    return send(
      'POST',
      '/samples',
      {
        title: (title ?? '').trim(),
        area_code: area,
        frame,
        from_on,
        to_on,
        due_on,
        size: Number(size),
        evaluators: chosen.map(({ account_id }) => ({ account_id })),
      },
      { key },
    );
  };
  return (
    <Form
      draft="sample"
      send={draw}
      done={({ sample_id }) => go(`/county/samples/${sample_id}`)}
      initial={{
        frame: frames[0],
        size: String(SIZE),
        from_on: `${today().slice(0, 4)}-01-01`,
        to_on: today(),
        due_on: dayPlus(today(), DAYS),
      }}
      submit={say('sample_draw')}
      label={say('sample_draw')}
      beside={
        <button type="button" onClick={leave}>
          {say('leave_it')}
        </button>
      }
    >
      <Field name="title" label={say('sample_title')} maxlength={80} />
      <Choice name="frame" label={say('sample_frame')} of={frames.map((one) => [one, say(`sample_frame_${one}`)])} />
      <Field name="from_on" type="date" label={say('sample_from')} />
      <Field name="to_on" type="date" label={say('sample_to')} hint={say('sample_to_hint')} />
      <Field name="size" inputmode="numeric" label={say('sample_size')} />
      <Field name="due_on" type="date" label={say('sample_due')} />
      <fieldset>
        <legend>{say('sample_evaluators')}</legend>
        {evaluators.map((one) => (
          <Tick key={one.account_id} name={one.account_id} label={one.display_name} />
        ))}
      </fieldset>
    </Form>
  );
}

function NewSample({ area, leave }) {
  const able = useAsk('/samples/evaluators', { area, limit: 50 });
  return (
    <section class="card">
      <h2>{say('sample_draw')}</h2>
      <p>{say('sample_draw_about')}</p>
      <Shown of={able}>
        {({ items }) =>
          items.length === 0 ? <p>{say('sample_nobody')}</p> : <Draw area={area} evaluators={items} leave={leave} />
        }
      </Shown>
    </section>
  );
}

export default function Samples({ person, query }) {
  const area = areaOf(person, query),
    found = useList('/samples', { county: area.slice(0, 6) });
  const [isDrawing, setDrawing] = useState(false);
  return (
    <>
      <h1 tabindex="-1">{say('samples')}</h1>
      <p>{say('samples_about')}</p>
      <AreaPicker person={person} area={area} />
      {may('auditor') && !isDrawing && (
        <p class="buttons">
          <button type="button" class="main" onClick={() => setDrawing(true)}>
            {say('sample_draw')}
          </button>
        </p>
      )}
      {isDrawing && <NewSample area={area} leave={() => setDrawing(false)} />}
      <Shown of={found} empty={<p>{say('samples_none')}</p>}>
        {(items) => (
          <ul class="rows">
            {items.map((one) => (
              <li key={one.sample_id}>
                <div>
                  <p>
                    <a href={`/county/samples/${one.sample_id}`}>{one.title}</a>{' '}
                    <Mark kind={one.state === 'closed' ? 'good' : 'calm'}>{inWords('sample_state', one.state)}</Mark>
                  </p>
                  <p class="soft">
                    {one.area_name} · {inWords('sample_frame', one.frame)} ·{' '}
                    {say('sample_seen', { done: count(one.answered_count), all: count(one.cases_count) })} ·{' '}
                    {say('sample_until', { day: day(one.due_on) })}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={found} />
    </>
  );
}
