// One finding with its whole way: found, assigned, mended with proof, closed by someone who agrees.
import { useState } from 'preact/hooks';
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Choice, Field, Form, Words } from '../shared/form.jsx';
import { day, moment } from '../shared/format.js';
import { Act, Crumbs, Facts, inWords, Shown } from '../shared/parts.jsx';
import { canSay, say } from '../shared/words.js';
import { ClawBacks } from './claw_backs.jsx';
import { Evidence } from './evidence.jsx';
import { FindingState } from './findings.jsx';
import { subjectLink } from './subjects.jsx';

function Assign({ it, again }) {
  const accounts = useAsk('/accounts', { limit: 100 });
  return (
    <Shown of={accounts}>
      {({ items }) => (
        <Form
          label={say('finding_assign')}
          submit={say('finding_assign')}
          initial={{ account_id: it.assigned_to ?? '', due_on: it.due_on ?? '' }}
          send={({ account_id, due_on }, key) =>
            send(
              'POST',
              `/findings/${it.finding_id}/assign`,
              { account_id: account_id || undefined, due_on: due_on || undefined },
              { key },
            )
          }
          done={again}
        >
          <Choice
            name="account_id"
            label={say('finding_whom')}
            of={[
              ['', say('choose')],
              ...items.filter((one) => one.account_id !== it.opened_by).map((one) => [one.account_id, one.display_name]),
            ]}
          />
          <Field name="due_on" type="date" label={say('finding_until')} />
        </Form>
      )}
    </Shown>
  );
}
const Rectify = ({ it, again }) => (
  <Form
    label={say('finding_rectify')}
    submit={say('finding_rectify')}
    draft={`rectify ${it.finding_id}`}
    send={({ evidence }, key) => send('POST', `/findings/${it.finding_id}/rectify`, { evidence: evidence ?? '' }, { key })}
    done={again}
  >
    <Words name="evidence" label={say('finding_proof')} hint={say('finding_proof_hint')} maxlength={1000} />
  </Form>
);
const Close = ({ it, again }) => (
  <Form
    label={say('finding_close')}
    submit={say('finding_close')}
    send={({ reason }, key) => send('POST', `/findings/${it.finding_id}/close`, reason ? { reason } : {}, { key })}
    done={again}
  >
    <Words name="reason" label={say('finding_agree')} isOptional maxlength={500} />
  </Form>
);
const SendBack = ({ it, again }) => (
  <Form
    label={say('finding_send_back')}
    submit={say('finding_send_back')}
    send={({ reason }, key) => send('POST', `/findings/${it.finding_id}/send-back`, { reason: reason?.trim() ?? '' }, { key })}
    done={again}
  >
    <Words name="reason" label={say('finding_send_back_why')} hint={say('finding_send_back_hint')} maxlength={500} />
  </Form>
);

/** What the provider failed to give back is asked for again; the finding stays until someone saw that it came. */
const RetryRefund = ({ it, again }) => (
  <section class="card">
    <h2>{say('refund_retry')}</h2>
    <p>{say('refund_retry_what')}</p>
    <p class="buttons">
      <Act
        act={(wish, key) => send('POST', `/orders/${it.subject_id}/refunds/retry`, undefined, { key })}
        done={again}
        kind="main"
      >
        {say('refund_retry_now')}
      </Act>
    </p>
  </section>
);

/** A rule of the register can be asked again; what only a file could tell cannot. */
function Recheck({ it, again }) {
  const [isFound, setFound] = useState(false);
  const done = (answer) => {
    setFound(answer.is_found);
    again();
  };
  return (
    <section class="card">
      <h2>{say('quality_recheck')}</h2>
      <p class="soft">{say('quality_recheck_why')}</p>
      <p role="status">{isFound && say('quality_recheck_found')}</p>
      <Act act={(_, key) => send('POST', `/findings/${it.finding_id}/recheck`, undefined, { key })} done={done}>
        {say('quality_recheck')}
      </Act>
    </section>
  );
}

const at = (name, time) => [name, moment(time)].filter(Boolean).join(' · ');
/** Who may close it: whoever found it, or an auditor; what a check found, anyone who neither owns nor mended it. */
const mayClose = (it, person) =>
  may('county', 'auditor') &&
  ![it.assigned_to, it.rectified_by].includes(person.account_id) &&
  (!it.opened_by || it.opened_by === person.account_id || may('auditor'));

export default function Finding({ finding_id, person }) {
  const finding = useAsk(`/findings/${finding_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/county/findings', name: say('findings') }, { name: say('finding') }]} />
      <Shown of={finding}>
        {(it) => (
          <>
            <h1 tabindex="-1">{inWords('rule', it.rule)}</h1>
            <p>
              <FindingState of={it} />
            </p>
            <Facts
              of={[
                [say('finding_class'), inWords('finding_class', it.class)],
                [say('finding_subject'), subjectLink(it.subject_kind, it.subject_id)],
                [say('area'), it.area_name],
                [say('finding_blocks'), it.blocks_counting && say('finding_blocks_yes')],
                [say('finding_opened'), at(it.opened_by_name ?? say('finding_by_check'), it.opened_at)],
                [say('finding_owner'), it.assigned_to_name ?? say('finding_nobody')],
                [say('finding_until'), it.due_on && day(it.due_on)],
                [say('finding_rectified_at'), it.rectified_at && at(it.rectified_by_name, it.rectified_at)],
                [say('finding_proof'), it.evidence],
                [say('finding_sent_back'), it.sent_back_because],
                [say('finding_closed_at'), it.closed_at && at(it.closed_by_name, it.closed_at)],
              ]}
            />
            <section>
              <h2>{say('finding_detail')}</h2>
              {canSay(`rule_why_${it.rule}`) && <p>{say(`rule_why_${it.rule}`)}</p>}
              <Evidence of={it.detail} />
            </section>
            {it.class === 'paid_then_refunded' && may('county', 'finance', 'auditor') && <ClawBacks of={it} person={person} />}
            <div class="columns even">
              {it.rule === 'refund_failed' && it.state !== 'closed' && may('county', 'finance') && (
                <RetryRefund it={it} again={finding.again} />
              )}
              {it.is_by_rule && it.state !== 'closed' && may('cadre', 'township', 'county', 'auditor') && (
                <Recheck it={it} again={finding.again} />
              )}
              {it.state !== 'closed' && may('county') && (
                <section class="card">
                  <h2>{say('finding_assign')}</h2>
                  <Assign it={it} again={finding.again} />
                </section>
              )}
              {it.state === 'open' && may('cadre', 'township', 'county') && (
                <section class="card">
                  <h2>{say('finding_rectify')}</h2>
                  <Rectify it={it} again={finding.again} />
                </section>
              )}
              {it.state === 'rectified' && (
                <section class="card">
                  <h2>{say('finding_close')}</h2>
                  <p class="soft">{say('finding_close_who')}</p>
                  {mayClose(it, person) && (
                    <>
                      <Close it={it} again={finding.again} />
                      <SendBack it={it} again={finding.again} />
                    </>
                  )}
                </section>
              )}
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
