// The household's passbook: card number and code open it, in large type, readable aloud. No account knowledge is asked.
import { start } from '../shared/app.jsx';

const pages = [{ path: '/passbook', load: () => import('./passbook.jsx') }];

start({
  workplace: { home: '/passbook', name: 'workplace_passbook' },
  pages,
  words: { 'zh-CN': () => import('words:passbook/zh-CN'), en: () => import('words:passbook/en') },
  isOurs: (path) => /^\/passbook(\/|$)/.test(path),
});
