// One change of the register: what shall change, the next act in one line, and every step with who took it and when.
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { day, moment } from '../shared/format.js';
import { Field, Form, Mistake, Words } from '../shared/form.jsx';
import { Crumbs, Facts, Mark, Print, Shown } from '../shared/parts.jsx';
import { language, say } from '../shared/words.js';
import { aboutFacts, caseOf, CaseState } from './cases.jsx';

const whole = (values, name) => {
  const found = /^\d{1,6}$/.exec((values[name] ?? '').trim());
  if (!found) throw new Mistake(`/${name}`, say('not_a_number'));
  return Number(found[0]);
};
const rolesInWords = (roles) =>
  new Intl.ListFormat(language, { type: 'disjunction' }).format(roles.map((one) => say(`role_${one}`)));

/** How many came to the meeting and how many were in favour. */
export const Votes = () => (
  <div class="pair">
    <Field name="votes_present" label={say('case_votes_present')} inputmode="numeric" autocomplete="off" />
    <Field name="votes_for" label={say('case_votes_for')} inputmode="numeric" autocomplete="off" />
  </div>
);
export const votesOf = (values) => ({ votes_present: whole(values, 'votes_present'), votes_for: whole(values, 'votes_for') });

/** Yes: with what this step needs besides. */
function Take({ it, done }) {
  const isMeeting = it.state === 'evaluation',
    isSigned = it.state === 'acceptance';
  const take = (values, key) =>
    send(
      'POST',
      `/cases/${it.case_id}/steps`,
      {
        step: it.state,
        accepted: true,
        ...(isMeeting && votesOf(values)),
        ...((isMeeting || isSigned) && { evidence: values.evidence?.trim() ?? '' }),
        ...(values.note?.trim() && { note: values.note.trim() }),
      },
      { key },
    );
  return (
    <Form send={take} done={done} submit={say(`case_do_${it.state}`)} label={say(`case_do_${it.state}`)}>
      {isMeeting && <Votes />}
      {(isMeeting || isSigned) && (
        <Field name="evidence" label={say(isSigned ? 'case_signature' : 'case_minutes')} maxlength={200} isOptional={isMeeting} />
      )}
      <Words name="note" label={say('case_note')} isOptional maxlength={500} rows={2} />
    </Form>
  );
}
function Refuse({ it, done }) {
  const refuse = (values, key) => {
    if (!values.note?.trim()) throw new Mistake('/note', say('reason_needed'));
    return send(
      'POST',
      `/cases/${it.case_id}/steps`,
      { step: it.state, accepted: false, note: values.note.trim(), ...(it.state === 'evaluation' && votesOf(values)) },
      { key },
    );
  };
  return (
    <details>
      <summary>{say('case_refuse')}</summary>
      <Form send={refuse} done={done} submit={say('case_refuse')} kind="warn" label={say('case_refuse')}>
        {it.state === 'evaluation' && <Votes />}
        <Words name="note" label={say('case_refuse_why')} maxlength={500} rows={2} />
      </Form>
    </details>
  );
}
function Withdraw({ it, done }) {
  const withdraw = ({ reason = '' }, key) => send('POST', `/cases/${it.case_id}/withdraw`, { reason: reason.trim() }, { key });
  return (
    <details>
      <summary>{say('case_withdraw')}</summary>
      <Form send={withdraw} done={done} submit={say('case_withdraw')} kind="warn" label={say('case_withdraw')}>
        <Words name="reason" label={say('case_withdraw_why')} maxlength={500} rows={2} />
      </Form>
    </details>
  );
}

/** One line: who is to do what next, or what it waits for. */
function nextInWords(it) {
  const step = say(`case_step_${it.state}`);
  if (it.blocked_by === null) return say('case_next_you', { step });
  if (it.blocked_by === 'own-entry') return say('case_next_other', { step, roles: rolesInWords(it.waits_for_roles) });
  if (it.blocked_by === 'not-mine') return say('case_next_role', { step, roles: rolesInWords(it.waits_for_roles) });
  if (it.objections_upheld > 0) return say('case_next_upheld');
  if (it.objections_open > 0) return say('case_next_objection');
  return say('case_next_notice', { at: moment(it.notice_ends_at) });
}
function Next({ it, done }) {
  if (it.ended_at)
    return <p class={`note ${it.state === 'done' ? 'good' : ''}`}>{say(`case_end_${it.state}`, { at: moment(it.ended_at) })}</p>;
  const mayRefuse = it.blocked_by === null || it.blocked_by === 'notice-open';
  return (
    <section class="card unprinted">
      <h2>{say('case_next')}</h2>
      <p>
        <strong>{nextInWords(it)}</strong>
      </p>
      {it.blocked_by === null && <Take it={it} done={done} />}
      {mayRefuse && <Refuse it={it} done={done} />}
      {it.is_own_entry && <Withdraw it={it} done={done} />}
    </section>
  );
}

const stepMark = (it, one) => {
  if (one.at)
    return <Mark kind={one.accepted ? 'good' : 'bad'}>{say(one.accepted ? 'case_step_done' : 'case_step_refused')}</Mark>;
  return one.step === it.state ? <Mark kind="wait">{say('case_step_now')}</Mark> : null;
};
function Steps({ it }) {
  return (
    <section>
      <h2>{say('case_steps')}</h2>
      <ol class="rows">
        {it.steps.map((one) => (
          <li key={one.step}>
            <div>
              <strong>{say(`case_step_${one.step}`)}</strong> {!one.at && <span class="soft">{rolesInWords(one.roles)}</span>}
              {one.at && (
                <p class="soft">
                  {[
                    one.actor,
                    moment(one.at),
                    one.votes_present && say('case_votes', { present: one.votes_present, in_favour: one.votes_for }),
                    one.evidence,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              )}
              {one.note && <p>{one.note}</p>}
              {one.publicity_id && (
                <p>
                  <a href={`/county/notices/${one.publicity_id}`}>{say('case_notice')}</a>
                </p>
              )}
            </div>
            {stepMark(it, one)}
          </li>
        ))}
      </ol>
    </section>
  );
}
export const guarantees = ['food', 'clothing', 'education', 'medical_care', 'housing'];
const Guarantees = ({ of }) => (
  <section>
    <h2>{say('case_guarantees')}</h2>
    <Facts
      of={guarantees.map((name) => {
        const seen = of.find((one) => one.guarantee === name);
        return seen && [say(`guarantee_${name}`), `${seen.evidence} · ${day(seen.seen_on)}`];
      })}
    />
  </section>
);

export default function Case({ case_id }) {
  const asked = useAsk(`/cases/${case_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/county/cases', name: say('cases') }, { name: say('case') }]} />
      <Shown of={asked}>
        {(it) => (
          <>
            <h1 tabindex="-1">
              {say(`case_kind_${it.kind}`)} · {caseOf(it)} <CaseState one={it} />
            </h1>
            <Next it={it} done={asked.again} key={it.state} />
            <div class="columns even">
              <section>
                <h2>{say('case_what')}</h2>
                <Facts
                  of={[
                    it.household_id && [
                      say('household'),
                      <a href={`/county/households/${it.household_id}`}>
                        {it.head_name_masked} · {it.card_number}
                      </a>,
                    ],
                    [say('by_village'), it.area_name],
                    ...aboutFacts(it),
                    [say('hh_reason'), it.reason],
                    it.one_notice && [say('case_notices'), say('case_one_notice')],
                  ]}
                />
                {it.guarantees.length > 0 && <Guarantees of={it.guarantees} />}
                <p>
                  <Print />
                </p>
              </section>
              <Steps it={it} />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
