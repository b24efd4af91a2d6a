// What is done to a complaint: sorted, given to someone, passed on, answered, opened again. Each form says who reads what is written.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { categoryChoices, levelChoices } from '../shared/complaint.jsx';
import { Choice, fen, Field, Form, Pick, Words, Yuan } from '../shared/form.jsx';
import { Facts, Shown } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const at = (it, what) => `/complaints/${it.complaint_id}/${what}`;
const bodies = ['discipline', 'police', 'market', 'petitions', 'agriculture', 'civil', 'higher', 'county', 'other'];

export const Sort = ({ it, again }) => (
  <Form
    submit={say('complaint_sort')}
    label={say('complaint_sort')}
    initial={{ scope: 'in_scope', category: it.category, about_level: it.about_level ?? '' }}
    send={({ scope, category, about_level, words }, key) =>
      send(
        'POST',
        at(it, 'sort'),
        { scope, category, ...(about_level && { about_level }), ...(words?.trim() && { words: words.trim() }) },
        { key },
      )
    }
    done={again}
  >
    {({ values }) => (
      <>
        <Pick
          name="scope"
          label={say('complaint_scope')}
          of={['in_scope', 'out_of_scope'].map((one) => [one, say(`complaint_scope_${one}`)])}
        />
        <Choice name="category" label={say('complaints_category')} of={categoryChoices()} />
        <Choice
          name="about_level"
          label={say('complaints_level')}
          hint={say('complaint_level_rule')}
          of={levelChoices()}
          isOptional
        />
        <Words
          name="words"
          label={say('complaint_to_complainant')}
          hint={values.scope === 'out_of_scope' ? say('complaint_out_hint') : undefined}
          isOptional={values.scope === 'in_scope'}
          maxlength={1000}
        />
      </>
    )}
  </Form>
);

export function Assign({ it, person, again }) {
  const handlers = useAsk(at(it, 'handlers'), { limit: 100 });
  return (
    <Shown of={handlers}>
      {({ items }) =>
        items.length === 0 ? (
          <p class="note">{say('complaint_no_handler')}</p>
        ) : (
          <Form
            submit={say('complaint_assign')}
            label={say('complaint_assign')}
            initial={{
              account_id:
                it.assigned_to ?? items.find((one) => one.account_id === person.account_id)?.account_id ?? items[0].account_id,
            }}
            send={({ account_id, due_on }, key) =>
              send('POST', at(it, 'assign'), { account_id, ...(due_on && { due_on }) }, { key })
            }
            done={again}
          >
            <Choice
              name="account_id"
              label={say('complaint_handler')}
              of={items.map((one) => [one.account_id, one.display_name])}
            />
            <Field name="due_on" type="date" label={say('complaint_due_on')} isOptional />
          </Form>
        )
      }
    </Shown>
  );
}

export const Refer = ({ it, again }) => (
  <Form
    submit={say('complaint_refer')}
    label={say('complaint_refer')}
    initial={{ kind: bodies[0] }}
    send={({ kind, to, area_code, words }, key) =>
      send(
        'POST',
        at(it, 'refer'),
        {
          kind,
          words: words?.trim() ?? '',
          ...(kind === 'county' ? area_code && { area_code } : to?.trim() && { to: to.trim() }),
        },
        { key },
      )
    }
    done={again}
  >
    {({ values }) => (
      <>
        <Choice name="kind" label={say('complaint_refer_kind')} of={bodies.map((one) => [one, say(`complaint_body_${one}`)])} />
        {values.kind === 'county' ? (
          <OtherCounty it={it} />
        ) : (
          <Field name="to" label={say('complaint_refer_to')} maxlength={80} />
        )}
        <Words name="words" label={say('complaint_to_complainant')} hint={say('complaint_refer_hint')} maxlength={1000} />
      </>
    )}
  </Form>
);
function OtherCounty({ it }) {
  const counties = useAsk('/areas', { parent: it.area_code.slice(0, 4), limit: 100 });
  const others = (counties.data?.items ?? []).filter((one) => one.code !== it.area_code.slice(0, 6));
  return (
    <Choice
      name="area_code"
      label={say('complaint_refer_county')}
      hint={say('complaint_refer_county_hint')}
      of={[['', say('choose')], ...others.map((one) => [one.code, one.name])]}
    />
  );
}

