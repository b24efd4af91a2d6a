// The buyer's page: which view the address asks for, and the language. Views draw; nothing here knows a figure.
import { say, language, languageSwitch } from './words.js';
import { season } from './season.js';
import { product } from './product.js';

const main = document.getElementById('main');
const button = document.getElementById('language');

function show() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const place of document.querySelectorAll('[data-say]')) place.textContent = say(place.dataset.say);
  button.textContent = say('other');
  button.lang = language === 'zh' ? 'en' : 'zh-CN';
  const address = new URL(location.hash.slice(1) || '/', location.origin);
  const id = /^\/products\/([0-9a-f-]+)$/.exec(address.pathname)?.[1];
  if (id) product(main, id);
  else season(main, address.searchParams);
}

button.addEventListener('click', () => { languageSwitch(); show(); });
addEventListener('hashchange', () => { show(); scrollTo(0, 0); main.focus({ preventScroll: true }); });
show();
