// What may be done about a household, each a short form over its card. Nothing is overwritten: every entry is dated and stays.
import { useState } from 'preact/hooks';
import { send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { base, Choice, fen, Field, Form, Mistake, Quantity, Tick, Words, Yuan } from '../shared/form.jsx';
import { today } from '../shared/format.js';
import { Dialog } from '../shared/parts.jsx';
import { go } from '../shared/place.js';
import { Qr } from '../shared/qr.jsx';
import { language, say } from '../shared/words.js';
import { statuses } from './households.jsx';

export const relations = ['spouse', 'child', 'child_in_law', 'parent', 'grandchild', 'grandparent', 'sibling', 'other'];
const incomes = ['sale_of_produce', 'wage', 'rent', 'dividend', 'post_subsidy', 'tourism', 'transfer', 'other'];
const purposes = ['audit', 'payout_check', 'duplicate_check', 'objection', 'inquiry'];
const evidences = ['receipt', 'cooperative_book', 'declared'];
const whole = (values, name) => {
  const found = /^\d{1,9}$/.exec((values[name] ?? '').trim());
  if (!found) throw new Mistake(`/${name}`, say('not_a_number'));
  return Number(found[0]);
};

/** A button that opens a form over the page and closes it when it is done. */
function Opening({ words, children, title = words }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words}
      </button>
      {isOpen && (
        <Dialog title={title} close={() => setOpen(false)}>
          {children(() => setOpen(false))}
        </Dialog>
      )}
    </>
  );
}
const Leave = ({ close }) => (
  <button type="button" onClick={close}>
    {say('leave_it')}
  </button>
);

/** Every change of who belongs to the register is a proposal: its page tells who comes next. */
const toCase = ({ case_id }) => go(`/county/cases/${case_id}`);

export const RecordStatus = ({ at }) => (
  <Opening words={say('hh_record_status')}>
    {(close) => (
      <Form
        initial={{ status: 'registered', valid_from: today() }}
        beside={<Leave close={close} />}
        submit={say('case_send')}
        done={toCase}
        send={({ status, valid_from, reason, source }, key) =>
          send('POST', `${at}/statuses`, { status, valid_from, reason: reason ?? '', source: source ?? '' }, { key })
        }
      >
        <p class="soft">{say('hh_record_status_what')}</p>
        <Choice
          name="status"
          label={say('hh_status')}
          of={statuses.filter((one) => one !== 'exited_supported').map((one) => [one, say(`status_${one}`)])}
        />
        <Field name="valid_from" type="date" label={say('hh_valid_from')} />
        <Words name="reason" label={say('hh_reason')} maxlength={500} />
        <Field name="source" label={say('set_source')} hint={say('hh_source_hint')} maxlength={200} />
      </Form>
    )}
  </Opening>
);

/** Entering, being newly recognised, coming back: a reason is enough, the village and the offices do the rest. */
export const StartCase = ({ at, kind }) => (
  <Opening words={say(`case_start_${kind}`)}>
    {(close) => (
      <Form
        beside={<Leave close={close} />}
        submit={say('case_send')}
        done={toCase}
        send={({ reason, evidence }, key) =>
          send(
            'POST',
            `${at}/cases`,
            { kind, reason: reason?.trim() ?? '', ...(evidence?.trim() && { evidence: evidence.trim() }) },
            { key },
          )
        }
      >
        <p class="soft">{say(`case_start_what_${kind}`)}</p>
        <Words name="reason" label={say('hh_reason')} maxlength={500} />
        <Field name="evidence" label={say('case_evidence')} maxlength={200} isOptional />
      </Form>
    )}
  </Opening>
);

