// One random re-check: how it was drawn, whom it concerns, and its result once it is closed.
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, day, moment, share } from '../shared/format.js';
import { Act, Crumbs, Facts, Figures, inWords, Mark, Money, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const found = (row) => (row.found === 'paid' ? <Money fen={row.found_fen} /> : inWords('sample_found', row.found));

const columnsOf = (sample) =>
  [
    { name: say('sample_number'), isHead: true, of: (row) => row.number },
    { name: say('sample_household'), of: (row) => <a href={`/county/households/${row.household_id}`}>{row.head_masked}</a> },
    { name: say('sample_village'), of: (row) => row.area_name },
    { name: say('sample_evaluator'), of: (row) => row.evaluator_name },
    {
      name: say('sample_answer'),
      of: (row) =>
        sample.state === 'closed' ? (
          <>
            {found(row)} {row.words && <span class="soft">{row.words}</span>}
          </>
        ) : row.answered_at ? (
          <Mark kind="good">{say('sample_case_seen')}</Mark>
        ) : (
          <Mark>{say('sample_case_waits')}</Mark>
        ),
    },
    sample.state === 'closed' &&
      sample.frame === 'payments' && { name: say('sample_books'), isNumber: true, of: (row) => <Money fen={row.recorded_fen} /> },
    sample.state === 'closed' && {
      name: say('sample_judged'),
      of: (row) =>
        row.is_right ? <Mark kind="good">{say('sample_right')}</Mark> : <Mark kind="bad">{say('sample_wrong')}</Mark>,
    },
  ].filter(Boolean);

function Result({ sample }) {
  return (
    <>
      <Figures
        of={[
          {
            name: say('sample_rate'),
            value: share(sample.right_ppm),
            note: say('sample_between', { low: share(sample.low_ppm), high: share(sample.high_ppm) }),
          },
          { name: say('sample_right'), value: count(sample.right_count) },
          { name: say('sample_wrong'), value: count(sample.cases_count - sample.right_count), href: '/county/findings' },
        ]}
      />
      <p class="soft">{say('sample_rate_about')}</p>
    </>
  );
}

function Closing({ sample, again }) {
  const isDone = sample.answered_count === sample.cases_count;
  if (sample.state === 'closed') return <Result sample={sample} />;
  return (
    <>
      <p>{say(isDone ? 'sample_done' : 'sample_blind')}</p>
      {isDone && may('auditor') && (
        <p class="buttons">
          <Act
            kind="main"
            act={(_, key) => send('POST', `/samples/${sample.sample_id}/close`, {}, { key })}
            done={again}
            ask={<p>{say('sample_close_ask')}</p>}
          >
            {say('sample_close')}
          </Act>
        </p>
      )}
    </>
  );
}

export default function Sample({ sample_id }) {
  const asked = useAsk(`/samples/${sample_id}`),
    cases = useList(`/samples/${sample_id}/cases`, { limit: 100 });
  const again = () => {
    asked.again();
    cases.again();
  };
  return (
    <Shown of={asked}>
      {(sample) => (
        <>
          <Crumbs of={[{ href: '/county/samples', name: say('samples') }, { name: sample.title }]} />
          <h1 tabindex="-1">{sample.title}</h1>
          <Closing sample={sample} again={again} />
          <Facts
            of={[
              [say('sample_place'), sample.area_name],
              [say('sample_frame'), inWords('sample_frame', sample.frame)],
              [say('sample_period'), `${day(sample.from_on)} – ${day(sample.to_on)}`],
              [say('sample_due'), day(sample.due_on)],
              [say('sample_drawn'), `${moment(sample.drawn_at)} ${sample.drawn_by_name ?? ''}`],
              [
                say('sample_how_many'),
                say('sample_of_frame', { cases: count(sample.cases_count), frame: count(sample.frame_count) }),
              ],
            ]}
          />
          <h2>{say('sample_cases')}</h2>
          <Shown of={cases}>
            {(items) => (
              <Table caption={say('sample_cases')} columns={columnsOf(sample)} rows={items} keyOf={(row) => row.number} />
            )}
          </Shown>
          <More of={cases} />
          <details>
            <summary>{say('sample_again')}</summary>
            <p>{say('sample_again_about')}</p>
            <Facts
              of={[
                [say('sample_seed'), <code key="seed">{sample.seed}</code>],
                [say('sample_hash'), <code key="hash">{sample.frame_hash}</code>],
              ]}
            />
          </details>
        </>
      )}
    </Shown>
  );
}
