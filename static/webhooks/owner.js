// Whose webhooks these are: the shop of the address, or the counties of an officer.
export const homeOf = (shop_id) => (shop_id ? `/shop/${shop_id}/webhooks` : '/county/webhooks');
export const countiesOf = (person) => person.roles.filter(({ role, area_code }) => role === 'county' && area_code?.length === 6);

const ofShops = [
  'order.paid',
  'order.shipped',
  'order.received',
  'order.closed',
  'order.partly_refunded',
  'order.refunded',
  'order.cancelled',
  'order.expired',
  'return.asked',
  'return.accepted',
  'return.refused',
  'lot.passed',
  'lot.rejected',
];
const ofCounties = [
  ...ofShops,
  'purchase_list.proposed',
  'purchase_list.approved',
  'purchase_list.refused',
  'purchase_list.closed',
  'payout_batch.proposed',
  'payout_batch.approved',
  'payout_batch.paid',
  'payout_batch.withdrawn',
  'finding.opened',
  'finding.closed',
  'complaint.filed',
  'complaint.answered',
];
export const eventsOf = (shop_id) => (shop_id ? ofShops : ofCounties);
