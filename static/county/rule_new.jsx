// Proposing a distribution rule: choose the kind people know, fill its few numbers, read it back in sentences before it goes out.
import { send } from '../shared/ask.js';
import { today } from '../shared/format.js';
import { Choice, Field, Form, Pick, Words, Yuan } from '../shared/form.jsx';
import { inWords } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { RuleSteps } from './rule.jsx';
import { ruleForms } from './rule_forms.js';

const bys = ['shares', 'heads', 'households', 'units'];
const pers = ['household', 'head', 'share'];
const Percent = ({ name }) => <Field name={name} label={say(`rule_field_${name}`)} inputmode="decimal" />;
const fields = {
  part: Percent,
  minimum: Percent,
  keep: Percent,
  by: ({ name }) => <Choice name={name} label={say('rule_field_by')} of={bys.map((one) => [one, inWords('sharing_by', one)])} />,
  per: ({ name }) => (
    <Choice name={name} label={say('rule_field_per')} of={pers.map((one) => [one, inWords('sharing_per', one)])} />
  ),
  only: ({ name }) => (
    <Pick
      name={name}
      label={say('rule_field_only')}
      of={[
        ['all', say('rule_only_all')],
        ['registered', say('rule_only_registered')],
      ]}
    />
  ),
};
const fieldOf = (name) => fields[name] ?? (({ name: own }) => <Yuan name={own} label={say(`rule_field_${own}`)} />);

/** The steps as typed so far; null while a number is missing. */
function stepsOf(values) {
  try {
    return ruleForms[values.form].steps(values);
  } catch {
    return null;
  }
}
export function NewRule({ supplier_id, done }) {
  const propose = (values, key) => {
    const form = ruleForms[values.form],
      purpose = form.purposes.includes(values.purpose) ? values.purpose : form.purposes[0];
    const body = { purpose, steps: form.steps(values), valid_from: values.valid_from, words: values.words };
    return send('POST', `/suppliers/${supplier_id}/rules`, body, { key });
  };
  const initial = { form: 'fixed', purpose: 'dividend', by: 'shares', per: 'household', only: 'all', valid_from: today() };
  return (
    <Form send={propose} done={done} submit={say('rule_propose')} initial={initial} label={say('rule_new')}>
      {({ values }) => {
        const form = ruleForms[values.form],
          steps = stepsOf(values);
        return (
          <>
            <Choice
              name="form"
              label={say('rule_form')}
              of={Object.keys(ruleForms).map((one) => [one, say(`rule_form_${one}`)])}
            />
            {form.purposes.length > 1 && (
              <Pick
                name="purpose"
                label={say('approval_rule_purpose')}
                of={form.purposes.map((one) => [one, inWords('purpose', one)])}
              />
            )}
            {form.fields.map((name) => {
              const One = fieldOf(name);
              return <One key={name} name={name} />;
            })}
            {steps && (
              <div class="note">
                <RuleSteps rule={{ purpose: values.purpose, steps }} />
              </div>
            )}
            <Words name="words" label={say('approval_rule_words')} hint={say('rule_words_hint')} maxlength={500} rows={2} />
            <Field name="valid_from" type="date" label={say('approval_rule_from')} />
          </>
        );
      }}
    </Form>
  );
}
