/* Inside pages: words in both languages, and how money, goods and days are written. */
#ifndef PAGES_WORDS_H
#define PAGES_WORDS_H

#include "base.h"

/* clang-format off */
#define PAGE_WORDS(X) /* name, Chinese, English */ \
    X(WORD_BRAND, "山货", "Shanhuo") \
    X(WORD_MOTTO, "村里的货，钱到哪户说得清", "Goods from mountain villages, and where the money goes") \
    X(WORD_HOME, "首页", "Home") \
    X(WORD_SEASON, "当季山货", "In season") \
    X(WORD_KINDS, "分类", "Kinds of goods") \
    X(WORD_PLACES, "产地", "Places") \
    X(WORD_SHOPS, "新开的网店", "New shops") \
    X(WORD_GOODS, "在售山货", "Goods on sale") \
    X(WORD_NOTHING, "还没有在售的货。", "Nothing is on sale yet.") \
    X(WORD_PACKS, "规格与价格", "Packs and prices") \
    X(WORD_PACK, "规格", "Pack") \
    X(WORD_PRICE, "每份价格", "Price of a pack") \
    X(WORD_UNIT_PRICE, "单价", "Unit price") \
    X(WORD_STOCK, "库存", "Stock") \
    X(WORD_PLENTY, "充足", "plenty") \
    X(WORD_FEW, "不多了", "few left") \
    X(WORD_SOLD_OUT, "售完", "sold out") \
    X(WORD_ANATOMY, "这份钱去了哪里", "Where the money of a pack goes") \
    X(WORD_TO_HOUSEHOLDS, "到农户", "To households") \
    X(WORD_TO_SUPPLIERS, "到合作社等供货方", "To cooperatives and other suppliers") \
    X(WORD_FEE, "平台费", "Platform fee") \
    X(WORD_FREIGHT, "网店承担的运费", "Freight the shop bears") \
    X(WORD_MARGIN, "网店：收货、包装、经营", "Shop: buying in, packing, running") \
    X(WORD_WHOLE, "合计", "Price") \
    X(WORD_VILLAGE, "产地", "From") \
    X(WORD_SHOP, "网店", "Shop") \
    X(WORD_STATION, "服务站", "Station") \
    X(WORD_HARVESTED, "采收", "Harvested") \
    X(WORD_BEFORE, "在此之前食用", "Best before") \
    X(WORD_HOUSEHOLDS, "背后的农户", "Households behind it") \
    X(WORD_CERTIFICATE, "承诺达标合格证", "Certificate of conformity") \
    X(WORD_TRACE, "溯源码", "Trace code") \
    X(WORD_TRACE_TITLE, "溯源 ", "Trace of ") \
    X(WORD_INSPECTION, "验收", "Inspection") \
    X(WORD_PASSED, "合格", "passed") \
    X(WORD_REJECTED, "不合格", "rejected") \
    X(WORD_WAITING, "待验", "waiting") \
    X(WORD_TAKEN_IN, "收货", "Taken in") \
    X(WORD_QUANTITY, "数量", "Quantity") \
    X(WORD_GRADE, "等级", "Grade") \
    X(WORD_PARTS, "各村交货", "Delivered by village") \
    X(WORD_NOTICE_FROM, "公示开始", "Shown from") \
    X(WORD_NOTICE_TO, "公示结束", "Shown until") \
    X(WORD_FEWER_THAN_5, "不到 5", "fewer than 5") \
    X(WORD_REVIEWS, "买过的人怎么说", "What buyers say") \
    X(WORD_NOTICE_OVER, "公示期已满。", "Its time is over.") \
    X(WORD_NOTICE_OPEN, "公示期内可以提出异议。", "While it is shown, anyone may object.") \
    X(WORD_NOTICE_WITHDRAWN, "已撤回。", "Withdrawn.") \
    X(WORD_LINES, "条数", "Entries") \
    X(WORD_UNKNOWN, "—", "—") \
    X(WORD_G, "克", "g") \
    X(WORD_KG, "公斤", "kg") \
    X(WORD_ML, "毫升", "ml") \
    X(WORD_L, "升", "l") \
    X(WORD_JIN, "斤", "jin") \
    X(WORD_PIECES, "件", "pieces") \
    X(WORD_PER_G, "每斤", "per 500 g") \
    X(WORD_PER_ML, "每 500 毫升", "per 500 ml") \
    X(WORD_PER_PIECE, "每件", "each")
/* clang-format on */
#define WORD_NAME(name, zh, en) name,
enum page_word { PAGE_WORDS(WORD_NAME) PAGE_WORDS_COUNT };
#undef WORD_NAME

text say(const struct page_view *view, enum page_word word);
/* "sold_out", "passed": a word of the API in people's words; itself when it has none. */
text say_code(const struct page_view *view, text code);
/* "¥1,234.50"; "—" when the object has no such member. */
text yuan_of(const struct page_view *view, const struct json_node *object, const char *name);
text yuan(const struct page_view *view, money fen);
/* "2 斤", "1.5 kg" */
text quantity(const struct page_view *view, qty count, text base_unit);
/* "¥12.00 每斤": of 500 g, 500 ml or one piece, rounded half up. */
text unit_price(const struct page_view *view, money price, qty pack, text base_unit);
/* "2026年11月23日", "23 November 2026"; "—" for none. */
text day_words(const struct page_view *view, text iso);
/* The beginning of long words, for descriptions. */
text shortened(const struct page_view *view, text words);

/* ---- What pages share of their bodies. ---- */
void body_begin(const struct page_view *view, struct bytes *body, text title);
void body_end(const struct page_view *view, struct bytes *body);
/* One line of a <dl>; none where there is nothing to tell. */
void body_fact(const struct page_view *view, struct bytes *body, enum page_word word, text value);
/* How many households stand behind it, which of few is never told. */
void body_households(const struct page_view *view, struct bytes *body, text households);
/* A photo, or the drawing of its kind of goods. */
void body_picture(const struct page_view *view, struct bytes *body, text photo_id, text category_code, int size);
/* A list of products as links with place, pack and price. */
void body_goods(const struct page_view *view, struct bytes *body, const struct json_node *items);

#endif
