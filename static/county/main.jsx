// The workplace of county offices, and of township, prefecture, province and auditors within their scope: its pages, first match wins.
import { start } from '../shared/app.jsx';

const pages = [
  { path: '/county', load: () => import('./dashboard.jsx') },
  { path: '/county/reports/:report?', load: () => import('./reports.jsx') },
];
const nav = () => [['/county', 'nav_dashboard'], ['/county/reports', 'nav_reports']].map(([href, name]) => ({ href, name, isHere: (path) => (href === '/county' ? path === href : path.startsWith(href)) }));

start({
  workplace: { home: '/county', name: 'workplace_county', needsPerson: true, roles: ['cadre', 'township', 'county', 'finance', 'auditor', 'viewer', 'inspector', 'administrator'] },
  pages, nav,
  words: { 'zh-CN': () => import('words:county/zh-CN'), en: () => import('words:county/en') },
  isOurs: (path) => /^\/county(\/|$)/.test(path),
});
