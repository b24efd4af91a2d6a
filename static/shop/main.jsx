// The shop's workplace: its pages, first match wins. It opens on today's work.
import { start } from '../shared/app.jsx';

const pages = [
  { path: '/shop', load: () => import('./today.jsx') },
];
const nav = () => [['/shop', 'nav_today']].map(([href, name]) => ({ href, name, isHere: (path) => (href === '/shop' ? path === href : path.startsWith(href)) }));

start({
  workplace: { home: '/shop', name: 'workplace_shop', needsPerson: true, roles: ['operator'], outbox: '/shop/kept' },
  pages, nav,
  words: { 'zh-CN': () => import('words:shop/zh-CN'), en: () => import('words:shop/en') },
  isOurs: (path) => /^\/shop(\/|$)/.test(path),
});
