// The intake slip: what was brought, by whom, on which terms, and whether it is in the books yet. Shown, or printed on 80 mm or A4.
import { moment, yuan } from '../shared/format.js';
import { Facts, Goods, inWords, Mark, Print } from '../shared/parts.jsx';
import { Qr } from '../shared/qr.jsx';
import { say } from '../shared/words.js';
import { termsOf } from '../shared/lot.jsx';

const states = { booked: ['good', 'slip_booked'], waiting: ['wait', 'slip_waits'], refused: ['bad', 'slip_refused'] };
/** Short enough to read out, the same on every copy of one slip. */
export const slipNumber = (slip_id) => slip_id.replaceAll('-', '').slice(-8).toUpperCase();

/** What a row is worth at its price, as the server reckons it; a share is known only when it is sold. */
function worthOf(row) {
  const fen =
    row.worth_fen ??
    (row.price_rule === 'share' || !row.farm_gate_price_fen
      ? null
      : Number((BigInt(row.farm_gate_price_fen) * BigInt(row.quantity_qty)) / BigInt(row.price_qty)));
  const when = row.owed_when ?? (row.mode === 'bought' ? 'on_passing' : 'on_sale');
  return fen === null ? null : say(`worth_${when}`, { sum: yuan(fen) });
}

/** slip: { slip_id, shop_name, product_name, base_unit, grade, harvested_on, made_at, certificate, trace_code, rows: [{ name, card_number, quantity_qty, …terms }] } */
export function Slip({ slip, state }) {
  const [kind, words] = states[state];
  const address = slip.trace_code && `${location.origin}/trace/${slip.trace_code}`;
  return (
    <article class="slip card" aria-label={say('slip')}>
      <header>
        <h2>{say('slip')}</h2>
        <p>{slip.shop_name}</p>
      </header>
      <p>
        <Mark kind={kind}>{say(words)}</Mark>
      </p>
      <Facts
        of={[
          slip.slip_id && [say('slip_number'), <code>{slipNumber(slip.slip_id)}</code>],
          [say('taken_in_at'), moment(slip.made_at)],
          [say('product'), `${slip.product_name} ${slip.grade}`],
          slip.certificate && [say('certificate'), slip.certificate],
        ]}
      />
      <ul class="rows">
        {slip.rows.map((row, i) => (
          <li key={row.contribution_id ?? i}>
            <div>
              <strong>{row.name}</strong> <span class="soft">{row.card_number}</span>
              <br />
              <span class="soft">
                {inWords('mode', row.mode ?? 'consigned')}，{termsOf(row, slip.base_unit)}
              </span>
              {worthOf(row) && (
                <>
                  <br />
                  <span>{worthOf(row)}</span>
                </>
              )}
            </div>
            <strong class="large">
              <Goods qty={row.quantity_qty} unit={slip.base_unit} />
            </strong>
          </li>
        ))}
      </ul>
      <p class="soft">{say('slip_what')}</p>
      {address && (
        <div class="slip-code">
          <Qr text={address} label={say('trace_qr')} />
          <p>
            <small>{say('trace_code')}</small>
            <br />
            <code>{slip.trace_code}</code>
          </p>
        </div>
      )}
      <p class="sign">{say('slip_sign')}</p>
      <p class="buttons">
        <Print />
      </p>
    </article>
  );
}
