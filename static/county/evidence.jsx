// The evidence of a finding in words: each fact a check kept, with its unit, and a link where the county has a page of the thing.
import { count, day, moment, quantity, share } from '../shared/format.js';
import { numberInParts } from '../shared/complaint.jsx';
import { Facts, inWords, Money } from '../shared/parts.jsx';
import { canSay, say } from '../shared/words.js';
import { subjectLink } from './subjects.jsx';

const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value);
/** What a name's ending says of its value: the API's own convention. */
const byEnding = [
  ['_fen', (value) => <Money fen={value} />],
  ['_qty', (value, detail) => quantity(value, detail.base_unit ?? 'g')],
  ['_ppm', (value) => share(value)],
  ['_on', (value) => day(value)],
  ['_at', (value) => (isDay(value) ? day(value) : moment(value))],
];
const byName = {
  complaint_number: (value) => numberInParts(value),
  complaint_category: (value) => inWords('complaint_category', value),
  judgement: (value) => inWords('complaint_judgement', value),
  status: (value) => inWords('status', value),
};
/** Things are kept as { kind, id, name }, lists of them as lists. */
const isThing = (value) => value?.kind && value.id;
const thing = (value) => (
  <>
    {subjectLink(value.kind, value.id)} {value.name}
  </>
);
function valueShown(name, value, detail) {
  if (value === null || value === undefined || value === '') return undefined;
  if (byName[name]) return byName[name](value);
  if (isThing(value)) return thing(value);
  if (Array.isArray(value))
    return (
      <ul class="plain">
        {value.map((one) => (
          <li key={JSON.stringify(one)}>{isThing(one) ? thing(one) : valueShown('', one, detail)}</li>
        ))}
      </ul>
    );
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([inner, one]) => `${nameOf(inner)}: ${typeof one === 'object' ? JSON.stringify(one) : one}`)
      .join(' · ');
  const ending = byEnding.find(([end]) => name.endsWith(end));
  if (ending) return ending[1](value, detail);
  if (typeof value === 'boolean') return say(value ? 'evidence_yes' : 'evidence_no');
  return typeof value === 'number' ? count(value) : value;
}
const nameOf = (name) => (canSay(`evidence_${name}`) ? say(`evidence_${name}`) : name);
/** Only there to say the unit of another. */
const silent = ['base_unit', 'case'];

export function Evidence({ of }) {
  const known = Object.entries(of ?? {}).filter(([name]) => !silent.includes(name));
  if (known.length === 0) return <p class="soft">{say('evidence_none')}</p>;
  return <Facts of={known.map(([name, value]) => [nameOf(name), valueShown(name, value, of)])} />;
}
