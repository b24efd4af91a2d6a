// One looking-back: what its file says, which households it corrects and why, and the second officer's decision.
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { count, day, moment, today } from '../shared/format.js';
import { Form, Mistake, Words } from '../shared/form.jsx';
import { Act, Crumbs, Facts, Figures, More, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { Problems } from './imports.jsx';
import { LookBackState } from './look_backs.jsx';
import { isWorkedOn, useAgainWhile } from './sheet.jsx';

function Decide({ it, again }) {
  const decide = (body, key) => send('POST', `/look-backs/${it.look_back_id}/decide`, body, { key });
  const refuse = ({ reason = '' }, key) => {
    if (!reason.trim()) throw new Mistake('/reason', say('reason_needed'));
    return decide({ accepted: false, reason: reason.trim() }, key);
  };
  if (it.is_own_entry) return <p class="note">{say('own_entry_decide')}</p>;
  return (
    <section class="card unprinted">
      <h2>{say('look_back_decide')}</h2>
      <Act
        kind="main"
        wish={{ accepted: true }}
        act={decide}
        done={again}
        ask={say('look_back_agree_what', { rows: count(it.rows_count) })}
      >
        {say('look_back_agree')}
      </Act>
      <details>
        <summary>{say('look_back_refuse')}</summary>
        <Form send={refuse} done={again} submit={say('look_back_refuse')} kind="warn" label={say('look_back_refuse')}>
          <Words name="reason" label={say('reason')} maxlength={500} rows={2} />
        </Form>
      </details>
    </section>
  );
}

function Rows({ it }) {
  const rows = useList(`/look-backs/${it.look_back_id}/rows`, { limit: 50 });
  return (
    <>
      <Shown of={rows}>
        {(items) => (
          <Table
            caption={say('look_back_rows')}
            isCaptionShown
            rows={items}
            keyOf={(one) => one.household_id}
            columns={[
              {
                name: say('hh_head'),
                isHead: true,
                of: (one) => <a href={`/county/households/${one.household_id}`}>{one.head_name_masked}</a>,
              },
              { name: say('hh_card'), of: (one) => one.card_number },
              { name: say('by_village'), of: (one) => one.area_name },
              { name: say('look_back_before'), of: (one) => say(`status_${one.status_before}`) },
              { name: say('look_back_after'), of: (one) => say(`status_${one.status}`) },
              { name: say('case_from'), of: (one) => day(one.valid_from) },
              { name: say('reason'), of: (one) => one.reason },
            ]}
          />
        )}
      </Shown>
      <More of={rows} />
    </>
  );
}

/** The numbers an officer decides on: how many of how many. */
const Sizes = ({ it }) => (
  <Figures
    of={[
      { name: say('look_back_rows_count'), value: count(it.rows_count) },
      { name: say('look_back_removed'), value: count(it.removed_count) },
      { name: say('look_back_added'), value: count(it.added_count) },
      { name: say('look_back_registered_now'), value: count(it.registered_now_count) },
    ]}
  />
);

function Read({ it, again }) {
  const registerOf = `/county/reports/register?${new URLSearchParams({ area: it.look_back_id.slice(0, 6), from: `${today().slice(0, 4)}-01-01`, to: today() })}`;
  return (
    <>
      {it.rows_count !== null && <Sizes it={it} />}
      <Facts
        of={[
          [say('set_source'), it.source],
          [say('import_rows_read'), count(it.rows_read)],
          [say('look_back_entered'), [it.proposed_by, moment(it.requested_at)].filter(Boolean).join(' · ')],
          it.decided_at && [say('look_back_decided'), [it.decided_by, moment(it.decided_at)].filter(Boolean).join(' · ')],
          it.reason && [say('reason'), it.reason],
        ]}
      />
      {it.state === 'done' && (
        <p class="note good">
          {say('look_back_written')} <a href={registerOf}>{say('report_register')}</a>
        </p>
      )}
      {it.state === 'proposed' && may('county') && <Decide it={it} again={again} />}
      {it.state ? <Rows it={it} /> : <Problems it={it} />}
    </>
  );
}

export default function LookBack({ look_back_id }) {
  const found = useAsk(`/look-backs/${look_back_id}`),
    isWorking = isWorkedOn(found.data?.file_state);
  useAgainWhile(found, isWorking);
  return (
    <>
      <Crumbs of={[{ href: '/county/look-backs', name: say('look_backs') }, { name: found.data?.title ?? say('look_back') }]} />
      <Shown of={found}>
        {(it) => (
          <>
            <h1 tabindex="-1">{it.title}</h1>
            <p>
              <LookBackState one={it} />
            </p>
            {isWorking ? (
              <p class="waiting" role="status">
                {say('import_working')}
              </p>
            ) : (
              <Read it={it} again={found.again} />
            )}
          </>
        )}
      </Shown>
    </>
  );
}
