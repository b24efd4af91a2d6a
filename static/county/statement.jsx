// One edition of a month's statement as it was frozen: its figures, what it restated and why, its hash, and handing it in by a second person.
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Form, Words } from '../shared/form.jsx';
import { moment, month } from '../shared/format.js';
import { Act, Crumbs, Facts, inWords, Mark, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { Downloads } from './downloads.jsx';
import { Reconciled, StatementChanges, StatementFigures } from './statement_parts.jsx';

const kinds = { prepared: 'wait', submitted: 'good', withdrawn: 'calm' };

function HandIn({ it, again }) {
  const at = `/county-statements/${it.statement_id}`;
  return (
    <section class="card">
      <h2>{say('statement_hand_in')}</h2>
      {it.is_own_entry ? (
        <p class="note">{say('statement_own_entry')}</p>
      ) : (
        <p class="buttons">
          <Act
            kind="main"
            ask={<p>{say('statement_submit_sure')}</p>}
            act={(_, key) => send('POST', `${at}/submit`, undefined, { key })}
            done={again}
          >
            {say('statement_submit')}
          </Act>
        </p>
      )}
      <details>
        <summary>{say('statement_withdraw')}</summary>
        <Form
          submit={say('statement_withdraw')}
          send={({ reason }, key) => send('POST', `${at}/withdraw`, { reason }, { key })}
          done={again}
        >
          <Words name="reason" label={say('statement_withdraw_reason')} />
        </Form>
      </details>
    </section>
  );
}

const Editions = ({ it }) => (
  <section>
    <h2>{say('statement_editions')}</h2>
    <ol class="steps">
      {it.editions.map((one) => (
        <li key={one.statement_id}>
          {one.statement_id === it.statement_id ? (
            <strong>{say('statement_edition', { edition: one.edition })}</strong>
          ) : (
            <a href={`/county/statements/${one.statement_id}`}>{say('statement_edition', { edition: one.edition })}</a>
          )}{' '}
          <span class="soft">
            {[inWords('statement_state', one.state), moment(one.submitted_at ?? one.prepared_at)].join(' · ')}
          </span>
          {one.reason && <p>{one.reason}</p>}
        </li>
      ))}
    </ol>
  </section>
);

export default function Statement({ statement_id }) {
  const found = useAsk(`/county-statements/${statement_id}`);
  return (
    <>
      <Shown of={found}>
        {(it) => (
          <>
            <Crumbs of={[{ href: `/county/statements?area=${it.county}`, name: say('statements') }, { name: month(it.month) }]} />
            <h1 tabindex="-1">{say('statement_title', { county: it.county_name, month: month(it.month) })}</h1>
            <p>
              <Mark kind={kinds[it.state]}>{inWords('statement_state', it.state)}</Mark>{' '}
              {it.is_late && <Mark kind="wait">{inWords('statement_duty', 'late')}</Mark>} <Reconciled state={it.reconciled} />{' '}
              <span class="soft">
                {[
                  say('statement_edition', { edition: it.edition }),
                  say('statement_as_of', { at: moment(it.as_of) }),
                  it.formula,
                ].join(' · ')}
              </span>
            </p>
            {it.state === 'prepared' && may('county', 'finance') && <HandIn it={it} again={found.again} />}
            <div class="columns">
              <div>
                <StatementFigures figures={it.figures} caption={say('statement_figures')} />
                <Downloads path={`/county-statements/${statement_id}/figures`} query={{}} />
              </div>
              <div>
                {it.changes.length > 0 && <StatementChanges changes={it.changes} figures={it.figures} />}
                <Editions it={it} />
                <Facts
                  of={[
                    [say('statement_prepared_by'), [it.prepared_by, moment(it.prepared_at)].join(' · ')],
                    it.submitted_at && [say('statement_submitted_by'), [it.submitted_by, moment(it.submitted_at)].join(' · ')],
                    [say('statement_due'), it.due_at && moment(it.due_at)],
                  ]}
                />
                <details>
                  <summary>{say('statement_hash')}</summary>
                  <p class="soft">{say('statement_hash_hint')}</p>
                  <p>
                    <code>{it.hash}</code>
                  </p>
                  <pre>{it.canonical}</pre>
                </details>
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
