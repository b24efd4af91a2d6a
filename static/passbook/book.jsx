// The passbook itself: sentences first, for reading aloud; then each delivery, each due, each payment. Nobody else can be seen from here.
import { useState } from 'preact/hooks';
import { send, signOut } from '../shared/ask.js';
import { useAsk, useList } from '../shared/asked.js';
import { ComplaintState, numberInParts, outcomeWords } from '../shared/complaint.jsx';
import { Form, Words } from '../shared/form.jsx';
import { day, quantity, yuan } from '../shared/format.js';
import { Act, Dialog, Empty, inWords, Mark, Money, Shown } from '../shared/parts.jsx';
import { language, say } from '../shared/words.js';

const kinds = {
  expected: 'calm',
  payable: 'wait',
  in_batch: 'wait',
  paid: 'good',
  confirmed: 'good',
  disputed: 'bad',
  returned: 'bad',
};
const State = ({ of }) => <Mark kind={kinds[of] ?? 'calm'}>{inWords('state', of)}</Mark>;

const sentences = ({ head, totals }) => [
  say('sum_head', { head }),
  say('sum_paid', { sum: yuan(totals.paid_fen) }),
  say('sum_payable', { sum: yuan(totals.payable_fen) }),
  say('sum_expected', { sum: yuan(totals.expected_fen) }),
];

/** Read by the device's own voice; where it has none there is no button. */
function Aloud({ of }) {
  if (!('speechSynthesis' in globalThis)) return null;
  const read = () => {
    speechSynthesis.cancel();
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(of.join('。')), { lang: language, rate: 0.85 }));
  };
  return (
    <button type="button" onClick={read}>
      {say('read_aloud')}
    </button>
  );
}

function Dispute({ due, close, done }) {
  const [made, setMade] = useState(null);
  return (
    <Dialog title={say('not_received')} close={made ? done : close}>
      {made ? (
        <>
          <p class="note good" role="status">
            {say('case_opened', { number: numberInParts(made.number) })}
          </p>
          <p>{say('case_next', { day: day(made.answer_due_at) })}</p>
          <p class="buttons">
            <button type="button" class="main" onClick={done}>
              {say('understood')}
            </button>
          </p>
        </>
      ) : (
        <Form
          submit={say('not_received_send')}
          send={({ words }, key) =>
            send('POST', `/dues/${due.due_id}/answer`, { answer: 'disputed', ...(words && { words }) }, { key })
          }
          done={setMade}
          beside={
            <button type="button" onClick={close}>
              {say('leave_it')}
            </button>
          }
        >
          <p>{say('not_received_what', { sum: yuan(due.amount_fen) })}</p>
          <Words name="words" label={say('own_words')} isOptional maxlength={300} />
        </Form>
      )}
    </Dialog>
  );
}

