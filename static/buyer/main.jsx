// The buyer's workplace: its pages, first match wins. Everything works signed out until paying.
import { start } from '../shared/app.jsx';
import { packsInCart } from './cart.js';
import { Foot } from './foot.jsx';

const pages = [
  { path: '/', load: () => import('./home.jsx') },
  { path: '/search', load: () => import('./search.jsx') },
  { path: '/products/:product_id', load: () => import('./product.jsx') },
  { path: '/shops', load: () => import('./shops.jsx') },
  { path: '/shops/:shop_id', load: () => import('./shop.jsx') },
  { path: '/cart', load: () => import('./cart.jsx') },
  { path: '/checkout', load: () => import('./checkout.jsx') },
  { path: '/pay/:purchase_id', load: () => import('./pay.jsx') },
  { path: '/sign-in', load: () => import('./sign_in.jsx') },
  { path: '/register', load: () => import('./register.jsx') },
  { path: '/account', load: () => import('./account.jsx'), needsPerson: true },
  { path: '/orders', load: () => import('./orders.jsx'), needsPerson: true },
  { path: '/orders/:order_id', load: () => import('./order.jsx'), needsPerson: true },
  { path: '/impact', load: () => import('./impact.jsx'), needsPerson: true },
  { path: '/trace', load: () => import('./trace.jsx') },
  { path: '/trace/:code', load: () => import('./trace.jsx') },
  { path: '/announcements', load: () => import('./announcements.jsx') },
  { path: '/announcements/:publicity_id', load: () => import('./announcement.jsx') },
  { path: '/statistics', load: () => import('./statistics.jsx') },
  { path: '/campaigns/:campaign_id', load: () => import('./campaign.jsx') },
  { path: '/statistics/:county', load: () => import('./statistics_county.jsx') },
  { path: '/pledges', load: () => import('./pledges.jsx') },
  { path: '/pledges/:pledge_id', load: () => import('./pledge.jsx') },
  { path: '/units', load: () => import('./units.jsx'), needsPerson: true },
  { path: '/units/:unit_id', load: () => import('./unit.jsx'), needsPerson: true },
  { path: '/units/:unit_id/acceptance/:order_id', load: () => import('./acceptance.jsx'), needsPerson: true },
  { path: '/units/:unit_id/lists/new', load: () => import('./purchase_list_new.jsx'), needsPerson: true },
  { path: '/units/:unit_id/lists/:list_id', load: () => import('./purchase_list.jsx'), needsPerson: true },
  { path: '/complain', load: () => import('./complain.jsx') },
  { path: '/complain/follow', load: () => import('./complaint.jsx') },
  { path: '/seals', load: () => import('./seals.jsx') },
];
const isHere = (href) => (path) => (href === '/' ? path === '/' : path.startsWith(href));
const nav = (person) =>
  [
    ['/', 'nav_home'],
    ['/search', 'nav_goods'],
    packsInCart() > 0 ? ['/cart', 'nav_cart_n', { count: packsInCart() }] : ['/cart', 'nav_cart'],
    ...(person
      ? [
          ['/orders', 'nav_orders'],
          ['/impact', 'nav_impact'],
        ]
      : []),
  ].map(([href, name, values]) => ({ href, name, values, isHere: isHere(href) }));

start({
  workplace: { home: '/', signIn: '/sign-in' },
  pages,
  nav,
  foot: Foot,
  words: { 'zh-CN': () => import('words:buyer/zh-CN'), en: () => import('words:buyer/en') },
  isOurs: (path) => !/^\/(shop|county|passbook|api)(\/|$)/.test(path),
});
