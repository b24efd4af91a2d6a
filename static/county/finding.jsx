// One finding with its whole way: found, assigned, mended with proof, closed by someone who agrees.
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Choice, Field, Form, Words } from '../shared/form.jsx';
import { day, moment } from '../shared/format.js';
import { Crumbs, Facts, inWords, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { FindingState } from './findings.jsx';

const hrefOf = {
  households: (id) => `/county/households/${id}`,
  lots: (id) => `/county/lots/${id}`,
  orders: (id) => `/county/orders/${id}`,
  shops: (id) => `/county/shops/${id}`,
};
const subjectWords = (it) =>
  hrefOf[it.subject_kind] ? (
    <a href={hrefOf[it.subject_kind](it.subject_id)}>{inWords('subject', it.subject_kind)}</a>
  ) : (
    inWords('subject', it.subject_kind)
  );
const detailWords = (detail) =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' · ');

function Assign({ it, again }) {
  const accounts = useAsk('/accounts', { limit: 100 });
  return (
    <Shown of={accounts}>
      {({ items }) => (
        <Form
          label={say('finding_assign')}
          submit={say('finding_assign')}
          initial={{ account_id: it.assigned_to ?? items[0]?.account_id, due_on: it.due_on ?? '' }}
          send={({ account_id, due_on }, key) =>
            send('POST', `/findings/${it.finding_id}/assign`, { account_id, due_on }, { key })
          }
          done={again}
        >
          <Choice name="account_id" label={say('finding_whom')} of={items.map((one) => [one.account_id, one.display_name])} />
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

export default function Finding({ finding_id }) {
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
                [say('finding_subject'), subjectWords(it)],
                [say('area'), it.area_name],
                [say('finding_detail'), detailWords(it.detail)],
                [say('finding_blocks'), it.blocks_counting && say('finding_blocks_yes')],
                [say('finding_opened'), moment(it.opened_at)],
                [say('finding_until'), it.due_on && day(it.due_on)],
                [say('finding_rectified_at'), it.rectified_at && moment(it.rectified_at)],
                [say('finding_proof'), it.evidence],
                [say('finding_closed_at'), it.closed_at && moment(it.closed_at)],
              ]}
            />
            <div class="columns even">
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
              {it.state === 'rectified' && may('county', 'auditor') && (
                <section class="card">
                  <h2>{say('finding_close')}</h2>
                  <p class="soft">{say('finding_close_who')}</p>
                  <Close it={it} again={finding.again} />
                </section>
              )}
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
