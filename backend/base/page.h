/* A page is what the API answers, written as HTML for whoever has no scripts: http asks the parts, a subject writes them. */
#ifndef BASE_PAGE_H
#define BASE_PAGE_H

#include "base/html.h"
#include "base/json_read.h"
#include "base/limits.h"
#include "base/problem.h"

struct page_view {
    struct arena *arena;
    enum language language;
    const struct json_node *parts[PAGE_PARTS_MAX]; /* answers of the API; NULL: it has none */
};
/* What is told of a page where a link to it is shown. */
struct page_head {
    text title, description;
    text image; /* path; TEXT_NONE: the site's own */
};
struct site_page {
    const char *shell; /* "buyer": build/site/buyer.html */
    /* Places of the API as the browser asks for them: "/products/{product_id}/anatomy". Without an answer to the first there is no page. */
    const char *parts[PAGE_PARTS_MAX];
    void (*write)(const struct page_view *view, struct page_head *head, struct bytes *body);
};

#endif
