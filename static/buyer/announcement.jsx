// One notice: every entry with its sum, and the way to object while it hangs.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { moment } from '../shared/format.js';
import { Form, Words } from '../shared/form.jsx';
import { Crumbs, Facts, inWords, Mark, Money, Print, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { ComplainLink } from './complain_link.jsx';
import { numberOf } from './states.jsx';

/** A notice of the register, not of money. */
const isOfCase = ({ lines }) => Boolean(lines?.some((line) => line.case_kind));

function ObjectionForm({ notice }) {
  const [sent, setSent] = useState(null);
  const object = (values, key) =>
    send('POST', `/announcements/${notice.publicity_id}/objections`, { words: values.words?.trim() ?? '' }, { key }).then(
      (answer) => ({ words: values.words, number: numberOf(answer.objection_id) }),
    );
  return (
    <section class="card objection unprinted">
      <h2>{say('objection')}</h2>
      {sent ? (
        <>
          <p>{sent.words}</p>
          <p class="note good" role="status">
            {say('objection_done', { number: sent.number })}
          </p>
        </>
      ) : (
        <Form
          send={object}
          done={setSent}
          submit={say('objection_send')}
          draft={`objection:${notice.publicity_id}`}
          label={say('objection')}
        >
          <p>{say(isOfCase(notice) ? 'objection_what_case' : 'objection_what')}</p>
          <Words name="words" label={say('objection_words')} hint={say('objection_words_hint')} maxlength={1000} rows={4} />
        </Form>
      )}
    </section>
  );
}

const state = (notice) =>
  notice.withdrawn_at ? (
    <Mark kind="bad">{say('notice_withdrawn')}</Mark>
  ) : notice.open ? (
    <Mark kind="wait">{say('notice_open')}</Mark>
  ) : (
    <Mark>{say('notice_over')}</Mark>
  );

/** A notice of the register: which household or village, how many people, and what is to change. */
function Changes({ lines }) {
  const columns = [
    { name: say('notice_area'), isHead: true, of: (line) => line.area },
    { name: say('notice_household'), of: (line) => line.household ?? line.into_area ?? '—' },
    { name: say('notice_change'), of: (line) => inWords('case_kind', line.case_kind) },
    lines.some((line) => line.members_count || line.persons) && {
      name: say('notice_persons'),
      isNumber: true,
      of: (line) => line.members_count ?? line.persons ?? '—',
    },
  ];
  return <Table caption={say('notice_entries')} columns={columns} rows={lines} />;
}

function Lines({ lines }) {
  if (isOfCase({ lines })) return <Changes lines={lines} />;
  const isMoney = lines.every(({ amount_fen }) => Number.isInteger(amount_fen));
  const columns = [
    {
      name: say('notice_payee'),
      isHead: true,
      of: (line) => (
        <span>
          {line.payee}
          {line.payee_kind && <small> {inWords('payee_kind', line.payee_kind)}</small>}
        </span>
      ),
    },
    { name: say('notice_area'), of: (line) => line.area },
    isMoney && { name: say('notice_amount'), isNumber: true, of: (line) => <Money fen={line.amount_fen} /> },
  ];
  const foot = isMoney && { payee: say('sum'), amount_fen: lines.reduce((sum, { amount_fen }) => sum + amount_fen, 0) };
  return <Table caption={say('notice_entries')} columns={columns} rows={lines} foot={foot} />;
}

export default function Announcement({ publicity_id }) {
  const asked = useAsk(`/announcements/${publicity_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/announcements', name: say('notices') }, { name: asked.data?.title ?? numberOf(publicity_id) }]} />
      <Shown of={asked}>
        {(notice) => (
          <>
            <h1 tabindex="-1">{notice.title}</h1>
            <p>
              {state(notice)} <Print />
            </p>
            <Facts
              of={[
                [say('notice_about'), inWords('notice_kind', notice.kind)],
                [say('notice_from'), moment(notice.starts_at)],
                [say('notice_to'), notice.clock_stopped_at ? say('notice_stopped') : moment(notice.ends_at)],
                [say('notice_entries'), say('notice_lines', { count: notice.lines?.length ?? 0 })],
              ]}
            />
            {!isOfCase(notice) && <p class="soft">{say('notice_masked')}</p>}
            {notice.lines?.length > 0 && <Lines lines={notice.lines} />}
            {notice.open && !notice.withdrawn_at ? (
              <ObjectionForm notice={notice} />
            ) : (
              <p class="note unprinted">{say('objection_late')}</p>
            )}
            <ComplainLink about={{ kind: 'publicities', id: publicity_id, name: notice.title }} />
          </>
        )}
      </Shown>
    </>
  );
}
