// What the pages say. Words stand in static/words/LANGUAGE.json and nowhere else; one language is loaded at a time.
const words = new Map();
const cookie = (name) =>
  document.cookie
    .split('; ')
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** "zh-CN" or "en": what was chosen, else what the server read from the browser's wishes. */
export const language =
  cookie('language') === 'en' || (!cookie('language') && document.documentElement.lang === 'en') ? 'en' : 'zh-CN';

/** Takes effect with the page it loads again: drafts are kept, so nothing typed is lost. */
export function speak(other) {
  document.cookie = `language=${other}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}

/** `loaders`: {'zh-CN': () => import('words:shop/zh-CN'), en: …}. */
export async function loadWords(loaders) {
  document.documentElement.lang = language;
  for (const [name, text] of Object.entries((await loaders[language]()).default)) words.set(name, text);
}

/** say('lots_left', { count: 3 }): "{count} lot left|{count} lots left" picks its second form unless count is 1. A missing word shows its name. */
export function say(name, values = {}) {
  const forms = (words.get(name) ?? name).split('|');
  const form = forms.length > 1 && values.count !== 1 ? forms[1] : forms[0];
  return form.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
/** Whether there is such a word: for codes of the API that may be newer than this page. */
export const canSay = (name) => words.has(name);
