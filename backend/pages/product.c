/* The page of one product: packs with prices and stock in words, where the money of each pack goes, and what stands behind it. */
#include "pages/pages.h"
#include "pages/words.h"

#define REVIEWS_TOLD_MAX 5

static void offer_row(const struct page_view *view, struct bytes *body, const struct json_node *offer, text unit)
{
    qty pack = 0;
    money price = 0;
    (void)json_int64(offer, "pack_qty", &pack);
    (void)json_int64(offer, "price_fen", &price);
    HTML(body, "<tr><th scope=\"row\" data-name=\"{}\">{}</th>", say(view, WORD_PACK), json_text(offer, "name"));
    const struct {
        enum page_word word;
        text value;
    } cells[] = {
        {WORD_QUANTITY, quantity(view, pack, unit)},
        {WORD_PRICE, yuan(view, price)},
        {WORD_UNIT_PRICE, unit_price(view, price, pack, unit)},
        {WORD_STOCK, say_code(view, json_text(offer, "stock"))},
    };
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        HTML(body, "<td data-name=\"{}\">{}</td>", say(view, cells[i].word), cells[i].value);
    HTML_PLAIN(body, "</tr>\n");
}

static void offers_table(const struct page_view *view, struct bytes *body, const struct json_node *product)
{
    const struct json_node *offers = json_member(product, "offers");
    HTML(body, "<h2>{}</h2>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>",
         say(view, WORD_PACKS), say(view, WORD_PACK), say(view, WORD_QUANTITY));
    HTML(body, "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
         say(view, WORD_PRICE), say(view, WORD_UNIT_PRICE), say(view, WORD_STOCK));
    for (size_t i = 0; i < json_items_count(offers); i++)
        offer_row(view, body, json_item(offers, i), json_text(product, "base_unit"));
    HTML_PLAIN(body, "</tbody>\n</table>\n");
}

static text offer_name(const struct json_node *product, text offer_id)
{
    const struct json_node *offers = json_member(product, "offers");
    for (size_t i = 0; i < json_items_count(offers); i++)
        if (text_equal(json_text(json_item(offers, i), "offer_id"), offer_id))
            return json_text(json_item(offers, i), "name");
    return TEXT("");
}

static void money_row(const struct page_view *view, struct bytes *body, enum page_word word, money fen)
{
    HTML(body, "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td></tr>\n", say(view, word), yuan(view, fen));
}