const Places = ({ parent, name, label }) => {
  const found = useAsk(parent ? '/areas' : null, { parent, limit: 100 });
  return (
    <Choice
      name={name}
      label={label}
      of={[['', say('hh_choose')], ...(found.data?.items ?? []).map((one) => [one.code, one.name])]}
    />
  );
};
export const Move = ({ at, household }) => (
  <Opening words={say('case_start_move')}>
    {(close) => (
      <Form
        initial={{ moved_on: today(), township: household.area_code.slice(0, 9) }}
        beside={<Leave close={close} />}
        submit={say('case_send')}
        done={toCase}
        send={({ area_code, moved_on, reason }, key) =>
          send('POST', `${at}/move`, { area_code: area_code ?? '', moved_on, reason: reason?.trim() ?? '' }, { key })
        }
      >
        {({ values }) => (
          <>
            <p class="soft">{say('case_start_what_move')}</p>
            <Places parent={household.area_code.slice(0, 6)} name="township" label={say('by_township')} />
            <Places parent={values.township} name="area_code" label={say('case_into')} />
            <Field name="moved_on" type="date" label={say('hh_valid_from')} />
            <Words name="reason" label={say('hh_reason')} maxlength={500} />
          </>
        )}
      </Form>
    )}
  </Opening>
);

/** Categories with their unit, for what a household produces. */
function useKinds() {
  const kinds = useAsk('/categories', { limit: 100 });
  return (kinds.data?.items ?? []).map((one) => ({ ...one, name: language === 'en' ? one.name_en : one.name_zh }));
}
const KindChoice = ({ kinds }) => (
  <Choice
    name="category_code"
    label={say('by_category')}
    of={[['', say('hh_choose')], ...kinds.map((one) => [one.category_code, one.name])]}
  />
);

export function AddBaseline({ at, again }) {
  const kinds = useKinds();
  return (
    <Opening words={say('hh_add_baseline')}>
      {(close) => (
        <Form
          initial={{ kind: 'sale_of_produce', concept: 'net', method: 'survey', collected_on: today() }}
          beside={<Leave close={close} />}
          done={() => {
            close();
            again();
          }}
          send={(values, key) =>
            send(
              'POST',
              `${at}/baselines`,
              {
                year: whole(values, 'year'),
                kind: values.kind,
                ...(values.kind === 'sale_of_produce' && { category_code: values.category_code ?? '' }),
                amount_fen: fen(values, 'amount_fen'),
                concept: values.concept,
                method: values.method,
                full_survey: Boolean(values.full_survey),
                source: values.source ?? '',
                collected_on: values.collected_on ?? '',
              },
              { key },
            )
          }
        >
          {({ values }) => (
            <>
              <Field name="year" label={say('set_year')} inputmode="numeric" />
              <Choice name="kind" label={say('hh_income_kind')} of={incomes.map((one) => [one, say(`income_${one}`)])} />
              {values.kind === 'sale_of_produce' && <KindChoice kinds={kinds} />}
              <Yuan name="amount_fen" label={say('hh_amount_year')} />
              <Choice
                name="concept"
                label={say('hh_concept')}
                of={[
                  ['net', say('hh_concept_net')],
                  ['disposable', say('hh_concept_disposable')],
                ]}
              />
              <Choice
                name="method"
                label={say('hh_method')}
                of={[
                  ['survey', say('hh_method_survey')],
                  ['registry', say('hh_method_registry')],
                ]}
              />
              <Tick name="full_survey" label={say('hh_full_survey')} />
              <Field name="source" label={say('set_source')} maxlength={200} />
              <Field name="collected_on" type="date" label={say('hh_collected_on')} />
            </>
          )}
        </Form>
      )}
    </Opening>
  );
}

