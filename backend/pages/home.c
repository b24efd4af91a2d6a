/* The first page: what is in season, by links; and by kind, place and shop. */
#include "pages/pages.h"
#include "pages/words.h"

static void kinds(const struct page_view *view, struct bytes *body)
{
    const struct json_node *items = json_member(view->parts[0], "categories");
    if (json_items_count(items) == 0)
        return;
    HTML(body, "<h2>{}</h2>\n<ul>\n", say(view, WORD_KINDS));
    for (size_t i = 0; i < json_items_count(items); i++) {
        const struct json_node *kind = json_item(items, i);
        HTML(body, "<li><a href=\"/search?category={}\">{}</a></li>\n", json_text(kind, "category_code"),
             json_text(kind, view->language == LANGUAGE_EN ? "name_en" : "name_zh"));
    }
    HTML_PLAIN(body, "</ul>\n");
}

static void places(const struct page_view *view, struct bytes *body)
{
    const struct json_node *counties = json_member(view->parts[0], "places");
    if (json_items_count(counties) == 0)
        return;
    HTML(body, "<h2>{}</h2>\n<ul>\n", say(view, WORD_PLACES));
    for (size_t i = 0; i < json_items_count(counties); i++) {
        const struct json_node *county = json_item(counties, i);
        HTML(body, "<li><a href=\"/search?area={}\">{}</a></li>\n", json_text(county, "area_code"),
             json_text(county, "name"));
    }
    HTML_PLAIN(body, "</ul>\n");
}

static void shops(const struct page_view *view, struct bytes *body)
{
    const struct json_node *items = json_member(view->parts[0], "shops");
    if (json_items_count(items) == 0)
        return;
    HTML(body, "<h2>{}</h2>\n<ul>\n", say(view, WORD_SHOPS));
    for (size_t i = 0; i < json_items_count(items); i++) {
        const struct json_node *shop = json_item(items, i);
        HTML(body, "<li><a href=\"/shops/{}\">{}</a> <span class=\"soft\">{} · {}</span></li>\n",
             json_text(shop, "shop_id"), json_text(shop, "name"), json_text(shop, "county_name"),
             json_text(shop, "area_name"));
    }
    HTML_PLAIN(body, "</ul>\n");
}

static void home_write(const struct page_view *view, struct page_head *head, struct bytes *body)
{
    head->title = say(view, WORD_MOTTO);
    head->description = say(view, WORD_MOTTO);
    body_begin(view, body, say(view, WORD_SEASON));
    body_goods(view, body, json_member(view->parts[0], "season"));
    kinds(view, body);
    places(view, body);
    shops(view, body);
    HTML_PLAIN(body, "</main>\n");
}

const struct site_page home_page = {
    .shell = "buyer",
    .parts = {"/home"},
    .write = home_write,
};
