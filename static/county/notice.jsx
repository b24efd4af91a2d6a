// One public notice: what hangs out, the sheet for a village's board, words to send on, and the objections with their answers.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { day, moment, yuan } from '../shared/format.js';
import { Form, Mistake, Pick, Words } from '../shared/form.jsx';
import { Crumbs, Empty, inWords, Mark, More, Print, Shown } from '../shared/parts.jsx';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';
import { addressOf, Board, isOfCase, sumOf } from './notice_board.jsx';

/** The areas that occur in the notice, each once. */
const placesOf = (lines) =>
  [...new Map(lines.filter((one) => one.area_code).map((one) => [one.area_code, one.area])).entries()].sort(([a], [b]) =>
    a.localeCompare(b),
  );

function PlacePicker({ lines, village }) {
  const places = placesOf(lines);
  if (places.length < 2) return null;
  return (
    <div class="filters">
      <label>
        <span>{say('notice_board_of')}</span>
        <select value={village} onChange={(event) => goQuery({ village: event.currentTarget.value }, { replace: true })}>
          <option value="">{say('notice_board_all')}</option>
          {places.map(([code, name]) => (
            <option key={code} value={code} selected={code === village}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Plain words for a message to the villages. */
function Message({ notice, lines, place }) {
  const [isCopied, setCopied] = useState(false);
  const text = say(isOfCase(lines) ? 'notice_message_case' : 'notice_message', {
    title: `${notice.title}${place ? ` · ${place}` : ''}`,
    count: lines.length,
    sum: yuan(sumOf(lines)),
    from: day(notice.starts_at),
    to: moment(notice.ends_at),
    at: addressOf(notice.publicity_id),
  });
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <details class="unprinted">
      <summary>{say('notice_message_name')}</summary>
      <label class="field">
        <span class="unseen">{say('notice_message_name')}</span>
        <textarea readOnly rows={5} value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <p class="buttons">
        <button type="button" onClick={copy}>
          {say('copy')}
        </button>
        <span role="status">{isCopied && say('copied')}</span>
      </p>
    </details>
  );
}

function Answer({ objection, done }) {
  const answer = (values, key) => {
    if (!values.upheld) throw new Mistake('/upheld', say('objection_choose'));
    return send(
      'POST',
      `/objections/${objection.objection_id}/answer`,
      { answer: values.answer?.trim() ?? '', upheld: values.upheld === 'yes' },
      { key },
    );
  };
  return (
    <Form send={answer} done={done} submit={say('objection_answer_now')} draft={`objection ${objection.objection_id}`}>
      <Pick
        name="upheld"
        label={say('objection_is')}
        hint={say('objection_is_what')}
        of={[
          ['no', say('objection_refused')],
          ['yes', say('objection_upheld')],
        ]}
      />
      <Words name="answer" label={say('objection_answer')} maxlength={1000} />
    </Form>
  );
}

function Objections({ publicity_id }) {
  const objections = useList(`/announcements/${publicity_id}/objections`);
  return (
    <section class="unprinted">
      <h2>{say('objections')}</h2>
      <Shown of={objections}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{say('objections_none')}</p>
            </Empty>
          ) : (
            <ul class="plain stack">
              {items.map((one) => (
                <li key={one.objection_id} class="card">
                  <p>{one.words}</p>
                  <p class="soft">
                    {moment(one.raised_at)}{' '}
                    {one.answered_at ? (
                      <Mark kind={one.upheld ? 'bad' : 'good'}>{say(one.upheld ? 'objection_upheld' : 'objection_refused')}</Mark>
                    ) : (
                      <Mark kind="wait">{say('objection_open')}</Mark>
                    )}
                  </p>
                  {one.answered_at ? (
                    <p>
                      {say('objection_answered', { at: moment(one.answered_at) })} {one.answer}
                    </p>
                  ) : may('county') ? (
                    <Answer objection={one} done={objections.again} />
                  ) : (
                    <p class="soft">{say('objection_by_county')}</p>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <More of={objections} />
    </section>
  );
}

export default function Notice({ publicity_id, query }) {
  const asked = useAsk(`/announcements/${publicity_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/county/notices', name: say('notices') }, { name: asked.data?.title ?? say('notice') }]} />
      <Shown of={asked}>
        {(notice) => {
          const all = Array.isArray(notice.lines) ? notice.lines : [],
            village = placesOf(all).some(([code]) => code === query.village) ? query.village : '';
          const lines = village ? all.filter((one) => one.area_code === village) : all,
            place = village && placesOf(all).find(([code]) => code === village)[1];
          return (
            <>
              <h1 tabindex="-1" class="unprinted">
                {notice.title}{' '}
                <Mark kind={notice.withdrawn_at ? 'bad' : notice.open ? 'wait' : 'calm'}>
                  {say(notice.withdrawn_at ? 'notice_withdrawn' : notice.open ? 'notice_open' : 'notice_over')}
                </Mark>
              </h1>
              <p class="soft unprinted">
                {inWords('notice_kind', notice.kind)} ·{' '}
                {say(notice.open ? 'notice_until' : 'notice_was', { from: day(notice.starts_at), to: moment(notice.ends_at) })}
                {notice.clock_stopped_at && ` · ${say('notice_stopped')}`}
              </p>
              <div class="unprinted">
                <PlacePicker lines={all} village={village} />
                <p class="buttons">
                  <Print>{say('notice_print')}</Print>
                  <a class="button" href={`/announcements/${publicity_id}`} target="_blank" rel="noopener">
                    {say('notice_public')}
                  </a>
                </p>
              </div>
              <Board {...{ notice, lines, place }} />
              <Message {...{ notice, lines, place }} />
              {may('county', 'finance', 'auditor') && <Objections publicity_id={publicity_id} />}
            </>
          );
        }}
      </Shown>
    </>
  );
}
