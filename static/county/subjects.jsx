// What a finding or a complaint is about: in words, with a link where the county has a page of it.
import { inWords } from '../shared/parts.jsx';

const hrefOf = {
  households: (id) => `/county/households/${id}`,
  lots: (id) => `/county/lots/${id}`,
  orders: (id) => `/county/orders/${id}`,
  shops: (id) => `/county/shops/${id}`,
  bills: (id) => `/county/bills/${id}`,
  payout_batches: (id) => `/county/payouts/${id}`,
  publicities: (id) => `/county/notices/${id}`,
  county_statements: (id) => `/county/statements/${id}`,
  cases: (id) => `/county/cases/${id}`,
  findings: (id) => `/county/findings/${id}`,
  complaints: (id) => `/county/complaints/${id}`,
};
export const subjectLink = (kind, id) =>
  hrefOf[kind] ? <a href={hrefOf[kind](id)}>{inWords('subject', kind)}</a> : inWords('subject', kind);
