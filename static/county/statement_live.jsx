// A month as the books have it now. Freezing it makes the statement that a second person hands in.
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Form, Words } from '../shared/form.jsx';
import { moment, month } from '../shared/format.js';
import { go } from '../shared/place.js';
import { Crumbs, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { Reconciled, StatementChanges, StatementFigures } from './statement_parts.jsx';

function Freeze({ it, query }) {
  if (!it.is_over) return <p class="note">{say('statement_not_over')}</p>;
  if (it.prepared_id)
    return (
      <p class="note">
        <a href={`/county/statements/${it.prepared_id}`}>{say('statement_waits')}</a>
      </p>
    );
  if (!may('county', 'finance')) return null;
  const isRestatement = it.last_edition > 0;
  if (isRestatement && it.changes.length === 0) return <p class="note">{say('statement_unchanged')}</p>;
  return (
    <Form
      submit={say(isRestatement ? 'statement_restate' : 'statement_freeze')}
      send={({ reason }, key) => send('POST', '/county-statements', { ...query, ...(isRestatement && { reason }) }, { key })}
      done={({ statement_id }) => go(`/county/statements/${statement_id}`)}
    >
      <p>{say('statement_freeze_hint')}</p>
      {isRestatement && <Words name="reason" label={say('statement_reason')} hint={say('statement_reason_hint')} />}
    </Form>
  );
}

export default function StatementLive({ query: { county, month: shown } }) {
  const query = { county, month: shown };
  const found = useAsk('/county-statements/live', query);
  return (
    <>
      <Crumbs of={[{ href: `/county/statements?area=${county}`, name: say('statements') }, { name: say('statement_live') }]} />
      <Shown of={found}>
        {(it) => (
          <>
            <h1 tabindex="-1">{say('statement_title', { county: it.county_name, month: month(it.month) })}</h1>
            <p>
              <Reconciled state={it.reconciled} /> <span class="soft">{say('statement_as_of', { at: moment(it.as_of) })}</span>
            </p>
            {it.is_behind && <p class="note">{say('statement_behind')}</p>}
            <div class="columns">
              <div>
                <StatementFigures figures={it.figures} caption={say('statement_live')} />
              </div>
              <div>
                {it.last_id && (
                  <p>
                    <a href={`/county/statements/${it.last_id}`}>{say('statement_last', { edition: it.last_edition })}</a>
                  </p>
                )}
                {it.changes.length > 0 && <StatementChanges changes={it.changes} figures={it.figures} />}
                <section class="card">
                  <h2>{say('statement_hand_in')}</h2>
                  <Freeze it={it} query={query} />
                </section>
              </div>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
