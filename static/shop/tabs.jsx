// Pages that belong together, side by side under one word of the header.
import { Views } from '../shared/parts.jsx';
import { say } from '../shared/words.js';
import { at } from './here.jsx';

const tabs =
  (name, pages) =>
  ({ shop_id, here }) => (
    <Views
      name={say(name)}
      of={pages.map(([page, words]) => ({ href: at(shop_id, page), name: say(words), isHere: page === here }))}
    />
  );

export const OrderTabs = tabs('orders', [
  ['orders', 'orders'],
  ['pick', 'pick_list'],
  ['labels', 'labels'],
  ['returns', 'returns'],
]);
export const GoodsTabs = tabs('goods', [
  ['offers', 'offers'],
  ['products', 'products'],
  ['lots', 'lots'],
  ['import', 'import_products'],
  ['reviews', 'reviews'],
]);
export const PeopleTabs = tabs('suppliers', [
  ['suppliers', 'suppliers'],
  ['agreements', 'agreements'],
]);
