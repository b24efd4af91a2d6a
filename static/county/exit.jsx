// An exit is proposed: the meeting's votes, and each of the five guarantees as it was seen, with what shows it. Income alone sets nobody out.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Field, Form, Tick, Words } from '../shared/form.jsx';
import { today } from '../shared/format.js';
import { Crumbs, Shown } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { say } from '../shared/words.js';
import { guarantees, Votes, votesOf } from './case.jsx';

const Guarantee = ({ name, at }) => (
  <fieldset class="card">
    <legend>{say(`guarantee_${name}`)}</legend>
    <p class="hint">{say(`guarantee_what_${name}`)}</p>
    <Tick name={`met_${name}`} label={say('guarantee_met')} pointer={`/guarantees/${at}/met`} />
    <Field name={`evidence_${name}`} label={say('guarantee_evidence')} maxlength={200} pointer={`/guarantees/${at}/evidence`} />
    <Field name={`seen_${name}`} type="date" label={say('guarantee_seen')} pointer={`/guarantees/${at}/seen_on`} />
  </fieldset>
);

export default function Exit({ household_id }) {
  const household = useAsk(`/households/${household_id}`);
  const propose = (values, key) =>
    send(
      'POST',
      `/households/${household_id}/cases`,
      {
        kind: 'exit',
        reason: values.reason?.trim() ?? '',
        ...(values.evidence?.trim() && { evidence: values.evidence.trim() }),
        ...votesOf(values),
        guarantees: guarantees.map((name) => ({
          guarantee: name,
          met: Boolean(values[`met_${name}`]),
          evidence: values[`evidence_${name}`]?.trim() ?? '',
          seen_on: values[`seen_${name}`] ?? '',
        })),
      },
      { key },
    );
  const initial = Object.fromEntries(guarantees.map((name) => [`seen_${name}`, today()]));
  return (
    <>
      <Crumbs
        of={[
          { href: '/county/households', name: say('households_title') },
          { href: `/county/households/${household_id}`, name: household.data?.head_name_masked ?? say('household') },
          { name: say('case_kind_exit') },
        ]}
      />
      <h1 tabindex="-1">{say('exit_propose')}</h1>
      <Shown of={household}>
        {(it) => (
          <>
            <p>{say('exit_what', { name: it.head_name_masked, village: it.area_name })}</p>
            <Form
              send={propose}
              done={(answer) => go(`/county/cases/${answer.case_id}`)}
              initial={initial}
              submit={say('exit_send')}
              draft={`exit ${household_id}`}
              label={say('exit_propose')}
            >
              <h2>{say('case_step_evaluation')}</h2>
              <Votes />
              <Field name="evidence" label={say('case_minutes')} maxlength={200} isOptional />
              <h2>{say('case_guarantees')}</h2>
              {guarantees.map((name, i) => (
                <Guarantee key={name} name={name} at={i} />
              ))}
              <Words name="reason" label={say('hh_reason')} maxlength={500} rows={2} />
            </Form>
          </>
        )}
      </Shown>
    </>
  );
}
