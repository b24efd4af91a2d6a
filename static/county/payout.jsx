// One batch of payments: its stages with who and when, what comes next and for whom, and every payment in it.
import { useState } from 'preact/hooks';
import { addressOf, may, send } from '../shared/ask.js';
import { useAsk } from '../shared/asked.js';
import { textOf } from '../shared/csv.js';
import { count, day, moment, today, yuan } from '../shared/format.js';
import { Field, Form, Mistake } from '../shared/form.jsx';
import { Act, Crumbs, Empty, Figures, inWords, Mark, Money, Print, Shown, Table, Trouble } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { resultsOf } from './bank_results.js';
import { State } from './states.jsx';

const DAY_MS = 86_400_000;
const daysTo = (at) => Math.ceil((new Date(at) - Date.now()) / DAY_MS);
const isOpen = (objection) => !objection.answered_at;
const sumOf = (items) => items.reduce((sum, one) => sum + one.amount_fen, 0);
const hasEnded = (batch) => batch.notice.ended || new Date(batch.notice.ends_at) <= Date.now();

/** What keeps a batch from being approved by this person, in words; null when nothing does. */
function whyNotApproved(batch) {
  const open = batch.objections.filter(isOpen).length;
  if (batch.objections.some((one) => one.upheld)) return say('payout_why_upheld');
  if (!hasEnded(batch)) return say('payout_why_notice', { at: moment(batch.notice.ends_at) });
  if (open > 0) return say('payout_why_objections', { count: open });
  if (batch.proposed_by_you) return say('payout_why_own');
  if (!may('county')) return say('payout_why_role');
  return null;
}

function Withdraw({ batch, again }) {
  const withdraw = ({ reason = '' }, key) =>
    send('POST', `/payout-batches/${batch.batch_id}/withdraw`, { reason: reason.trim() }, { key });
  return (
    <details>
      <summary>{say('payout_withdraw')}</summary>
      <p>{say('payout_withdraw_what')}</p>
      <Form send={withdraw} done={again} submit={say('payout_withdraw_now')} kind="warn">
        <Field name="reason" label={say('reason')} maxlength={200} />
      </Form>
    </details>
  );
}

