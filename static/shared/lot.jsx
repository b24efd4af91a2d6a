// A lot, as the shop and the county both tell it: what a supplier gets for its part, and what became of the whole.
import { share, unitPrice } from './format.js';
import { Goods } from './parts.jsx';
import { say } from './words.js';

/** What a supplier gets, in words: a price, a share, or the larger of both. */
export function termsOf({ price_rule, farm_gate_price_fen, price_qty, share_ppm }, base_unit) {
  const price = () => unitPrice(farm_gate_price_fen, price_qty, base_unit);
  if (price_rule === 'share') return say('terms_share', { share: share(share_ppm) });
  return price_rule === 'larger_of' ? say('terms_larger', { price: price(), share: share(share_ppm) }) : price();
}

/** taken in = sold + lost + withdrawn + on hand: lines for Facts. */
export const sumsOf = (lot) => [
  ...['taken_in', 'sold', 'lost', 'withdrawn'].map((part) => [
    say(`lot_${part}`),
    <Goods qty={lot[`${part}_qty`]} unit={lot.base_unit} />,
  ]),
  [
    say('lot_on_hand'),
    <strong>
      <Goods qty={lot.on_hand_qty} unit={lot.base_unit} />
    </strong>,
  ],
];
