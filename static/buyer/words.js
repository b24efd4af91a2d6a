// What the pages say, in both languages, and how they write money, days and quantities. No other file holds words.
const words = {
  zh: {
    motto: '村里的货，钱到哪户说得清', docs: '接口说明', other: 'English',
    synthetic: '演示数据里的人、账户和订单都是编造的，不对应任何真实的人。',
    levels: '数字都来自订单与账本；没有的就写“—”，并说明原因。',
    season: '在卖的山货', search: '找货', search_hint: '名称、拼音或首字母', category: '品类', county: '县', all: '全部', find: '查找',
    more: '下一页', none: '现在没有符合的货。换个词，或看看全部。', nothing_yet: '还没有货上架。', waiting: '正在取……',
    failed: '没取到：', again: '再试一次', offline: '连不上服务器',
    per_pack: '每份', per_unit_g: '每斤', per_unit_ml: '每 500 毫升', per_unit_piece: '每件', stock: '存货', plenty: '充足', few: '不多了', sold_out: '卖完了',
    back: '← 回到货品', offers: '怎么卖', offer: '规格', grade: '等级', price: '价格', lot: '接下来发的批次', harvested: '采收', expires: '此日前售完',
    certificate: '合格证', trace: '溯源码', households: '供货户数', households_note: '少于 5 户只写“<5”，为的是不认出谁。',
    no_lot: '现在没有检验合格、可以发的批次。', anatomy: '钱分到哪里', anatomy_note: '按接下来发的批次和已签的价格算一份；付款那天再按实际批次记账。',
    household: '给农户', supplier: '给合作社等供货方', fee: '平台费', freight: '店家承担的运费', margin: '店家（含包装、损耗）', whole: '合计', floor: '其中保底', bought: '收购时已付给供货方',
    no_anatomy: '—（没有货可发，算不出）', figures: '本县数字', figures_none: '—（统计还没有开放）', figures_pick: '选一个县看它的数字、公示和账本封条。',
    announcements: '公示', announcements_none: '现在没有公示。', open_until: '公示到', closed: '公示已结束', lines: '行',
    seals: '账本封条', seals_note: '每天封一次账：抄下这一串，日后谁改了账都看得出。', seals_none: '还没有封过账。', transfers: '笔', not_found: '这件货不在架上了。',
    since: '自', shops_count: '开业的店', sales_fen: '销售额', counted_fen: '算作帮扶的', due_fen: '应付农户', paid_fen: '已到账农户',
  },
  en: {
    motto: 'Village goods, and where the money goes', docs: 'API', other: '中文',
    synthetic: 'People, accounts and orders in demo data are synthetic; none is a real person.',
    levels: 'Every figure comes from orders and the ledger; what is not known is “—”, with the reason.',
    season: 'Goods on sale', search: 'Find goods', search_hint: 'name, pinyin or initials', category: 'Kind', county: 'County', all: 'All', find: 'Find',
    more: 'Next page', none: 'Nothing fits just now. Try another word, or look at everything.', nothing_yet: 'No goods are listed yet.', waiting: 'Fetching…',
    failed: 'Could not be fetched: ', again: 'Try again', offline: 'the server can’t be reached',
    per_pack: 'a pack', per_unit_g: 'per 500 g', per_unit_ml: 'per 500 ml', per_unit_piece: 'each', stock: 'Stock', plenty: 'plenty', few: 'few left', sold_out: 'sold out',
    back: '← Back to the goods', offers: 'How it is sold', offer: 'Pack', grade: 'Grade', price: 'Price', lot: 'The lot sent next', harvested: 'Harvested', expires: 'Sold before',
    certificate: 'Certificate', trace: 'Trace code', households: 'Households that delivered', households_note: 'Under five is only “<5”, so that nobody can be told.',
    no_lot: 'No inspected lot is ready to be sent.', anatomy: 'Where the money goes', anatomy_note: 'One pack, by the lot sent next and the terms signed for it; on the day of payment the real lot decides.',
    household: 'To households', supplier: 'To cooperatives and other suppliers', fee: 'Platform fee', freight: 'Freight the shop bears', margin: 'Shop (packing and loss included)', whole: 'Sum', floor: 'of it guaranteed', bought: 'Paid to the supplier when the shop bought the lot',
    no_anatomy: '— (nothing to send, so nothing to compute)', figures: 'Figures of the county', figures_none: '— (statistics are not open yet)', figures_pick: 'Pick a county for its figures, notices and ledger seals.',
    announcements: 'Public notices', announcements_none: 'No notices now.', open_until: 'open until', closed: 'ended', lines: 'lines',
    seals: 'Ledger seals', seals_note: 'The ledger is sealed daily: who copies this line can prove later whether anything was changed.', seals_none: 'Not sealed yet.', transfers: 'transfers', not_found: 'This is no longer on the shelf.',
    since: 'since', shops_count: 'Open shops', sales_fen: 'Sales', counted_fen: 'Counted as help', due_fen: 'Owed to households', paid_fen: 'Paid to households',
  },
};

const chosen = () => { try { return localStorage.getItem('language'); } catch { return null; } };
export let language = chosen() ?? (/^en/.test(navigator.language) ? 'en' : 'zh');
export function languageSwitch() {
  language = language === 'zh' ? 'en' : 'zh';
  try { localStorage.setItem('language', language); } catch { /* without storage it lasts for this page */ }
}
export const say = (name) => words[language][name] ?? name;

/** Fen to yuan by digits alone: no float ever touches money. */
export function yuan(fen) {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '−' : ''}¥${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
}
/** Price of 500 g or 500 ml, rounded half up; of pieces, of one. */
export function unitPrice(price_fen, pack_qty, base_unit) {
  const [whole, part] = [BigInt(price_fen) * (base_unit === 'piece' ? 1n : 500n), BigInt(pack_qty)];
  return `${yuan(Number((2n * whole + part) / (2n * part)))} ${say(`per_unit_${base_unit}`)}`;
}
export function quantity(qty, base_unit) {
  if (base_unit === 'piece') return language === 'zh' ? `${qty} 件` : `${qty} pieces`;
  if (base_unit === 'g' && qty % 500 === 0 && language === 'zh' && qty < 10000) return `${qty / 500} 斤`;
  const [large, small] = base_unit === 'g' ? ['kg', 'g'] : ['l', 'ml'];
  return qty >= 1000 ? `${qty / 1000} ${large}` : `${qty} ${small}`;
}
export function day(text) {
  const date = new Date(text.length === 10 ? `${text}T00:00:00+08:00` : text);
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { month: 'long', day: 'numeric', year: 'numeric', timeZone: 'Asia/Shanghai' }).format(date);
}
