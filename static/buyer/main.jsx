// The buyer's workplace: its pages, first match wins. Everything works signed out until paying.
import { start } from '../shared/app.jsx';
import { Foot } from './foot.jsx';

const pages = [
  { path: '/', load: () => import('./home.jsx') },
  { path: '/sign-in', load: () => import('./sign_in.jsx') },
  { path: '/register', load: () => import('./register.jsx') },
  { path: '/orders', load: () => import('./orders.jsx'), needsPerson: true },
  { path: '/orders/:order_id', load: () => import('./order.jsx'), needsPerson: true },
];
const isHere = (href) => (path) => (href === '/' ? path === '/' : path.startsWith(href));
const nav = () => [['/', 'nav_home']].map(([href, name]) => ({ href, name, isHere: isHere(href) }));

start({
  workplace: { home: '/', signIn: '/sign-in' },
  pages, nav, foot: Foot,
  words: { 'zh-CN': () => import('words:buyer/zh-CN'), en: () => import('words:buyer/en') },
  isOurs: (path) => !/^\/(shop|county|passbook|api)(\/|$)/.test(path),
});
