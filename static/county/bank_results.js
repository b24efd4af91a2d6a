// Reads the bank's answer as people save it: the CSV of the payment list with result, day, evidence and reason filled in, in UTF-8 or GB 18030.
import { rowsOf } from '../shared/csv.js';
import { say } from '../shared/words.js';

const fields = ['item_id', 'result', 'result_on', 'amount', 'evidence', 'reason'];
const oneOf = (key) => say(key).split(',');
const outcomeOf = (text) => ['paid', 'returned'].find((one) => oneOf(`bank_says_${one}`).includes(text.toLowerCase()));

const dayOf = (text) => {
  const found = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(text);
  return found ? `${found[1]}-${found[2].padStart(2, '0')}-${found[3].padStart(2, '0')}` : text;
};

/** Fen; undefined when there is no such amount: the list without it says nothing of amounts. */
const fenOf = (text) => {
  const [, yuan, cents = ''] = /^¥?(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text?.replaceAll(',', '') ?? '') ?? [];
  return yuan === undefined ? undefined : Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
};

/** { items: [{item_id, result, result_on, amount_fen, evidence, reason}], faults: [line, …] }; null when it is no such list. Lines without a result are left out. */
export function resultsOf(text, today) {
  const [head = [], ...rows] = rowsOf(text),
    at = {};
  for (const name of fields) at[name] = head.findIndex((one) => oneOf(`bank_column_${name}`).includes(one.toLowerCase()));
  if (at.item_id < 0 || at.result < 0) return null;
  const items = [],
    faults = [];
  for (const [i, row] of rows.entries()) {
    const given = (name) => row[at[name]] || undefined;
    if (!given('result')) continue;
    const result = outcomeOf(given('result'));
    if (!result || !given('item_id')) {
      faults.push(i + 2);
      continue;
    }
    const proof = result === 'paid' ? { evidence: given('evidence') } : { reason: given('reason') };
    items.push({
      item_id: given('item_id'),
      result,
      result_on: dayOf(given('result_on') ?? today),
      amount_fen: fenOf(given('amount')),
      ...proof,
    });
  }
  return { items, faults };
}