/* price = to households + to other suppliers + fee + freight + margin */
static void anatomy_table(const struct page_view *view, struct bytes *body, const struct json_node *split, text name)
{
    money price = 0, due = 0, household = 0, fee = 0, freight = 0, margin = 0;
    const struct {
        const char *member;
        money *fen;
    } members[] = {
        {"price_fen", &price},          {"due_fen", &due},      {"household_due_fen", &household}, {"fee_fen", &fee},
        {"shop_freight_fen", &freight}, {"margin_fen", &margin}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        (void)json_int64(split, members[i].member, members[i].fen);
    HTML(body, "<table class=\"grid\">\n<caption>{}</caption>\n<tbody>\n", name);
    money_row(view, body, WORD_TO_HOUSEHOLDS, household);
    if (due != household)
        money_row(view, body, WORD_TO_SUPPLIERS, due - household);
    money_row(view, body, WORD_FEE, fee);
    money_row(view, body, WORD_FREIGHT, freight);
    money_row(view, body, WORD_MARGIN, margin);
    HTML(body, "</tbody>\n<tfoot><tr><th scope=\"row\">{}</th><td class=\"number\">{}</td></tr></tfoot>\n</table>\n",
         say(view, WORD_WHOLE), yuan(view, price));
}

static void anatomies(const struct page_view *view, struct bytes *body)
{
    const struct json_node *offers = json_member(view->parts[1], "offers");
    if (json_items_count(offers) == 0)
        return;
    HTML(body, "<h2>{}</h2>\n", say(view, WORD_ANATOMY));
    for (size_t i = 0; i < json_items_count(offers); i++) {
        const struct json_node *split = json_item(offers, i);
        anatomy_table(view, body, split, offer_name(view->parts[0], json_text(split, "offer_id")));
    }
}

static void facts(const struct page_view *view, struct bytes *body, const struct json_node *product)
{
    text harvested = json_text(product, "harvested_on"), expires = json_text(product, "expires_on");
    text code = json_text(product, "trace_code");
    HTML_PLAIN(body, "<dl class=\"facts\">\n");
    if (harvested.at != NULL)
        body_fact(view, body, WORD_HARVESTED, day_words(view, harvested));
    if (expires.at != NULL)
        body_fact(view, body, WORD_BEFORE, day_words(view, expires));
    body_households(view, body, json_text(product, "households"));
    body_fact(view, body, WORD_CERTIFICATE, json_text(product, "certificate"));
    if (code.length > 0)
        HTML(body, "<div><dt>{}</dt><dd><a href=\"/trace/{}\">{}</a></dd></div>\n", say(view, WORD_TRACE), code, code);
    HTML_PLAIN(body, "</dl>\n");
}

static void reviews(const struct page_view *view, struct bytes *body)
{
    const struct json_node *items = json_member(view->parts[2], "items");
    if (json_items_count(items) == 0)
        return;
    HTML(body, "<h2>{}</h2>\n<ul>\n", say(view, WORD_REVIEWS));
    for (size_t i = 0; i < json_items_count(items) && i < REVIEWS_TOLD_MAX; i++) {
        const struct json_node *review = json_item(items, i);
        int64_t rating = 0;
        (void)json_int64(review, "rating", &rating);
        HTML(body, "<li>{}/5 · {} <span class=\"soft\">{} · {}</span></li>\n",
             text_format(view->arena, "%lld", (long long)rating), json_text(review, "words"),
             json_text(review, "author"), day_words(view, json_text(review, "created_at")));
    }
    HTML_PLAIN(body, "</ul>\n");
}

static text photo_path(const struct page_view *view, const struct json_node *product)
{
    text photo = json_text(json_item(json_member(product, "photos"), 0), "photo_id");
    return photo.length == 0 ? TEXT_NONE : text_format(view->arena, "/photos/%.*s-640.jpg", TEXT_ARGUMENTS(photo));
}

/* "¥19.00 · 陇南市武都区 · 核桃…" */
static text description(const struct page_view *view, const struct json_node *product)
{
    const struct json_node *cheapest = json_item(json_member(product, "offers"), 0);
    text price = cheapest == NULL ? TEXT("") : yuan_of(view, cheapest, "price_fen");
    return shortened(view, text_format(view->arena, "%.*s%s%.*s %.*s · %.*s", TEXT_ARGUMENTS(price),
                                       price.length > 0 ? " · " : "", TEXT_ARGUMENTS(json_text(product, "county_name")),
                                       TEXT_ARGUMENTS(json_text(product, "area_name")),
                                       TEXT_ARGUMENTS(json_text(product, "description"))));
}

static void product_write(const struct page_view *view, struct page_head *head, struct bytes *body)
{
    const struct json_node *product = view->parts[0];
    text name = json_text(product, "name");
    head->title = name;
    head->description = description(view, product);
    head->image = photo_path(view, product);
    body_begin(view, body, name);
    HTML(body, "<p class=\"soft\">{} {} · <a href=\"/shops/{}\">{}</a></p>\n", json_text(product, "county_name"),
         json_text(product, "area_name"), json_text(product, "shop_id"), json_text(product, "shop_name"));
    body_picture(view, body, json_text(json_item(json_member(product, "photos"), 0), "photo_id"),
                 json_text(product, "category_code"), 640);
    if (json_text(product, "description").length > 0)
        HTML(body, "<p>{}</p>\n", json_text(product, "description"));
    offers_table(view, body, product);
    anatomies(view, body);
    facts(view, body, product);
    reviews(view, body);
    body_end(view, body);
}

const struct site_page product_page = {
    .shell = "buyer",
    .parts = {"/products/{product_id}", "/products/{product_id}/anatomy", "/products/{product_id}/reviews"},
    .write = product_write,
};
