/* Pages behind a printed code and a public notice: what the code on a pack leads to, and what a village board says. */
#include "pages/pages.h"
#include "pages/words.h"

static void villages(const struct page_view *view, struct bytes *body, const struct json_node *trace)
{
    const struct json_node *items = json_member(trace, "villages");
    HTML(body, "<h2>{}</h2>\n<ul>\n", say(view, WORD_PARTS));
    for (size_t i = 0; i < json_items_count(items); i++) {
        qty count = 0;
        const struct json_node *village = json_item(items, i);
        (void)json_int64(village, "quantity_qty", &count);
        HTML(body, "<li>{} {}</li>\n", json_text(village, "area_name"),
             quantity(view, count, json_text(trace, "base_unit")));
    }
    HTML_PLAIN(body, "</ul>\n");
}

static void trace_write(const struct page_view *view, struct page_head *head, struct bytes *body)
{
    const struct json_node *trace = view->parts[0];
    text name = json_text(trace, "product_name"), certificate = json_text(trace, "certificate");
    head->title =
        text_format(view->arena, "%.*s%.*s", TEXT_ARGUMENTS(say(view, WORD_TRACE_TITLE)), TEXT_ARGUMENTS(name));
    head->description =
        text_format(view->arena, "%.*s · %.*s %.*s · %.*s", TEXT_ARGUMENTS(name),
                    TEXT_ARGUMENTS(json_text(trace, "county_name")), TEXT_ARGUMENTS(json_text(trace, "area_name")),
                    TEXT_ARGUMENTS(day_words(view, json_text(trace, "harvested_on"))));
    body_begin(view, body, head->title);
    HTML(body, "<p><a href=\"/products/{}\">{}</a> · <a href=\"/shops/{}\">{}</a></p>\n<dl class=\"facts\">\n",
         json_text(trace, "product_id"), name, json_text(trace, "shop_id"), json_text(trace, "shop_name"));
    body_fact(view, body, WORD_TRACE, json_text(trace, "trace_code"));
    body_fact(view, body, WORD_VILLAGE, json_text(trace, "area_name"));
    body_fact(view, body, WORD_STATION, json_text(trace, "station_name"));
    body_fact(view, body, WORD_HARVESTED, day_words(view, json_text(trace, "harvested_on")));
    body_fact(view, body, WORD_TAKEN_IN, day_words(view, json_text(trace, "taken_in_at")));
    body_fact(view, body, WORD_INSPECTION, say_code(view, json_text(trace, "inspection")));
    body_fact(view, body, WORD_GRADE, json_text(trace, "grade"));
    body_fact(view, body, WORD_CERTIFICATE, certificate);
    body_households(view, body, json_text(trace, "households"));
    HTML_PLAIN(body, "</dl>\n");
    villages(view, body, trace);
    body_end(view, body);
}

static enum page_word notice_state(const struct json_node *notice)
{
    if (json_text(notice, "withdrawn_at").at != NULL)
        return WORD_NOTICE_WITHDRAWN;
    return json_is_set(notice, "open") ? WORD_NOTICE_OPEN : WORD_NOTICE_OVER;
}

static void announcement_write(const struct page_view *view, struct page_head *head, struct bytes *body)
{
    const struct json_node *notice = view->parts[0];
    text from = day_words(view, json_text(notice, "starts_at")), to = day_words(view, json_text(notice, "ends_at"));
    head->title = json_text(notice, "title");
    head->description = text_format(view->arena, "%.*s – %.*s", TEXT_ARGUMENTS(from), TEXT_ARGUMENTS(to));
    body_begin(view, body, head->title);
    HTML_PLAIN(body, "<dl class=\"facts\">\n");
    body_fact(view, body, WORD_NOTICE_FROM, from);
    body_fact(view, body, WORD_NOTICE_TO, to);
    body_fact(view, body, WORD_LINES, text_format(view->arena, "%zu", json_items_count(json_member(notice, "lines"))));
    HTML(body, "</dl>\n<p>{}</p>\n", say(view, notice_state(notice)));
    body_end(view, body);
}

const struct site_page trace_page = {
    .shell = "buyer",
    .parts = {"/trace/{code}"},
    .write = trace_write,
};
const struct site_page announcement_page = {
    .shell = "buyer",
    .parts = {"/announcements/{publicity_id}"},
    .write = announcement_write,
};
