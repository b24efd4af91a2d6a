// Reads a payment provider's bill as its back office saves it: CSV with transaction, our number, kind and yuan, in UTF-8 or GB 18030.
import { rowsOf } from '../shared/csv.js';
import { say } from '../shared/words.js';

const fields = ['transaction_id', 'reference', 'kind', 'amount'];
const oneOf = (key) => say(key).split(',');
/** Providers put a ` before what a spreadsheet would take for a number. */
const plain = (text) => (text ?? '').replace(/^[`'\s]+/, '').trim();
const kindOf = (text) => ['payment', 'refund'].find((one) => oneOf(`bill_says_${one}`).includes(text.toLowerCase()));
const fenOf = (text) => {
  const [, yuan, cents = ''] = /^¥?-?(\d{1,12})(?:\.(\d{1,2}))?0*$/.exec(text.replaceAll(',', '')) ?? [];
  return yuan === undefined ? null : Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
};

/** { lines: [{transaction_id, reference, kind, amount_fen}], faults: [line, …] }; null when it is no bill. Lines of sums at its end are faults. */
export function billOf(text) {
  const [head = [], ...rows] = rowsOf(text),
    at = {};
  for (const name of fields) at[name] = head.findIndex((one) => oneOf(`bill_column_${name}`).includes(plain(one).toLowerCase()));
  if (fields.some((name) => at[name] < 0)) return null;
  const lines = [],
    faults = [];
  for (const [i, row] of rows.entries()) {
    const given = (name) => plain(row[at[name]]);
    const line = {
      transaction_id: given('transaction_id'),
      reference: given('reference'),
      kind: kindOf(given('kind')),
      amount_fen: fenOf(given('amount')),
    };
    if (line.transaction_id && line.reference && line.kind && line.amount_fen > 0) lines.push(line);
    else faults.push(i + 2);
  }
  return { lines, faults };
}
