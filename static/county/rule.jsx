// A distribution rule in sentences, and what each step of it came to: who reads it need not know how rules are stored.
import { count, share, yuan } from '../shared/format.js';
import { inWords, Table } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const hundredths = (value) => count(value / 100);
const amount = (fen) => yuan(fen);

const sentence = ([first, ...more]) =>
  `${[first[0].toUpperCase() + first.slice(1), ...more].join(say('semicolon'))}${say('full_stop')}`;

const shareWords = (step) =>
  [
    say(`sharing_share_${step.to}`, {
      share: share(step.ppm),
      of: inWords('sharing_of', step.of),
      by: step.by && inWords('sharing_by', step.by),
    }),
    step.minimum_ppm && say('sharing_minimum', { share: share(step.minimum_ppm), of: inWords('sharing_of', step.minimum_of) }),
    step.least_fen && say('sharing_least', { amount: amount(step.least_fen), per: inWords('sharing_per', step.least_per) }),
  ].filter(Boolean);
function eachWords(step) {
  if (step.per === 'grade')
    return [
      say('sharing_each_grade', {
        amounts: step.grades
          .map((one) => say('sharing_grade', { grade: one.grade, amount: amount(one.amount_fen) }))
          .join(say('comma')),
      }),
    ];
  return [
    step.amount_fen
      ? say('sharing_each', { amount: amount(step.amount_fen), per: inWords('sharing_per', step.per) })
      : say('sharing_each_agreed'),
  ];
}
const restWords = (step) => [say(`sharing_rest_${step.to}`, { by: step.by && inWords('sharing_by', step.by) })];
const kinds = { share: shareWords, each: eachWords, rest: restWords };

/** One step as a sentence. */
export function stepWords(step) {
  const parts = [
    ...kinds[step.kind](step),
    step.to === 'villages' && say('sharing_village_keeps', { share: share(step.keep_ppm ?? 0) }),
    step.registered_only && say('sharing_registered_only'),
    step.registered_ppm && say('sharing_registered_weight', { times: count(step.registered_ppm / 1_000_000) }),
  ];
  return sentence(parts.filter(Boolean));
}
/** The steps of a rule, whatever it serves; of a sale's, what its kind means. */
export function RuleSteps({ rule }) {
  if (rule.purpose === 'sale') return <p>{say(`sharing_sale_${rule.kind}`, { kept: share(rule.retain_ppm) })}</p>;
  return (
    <ol>
      {rule.steps.map((step) => (
        <li key={stepWords(step)}>{stepWords(step)}</li>
      ))}
    </ol>
  );
}

/** What a step came to, in a sentence a member can check with a calculator. */
function takenWords(step, taken) {
  const said = [];
  if (step.kind === 'share') {
    said.push(say('sharing_taken_share', { base: yuan(taken.base_fen), share: share(step.ppm), amount: yuan(taken.share_fen) }));
    if (step.minimum_ppm)
      said.push(
        say(taken.minimum_held ? 'sharing_taken_minimum_held' : 'sharing_taken_minimum', { amount: yuan(taken.minimum_fen) }),
      );
    if (taken.raised_count > 0) said.push(say('sharing_taken_raised', { count: taken.raised_count }));
  }
  if (taken.asked_fen > taken.taken_fen) said.push(say('sharing_taken_short', { asked: yuan(taken.asked_fen) }));
  said.push(say('sharing_taken_amount', { amount: yuan(taken.taken_fen) }));
  return sentence(said);
}
/** The steps of a result: the rule's sentence, and what it came to. */
export function StepsTaken({ steps, taken }) {
  return (
    <ol>
      {steps.map((step, i) => (
        <li key={stepWords(step)}>
          {stepWords(step)} <span class="soft">{takenWords(step, taken[i])}</span>
        </li>
      ))}
    </ol>
  );
}
/** Why a household gets what it gets: one line a step. */
export function partWords(step, part, unit) {
  if (step.kind === 'each')
    return say('sharing_part_each', {
      step: part.step,
      times: hundredths(part.weight),
      unit: unit ?? inWords('sharing_per', step.per),
      amount: yuan(part.amount_fen),
    });
  const weight =
    step.by === 'units' ? hundredths(part.weight) : count(step.registered_ppm ? part.weight / 1_000_000 : part.weight);
  return say(part.raised ? 'sharing_part_raised' : 'sharing_part_share', {
    step: part.step,
    weight,
    by: inWords('sharing_by', step.by),
    amount: yuan(part.amount_fen),
  });
}

/** Who gets what and why, a row a household. */
export const PartsTable = ({ steps, lines, more = [] }) => (
  <Table
    caption={say('share_lines')}
    rows={lines}
    keyOf={(one) => one.household_id ?? one.payee_id}
    columns={[
      {
        name: say('household'),
        isHead: true,
        of: (one) => <a href={`/county/households/${one.household_id ?? one.payee_id}`}>{one.name ?? one.payee}</a>,
      },
      { name: say('village'), of: (one) => one.area_name },
      { name: say('share_amount'), isNumber: true, of: (one) => yuan(one.amount_fen) },
      {
        name: say('share_why'),
        of: (one) =>
          one.parts.map((part) => (
            <div key={part.step}>
              {partWords(
                steps[part.step - 1],
                part,
                one.rate_fen > 0 && steps[part.step - 1].per === 'unit' ? yuan(one.rate_fen) : undefined,
              )}
            </div>
          )),
      },
      ...more,
    ]}
  />
);
export const VillagesTable = ({ villages }) =>
  villages.length > 0 && (
    <Table
      caption={say('share_villages_table')}
      rows={villages}
      keyOf={(one) => one.area_code}
      columns={[
        { name: say('village'), isHead: true, of: (one) => one.area_name },
        { name: say('share_village_collective'), of: (one) => one.name ?? one.payee ?? say('share_no_collective') },
        { name: say('share_village_received'), isNumber: true, of: (one) => yuan(one.received_fen) },
        { name: say('share_village_kept'), isNumber: true, of: (one) => yuan(one.kept_fen ?? one.amount_fen) },
      ]}
    />
  );