function Due({ due, again }) {
  const [isDisputed, setDisputed] = useState(false);
  return (
    <li>
      <div>
        <strong>
          <Money fen={due.amount_fen} />
        </strong>{' '}
        <State of={due.state} />
        <p class="soft">
          {[
            due.product,
            due.distribution && inWords('income', due.income_kind),
            due.distribution,
            due.source_kind === 'claw_back' && say('taken_back', { why: due.reason ?? '' }),
            day(due.paid_at ?? due.expected_on),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {due.state === 'paid' && (
        <p class="buttons">
          <Act
            kind="main"
            act={(_, key) => send('POST', `/dues/${due.due_id}/answer`, { answer: 'confirmed' }, { key })}
            done={again}
          >
            {say('received')}
          </Act>
          <button type="button" class="warn" onClick={() => setDisputed(true)}>
            {say('not_received')}
          </button>
        </p>
      )}
      {isDisputed && (
        <Dispute
          due={due}
          close={() => setDisputed(false)}
          done={() => {
            setDisputed(false);
            again();
          }}
        />
      )}
    </li>
  );
}

/** The terms as they were agreed on that day, never what they became. */
function terms(one) {
  const price =
    one.farm_gate_price_fen &&
    say('terms_price', { price: yuan(one.farm_gate_price_fen), qty: quantity(one.price_qty, one.base_unit) });
  const part = one.share_ppm && say('terms_share', { percent: one.share_ppm / 10_000 });
  return [price, part].filter(Boolean).join(one.price_rule === 'larger_of' ? say('terms_larger') : '，');
}
const Delivery = ({ of }) => (
  <li>
    <div>
      <strong>
        {quantity(of.quantity_qty, of.base_unit)} {of.product}
      </strong>{' '}
      <Mark kind={{ waiting: 'wait', passed: 'good', rejected: 'bad' }[of.inspection]}>
        {inWords('inspection', of.inspection)}
      </Mark>
      <p class="soft">
        {day(of.delivered_on)} · {of.shop}
      </p>
      <p>{terms(of)}</p>
      {of.left_qty > 0 && <p class="soft">{say('still_unsold', { qty: quantity(of.left_qty, of.base_unit) })}</p>}
    </div>
  </li>
);
const Payout = ({ of }) => (
  <li>
    <div>
      <strong>
        <Money fen={of.amount_fen} />
      </strong>{' '}
      <State of={of.state} />
      <p class="soft">
        {[of.title, of.result_on && day(of.result_on), of.account && say('to_account', { account: of.account })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {of.reason && <p>{say('returned_because', { reason: of.reason })}</p>}
    </div>
  </li>
);
const Part = ({ title, items, none, children }) => (
  <section>
    <h2>{title}</h2>
    {items.length ? <ul class="rows">{items.map(children)}</ul> : <Empty>{none}</Empty>}
  </section>
);

/** What the office asks this household: nothing goes on without its own word. */
function Asked({ one, again }) {
  const [isRefusing, setRefusing] = useState(false);
  const answer = (accepted, note, key) =>
    send('POST', `/cases/${one.case_id}/steps`, { step: one.state, accepted, ...(note && { note }) }, { key });
  return (
    <li>
      <div>
        <strong>{inWords('asked', one.kind)}</strong>
        <p>{say('asked_what')}</p>
      </div>
      <p class="buttons">
        <Act kind="main" act={(_, key) => answer(true, null, key)} done={again} ask={<p>{say('asked_sure')}</p>}>
          {say('asked_yes')}
        </Act>
        <button type="button" class="warn" onClick={() => setRefusing(true)}>
          {say('asked_no')}
        </button>
      </p>
      {isRefusing && (
        <Dialog title={say('asked_no')} close={() => setRefusing(false)}>
          <Form
            submit={say('asked_no')}
            send={({ note }, key) => answer(false, note?.trim() || say('asked_no'), key)}
            done={again}
            beside={
              <button type="button" onClick={() => setRefusing(false)}>
                {say('leave_it')}
              </button>
            }
          >
            <Words name="note" label={say('own_words')} isOptional maxlength={300} />
          </Form>
        </Dialog>
      )}
    </li>
  );
}
function AskedOf({ household_id }) {
  const cases = useList('/cases', { county: household_id.slice(0, 6), household_id, waiting: 'true' });
  if (!cases.items?.length) return null;
  return (
    <section class="card">
      <h2>{say('asked')}</h2>
      <ul class="rows">
        {cases.items.map((one) => (
          <Asked key={one.case_id} one={one} again={cases.again} />
        ))}
      </ul>
    </section>
  );
}

const Case = ({ of }) => (
  <li>
    <div>
      <strong>{inWords('complaint_category', of.category)}</strong> <ComplaintState of={of} />
      <p class="soft">{[numberInParts(of.number), day(of.received_at)].join(' · ')}</p>
      {of.answer ? (
        <p>
          {outcomeWords(of)} {of.answer}
        </p>
      ) : (
        <p>{say('case_next', { day: day(of.answer_due_at) })}</p>
      )}
    </div>
  </li>
);

/** Two officers changed where the money goes: the household must hear of it, whoever asked. */
const NOTICE_DAYS = 90;
const AccountChanged = ({ at, account }) =>
  Date.now() - new Date(at) < NOTICE_DAYS * 86_400_000 && <p class="note">{say('account_changed', { day: day(at), account })}</p>;

export function Book({ household_id }) {
  const book = useAsk(`/households/${household_id}/passbook`),
    cases = useList('/me/complaints');
  const again = () => {
    book.again();
    cases.again();
  };
  return (
    <>
      <h1 tabindex="-1">{say('passbook')}</h1>
      <Shown of={book}>
        {(it) => (
          <>
            <div class="card">
              {sentences(it).map((one) => (
                <p key={one}>{one}</p>
              ))}
              <p class="buttons">
                <Aloud of={sentences(it)} />
                <button type="button" onClick={() => signOut()}>
                  {say('close_passbook')}
                </button>
              </p>
            </div>
            {it.account && it.account_changed_at && <AccountChanged at={it.account_changed_at} account={it.account} />}
            <AskedOf household_id={household_id} />
            {cases.items?.length > 0 && (
              <Part title={say('cases')} items={cases.items}>
                {(one) => <Case key={one.number} of={one} />}
              </Part>
            )}
            <Part title={say('dues')} items={it.dues} none={say('dues_none')}>
              {(one) => <Due key={one.due_id} due={one} again={again} />}
            </Part>
            <Part title={say('payouts')} items={it.payouts} none={say('payouts_none')}>
              {(one) => <Payout key={one.item_id} of={one} />}
            </Part>
            <Part title={say('deliveries')} items={it.deliveries} none={say('deliveries_none')}>
              {(one) => <Delivery key={one.contribution_id} of={one} />}
            </Part>
          </>
        )}
      </Shown>
    </>
  );
}
