// What the pages of units that buy share: five figures of a pledge, never summed, and the state of a list.
import { day, dayPlus } from '../shared/format.js';
import { Facts, Figures, inWords, Mark, Money } from '../shared/parts.jsx';
import { say } from '../shared/words.js';

const five = ['pledged', 'ordered', 'paid', 'delivered', 'refunded'];
const name = (one) => say(`pledge_${one}`);
export const FiveFigures = ({ of }) => (
  <Figures of={five.map((one) => ({ name: name(one), value: <Money fen={of[`${one}_fen`]} /> }))} />
);
/** The same in five lines, where several pledges stand below each other. */
export const FiveFacts = ({ of }) => <Facts of={five.map((one) => [name(one), <Money key={one} fen={of[`${one}_fen`]} />])} />;

const kinds = { proposed: 'wait', approved: 'good', refused: 'bad', closed: 'calm' };
export const ListState = ({ code }) => <Mark kind={kinds[code]}>{inWords('list', code)}</Mark>;

/** Days in words, of the first one and the first one after. */
export const daysWords = (from, before) =>
  before === dayPlus(from, 1) ? day(from) : say('pledge_days', { from: day(from), to: day(dayPlus(before, -1)) });

/** For which days and goods. */
export const pledgeWords = (one) =>
  [
    daysWords(one.valid_from, one.valid_to),
    one.area_name ? say('pledge_area', { name: one.area_name }) : say('pledge_any_area'),
  ].join(' · ');
