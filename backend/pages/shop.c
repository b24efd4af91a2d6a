/* The page of a shop: its village, its story, its goods as links. */
#include "pages/pages.h"
#include "pages/words.h"

static void shop_write(const struct page_view *view, struct page_head *head, struct bytes *body)
{
    const struct json_node *shop = view->parts[0];
    text name = json_text(shop, "name"), story = json_text(shop, "story");
    text place = text_format(view->arena, "%.*s %.*s", TEXT_ARGUMENTS(json_text(shop, "county_name")),
                             TEXT_ARGUMENTS(json_text(shop, "area_name")));
    head->title = name;
    head->description = shortened(view, text_format(view->arena, "%.*s · %.*s", TEXT_ARGUMENTS(place),
                                                    TEXT_ARGUMENTS(story.length > 0 ? story : say(view, WORD_MOTTO))));
    body_begin(view, body, name);
    HTML(body, "<p class=\"soft\">{}</p>\n", place);
    if (story.length > 0)
        HTML(body, "<p>{}</p>\n", story);
    HTML_PLAIN(body, "<dl class=\"facts\">\n");
    body_fact(view, body, WORD_STATION, json_text(shop, "station_name"));
    HTML(body, "</dl>\n<h2>{}</h2>\n", say(view, WORD_GOODS));
    body_goods(view, body, json_member(view->parts[1], "items"));
    body_end(view, body);
}

const struct site_page shop_page = {
    .shell = "buyer",
    .parts = {"/shops/{shop_id}", "/products?shop_id={shop_id}"},
    .write = shop_write,
};
