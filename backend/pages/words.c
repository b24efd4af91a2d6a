/* The words of pages, and how money, goods and days are written in them: the same as static/shared/format.js writes. */
#include "pages/words.h"

#define DESCRIPTION_CHARACTERS_MAX 150

static const char *const words[PAGE_WORDS_COUNT][LANGUAGES_COUNT] = {
#define WORD_ROW(name, zh, en) [name] = {[LANGUAGE_ZH] = zh, [LANGUAGE_EN] = en},
    PAGE_WORDS(WORD_ROW)
#undef WORD_ROW
};

text say(const struct page_view *view, enum page_word word)
{
    return text_from(words[word][view->language]);
}

text say_code(const struct page_view *view, text code)
{
    static const struct {
        const char *code;
        enum page_word word;
    } codes[] = {
        {"plenty", WORD_PLENTY}, {"few", WORD_FEW},           {"sold_out", WORD_SOLD_OUT},
        {"passed", WORD_PASSED}, {"rejected", WORD_REJECTED}, {"waiting", WORD_WAITING},
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (text_equal(code, text_from(codes[i].code)))
            return say(view, codes[i].word);
    return code;
}

text yuan(const struct page_view *view, money fen)
{
    text plain = money_format_yuan(view->arena, fen < 0 ? -fen : fen);
    size_t whole = plain.length - 3;
    struct bytes grouped;
    bytes_init(&grouped, view->arena, 64);
    bytes_add(&grouped, fen < 0 ? TEXT("−¥") : TEXT("¥"));
    for (size_t i = 0; i < plain.length; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            bytes_add_char(&grouped, ',');
        bytes_add_char(&grouped, plain.at[i]);
    }
    return bytes_text(&grouped);
}

text yuan_of(const struct page_view *view, const struct json_node *object, const char *name)
{
    money fen;
    return json_int64(object, name, &fen) ? yuan(view, fen) : say(view, WORD_UNKNOWN);
}

/* "1.5" of 1500 thousandths, without zeros at the end. */
static text decimal(const struct page_view *view, int64_t thousandths)
{
    text plain =
        text_format(view->arena, "%lld.%03lld", (long long)(thousandths / 1000), (long long)(thousandths % 1000));
    while (text_ends_with(plain, TEXT("0")))
        plain.length--;
    if (text_ends_with(plain, TEXT(".")))
        plain.length--;
    return plain;
}

text quantity(const struct page_view *view, qty count, text base_unit)
{
    bool is_weight = text_equal(base_unit, TEXT("g")), is_volume = text_equal(base_unit, TEXT("ml"));
    bool in_jin = is_weight && view->language == LANGUAGE_ZH && count >= 500 && count % 250 == 0 && count < 1000000;
    enum page_word unit = is_weight ? WORD_G : is_volume ? WORD_ML : WORD_PIECES;
    int64_t thousandths = count * 1000;
    if (in_jin) {
        unit = WORD_JIN;
        thousandths = count * 2;
    } else if ((is_weight || is_volume) && count >= 1000) {
        unit = is_weight ? WORD_KG : WORD_L;
        thousandths = count;
    }
    return text_format(view->arena, "%.*s %.*s", TEXT_ARGUMENTS(decimal(view, thousandths)),
                       TEXT_ARGUMENTS(say(view, unit)));
}

text unit_price(const struct page_view *view, money price, qty pack, text base_unit)
{
    bool is_weight = text_equal(base_unit, TEXT("g")), is_volume = text_equal(base_unit, TEXT("ml"));
    enum page_word unit = is_weight ? WORD_PER_G : is_volume ? WORD_PER_ML : WORD_PER_PIECE;
    money of_one;
    if (!money_ratio(price, is_weight || is_volume ? 500 : 1, pack, &of_one))
        return say(view, WORD_UNKNOWN);
    return text_format(view->arena, "%.*s %.*s", TEXT_ARGUMENTS(yuan(view, of_one)), TEXT_ARGUMENTS(say(view, unit)));
}

text day_words(const struct page_view *view, text iso)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    int64_t year, month, day;
    calendar_day known;
    text date = text_part(iso, 0, 10);
    if (iso.at == NULL || !day_parse(date, &known) || !text_to_int64(text_part(date, 0, 4), 0, 9999, &year) ||
        !text_to_int64(text_part(date, 5, 2), 1, 12, &month) || !text_to_int64(text_part(date, 8, 2), 1, 31, &day))
        return say(view, WORD_UNKNOWN);
    if (view->language == LANGUAGE_EN)
        return text_format(view->arena, "%lld %s %lld", (long long)day, months[month - 1], (long long)year);
    return text_format(view->arena, "%lld年%lld月%lld日", (long long)year, (long long)month, (long long)day);
}

