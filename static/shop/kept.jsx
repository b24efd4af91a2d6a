// What this device still keeps: what waits for the line, and what was refused and why. Nothing is thrown away unasked.
import { ask } from '../shared/ask.js';
import { moment } from '../shared/format.js';
import { discard, sendKept } from '../shared/outbox.js';
import { Act, Empty, Mark } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';
import { useKept } from './outgoing.js';
import { Slip } from './slip.jsx';

const isKnown = (slip) => slip.refusal?.slug === 'taken' && slip.what.kind === 'intake';

/** Which field of the slip the API speaks of. */
const fieldOf = (pointer) =>
  [
    [/harvested_on$/, 'harvested_on'],
    [/expires_on$/, 'expires_on'],
    [/certificate$/, 'certificate'],
    [/grade$/, 'grade'],
    [/quantity_qty$/, 'quantity'],
    [/price_fen$/, 'price'],
    [/share_ppm$/, 'share_of_sale'],
    [/supplier_id$/, 'supplier'],
  ].find(([pattern]) => pattern.test(pointer))?.[1];

function Refused({ slip }) {
  if (isKnown(slip)) return <p class="note good">{say('slip_known')}</p>;
  return (
    <div class="note bad">
      <p>{say('kept_refused', { why: slip.refusal.words })}</p>
      {slip.refusal.errors
        .filter(({ message }) => message)
        .map((one) => (
          <p key={one.pointer}>
            {fieldOf(one.pointer) && `${say(fieldOf(one.pointer))}：`}
            {one.message}
          </p>
        ))}
    </div>
  );
}

function Kept({ slip, isMine }) {
  return (
    <li class="card">
      <h2>{slip.what.words}</h2>
      <p class="soft">{say('kept_made', { at: moment(slip.made_at) })}</p>
      <p>
        <Mark kind={slip.state === 'waiting' ? 'wait' : isKnown(slip) ? 'good' : 'bad'}>
          {say(slip.state === 'waiting' ? 'slip_waits' : 'slip_refused')}
        </Mark>
      </p>
      {!isMine && <p class="note">{say('kept_not_yours')}</p>}
      {slip.state === 'refused' && <Refused slip={slip} />}
      {slip.what.slip && (
        <details>
          <summary>{say('slip_open')}</summary>
          <Slip slip={slip.what.slip} state={slip.state} />
        </details>
      )}
      {isMine && (
        <p class="buttons">
          {slip.state === 'refused' && slip.what.kind === 'intake' && !isKnown(slip) && (
            <a class="button main" href={`${at(slip.what.shop_id, 'intake')}?mend=${slip.key}`}>
              {say('kept_mend')}
            </a>
          )}
          {slip.state === 'refused' && isKnown(slip) && <Act act={() => discard(slip.key)}>{say('kept_clear')}</Act>}
          {!(slip.state === 'refused' && isKnown(slip)) && (
            <Act kind="warn" act={() => discard(slip.key)} ask={say('kept_discard_what', { what: slip.what.words })}>
              {say('kept_discard')}
            </Act>
          )}
        </p>
      )}
    </li>
  );
}

export default function KeptPage({ person }) {
  const kept = useKept(),
    waiting = kept.filter(({ state }) => state === 'waiting');
  const sendNow = async () => {
    await ask('/me');
    await sendKept();
    return true;
  };
  return (
    <section class="narrow">
      <h1 tabindex="-1">{say('kept')}</h1>
      <p class="soft">{say('kept_what')}</p>
      {waiting.length > 0 && (
        <p class="buttons">
          <Act kind="main" act={sendNow}>
            {say('kept_send')}
          </Act>
        </p>
      )}
      {kept.length === 0 ? (
        <Empty>{say('kept_none')}</Empty>
      ) : (
        <ul class="plain stack">
          {kept.map((slip) => (
            <Kept key={slip.key} slip={slip} isMine={slip.account_id === person.account_id} />
          ))}
        </ul>
      )}
    </section>
  );
}