function keep(name, contents) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([contents], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** With full names and accounts, for finance alone; that it was taken is kept. */
function BankList({ batch }) {
  const [left, setLeft] = useState(0);
  const done = ({ file, left_out_count }) => {
    keep(`${batch.title}.csv`, file);
    setLeft(left_out_count);
  };
  return (
    <>
      <Act
        act={() => send('POST', `/payout-batches/${batch.batch_id}/bank-list`)}
        done={done}
        ask={<p>{say('payout_list_ask')}</p>}
      >
        {say('payout_list_get')}
      </Act>
      {left > 0 && <p class="note">{say('payout_list_left', { count: left })}</p>}
    </>
  );
}

/** The stages in order: { name, mark, who, at, words, act }. mark: good done, wait now, bad stuck, calm later. */
function stagesOf(batch, again) {
  const { notice, items } = batch,
    isWithdrawn = batch.state === 'withdrawn';
  const approved = ['approved', 'paid'].includes(batch.state),
    why = whyNotApproved(batch),
    open = batch.objections.filter(isOpen).length;
  const waiting = items.filter(({ state }) => state === 'approved'),
    returned = items.filter(({ state }) => state === 'returned'),
    paid = items.filter(({ state }) => state === 'paid');
  const upheld = batch.objections.filter((one) => one.upheld).length,
    ended = hasEnded(batch);
  const approve = (wish, key) => send('POST', `/payout-batches/${batch.batch_id}/approve`, undefined, { key });
  return [
    {
      name: 'proposed',
      mark: 'good',
      who: batch.proposed_by,
      at: batch.proposed_at,
      words: say('payout_proposed_sum', { count: batch.items_count, sum: yuan(batch.total_fen) }),
    },
    {
      name: 'notice',
      mark: upheld ? 'bad' : ended && open === 0 ? 'good' : open ? 'bad' : 'wait',
      words: [
        ended
          ? say('payout_notice_was', { from: day(notice.starts_at), to: moment(notice.ends_at) })
          : say('payout_notice_days', { count: daysTo(notice.ends_at), to: moment(notice.ends_at) }),
        open > 0
          ? say('payout_objections_open', { count: open })
          : batch.objections.length > 0
            ? say('payout_objections_answered', { count: batch.objections.length })
            : say('payout_objections_none'),
      ].join(' '),
      act: (
        <a class="button" href={`/county/notices/${notice.publicity_id}`}>
          {say(open > 0 ? 'payout_notice_answer' : 'payout_notice_open')}
        </a>
      ),
    },
    isWithdrawn
      ? { name: 'withdrawn', mark: 'bad', at: notice.withdrawn_at, words: say('payout_withdrawn_what') }
      : {
          name: 'approved',
          mark: approved ? 'good' : why ? 'calm' : 'wait',
          who: batch.approved_by,
          at: batch.approved_at,
          words: approved ? null : (why ?? say('payout_approve_what', { sum: yuan(batch.total_fen) })),
          act: !approved && !why && (
            <Act
              act={approve}
              done={again}
              kind="main"
              ask={<p>{say('payout_approve_ask', { count: batch.items_count, sum: yuan(batch.total_fen) })}</p>}
            >
              {say('payout_approve')}
            </Act>
          ),
        },
    !isWithdrawn && {
      name: 'file',
      mark: batch.state === 'paid' ? 'good' : approved ? 'wait' : 'calm',
      words: say(approved ? 'payout_file_ready' : 'payout_file_later'),
      act: approved && may('county', 'finance') && (
        <>
          <a class="button" href={addressOf(`/payout-batches/${batch.batch_id}/bank-file`)} download={`${batch.title}.csv`}>
            {say('payout_file_get')}
          </a>
          {batch.state === 'approved' && may('finance') && <BankList batch={batch} />}
        </>
      ),
    },
    !isWithdrawn && {
      name: 'results',
      mark: batch.state === 'paid' ? 'good' : approved ? 'wait' : 'calm',
      words: approved
        ? say('payout_results_n', { done: count(items.length - waiting.length), count: items.length })
        : say('payout_results_later'),
      act:
        approved &&
        waiting.length > 0 &&
        (may('finance') ? (
          <a class="button" href="#results">
            {say('payout_results_enter')}
          </a>
        ) : (
          <span class="soft">{say('payout_results_by_finance')}</span>
        )),
    },
    !isWithdrawn && {
      name: 'done',
      mark: batch.state !== 'paid' ? 'calm' : returned.length ? 'bad' : 'good',
      at: batch.paid_at,
      words:
        [
          paid.length > 0 && say('payout_done_paid', { count: paid.length, sum: yuan(batch.paid_fen) }),
          returned.length > 0 && say('payout_done_returned', { count: returned.length, sum: yuan(sumOf(returned)) }),
        ]
          .filter(Boolean)
          .join(' ') || say('payout_done_later'),
    },
  ].filter(Boolean);
}

function Stages({ batch, again }) {
  return (
    <ol class="stages">
      {stagesOf(batch, again).map((one) => (
        <li key={one.name}>
          <Mark kind={one.mark}>{say(`payout_stage_${one.name}`)}</Mark>
          <div>
            {(one.who || one.at) && <p class="soft">{[one.who, one.at && moment(one.at)].filter(Boolean).join(' · ')}</p>}
            {one.words && <p>{one.words}</p>}
          </div>
          {one.act}
        </li>
      ))}
    </ol>
  );
}

const post = (batch, items, key) => send('POST', `/payout-batches/${batch.batch_id}/results`, { items }, { key });

/** The bank's own file: read here, shown in sums, and only then booked. */
function ByFile({ batch, again }) {
  const [read, setRead] = useState(null);
  const choose = async (event) => {
    const [file] = event.currentTarget.files;
    event.currentTarget.value = '';
    if (file) setRead({ name: file.name, found: resultsOf(await textOf(file), today()) });
  };
  const found = read?.found,
    paid = found?.items.filter(({ result }) => result === 'paid') ?? [],
    returned = found?.items.filter(({ result }) => result === 'returned') ?? [];
  const amount = new Map(batch.items.map((one) => [one.item_id, one])),
    sum = (items) => yuan(sumOf(items.map(({ item_id }) => amount.get(item_id)).filter(Boolean)));
  return (
    <section>
      <h3>{say('payout_by_file')}</h3>
      <p class="soft">{say('payout_by_file_what')}</p>
      <p class="choose-file">
        <label class="button">
          <input type="file" class="unseen" accept=".csv,.txt,text/csv" onChange={choose} />
          <span>{say('payout_file_choose')}</span>
        </label>
      </p>
      {read && !found && <Trouble refusal={{ errors: [] }} words={say('payout_file_wrong', { name: read.name })} />}
      {found && (
        <div class="note" role="status">
          <p>
            {say('payout_file_found', {
              name: read.name,
              paid: count(paid.length),
              paid_sum: sum(paid),
              returned: count(returned.length),
              returned_sum: sum(returned),
            })}
          </p>
          {found.faults.length > 0 && <p>{say('payout_file_faults', { lines: found.faults.join('、') })}</p>}
          {found.items.length > 0 && (
            <p class="buttons">
              <Act
                act={(wish, key) => post(batch, wish, key)}
                wish={found.items}
                done={() => {
                  setRead(null);
                  again();
                }}
                kind="main"
              >
                {say('payout_results_book')}
              </Act>
            </p>
          )}
        </div>
      )}
    </section>
  );
}

/** By hand: what the bank's slip says of each payment. What came may still bounce. */
function ByHand({ batch, again }) {
  const open = batch.items.filter(({ state }) => ['approved', 'paid'].includes(state));
  const waiting = open.filter(({ state }) => state === 'approved');
  const book = (values, key) => {
    const items = open
      .filter(({ item_id }) => values[item_id])
      .map(({ item_id }) => ({
        item_id,
        result: values[item_id],
        result_on: values.result_on,
        ...(values[item_id] === 'paid'
          ? { evidence: values.evidence?.trim() || undefined }
          : { reason: values[`${item_id} reason`]?.trim() || undefined }),
      }));
    if (items.length === 0) throw new Mistake('', say('payout_hand_none'));
    return post(batch, items, key).catch((refusal) => {
      throw Object.assign(refusal, { errors: refusal.errors?.map((one) => named(one, items)) });
    });
  };
  const named = (one, items) => {
    const [, at, field] = /^\/items\/(\d+)\/(\w+)$/.exec(one.pointer) ?? [];
    if (at === undefined) return one;
    return {
      ...one,
      pointer:
        field === 'reason'
          ? `/items/${items[at].item_id}/reason`
          : field === 'evidence' || field === 'result_on'
            ? `/${field}`
            : one.pointer,
    };
  };
  return (
    <details>
      <summary>{say('payout_by_hand')}</summary>
      <Form send={book} done={again} submit={say('payout_results_book')} initial={{ result_on: today() }}>
        {({ values, set }) => (
          <>
            <div class="filters">
              <Field name="result_on" type="date" label={say('payout_result_on')} max={today()} />
              <Field
                name="evidence"
                label={say('payout_evidence')}
                hint={say('payout_evidence_what')}
                maxlength={120}
                isOptional
              />
            </div>
            {waiting.length > 1 && (
              <p>
                <button
                  type="button"
                  onClick={() => {
                    for (const { item_id } of waiting) set(item_id, 'paid');
                  }}
                >
                  {say('payout_all_paid')}
                </button>
              </p>
            )}
            <ul class="rows">
              {open.map((one) => (
                <li key={one.item_id}>
                  <div>
                    <strong>{one.payee}</strong> <span class="soft">{one.account ?? inWords('payee_kind', one.payee_kind)}</span>{' '}
                    <Money fen={one.amount_fen} />
                  </div>
                  <label>
                    <span class="unseen">{say('payout_result_of', { payee: one.payee })}</span>
                    <select value={values[one.item_id] ?? ''} onChange={(event) => set(one.item_id, event.currentTarget.value)}>
                      <option value="">{one.state === 'paid' ? say('payout_state_paid') : say('payout_not_yet')}</option>
                      {one.state === 'approved' && <option value="paid">{say('payout_state_paid')}</option>}
                      <option value="returned">{say('payout_state_returned')}</option>
                    </select>
                  </label>
                  {values[one.item_id] === 'returned' && (
                    <Field
                      name={`${one.item_id} reason`}
                      pointer={`/items/${one.item_id}/reason`}
                      label={say('payout_returned_why')}
                      maxlength={200}
                      list={['payout_why_closed', 'payout_why_number', 'payout_why_name'].map((key) => say(key))}
                    />
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Form>
    </details>
  );
}

function Results({ batch, again }) {
  if (!may('finance') || !['approved', 'paid'].includes(batch.state)) return null;
  return (
    <section id="results" class="card unprinted">
      <h2>{say('payout_results')}</h2>
      {batch.state === 'approved' && <ByFile {...{ batch, again }} />}
      <ByHand key={batch.items.map(({ state }) => state).join()} {...{ batch, again }} />
    </section>
  );
}

function Items({ batch }) {
  if (batch.items.length === 0)
    return (
      <Empty>
        <p>{say('payout_items_none')}</p>
      </Empty>
    );
  const rows = [...batch.items].sort((a, b) => (b.state === 'returned') - (a.state === 'returned'));
  return (
    <Table
      caption={say('payout_items')}
      rows={rows}
      keyOf={(one) => one.item_id}
      columns={[
        { name: say('payout_payee'), isHead: true, of: (one) => one.payee },
        { name: say('kind'), of: (one) => inWords('payee_kind', one.payee_kind) },
        { name: say('payout_account'), of: (one) => one.account ?? '' },
        { name: say('sum'), isNumber: true, of: (one) => <Money fen={one.amount_fen} /> },
        { name: say('state'), of: (one) => one.state && <State of="payout" code={one.state} /> },
        { name: say('day'), of: (one) => (one.result_on ? day(one.result_on) : '') },
        { name: say('payout_evidence_or_reason'), of: (one) => one.reason ?? one.evidence ?? '' },
      ]}
      foot={{ payee: say('whole'), payee_kind: '', amount_fen: batch.total_fen }}
    />
  );
}

export default function Payout({ batch_id }) {
  const asked = useAsk(`/payout-batches/${batch_id}`);
  return (
    <>
      <Crumbs of={[{ href: '/county/payouts', name: say('payouts') }, { name: asked.data?.title ?? say('payouts_batch') }]} />
      <Shown of={asked}>
        {(batch) => (
          <>
            <h1 tabindex="-1">
              {batch.title} <State of="batch" code={batch.state} />
            </h1>
            <Figures
              of={[
                {
                  name: say('sum'),
                  href: '#items',
                  value: yuan(batch.total_fen),
                  note: say('payout_n', { count: batch.items_count }),
                },
                { name: say('paid'), href: '#items', value: yuan(batch.paid_fen) },
                { name: say('area_kind_county'), value: batch.county_name },
              ]}
            />
            <Stages batch={batch} again={asked.again} />
            {batch.items.some(({ state }) => state === 'returned') && (
              <p class="note">
                {say('payout_returned_next')}{' '}
                <a href={`/county/payouts?${new URLSearchParams({ area: batch.county })}`}>{say('payouts_propose')}</a>
              </p>
            )}
            <Results batch={batch} again={asked.again} />
            <section id="items">
              <h2>{say('payout_items')}</h2>
              <p class="buttons">
                <Print>{say('payout_sheet_print')}</Print>
                <a class="button" href={addressOf(`/payout-batches/${batch_id}/items`, { format: 'xlsx' })} download>
                  {say('download_xlsx')}
                </a>
                <a class="button" href={addressOf(`/payout-batches/${batch_id}/items`, { format: 'pdf' })} download>
                  {say('download_pdf')}
                </a>
              </p>
              <Items batch={batch} />
            </section>
            {batch.state === 'proposed' && may('county', 'finance') && <Withdraw batch={batch} again={asked.again} />}
          </>
        )}
      </Shown>
    </>
  );
}
