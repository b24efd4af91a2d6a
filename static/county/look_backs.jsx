// Looking-backs (回头看): what a re-verification found wrong in the register, handed in as one file, decided by a second officer.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useList } from '../shared/asked.js';
import { count, moment } from '../shared/format.js';
import { Field, Form, Mistake, Tick } from '../shared/form.jsx';
import { Crumbs, Empty, Mark, More, Shown } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';
import { areaOf, AreaPicker } from './area.jsx';
import { bodyOf, isWorkedOn, SheetField } from './sheet.jsx';

const states = { proposed: 'wait', done: 'good', refused: 'bad' };

/** Being read, refused as a file, tried only, or where its decision stands. */
export function LookBackState({ one }) {
  if (isWorkedOn(one.file_state)) return <Mark kind="wait">{say(`import_state_${one.file_state}`)}</Mark>;
  if (one.state) return <Mark kind={states[one.state]}>{say(`look_back_${one.state}`)}</Mark>;
  return one.file_state === 'done' ? (
    <Mark>{say('import_dry')}</Mark>
  ) : (
    <Mark kind="bad">{say(`import_state_${one.file_state}`)}</Mark>
  );
}

function HandIn({ county }) {
  const [file, setFile] = useState(null);
  const hand = ({ title = '', source = '', taking }, key) => {
    if (!file) throw new Mistake('/file', say('import_no_file'));
    const query = new URLSearchParams({
      county,
      title: title.trim(),
      source: source.trim(),
      dry_run: taking ? 'false' : 'true',
      file_name: file.name.slice(0, 100),
    });
    return send('POST', `/look-backs?${query}`, bodyOf(file), { key, raw: true });
  };
  return (
    <details class="card">
      <summary>{say('look_back_new')}</summary>
      <Form
        label={say('look_back_new')}
        submit={say('import_send')}
        send={hand}
        done={(made) => go(`/county/look-backs/${made.look_back_id}`)}
      >
        <Field name="title" label={say('look_back_title')} maxlength={80} />
        <Field name="source" label={say('set_source')} maxlength={200} />
        <SheetField id="look-back-file" hint={say('look_back_file_hint')} choose={setFile} />
        <Tick name="taking" label={say('look_back_propose')} hint={say('look_back_propose_hint')} />
      </Form>
    </details>
  );
}

const inShort = (one) =>
  [
    one.rows_count !== null &&
      say('look_back_counts', { rows: count(one.rows_count), removed: count(one.removed_count), added: count(one.added_count) }),
    one.file_name,
    moment(one.requested_at),
  ]
    .filter(Boolean)
    .join(' · ');

export default function LookBacks({ person, query }) {
  const area = areaOf(person, query),
    county = area?.length >= 6 ? area.slice(0, 6) : null;
  const found = useList(county ? '/look-backs' : null, { county, limit: 50 });
  return (
    <>
      <Crumbs of={[{ href: '/county/households', name: say('households_title') }, { name: say('look_backs') }]} />
      <h1 tabindex="-1">{say('look_backs')}</h1>
      {area && <AreaPicker person={person} area={area} />}
      <p class="reading">{say('look_backs_what')}</p>
      {!county ? (
        <p class="note">{say('pick_county')}</p>
      ) : (
        <>
          {may('county') && <HandIn county={county} />}
          <Shown
            of={found}
            empty={
              <Empty>
                <p>{say('look_backs_none')}</p>
              </Empty>
            }
          >
            {(items) => (
              <ul class="rows">
                {items.map((one) => (
                  <li key={one.look_back_id}>
                    <div>
                      <a href={`/county/look-backs/${one.look_back_id}`}>{one.title ?? one.file_name}</a>
                      <p class="soft">{inShort(one)}</p>
                    </div>
                    <LookBackState one={one} />
                  </li>
                ))}
              </ul>
            )}
          </Shown>
          <More of={found} />
        </>
      )}
    </>
  );
}