export function AddCost({ at, again }) {
  const kinds = useKinds();
  const unitOf = (code) => kinds.find((one) => one.category_code === code)?.base_unit ?? 'g';
  return (
    <Opening words={say('hh_add_cost')}>
      {(close) => (
        <Form
          initial={{ evidence: 'receipt', year: today().slice(0, 4) }}
          beside={<Leave close={close} />}
          done={() => {
            close();
            again();
          }}
          send={(values, key) =>
            send(
              'POST',
              `${at}/costs`,
              {
                category_code: values.category_code ?? '',
                year: whole(values, 'year'),
                amount_fen: fen(values, 'amount_fen'),
                produced_qty: base(values, 'produced_qty', unitOf(values.category_code)),
                evidence: values.evidence,
                document: values.document ?? '',
              },
              { key },
            )
          }
        >
          {({ values }) => (
            <>
              <KindChoice kinds={kinds} />
              <Field name="year" label={say('set_year')} inputmode="numeric" />
              <Yuan name="amount_fen" label={say('hh_cost')} />
              <Quantity name="produced_qty" label={say('hh_produced')} base_unit={unitOf(values.category_code)} />
              <Choice name="evidence" label={say('evidence')} of={evidences.map((one) => [one, say(`hh_evidence_${one}`)])} />
              <Field name="document" label={say('hh_document')} maxlength={200} />
            </>
          )}
        </Form>
      )}
    </Opening>
  );
}

export function SetCapacity({ at, again }) {
  const kinds = useKinds();
  const unitOf = (code) => kinds.find((one) => one.category_code === code)?.base_unit ?? 'g';
  return (
    <Opening words={say('hh_set_capacity')}>
      {(close) => (
        <Form
          initial={{ year: today().slice(0, 4) }}
          beside={<Leave close={close} />}
          done={() => {
            close();
            again();
          }}
          send={(values, key) =>
            send(
              'POST',
              `${at}/capacities`,
              {
                category_code: values.category_code ?? '',
                year: whole(values, 'year'),
                produce_qty_max: base(values, 'produce_qty_max', unitOf(values.category_code)),
                basis: values.basis ?? '',
              },
              { key },
            )
          }
        >
          {({ values }) => (
            <>
              <p class="soft">{say('hh_set_capacity_what')}</p>
              <KindChoice kinds={kinds} />
              <Field name="year" label={say('set_year')} inputmode="numeric" />
              <Quantity name="produce_qty_max" label={say('hh_capacity')} base_unit={unitOf(values.category_code)} />
              <Field name="basis" label={say('hh_basis')} maxlength={200} />
            </>
          )}
        </Form>
      )}
    </Opening>
  );
}

const comings = ['birth', 'marriage', 'moved_in', 'returned', 'other'];
const goings = ['death', 'marriage', 'moved_out', 'other'];
const changes = (of) => of.map((one) => [one, say(`case_change_${one}`)]);

export const AddMember = ({ at }) => (
  <Opening words={say('hh_add_member')}>
    {(close) => (
      <Form
        initial={{ change: 'birth', relation: 'child', resident: true, valid_from: today() }}
        beside={<Leave close={close} />}
        submit={say('case_send')}
        done={toCase}
        send={({ change, name, id_number, relation, resident, valid_from, reason }, key) =>
          send(
            'POST',
            `${at}/members`,
            {
              change,
              name: name ?? '',
              id_number: id_number ?? '',
              relation,
              resident: Boolean(resident),
              valid_from,
              reason: reason?.trim() ?? '',
            },
            { key },
          )
        }
      >
        <Choice name="change" label={say('case_change')} of={changes(comings)} />
        <Field name="name" label={say('hh_name')} maxlength={60} autocomplete="off" />
        <Field name="id_number" label={say('hh_id_number')} maxlength={40} autocomplete="off" />
        <Choice name="relation" label={say('hh_relation')} of={relations.map((one) => [one, say(`relation_${one}`)])} />
        <Tick name="resident" label={say('hh_resident')} />
        <Field name="valid_from" type="date" label={say('hh_valid_from')} />
        <Field name="reason" label={say('case_evidence')} hint={say('hh_member_evidence')} maxlength={500} />
      </Form>
    )}
  </Opening>
);
export const EndMember = ({ at, member }) => (
  <Opening words={say('hh_end_member')} title={say('hh_end_member_of', { name: member.name_masked })}>
    {(close) => (
      <Form
        kind="warn"
        submit={say('case_send')}
        initial={{ change: 'moved_out', valid_to: today() }}
        beside={<Leave close={close} />}
        done={toCase}
        send={({ change, valid_to, reason }, key) =>
          send('POST', `${at}/members/${member.member_id}/end`, { change, valid_to, reason: reason?.trim() ?? '' }, { key })
        }
      >
        <Choice name="change" label={say('case_change')} of={changes(goings)} />
        <Field name="valid_to" type="date" label={say('hh_valid_to')} />
        <Field name="reason" label={say('case_evidence')} hint={say('hh_member_evidence')} maxlength={500} />
      </Form>
    )}
  </Opening>
);

