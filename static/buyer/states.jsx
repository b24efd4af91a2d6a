// States of the buyer's own things in words with their mark, the same on every page.
import { inWords, Mark } from '../shared/parts.jsx';

const orderKinds = { awaiting_payment: 'wait', paid: 'wait', shipped: 'wait', received: 'good', closed: 'good' };
const returnKinds = { open: 'wait', accepted: 'good' };

/** A paid order that is packed says so. */
export const stepOf = (order) => (order.state === 'paid' && order.packed_at ? 'packed' : order.state);
export const OrderState = ({ code }) => (
  <Mark kind={orderKinds[code] ?? (code === 'packed' ? 'wait' : 'calm')}>{inWords('order_state', code)}</Mark>
);
export const ReturnState = ({ code }) => <Mark kind={returnKinds[code]}>{inWords('return_state', code)}</Mark>;
/** The end of an id is what people read to each other. */
export const numberOf = (id) => id.slice(-6).toUpperCase();
