// What the header's search found, each where the county opens it.
import { Found } from '../shared/find.jsx';

const hrefOf = {
  order: (id) => `/county/orders/${id}`,
  lot: (id) => `/county/lots/${id}`,
  household: (id) => `/county/households/${id}`,
  shop: (id) => `/county/shops/${id}`,
  batch: (id) => `/county/payouts/${id}`,
  finding: (id) => `/county/findings/${id}`,
  product: (id) => `/products/${id}`,
};
export default function Find({ query }) {
  return <Found q={query.q ?? ''} hrefOf={(one) => hrefOf[one.kind]?.(one.id)} />;
}
