// States in words with their mark, the same on every page of the shop.
import { inWords, Mark } from '../shared/parts.jsx';

const kinds = {
  order: { awaiting_payment: 'wait', paid: 'wait', packed: 'wait', received: 'good', closed: 'good' },
  return: { open: 'wait', accepted: 'good' },
  inspection: { waiting: 'wait', passed: 'good', rejected: 'bad' },
  product: { proposed: 'wait', approved: 'good', refused: 'bad' },
  supplier: { proposed: 'wait', active: 'good', refused: 'bad' },
  agreement: { proposed: 'wait', in_force: 'good', refused: 'bad' },
};
const words = {
  order: (code) => inWords('order_state', code),
  return: (code) => inWords('return_state', code),
  inspection: (code) => inWords('inspection', code),
  product: (code) => inWords('product_state', code),
  supplier: (code) => inWords('supplier_state', code),
  agreement: (code) => inWords('agreement_state', code),
};
/** <State of="order" code="paid" /> */
export const State = ({ of, code }) => <Mark kind={kinds[of][code]}>{words[of](code)}</Mark>;
/** A paid order that is packed says so. */
export const stepOf = (order) => (order.state === 'paid' && order.packed_at ? 'packed' : order.state);
export const provinceOf = (code) => inWords('province', code?.slice(0, 2));
