// The rules people know, each with the few numbers it needs: what is typed becomes the steps of a rule.
import { fen, Mistake } from '../shared/form.jsx';
import { say } from '../shared/words.js';

/** "30" or "12.5" per cent to parts per million. */
export function ppmOf(values, name) {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec((values[name] ?? '').normalize('NFKC').replace(/[%％\s]/g, ''));
  const ppm = found ? Number(found[1]) * 10_000 + Number((found[2] ?? '').padEnd(2, '0')) * 100 : null;
  if (ppm === null || ppm > 1_000_000) throw new Mistake(`/${name}`, say('not_a_percent'));
  return ppm;
}
const rest = { kind: 'rest', to: 'organisation' };
const share = (values, more) => ({
  kind: 'share',
  to: 'members',
  ppm: ppmOf(values, 'part'),
  of: 'pool',
  by: values.by,
  ...more,
});
const each = (values, per = values.per) => ({ kind: 'each', to: 'members', amount_fen: fen(values, 'amount'), per });
const grades = (values) =>
  [1, 2, 3, 4].filter((grade) => values[`grade_${grade}`]).map((grade) => ({ grade, amount_fen: fen(values, `grade_${grade}`) }));

/** purposes: what it may serve; fields: percent, yuan or choice, in the order of the form. */
export const ruleForms = {
  fixed: { purposes: ['dividend', 'trusteeship'], fields: ['part', 'by'], steps: (values) => [share(values), rest] },
  minimum: {
    purposes: ['dividend'],
    fields: ['part', 'minimum', 'by'],
    steps: (values) => [share(values, { minimum_ppm: ppmOf(values, 'minimum'), minimum_of: 'income' }), rest],
  },
  per_head: {
    purposes: ['dividend'],
    fields: ['amount', 'per', 'only'],
    steps: (values) => [{ ...each(values), registered_only: values.only === 'registered' || undefined }, rest],
  },
  guarantee: {
    purposes: ['dividend'],
    fields: ['amount', 'per', 'part', 'by'],
    steps: (values) => [each(values), { ...share(values), of: 'left' }, rest],
  },
  villages: {
    purposes: ['dividend'],
    fields: ['keep', 'by'],
    steps: (values) => [{ kind: 'rest', to: 'villages', by: values.by, keep_ppm: ppmOf(values, 'keep') }],
  },
  units: { purposes: ['wage', 'rent'], fields: [], steps: () => [{ kind: 'each', to: 'members', per: 'unit' }] },
  grades: {
    purposes: ['post_subsidy'],
    fields: ['grade_1', 'grade_2', 'grade_3', 'grade_4'],
    steps: (values) => [{ kind: 'each', to: 'members', per: 'grade', grades: grades(values) }],
  },
};
