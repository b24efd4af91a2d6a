// One sharing-out: how the sum came about, who gets what and why, who decides, and how far the money is.
import { may, send } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { day, moment, yuan } from '../shared/format.js';
import { Field, Form, Mistake, Words } from '../shared/form.jsx';
import { Act, Crumbs, Facts, Figures, inWords, More, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { State } from './organisations.jsx';
import { PartsTable, StepsTaken, VillagesTable } from './rule.jsx';

/** Before the money is in, a due waits for it and not for the end of a return window. */
const dueWords = (state) => (state === 'expected' ? say('share_due_expected') : inWords('due_state', state));

function Decide({ at, it, again }) {
  if (it.is_own_entry) return <p class="note">{say('own_entry_decide')}</p>;
  if (!may('county')) return <p class="soft">{say('approval_by_county')}</p>;
  const refuse = ({ reason = '' }, key) => {
    if (!reason.trim()) throw new Mistake('/reason', say('reason_needed'));
    return send('POST', `${at}/decide`, { accepted: false, reason: reason.trim() }, { key });
  };
  return (
    <>
      <p class="buttons">
        <Act kind="main" act={(wish, key) => send('POST', `${at}/decide`, { accepted: true }, { key })} done={again}>
          {say('approval_approve')}
        </Act>
      </p>
      <details>
        <summary>{say('approval_refuse')}</summary>
        <Form send={refuse} done={again} submit={say('approval_refuse')} kind="warn">
          <Words name="reason" label={say('approval_refuse_why')} maxlength={500} rows={2} />
        </Form>
      </details>
    </>
  );
}
function Fund({ at, it, again }) {
  if (!may('finance')) return <p class="note">{say('share_waits_for_money')}</p>;
  return (
    <div class="narrow">
      <Form
        send={({ evidence = '' }, key) => send('POST', `${at}/fund`, { evidence }, { key })}
        done={again}
        submit={say('share_fund')}
      >
        <p>{say('share_fund_what', { amount: yuan(it.households_fen + it.villages_fen) })}</p>
        <Field name="evidence" label={say('share_evidence')} maxlength={120} />
      </Form>
    </div>
  );
}

export default function Distribution({ distribution_id }) {
  const at = `/distributions/${distribution_id}`,
    shown = useAsk(at),
    lines = useList(`${at}/lines`, { limit: 100 });
  const again = () => {
    shown.again();
    lines.again();
  };
  return (
    <>
      <Shown of={shown}>
        {(it) => (
          <>
            <Crumbs
              of={[
                { href: `/county/organisations?area=${distribution_id.slice(0, 6)}`, name: say('organisations') },
                { href: `/county/organisations/${it.supplier_id}`, name: it.supplier_name },
                { name: it.title },
              ]}
            />
            <h1 tabindex="-1">{it.title}</h1>
            <p>
              <State of={it.state} /> {inWords('income', it.income_kind)} · {day(it.from_on)} – {day(it.to_on)}
            </p>
            <Figures
              of={[
                { name: say('share_pool'), value: yuan(it.pool_fen) },
                {
                  name: say('share_households'),
                  value: yuan(it.households_fen),
                  note: say('households_n', { count: it.households_count }),
                },
                it.villages_fen > 0 && { name: say('share_villages'), value: yuan(it.villages_fen) },
                { name: say('share_organisation'), value: yuan(it.organisation_fen) },
              ]}
            />
            {it.state === 'proposed' && <Decide {...{ at, it, again }} />}
            {it.state === 'approved' && <Fund {...{ at, it, again }} />}
            <section>
              <h2>{say('share_how')}</h2>
              <p>{it.rule_words}</p>
              <StepsTaken steps={it.steps} taken={it.explanation} />
            </section>
            <section>
              <h2>{say('share_lines')}</h2>
              <Shown of={lines}>
                {(items) => (
                  <>
                    <VillagesTable villages={items.filter((one) => one.payee_kind === 'supplier')} />
                    <PartsTable
                      steps={it.steps}
                      lines={items.filter((one) => one.payee_kind === 'household')}
                      more={[{ name: say('share_due'), of: (one) => dueWords(one.due_state) }]}
                    />
                  </>
                )}
              </Shown>
              <More of={lines} />
            </section>
            <Facts
              of={[
                [say('share_source'), say(`share_source_${it.source}`)],
                it.payer_name && [say('share_payer'), it.payer_name],
                [say('share_proposed'), `${it.proposed_by_name ?? '—'} · ${moment(it.proposed_at)}`],
                it.decided_at && [say('share_decided'), `${it.decided_by_name ?? '—'} · ${moment(it.decided_at)}`],
                it.reason && [say('reason'), it.reason],
                it.funded_at && [say('share_funded'), `${it.evidence ?? '—'} · ${moment(it.funded_at)}`],
              ]}
            />
          </>
        )}
      </Shown>
    </>
  );
}
