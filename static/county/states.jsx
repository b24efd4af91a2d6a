// States in words with their mark, the same on every page of the county.
import { inWords, Mark } from '../shared/parts.jsx';

const kinds = {
  batch: { proposed: 'wait', approved: 'wait', paid: 'good', withdrawn: 'calm' },
  payout: { proposed: 'calm', approved: 'wait', paid: 'good', returned: 'bad', withdrawn: 'calm' },
  inspection: { waiting: 'wait', passed: 'good', rejected: 'bad' },
  order: { awaiting_payment: 'wait', paid: 'wait', packed: 'wait', received: 'good', closed: 'good' },
  shop: { proposed: 'wait', open: 'good', suspended: 'bad', refused: 'bad' },
};
const words = {
  batch: (code) => inWords('batch_state', code),
  payout: (code) => inWords('payout_state', code),
  inspection: (code) => inWords('inspection', code),
  order: (code) => inWords('order_state', code),
  shop: (code) => inWords('shop_state', code),
};
/** <State of="batch" code="proposed" /> */
export const State = ({ of, code }) => <Mark kind={kinds[of][code]}>{words[of](code)}</Mark>;
