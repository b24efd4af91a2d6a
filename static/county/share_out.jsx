// Sharing out by a rule: fill what is there to share, see what each household gets and why, and only then propose it.
import { useState } from 'preact/hooks';
import { ask, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { today, yuan } from '../shared/format.js';
import { Choice, fen, Field, Form, Mistake, Pick, Words, Yuan } from '../shared/form.jsx';
import { Act, Figures, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { PartsTable, StepsTaken, VillagesTable } from './rule.jsx';

const asks = (rule, base) =>
  rule.steps.some(
    (step) =>
      [step.of, step.minimum_of].includes(base) ||
      (base === 'pool' && (step.kind === 'rest' || [step.of, step.minimum_of].includes('left'))),
  );
const byEntries = { wage: 'days', trusteeship: 'animals', post_subsidy: 'posts' };

/** "H-17 21.5" a line: card number and quantity, or grade and attendance in per cent. */
async function entriesOf(values, rule, county) {
  const lines = (values.entries ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const entries = [];
  for (const line of lines) {
    const [card_number, first, second] = line.normalize('NFKC').split(/[\s,，]+/);
    const { items } = await ask('/households', { county, card_number });
    if (items.length !== 1 || !/^\d+(\.\d{1,2})?$/.test(first ?? ''))
      throw new Mistake('/entries', say('share_entry_wrong', { line }));
    const household_id = items[0].household_id;
    if (rule.purpose === 'post_subsidy')
      entries.push({ household_id, grade: Number(first), ...(second && { units_hundredths: Math.round(Number(second)) }) });
    else entries.push({ household_id, units_hundredths: Math.round(Number(first) * 100) });
  }
  return entries.length > 0 ? entries : undefined;
}

function Reckoned({ rule, found, propose, done }) {
  return (
    <section aria-live="polite">
      <h3>{say('share_reckoned')}</h3>
      <Figures
        of={[
          { name: say('share_pool'), value: yuan(found.pool_fen) },
          {
            name: say('share_households'),
            value: yuan(found.households_fen),
            note: say('households_n', { count: found.households_count }),
          },
          found.villages_fen > 0 && { name: say('share_villages'), value: yuan(found.villages_fen) },
          { name: say('share_organisation'), value: yuan(found.organisation_fen) },
        ]}
      />
      {found.short_fen > 0 && <p class="note bad">{say('share_short', { amount: yuan(found.short_fen) })}</p>}
      <StepsTaken steps={rule.steps} taken={found.steps} />
      <VillagesTable villages={found.villages} />
      <PartsTable steps={rule.steps} lines={found.lines.filter((one) => one.amount_fen > 0)} />
      {found.short_fen === 0 && (
        <p class="buttons">
          <Act act={propose} done={done} kind="main">
            {say('share_propose')}
          </Act>
        </p>
      )}
    </section>
  );
}

export function ShareOut({ supplier_id, rules, done }) {
  const county = supplier_id.slice(0, 6),
    payers = useAsk('/payers', { county, limit: 100 });
  const [reckoned, setReckoned] = useState(null);
  const ruleOf = (values) => rules.find((one) => String(one.rule_version) === values.rule_version) ?? rules[0];
  const bodyOf = async (values) => {
    const rule = ruleOf(values);
    return {
      rule_version: rule.rule_version,
      from_on: values.from_on,
      to_on: values.to_on,
      ...(asks(rule, 'pool') && { pool_fen: fen(values, 'pool_fen') }),
      ...(asks(rule, 'income') && { income_fen: fen(values, 'income_fen') }),
      ...(values.source === 'subsidy' && { payer_id: values.payer_id }),
      entries: byEntries[rule.purpose] && (await entriesOf(values, rule, county)),
    };
  };
  const reckon = async (values) => {
    const body = await bodyOf(values),
      found = await send('POST', `/suppliers/${supplier_id}/rules/evaluations`, body);
    setReckoned({ rule: ruleOf(values), found, body: { ...body, title: values.title, source: values.source } });
    return found;
  };
  const initial = {
    rule_version: String(rules[0].rule_version),
    source: 'paid_in',
    from_on: `${today().slice(0, 4)}-01-01`,
    to_on: today(),
  };
  return (
    <Shown of={payers}>
      {({ items }) => (
        <>
          <div class="narrow">
            <Form send={reckon} submit={say('share_reckon')} initial={initial} label={say('share_new')}>
              {({ values }) => {
                const rule = ruleOf(values);
                return (
                  <>
                    <Choice
                      name="rule_version"
                      label={say('share_rule')}
                      of={rules.map((one) => [String(one.rule_version), `${say(`purpose_${one.purpose}`)} · ${one.words}`])}
                    />
                    <Field name="title" label={say('share_title')} maxlength={80} />
                    <Field name="from_on" type="date" label={say('share_from')} />
                    <Field name="to_on" type="date" label={say('share_to')} hint={say('share_to_hint')} />
                    {asks(rule, 'pool') && <Yuan name="pool_fen" label={say('share_pool')} />}
                    {asks(rule, 'income') && (
                      <Yuan name="income_fen" label={say('share_income')} hint={say('share_income_hint')} />
                    )}
                    {byEntries[rule.purpose] && (
                      <Words
                        name="entries"
                        label={say(`share_entries_${byEntries[rule.purpose]}`)}
                        hint={say(`share_entries_hint_${byEntries[rule.purpose]}`)}
                        rows={4}
                        isOptional={rule.purpose === 'trusteeship'}
                      />
                    )}
                    <Pick
                      name="source"
                      label={say('share_source')}
                      of={['paid_in', 'retained', 'subsidy'].map((one) => [one, say(`share_source_${one}`)])}
                    />
                    {values.source === 'subsidy' && (
                      <Choice
                        name="payer_id"
                        label={say('share_payer')}
                        of={[['', '—'], ...items.map((one) => [one.payer_id, one.name])]}
                      />
                    )}
                  </>
                );
              }}
            </Form>
          </div>
          {reckoned && (
            <Reckoned
              {...reckoned}
              propose={(wish, key) => send('POST', `/suppliers/${supplier_id}/distributions`, reckoned.body, { key })}
              done={done}
            />
          )}
        </>
      )}
    </Shown>
  );
}
