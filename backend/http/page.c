/* HTML pages: asks the API for their parts, has a subject write them, and puts them into a shell together with the answers themselves, so
   that the browser's first view needs no further request. */
#include "http/assets.h"
#include "http/exchange.h"

#define PAGE_BYTES_MAX (64 * 1024 * 1024)

struct page_work {
    struct {
        text place, body;
        enum problem problem;
    } parts[PAGE_PARTS_MAX];
    size_t count, waiting;
};

static const char *const site_names[LANGUAGES_COUNT] = {[LANGUAGE_ZH] = "山货", [LANGUAGE_EN] = "Shanhuo"};
static const char *const locales[LANGUAGES_COUNT] = {[LANGUAGE_ZH] = "zh_CN", [LANGUAGE_EN] = "en_GB"};

/* ---- Asking ---- */

static text parameter_value(const struct exchange *exchange, text name)
{
    for (size_t i = 0; i < exchange->match.parameters_count; i++)
        if (text_equal(text_from(exchange->match.parameters[i].field->name), name))
            return exchange->match.parameters[i].value;
    return TEXT("");
}

/* "/products/{product_id}" with this page's product in it. */
static text place_of(const struct exchange *exchange, const char *pattern)
{
    struct bytes place;
    bytes_init(&place, exchange->arena, PATH_BYTES_MAX * (PATH_PARAMETERS_MAX + 1));
    for (text rest = text_from(pattern); rest.at != NULL;) {
        bytes_add(&place, text_cut(&rest, '{'));
        if (rest.at != NULL)
            bytes_add(&place, parameter_value(exchange, text_cut(&rest, '}')));
    }
    return bytes_text(&place);
}

static void part_begin(struct exchange *exchange, size_t part)
{
    struct match match;
    text query = exchange->page_work->parts[part].place, path = text_cut(&query, '?');
    router_match(exchange->worker->server->router, GET, path, &match);
    if (match.route != NULL && match.route->may == MAY_ANYONE)
        exchange_begin_part(exchange, &match, path, query, part);
    else
        page_take_part(exchange, part, PROBLEM_NOT_FOUND, TEXT_NONE);
}

void page_begin(struct exchange *exchange)
{
    const struct site_page *page = exchange->route->page;
    struct page_work *work = arena_alloc(exchange->arena, sizeof *work);
    exchange->page_work = work;
    while (work->count < PAGE_PARTS_MAX && page->parts[work->count] != NULL) {
        work->parts[work->count].place = place_of(exchange, page->parts[work->count]);
        work->count++;
    }
    work->waiting = work->count; /* the last part ends the page, also when each is refused at once */
    for (size_t i = 0, count = work->count; i < count; i++)
        part_begin(exchange, i);
}

/* ---- Writing ---- */

static text head_html(const struct exchange *exchange, const struct page_head *head)
{
    const struct http_settings *settings = exchange->worker->server->settings;
    enum language language = exchange->request.language;
    text site = text_from(site_names[language]);
    text origin = settings->public_origin == NULL ? TEXT("") : text_from(settings->public_origin);
    text place = exchange->request.path, image = head->image.at == NULL ? TEXT("/icon-512.png") : head->image;
    text title = head->title.length == 0 ? site : head->title;
    struct bytes html;
    bytes_init(&html, exchange->arena, PAGE_BYTES_MAX);
    HTML(&html, "<title>{} · {}</title>\n<meta name=\"description\" content=\"{}\">\n", title, site, head->description);
    HTML(&html, "<link rel=\"canonical\" href=\"{}{}\">\n", origin, place);
    HTML(&html, "<meta property=\"og:site_name\" content=\"{}\">\n<meta property=\"og:type\" content=\"website\">\n",
         site);
    HTML(&html, "<meta property=\"og:title\" content=\"{}\">\n<meta property=\"og:description\" content=\"{}\">\n",
         title, head->description);
    HTML(&html, "<meta property=\"og:url\" content=\"{}{}\">\n<meta property=\"og:image\" content=\"{}{}\">\n", origin,
         place, origin, image);
    HTML(&html, "<meta property=\"og:locale\" content=\"{}\">\n<meta name=\"twitter:card\" content=\"{}\">",
         text_from(locales[language]), head->image.at == NULL ? TEXT("summary") : TEXT("summary_large_image"));
    return bytes_text(&html);
}

/* The answers under the places the browser would have asked: {"/products/…": {…}}. */
static text data_html(const struct exchange *exchange)
{
    const struct page_work *work = exchange->page_work;
    struct bytes json, html;
    bytes_init(&json, exchange->arena, PAGE_BYTES_MAX);
    bytes_init(&html, exchange->arena, PAGE_BYTES_MAX);
    for (size_t i = 0; i < work->count; i++) {
        if (work->parts[i].body.at == NULL)
            continue;
        bytes_add_char(&json, json.length == 0 ? '{' : ',');
        bytes_add_json_string(&json, work->parts[i].place);
        bytes_add_char(&json, ':');
        bytes_add(&json, work->parts[i].body);
    }
    bytes_add_char(&json, '}');
    HTML_PLAIN(&html, "<script type=\"application/json\" id=\"data\">");
    html_write_json(&html, bytes_text(&json));
    HTML_PLAIN(&html, "</script>");
    return bytes_text(&html);
}

static void page_write(struct exchange *exchange)
{
    const struct page_work *work = exchange->page_work;
    const struct site_page *page = exchange->route->page;
    struct page_view view = {.arena = exchange->arena, .language = exchange->request.language};
    struct page_head head = {0};
    struct bytes body;
    bytes_init(&body, exchange->arena, PAGE_BYTES_MAX);
    for (size_t i = 0; i < work->count; i++)
        view.parts[i] = json_read(exchange->arena, work->parts[i].body);
    page->write(&view, &head, &body);
    exchange->answer = (struct answer){
        .status = 200,
        .body = assets_page(exchange->worker->server->assets, exchange->arena, page->shell, view.language,
                            head_html(exchange, &head), bytes_text(&body), data_html(exchange)),
        .content_type = TEXT("text/html; charset=utf-8"),
        .cache_control = TEXT("no-cache"),
    };
    exchange_answer(exchange);
}

void page_take_part(struct exchange *exchange, size_t part, enum problem problem, text body)
{
    struct page_work *work = exchange->page_work;
    work->parts[part].problem = problem;
    work->parts[part].body = problem == PROBLEM_NONE ? text_copy(exchange->arena, body) : TEXT_NONE;
    if (--work->waiting > 0)
        return;
    if (work->parts[0].problem == PROBLEM_NONE)
        page_write(exchange);
    else
        exchange_refuse(exchange, work->parts[0].problem);
}
