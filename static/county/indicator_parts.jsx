// What the pages of indicators share: a figure in its unit, and where an indicator and what lies behind it are found.
import { count, share, yuan } from '../shared/format.js';
import { say } from '../shared/words.js';

const values = {
  fen: (of) => yuan(of.amount_fen),
  count: (of) => count(of.value_count),
  ppm: (of) => share(of.share_ppm),
  days: (of) => say('days_n', { count: count(of.value_days) }),
};
export const Figure = ({ of }) => <span class="number">{values[of.unit](of)}</span>;
export const figureValue = (of) => of.amount_fen ?? of.value_count ?? of.share_ppm ?? of.value_days;
export const figureWords = (unit) => (value) =>
  values[unit]({ amount_fen: value, value_count: value, share_ppm: value, value_days: value });

export const indicatorAddress = ({ indicator }, query) =>
  `/county/indicators/${indicator}?${new URLSearchParams(Object.fromEntries(Object.entries(query).filter(([, one]) => one)))}`;

/** What a figure is made of, one step down: the report or list that holds its parts. */
const sources = {
  sales: 'reports/sales',
  households: 'reports/lines',
  income: 'reports/income',
  impact: 'reports/income',
  register: 'cases',
  governance: 'findings',
  shops: 'orders',
  organisations: 'approvals',
};
const closer = {
  K01: 'settings',
  K47: 'notices',
  K48: 'complaints',
  K50: 'statements',
  I1: 'reports/sales',
  I2: 'reports/lines',
  I3: 'reports/sales',
  I4: 'reports/lines',
  I5: 'payouts',
  I6: 'payouts',
  I16: 'reports/lines',
  I17: 'reports/lines',
  I22: 'reports/lines',
  K17: 'payouts',
  K33: 'households',
  K36: 'households',
};
export const sourceAddress = ({ indicator, family }, query) =>
  `/county/${closer[indicator] ?? sources[family] ?? 'reports/sales'}?${new URLSearchParams(query)}`;