export function Answer({ it, person, again }) {
  const accounts = useAsk('/accounts', { limit: 100 });
  const owners = (accounts.data?.items ?? []).filter(
    (one) => one.account_id !== person.account_id && one.roles.some(({ role }) => ['cadre', 'township', 'county'].includes(role)),
  );
  const answer = (values, key) => {
    const isTrue = values.judgement !== 'not_substantiated';
    return send(
      'POST',
      at(it, 'answer'),
      {
        judgement: values.judgement,
        solved: values.solved === 'yes',
        answer: values.answer?.trim() ?? '',
        ...(values.punished && { punished_count: Number(values.punished) || 0 }),
        ...(values.recovered && { recovered_fen: fen(values, 'recovered', '/recovered_fen') }),
        ...(isTrue && { finding_owner_id: values.owner || undefined, finding_due_on: values.due_on || undefined }),
      },
      { key },
    );
  };
  return (
    <Form
      submit={say('complaint_answer_send')}
      label={say('complaint_answer')}
      draft={`answer ${it.complaint_id}`}
      initial={{ judgement: 'not_substantiated', solved: 'yes' }}
      send={answer}
      done={again}
    >
      {({ values }) => (
        <>
          <Pick
            name="judgement"
            label={say('complaint_judgement')}
            of={['substantiated', 'partly', 'not_substantiated'].map((one) => [one, say(`complaint_judgement_${one}`)])}
          />
          <Pick
            name="solved"
            label={say('complaint_is_solved')}
            of={[
              ['yes', say('complaint_solved')],
              ['no', say('complaint_unsolved')],
            ]}
          />
          <Words
            name="answer"
            label={say('complaint_to_complainant')}
            hint={say('complaint_answer_hint')}
            maxlength={2000}
            rows={5}
          />
          {values.judgement !== 'not_substantiated' && (
            <>
              <div class="filters">
                <Field
                  name="punished"
                  pointer="/punished_count"
                  label={say('complaint_punished')}
                  inputmode="numeric"
                  isOptional
                />
                <Yuan name="recovered" pointer="/recovered_fen" label={say('complaint_recovered')} isOptional />
              </div>
              <p>{say('complaint_finding_why')}</p>
              <Choice
                name="owner"
                pointer="/finding_owner_id"
                label={say('finding_whom')}
                of={[['', say('choose')], ...owners.map((one) => [one.account_id, one.display_name])]}
              />
              <Field name="due_on" pointer="/finding_due_on" type="date" label={say('finding_until')} />
            </>
          )}
        </>
      )}
    </Form>
  );
}

export const Reopen = ({ it, again }) => (
  <Form
    submit={say('complaint_reopen')}
    label={say('complaint_reopen')}
    send={({ reason }, key) => send('POST', at(it, 'reopen'), { reason: reason?.trim() ?? '' }, { key })}
    done={again}
  >
    <Words name="reason" label={say('complaint_reopen_why')} hint={say('complaint_reopen_hint')} maxlength={500} />
  </Form>
);
export const Note = ({ it, again }) => (
  <Form
    submit={say('complaint_note_keep')}
    label={say('complaint_note')}
    draft={`note ${it.complaint_id}`}
    send={({ words }, key) => send('POST', at(it, 'notes'), { words: words?.trim() ?? '' }, { key })}
    done={again}
  >
    <Words name="words" label={say('complaint_note')} hint={say('complaint_note_hint')} maxlength={1000} />
  </Form>
);
export function Party({ it, again }) {
  const accounts = useAsk('/accounts', { limit: 100 });
  return (
    <Shown of={accounts}>
      {({ items }) => (
        <Form
          submit={say('complaint_party_name')}
          label={say('complaint_party')}
          initial={{ account_id: '' }}
          send={({ account_id }, key) => send('POST', at(it, 'parties'), { account_id: account_id || undefined }, { key })}
          done={again}
        >
          <Choice
            name="account_id"
            label={say('complaint_party')}
            hint={say('complaint_party_hint')}
            of={[['', say('choose')], ...items.map((one) => [one.account_id, one.display_name])]}
          />
        </Form>
      )}
    </Shown>
  );
}

/** Opened for the handler alone, with a reason that stays in the log; gone when the page is left. */
export function Contact({ it }) {
  const [opened, setOpened] = useState(null);
  if (opened)
    return (
      <Facts
        of={[
          [say('complaints_name'), opened.name],
          [say('complaints_contact'), opened.contact],
        ]}
      />
    );
  return (
    <Form
      submit={say('complaint_contact_open')}
      label={say('complaint_contact')}
      send={({ reason }) => send('POST', at(it, 'contact'), { reason: reason?.trim() ?? '' })}
      done={setOpened}
    >
      <Field name="reason" label={say('complaint_contact_why')} hint={say('complaint_contact_hint')} maxlength={500} />
    </Form>
  );
}
