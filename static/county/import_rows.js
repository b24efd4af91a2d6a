// The rows of a file one has just handed in, so that one with a mistake can be mended in the form. Kept in memory only: they name people.
import { rowsOf, textOf } from '../shared/csv.js';
import { say } from '../shared/words.js';

const kept = new Map();
/** Columns of the form that a file may have, under the name its template gives them or the API's. */
const columns = [
  'card_number',
  'village_code',
  'name',
  'id_number',
  'status_on',
  'cause',
  'phone',
  'payee_bank',
  'payee_account',
  'consent_on',
];

/** An XLSX can't be read here: its rows are mended from their problems alone. */
export async function keepRows(import_id, file) {
  if (!/\.xlsx$/i.test(file.name)) kept.set(import_id, rowsOf(await textOf(file)));
}
/** What stood in a row (the first below the heads is 2), by the names of the form; nothing when the file is not at hand. */
export function rowOf(import_id, row) {
  const [head, ...rows] = kept.get(import_id) ?? [[]];
  const cells = rows[row - 2];
  if (!cells) return {};
  const cellOf = (field) => cells[head.findIndex((one) => one === field || one === say(`file_column_${field}`))] ?? '';
  return Object.fromEntries(columns.map((field) => [field, cellOf(field)]).filter(([, value]) => value));
}
