// How money, goods, days and shares are written and read. Money stays in integer fen: no float ever touches it.
import { language, say } from './words.js';

/** Fen to "¥1,234.50", by digits alone. */
export function yuan(fen) {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '−' : ''}¥${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
}
/** Large sums for a glance, whole yuan: "¥12.3万", "¥1.2m". Never in a table. */
export function yuanInShort(fen) {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 3,
  }).format(fen / 100);
}
/** "12.5" or "¥1,234.50" or full-width digits, as people type them, to fen; null when it is no amount. */
export function fenOf(text) {
  const plain = text.normalize('NFKC').replace(/[¥,\s元]/g, '');
  const found = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(plain);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null;
}
export const yuanField = (fen) =>
  fen === null || fen === undefined ? '' : `${Math.trunc(fen / 100)}${fen % 100 ? `.${String(fen % 100).padStart(2, '0')}` : ''}`;

/** Units people weigh and count in, each in base units. The first is the usual one. */
export const units = {
  g: [
    { unit: 'jin', size: 500 },
    { unit: 'kg', size: 1000 },
    { unit: 'g', size: 1 },
  ],
  ml: [
    { unit: 'l', size: 1000 },
    { unit: 'ml', size: 1 },
  ],
  piece: [{ unit: 'piece', size: 1 }],
};
/** "30.5" of `size` to base units; null when it is no quantity or no whole number of them. */
export function quantityOf(text, size) {
  const found = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text.normalize('NFKC').replace(/[,\s]/g, ''));
  if (!found) return null;
  const thousandths = Number(found[1]) * 1000 + Number((found[2] ?? '').padEnd(3, '0'));
  const whole = (thousandths * size) / 1000;
  return Number.isInteger(whole) && whole > 0 ? whole : null;
}
const decimal = (value) => new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value);
export function quantity(qty, base_unit) {
  if (base_unit === 'piece') return say('n_pieces', { count: decimal(qty) });
  if (base_unit === 'g' && language === 'zh-CN' && qty >= 500 && qty % 250 === 0 && qty < 1_000_000)
    return `${decimal(qty / 500)} 斤`;
  const [large, small] = base_unit === 'g' ? ['kg', 'g'] : ['l', 'ml'];
  return qty >= 1000 ? `${decimal(qty / 1000)} ${say(`unit_${large}`)}` : `${decimal(qty)} ${say(`unit_${small}`)}`;
}
/** Price of 500 g or 500 ml, rounded half up; of pieces, of one. */
export function unitPrice(price_fen, pack_qty, base_unit) {
  const [whole, part] = [BigInt(price_fen) * (base_unit === 'piece' ? 1n : 500n), BigInt(pack_qty)];
  return say(`price_per_${base_unit}`, { price: yuan(Number((2n * whole + part) / (2n * part))) });
}

const inShanghai = (text) => new Date(text.length === 10 ? `${text}T00:00:00+08:00` : text);
const written = (options) => {
  const format = new Intl.DateTimeFormat(language, { timeZone: 'Asia/Shanghai', ...options });
  return (text) => (text ? format.format(inShanghai(text)) : '—');
};
/** "11月23日" this year, "2015年11月23日" otherwise. */
const dayOfThisYear = written({ month: 'long', day: 'numeric' });
const dayOfAnyYear = written({ year: 'numeric', month: 'long', day: 'numeric' });
export const today = () => new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date());
export const day = (text) =>
  text && inShanghai(text).toISOString().slice(0, 4) === today().slice(0, 4) ? dayOfThisYear(text) : dayOfAnyYear(text);
/** dayPlus('2015-10-17', -1): '2015-10-16'. The API's last days are the first ones after. */
export const dayPlus = (text, days) => new Date(Date.parse(`${text}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const moment = written({ month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
export const month = (text) => written({ year: 'numeric', month: 'long' })(`${text.slice(0, 7)}-01`);
export const count = (value) => (value === null || value === undefined ? '—' : new Intl.NumberFormat(language).format(value));
/** Parts per million to "12.3 %". */
export const share = (ppm) =>
  ppm === null || ppm === undefined
    ? '—'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(ppm / 1_000_000);
/** Names in the order a phone book has them: pinyin in Chinese. */
export const byName = (name) => {
  const order = new Intl.Collator(language === 'zh-CN' ? 'zh-CN-u-co-pinyin' : 'en');
  return (a, b) => order.compare(a[name], b[name]);
};
