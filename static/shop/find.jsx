// What the header's search found, each opening where the shop works on it.
import { Found } from '../shared/find.jsx';
import { at } from './here.jsx';

const pages = { order: 'orders', lot: 'lots', product: 'products' };

export default function Find({ shop_id, query }) {
  const hrefOf = ({ kind, id, words }) => {
    if (pages[kind]) return at(shop_id, pages[kind], id);
    return ['supplier', 'household'].includes(kind)
      ? `${at(shop_id, 'suppliers')}?${new URLSearchParams({ q: words.split(' ').at(-1) })}`
      : null;
  };
  return <Found q={query.q} hrefOf={hrefOf} />;
}
