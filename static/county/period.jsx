// Which period a page speaks of: `from` and `to` in the address, both days included; this year unless told.
import { day, dayPlus, today } from '../shared/format.js';
import { goQuery } from '../shared/place.js';
import { say } from '../shared/words.js';

const lastDayOf = (year, month) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
const pad = (number) => String(number).padStart(2, '0');

/** Days in words, of the first one and the first one after. */
export const daysWords = (from, before) =>
  before === dayPlus(from, 1) ? day(from) : say('days_from_to', { from: day(from), to: day(dayPlus(before, -1)) });

/** The usual periods, newest first: [[name, from, to], …]. */
function usual() {
  const now = today(),
    year = Number(now.slice(0, 4)),
    month = Number(now.slice(5, 7));
  const before = month === 1 ? [year - 1, 12] : [year, month - 1];
  return [
    ['period_month', `${now.slice(0, 8)}01`, now],
    ['period_last_month', `${before[0]}-${pad(before[1])}-01`, lastDayOf(...before)],
    ['period_year', `${year}-01-01`, now],
    ['period_last_year', `${year - 1}-01-01`, `${year - 1}-12-31`],
  ];
}
const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');
export function periodOf(query) {
  const [, from, to] = usual()[2];
  return { from: isDay(query.from) ? query.from : from, to: isDay(query.to) ? query.to : to };
}

export function PeriodPicker({ from, to }) {
  const offered = usual(),
    chosen = offered.findIndex(([, a, b]) => a === from && b === to);
  const pick = (event) => {
    const one = offered[event.currentTarget.value];
    if (one) goQuery({ from: one[1], to: one[2] });
  };
  const set = (name) => (event) => isDay(event.currentTarget.value) && goQuery({ [name]: event.currentTarget.value });
  return (
    <>
      <label>
        <span>{say('period')}</span>
        <select value={chosen} onChange={pick}>
          {offered.map(([name], i) => (
            <option key={name} value={i} selected={i === chosen}>
              {say(name)}
            </option>
          ))}
          <option value="-1" selected={chosen < 0}>
            {say('period_own')}
          </option>
        </select>
      </label>
      <label>
        <span>{say('period_from')}</span>
        <input type="date" value={from} max={to} onChange={set('from')} />
      </label>
      <label>
        <span>{say('period_to')}</span>
        <input type="date" value={to} min={from} onChange={set('to')} />
      </label>
    </>
  );
}