export const ProposePayee = ({ at, again }) => (
  <Opening words={say('hh_payee')}>
    {(close) => (
      <Form
        beside={<Leave close={close} />}
        done={() => {
          close();
          again();
        }}
        send={({ payee_bank, payee_account, reason }, key) =>
          send(
            'POST',
            `${at}/payee`,
            { payee_bank: payee_bank ?? '', payee_account: payee_account ?? '', reason: reason ?? '' },
            { key },
          )
        }
      >
        <p class="soft">{say('hh_payee_what')}</p>
        <Field name="payee_bank" label={say('hh_bank')} maxlength={60} />
        <Field name="payee_account" label={say('hh_account')} inputmode="numeric" autocomplete="off" maxlength={40} />
        <Words name="reason" label={say('hh_reason')} maxlength={500} />
      </Form>
    )}
  </Opening>
);

/** A full number: for a stated purpose, written down before it is shown, and shown once. */
export function Reveal({ at, member }) {
  const [shown, setShown] = useState(null);
  return (
    <Opening words={say('hh_reveal')} title={say('hh_reveal_of', { name: member.name_masked })}>
      {(close) =>
        shown ? (
          <>
            <p>{say('hh_reveal_number')}</p>
            <p class="price" role="status">
              {shown}
            </p>
            <p class="buttons">
              <button
                type="button"
                class="main"
                onClick={() => {
                  setShown(null);
                  close();
                }}
              >
                {say('hh_reveal_done')}
              </button>
            </p>
          </>
        ) : (
          <Form
            submit={say('hh_reveal_show')}
            initial={{ purpose: 'payout_check' }}
            beside={<Leave close={close} />}
            done={(answer) => setShown(answer.id_number)}
            send={({ purpose, reason }, key) =>
              send('POST', `${at}/reveal`, { member_id: member.member_id, purpose, reason: reason ?? '' }, { key })
            }
          >
            <p class="note">{say('hh_reveal_logged')}</p>
            <Choice name="purpose" label={say('hh_purpose')} of={purposes.map((one) => [one, say(`purpose_${one}`)])} />
            <Words name="reason" label={say('hh_reason')} maxlength={500} />
          </Form>
        )
      }
    </Opening>
  );
}

/** The slip a household opens its passbook with: printed once; a newer one makes it void. */
export function PassbookSlip({ at, household }) {
  const [slip, setSlip] = useState(null);
  const address = `${location.origin}/passbook?${new URLSearchParams({ county: household.household_id.slice(0, 6), card: household.card_number })}`;
  return (
    <Opening words={say('hh_slip')}>
      {(close) =>
        slip ? (
          <div class="slip">
            <Qr text={address} label={say('hh_slip_qr')} />
            <p>
              {say('hh_card')}: <strong>{household.card_number}</strong>
            </p>
            <p>
              {say('hh_code')}: <strong class="price">{slip}</strong>
            </p>
            <p>{say('hh_slip_how')}</p>
            <p class="buttons unprinted">
              <button type="button" class="main" onClick={() => print()}>
                {say('print')}
              </button>
              <Leave
                close={() => {
                  setSlip(null);
                  close();
                }}
              />
            </p>
          </div>
        ) : (
          <Form
            submit={say('hh_slip_make')}
            beside={<Leave close={close} />}
            done={(answer) => setSlip(answer.code)}
            send={(_, key) => send('POST', `${at}/passbook-code`, undefined, { key })}
          >
            <p>{say('hh_slip_what')}</p>
          </Form>
        )
      }
    </Opening>
  );
}
