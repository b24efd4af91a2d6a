// What households keep of goods that came back, and taking it from what they are owed next: proposed by one, decided by another.
import { may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { Form, fen, Pick, Words, Yuan } from '../shared/form.jsx';
import { moment, yuan } from '../shared/format.js';
import { Act, Empty, Facts, inWords, Mark, Money, Shown, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const marks = { proposed: 'wait', taken: 'good', refused: 'calm' };

const Propose = ({ finding_id, households, again }) => (
  <section class="card">
    <h3>{say('claw_back_propose')}</h3>
    <Form
      label={say('claw_back_propose')}
      submit={say('claw_back_propose')}
      draft={`claw back ${finding_id}`}
      initial={{ household_id: households[0].household_id }}
      send={(values, key) =>
        send(
          'POST',
          `/findings/${finding_id}/claw-backs`,
          {
            household_id: values.household_id,
            amount_fen: fen(values, 'amount', '/amount_fen'),
            reason: values.reason ?? '',
          },
          { key },
        )
      }
      done={again}
    >
      <Pick
        name="household_id"
        label={say('household')}
        of={households.map((one) => [one.household_id, `${one.head} · ${yuan(one.kept_fen)}`])}
      />
      <Yuan name="amount" pointer="/amount_fen" label={say('claw_back_amount')} />
      <Words name="reason" label={say('claw_back_reason')} maxlength={200} />
    </Form>
  </section>
);

const Decide = ({ of, again }) => {
  const decide = (accepted) => (_, key) => send('POST', `/claw-backs/${of.claw_back_id}/decide`, { accepted }, { key });
  return (
    <p class="buttons">
      <Act kind="main" act={decide(true)} done={again}>
        {say('claw_back_approve')}
      </Act>
      <Act act={decide(false)} done={again}>
        {say('claw_back_refuse')}
      </Act>
    </p>
  );
};

const at = (name, time) => time && [name, moment(time)].filter(Boolean).join(' · ');
const ClawBack = ({ of, person, again }) => (
  <section class="card">
    <h3>{say('claw_back_of', { head: of.head })}</h3>
    <p>
      <Mark kind={marks[of.state]}>{inWords('claw_back_state', of.state)}</Mark>
    </p>
    <Facts
      of={[
        [say('claw_back_amount'), <Money fen={of.amount_fen} strong />],
        [say('claw_back_reason'), of.reason],
        [say('claw_back_proposed_by'), at(of.proposed_by_name, of.proposed_at)],
        [say('claw_back_decided_by'), at(of.decided_by_name, of.decided_at)],
        [say('claw_back_answer'), of.answer],
      ]}
    />
    {of.state === 'proposed' && of.proposed_by === person.account_id && <p class="soft">{say('claw_back_other')}</p>}
    {of.state === 'proposed' && of.proposed_by !== person.account_id && may('county') && <Decide of={of} again={again} />}
  </section>
);

export function ClawBacks({ of, person }) {
  const kept = useAsk(`/findings/${of.finding_id}/claw-backs`);
  return (
    <section>
      <h2>{say('claw_back')}</h2>
      <p>{say('claw_back_what')}</p>
      <Shown of={kept}>
        {({ households, claw_backs }) => (
          <>
            {households.length === 0 ? (
              <Empty>
                <p>{say('claw_back_none')}</p>
              </Empty>
            ) : (
              <Table
                caption={say('claw_back')}
                rows={households}
                keyOf={(one) => one.household_id}
                columns={[
                  {
                    name: say('household'),
                    isHead: true,
                    of: (one) => <a href={`/county/households/${one.household_id}`}>{one.head}</a>,
                  },
                  { name: say('claw_back_kept'), isNumber: true, of: (one) => <Money fen={one.kept_fen} /> },
                  { name: say('claw_back_payable'), isNumber: true, of: (one) => <Money fen={one.payable_fen} /> },
                ]}
              />
            )}
            <section class="columns even">
              {claw_backs.map((one) => (
                <ClawBack key={one.claw_back_id} of={one} person={person} again={kept.again} />
              ))}
              {of.state !== 'closed' && households.length > 0 && may('county', 'finance') && (
                <Propose finding_id={of.finding_id} households={households} again={kept.again} />
              )}
            </section>
          </>
        )}
      </Shown>
    </section>
  );
}