text shortened(const struct page_view *view, text whole)
{
    size_t length = 0;
    for (int64_t characters = 0; length < whole.length; characters++) {
        uint32_t code_point;
        size_t bytes = text_first_character(text_part(whole, length, whole.length), &code_point);
        if (characters == DESCRIPTION_CHARACTERS_MAX || bytes == 0)
            return text_format(view->arena, "%.*s…", (int)length, whole.at);
        length += bytes;
    }
    return whole;
}

/* ---- Bodies ---- */

void body_begin(const struct page_view *view, struct bytes *body, text title)
{
    HTML(body,
         "<header class=\"top\"><p class=\"brand\"><a href=\"/\"><span aria-hidden=\"true\" "
         "class=\"seal\">山</span>{}</a></p></header>\n"
         "<main id=\"main\" tabindex=\"-1\">\n<h1 tabindex=\"-1\">{}</h1>\n",
         say(view, WORD_BRAND), title);
}

void body_end(const struct page_view *view, struct bytes *body)
{
    HTML(body, "<p class=\"unprinted\"><a href=\"/\">{}</a></p>\n</main>\n", say(view, WORD_HOME));
}

void body_fact(const struct page_view *view, struct bytes *body, enum page_word word, text value)
{
    if (value.length > 0)
        HTML(body, "<div><dt>{}</dt><dd>{}</dd></div>\n", say(view, word), value);
}

void body_households(const struct page_view *view, struct bytes *body, text households)
{
    bool are_few = text_equal(households, TEXT("<5"));
    if (!text_equal(households, TEXT("0")))
        body_fact(view, body, WORD_HOUSEHOLDS, are_few ? say(view, WORD_FEWER_THAN_5) : households);
}

void body_picture(const struct page_view *view, struct bytes *body, text photo_id, text category_code, int size)
{
    text source = photo_id.length > 0
                      ? text_format(view->arena, "/photos/%.*s-%d.webp", TEXT_ARGUMENTS(photo_id), size)
                      : text_format(view->arena, "/placeholders/%.*s.svg", TEXT_ARGUMENTS(category_code));
    HTML(body,
         "<img class=\"picture\" src=\"{}\" alt=\"\" width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\">\n",
         source);
}

static void goods_item(const struct page_view *view, struct bytes *body, const struct json_node *item)
{
    qty pack = 0;
    text unit = json_text(item, "base_unit"), stock = json_text(item, "stock");
    (void)json_int64(item, "pack_qty", &pack);
    HTML_PLAIN(body, "<li class=\"card\">");
    body_picture(view, body, json_text(item, "cover_photo_id"), json_text(item, "category_code"), 320);
    HTML(body, "<h3><a href=\"/products/{}\">{}</a></h3><p class=\"soft\">{} · {}</p>", json_text(item, "product_id"),
         json_text(item, "name"), json_text(item, "county_name"), json_text(item, "area_name"));
    HTML(body, "<p><span class=\"price\">{}</span> {}{}</p></li>\n", yuan_of(view, item, "price_fen"),
         quantity(view, pack, unit),
         text_equal(stock, TEXT("sold_out")) ? text_format(view->arena, " · %s", words[WORD_SOLD_OUT][view->language])
                                             : TEXT(""));
}

void body_goods(const struct page_view *view, struct bytes *body, const struct json_node *items)
{
    size_t count = json_items_count(items);
    if (count == 0) {
        HTML(body, "<p>{}</p>\n", say(view, WORD_NOTHING));
        return;
    }
    HTML_PLAIN(body, "<ul class=\"cards\">\n");
    for (size_t i = 0; i < count; i++)
        goods_item(view, body, json_item(items, i));
    HTML_PLAIN(body, "</ul>\n");
}
