// The workplace of county offices, and of township, prefecture, province and auditors within their scope: its pages, first match wins.
import { start } from '../shared/app.jsx';
import { FindBox } from '../shared/find.jsx';

const pages = [
  { path: '/county', load: () => import('./dashboard.jsx') },
  { path: '/county/reports/:report?', load: () => import('./reports.jsx') },
  { path: '/county/indicators', load: () => import('./indicators.jsx') },
  { path: '/county/indicators/outside', load: () => import('./outside.jsx') },
  { path: '/county/indicators/:indicator', load: () => import('./indicator.jsx') },
  { path: '/county/statements', load: () => import('./statements.jsx') },
  { path: '/county/statements/live', load: () => import('./statement_live.jsx') },
  { path: '/county/statements/:statement_id', load: () => import('./statement.jsx') },
  { path: '/county/payouts', load: () => import('./payouts.jsx') },
  { path: '/county/payouts/:batch_id', load: () => import('./payout.jsx') },
  { path: '/county/payables', load: () => import('./payables.jsx') },
  { path: '/county/organisations', load: () => import('./organisations.jsx') },
  { path: '/county/organisations/:supplier_id', load: () => import('./organisation.jsx') },
  { path: '/county/distributions/:distribution_id', load: () => import('./distribution.jsx') },
  { path: '/county/bills', load: () => import('./bills.jsx') },
  { path: '/county/bills/:bill_id', load: () => import('./bill.jsx') },
  { path: '/county/notices', load: () => import('./notices.jsx') },
  { path: '/county/notices/:publicity_id', load: () => import('./notice.jsx') },
  { path: '/county/households', load: () => import('./households.jsx') },
  { path: '/county/households/new', load: () => import('./household_new.jsx') },
  { path: '/county/households/:household_id', load: () => import('./household.jsx') },
  { path: '/county/households/:household_id/exit', load: () => import('./exit.jsx') },
  { path: '/county/cases', load: () => import('./cases.jsx') },
  { path: '/county/cases/:case_id', load: () => import('./case.jsx') },
  { path: '/county/look-backs', load: () => import('./look_backs.jsx') },
  { path: '/county/look-backs/:look_back_id', load: () => import('./look_back.jsx') },
  { path: '/county/board', load: () => import('./board.jsx') },
  { path: '/county/findings', load: () => import('./findings.jsx') },
  { path: '/county/findings/quality', load: () => import('./quality.jsx') },
  { path: '/county/findings/new', load: () => import('./finding_new.jsx') },
  { path: '/county/findings/:finding_id', load: () => import('./finding.jsx') },
  { path: '/county/complaints', load: () => import('./complaints.jsx') },
  { path: '/county/complaints/new', load: () => import('./complaint_new.jsx') },
  { path: '/county/complaints/figures', load: () => import('./complaint_figures.jsx') },
  { path: '/county/complaints/:complaint_id', load: () => import('./complaint.jsx') },
  { path: '/county/audit', load: () => import('./audit.jsx') },
  { path: '/county/units', load: () => import('./units.jsx') },
  { path: '/county/units/:unit_id', load: () => import('./unit.jsx') },
  { path: '/county/imports', load: () => import('./imports.jsx') },
  { path: '/county/settings', load: () => import('./settings.jsx') },
  { path: '/county/find', load: () => import('./find.jsx') },
  { path: '/county/approvals', load: () => import('./approvals.jsx') },
  { path: '/county/inspections', load: () => import('./inspections.jsx') },
  { path: '/county/lots/:lot_id', load: () => import('./lot.jsx') },
  { path: '/county/shops/:shop_id', load: () => import('./shop.jsx') },
  { path: '/county/orders', load: () => import('./orders.jsx') },
  { path: '/county/orders/:order_id', load: () => import('./order.jsx') },
  { path: '/county/accounts', load: () => import('./accounts.jsx') },
];
/** Who sees which page in the navigation; without roles, everyone. */
const menu = [
  { href: '/county', name: 'nav_dashboard', roles: ['cadre', 'team', 'township', 'county', 'finance', 'auditor', 'viewer'] },
  { href: '/county/households', name: 'nav_households', roles: ['cadre', 'team', 'township', 'county', 'auditor'] },
  { href: '/county/cases', name: 'nav_cases', roles: ['cadre', 'team', 'township', 'county', 'auditor'] },
  { href: '/county/approvals', name: 'nav_approvals', roles: ['county', 'finance', 'auditor'] },
  { href: '/county/inspections', name: 'nav_inspections', roles: ['county', 'inspector'] },
  { href: '/county/payouts', name: 'nav_payouts', roles: ['county', 'finance', 'auditor'] },
  { href: '/county/organisations', name: 'nav_organisations', roles: ['county', 'finance', 'auditor'] },
  { href: '/county/bills', name: 'nav_bills', roles: ['county', 'finance', 'auditor'] },
  {
    href: '/county/notices',
    name: 'nav_notices',
    roles: ['cadre', 'team', 'township', 'county', 'finance', 'auditor', 'viewer'],
  },
  { href: '/county/findings', name: 'nav_findings', roles: ['cadre', 'team', 'township', 'county', 'finance', 'auditor'] },
  {
    href: '/county/complaints',
    name: 'nav_complaints',
    roles: ['cadre', 'team', 'township', 'county', 'finance', 'auditor', 'viewer'],
  },
  {
    href: '/county/reports',
    name: 'nav_reports',
    roles: ['cadre', 'team', 'township', 'county', 'finance', 'auditor', 'viewer'],
  },
  { href: '/county/indicators', name: 'nav_indicators', roles: ['county', 'finance', 'auditor', 'viewer'] },
  { href: '/county/statements', name: 'nav_statements', roles: ['county', 'finance', 'auditor', 'viewer'] },
  { href: '/county/audit', name: 'nav_audit', roles: ['auditor'] },
  { href: '/county/units', name: 'nav_units', roles: ['county', 'finance', 'auditor', 'viewer'] },
  { href: '/county/imports', name: 'nav_imports', roles: ['county'] },
  {
    href: '/county/settings',
    name: 'nav_settings',
    roles: ['cadre', 'team', 'township', 'county', 'finance', 'auditor', 'viewer', 'administrator'],
  },
  { href: '/county/accounts', name: 'nav_accounts', roles: ['county', 'administrator'] },
];
const nav = (person) =>
  menu
    .filter(({ roles }) => person?.roles.some(({ role }) => roles.includes(role)))
    .map(({ href, name }) => ({
      href,
      name,
      isHere: (path) => path === href || (href !== '/county' && path.startsWith(`${href}/`)),
    }));

start({
  workplace: {
    home: '/county',
    name: 'workplace_county',
    needsPerson: true,
    roles: ['cadre', 'team', 'township', 'county', 'finance', 'auditor', 'viewer', 'inspector', 'administrator'],
  },
  pages,
  nav,
  extra: ({ place, person }) => (person ? <FindBox at="/county/find" place={place} /> : null),
  words: { 'zh-CN': () => import('words:county/zh-CN'), en: () => import('words:county/en') },
  isOurs: (path) => /^\/county(\/|$)/.test(path),
});
