/* pages: the table of contents. Each page is what the API answers under the same conditions: cached as long, emptied by the same notices. */
#include "pages.h"
#include "pages/pages.h"

#define STOCK_SHOWS_MS 1000
#define PAGES_SHOW_MS 10000
#define PAGE                                                                                                           \
    .method = GET, .may = MAY_ANYONE, .lane = LANE_READ, .shape = ANSWER_PAGE, .at_root = true,                        \
    .cache_control = "no-cache"

/* clang-format off */
const struct route pages_routes[] = {
    { PAGE, .path = "/", .page = &home_page, .cache_ms = PAGES_SHOW_MS, .cache_tag = "catalog" },
    { PAGE, .path = "/products/{product_id}", .page = &product_page, .cache_ms = STOCK_SHOWS_MS, .cache_tag = "catalog" },
    { PAGE, .path = "/shops/{shop_id}", .page = &shop_page, .cache_ms = PAGES_SHOW_MS, .cache_tag = "catalog" },
    { PAGE, .path = "/trace/{code}", .page = &trace_page, .cache_ms = PAGES_SHOW_MS, .cache_tag = "catalog" },
    { PAGE, .path = "/announcements/{publicity_id}", .page = &announcement_page, .cache_ms = PAGES_SHOW_MS },
    ROUTES_END,
};
/* clang-format on */
