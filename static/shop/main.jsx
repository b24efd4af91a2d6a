// The shop's workplace: its pages, first match wins. It opens on today's work.
import { start } from '../shared/app.jsx';
import { withWords } from '../webhooks/load.js';
import { at, ShopHead, shopOf, shopsOf } from './here.jsx';

const pages = [
  { path: '/shop', load: () => import('./choose.jsx') },
  { path: '/shop/kept', load: () => import('./kept.jsx'), isKept: true },
  { path: '/shop/:shop_id', load: () => import('./today.jsx'), isKept: true },
  { path: '/shop/:shop_id/intake', load: () => import('./intake.jsx'), isKept: true },
  { path: '/shop/:shop_id/lots', load: () => import('./lots.jsx') },
  { path: '/shop/:shop_id/lots/:lot_id', load: () => import('./lot.jsx') },
  { path: '/shop/:shop_id/lots/:lot_id/slip', load: () => import('./lot_slip.jsx') },
  { path: '/shop/:shop_id/orders', load: () => import('./orders.jsx') },
  { path: '/shop/:shop_id/orders/new', load: () => import('./order_new.jsx') },
  { path: '/shop/:shop_id/orders/:order_id', load: () => import('./order.jsx') },
  { path: '/shop/:shop_id/pick', load: () => import('./pick.jsx'), isKept: true },
  { path: '/shop/:shop_id/labels', load: () => import('./labels.jsx') },
  { path: '/shop/:shop_id/returns', load: () => import('./returns.jsx') },
  { path: '/shop/:shop_id/offers', load: () => import('./offers.jsx') },
  { path: '/shop/:shop_id/offers/new', load: () => import('./offer.jsx') },
  { path: '/shop/:shop_id/products', load: () => import('./products.jsx') },
  { path: '/shop/:shop_id/products/new', load: () => import('./product_new.jsx') },
  { path: '/shop/:shop_id/products/:product_id', load: () => import('./product.jsx') },
  { path: '/shop/:shop_id/statements', load: () => import('./statements.jsx') },
  { path: '/shop/:shop_id/suppliers', load: () => import('./suppliers.jsx') },
  { path: '/shop/:shop_id/agreements', load: () => import('./agreements.jsx') },
  { path: '/shop/:shop_id/import', load: () => import('./import.jsx') },
  { path: '/shop/:shop_id/reviews', load: () => import('./reviews.jsx') },
  { path: '/shop/:shop_id/find', load: () => import('./find.jsx') },
  { path: '/shop/:shop_id/webhooks', load: withWords(() => import('../webhooks/hooks.jsx')) },
  { path: '/shop/:shop_id/webhooks/new', load: withWords(() => import('../webhooks/hook_new.jsx')) },
  { path: '/shop/:shop_id/webhooks/:webhook_id', load: withWords(() => import('../webhooks/hook.jsx')) },
  { path: '/shop/:shop_id/webhooks/:webhook_id/:event_id', load: withWords(() => import('../webhooks/delivery.jsx')) },
  { path: '/shop/:shop_id/settings', load: () => import('./settings.jsx') },
];

/** Which pages stand under which word of the header. */
const sections = [
  ['', 'nav_today'],
  ['intake', 'nav_intake'],
  ['orders', 'nav_orders', 'returns', 'pick', 'labels'],
  ['offers', 'nav_goods', 'products', 'lots', 'import', 'reviews'],
  ['statements', 'nav_money'],
  ['suppliers', 'nav_suppliers', 'agreements'],
  ['settings', 'nav_shop', 'webhooks'],
];
function nav(person, place) {
  const shop_id = shopOf(place.path) ?? shopsOf(person)[0];
  if (!shop_id) return [];
  return sections.map(([page, name, ...more]) => {
    const homes = [page, ...more].map((one) => (one ? at(shop_id, one) : at(shop_id)));
    return {
      href: homes[0],
      name,
      isHere: (path) => homes.some((home) => path === home || (page && path.startsWith(`${home}/`))),
    };
  });
}

start({
  workplace: { home: '/shop', name: 'workplace_shop', needsPerson: true, roles: ['operator'], outbox: '/shop/kept' },
  pages,
  nav,
  extra: ShopHead,
  words: { 'zh-CN': () => import('words:shop/zh-CN'), en: () => import('words:shop/en') },
  isOurs: (path) => /^\/shop(\/|$)/.test(path),
});
