/* catalog: the table of contents. Public reads come from the cache; stock shows only in words, at most a second old. */
#include "base.h"
#include "catalog.h"

#define STOCK_SHOWS_MS 1000
#define SHOPS_SHOW_MS 10000
#define HOME_SHOWS_MS 10000
#define SUGGESTIONS_SHOW_MS 10000

static const char *const sorts[] = {"new", "price", "price-desc", NULL};
static const struct field goods_query[] = {
    FIELD_NAMED("q", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELD_NAMED("category", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("shop_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("in_stock", FIELD_BOOL, .optional = true),
    FIELD_NAMED("sort", FIELD_CHOICE, .choices = sorts, .optional = true),
    FIELDS_END,
};
static const struct field suggestions_query[] = {
    FIELD_NAMED("q", FIELD_TEXT, .min = 1, .max = 40),
    FIELDS_END,
};
static const struct field shops_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELDS_END,
};
static const struct field offer_fields[] = {
    FIELD_NAMED("product_id", FIELD_COUNTY_ID),
    FIELD_NAMED("name", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("grade", FIELD_TEXT, .min = 1, .max = 20),
    FIELD_NAMED("place_id", FIELD_UUID, .optional = true),
    FIELD_NAMED("pack_qty", FIELD_QTY, .min = 1, .max = 1000000000),
    FIELD_NAMED("price_fen", FIELD_FEN, .min = 1, .max = 1000000000),
    FIELD_NAMED("packs_per_buyer_max", FIELD_COUNT, .min = 1, .max = 999, .optional = true),
    FIELDS_END,
};
static const struct field offer_change_fields[] = {
    FIELD_NAMED("name", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("price_fen", FIELD_FEN, .min = 1, .max = 1000000000, .optional = true),
    FIELD_NAMED("packs_per_buyer_max", FIELD_COUNT, .min = 1, .max = 999, .optional = true),
    FIELD_NAMED("listed", FIELD_BOOL, .optional = true),
    FIELDS_END,
};

/* clang-format off */
const struct route catalog_routes[] = {
    {.method = GET,
     .path = "/home",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .load = "catalog/home",
     .shape = ANSWER_OBJECT,
     .cache_ms = HOME_SHOWS_MS},
    {.method = GET,
     .path = "/suggestions",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .query = suggestions_query,
     .load = "catalog/suggest",
     .prepare = catalog_suggest_prepare,
     .shape = ANSWER_LIST,
     .cache_ms = SUGGESTIONS_SHOW_MS},
    {.method = GET,
     .path = "/shops",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .query = shops_query,
     .load = "catalog/shops",
     .shape = ANSWER_LIST,
     .cache_ms = SHOPS_SHOW_MS,
     .cache_tag = "catalog"},
    {.method = GET,
     .path = "/shops/{shop_id}",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .load = "catalog/shop_page",
     .shape = ANSWER_OBJECT,
     .cache_ms = SHOPS_SHOW_MS,
     .cache_tag = "catalog"},
    {.method = GET,
     .path = "/products",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .query = goods_query,
     .load = "catalog/list",
     .variants = {{"sort", "catalog/list_sorted"}, {"q", "catalog/search"}, {"shop_id", "catalog/list_of_shop"}},
     .prepare = catalog_search_prepare,
     .shape = ANSWER_LIST,
     .cache_ms = STOCK_SHOWS_MS,
     .cache_tag = "catalog"},
    {.method = GET,
     .path = "/products/{product_id}",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .load = "catalog/show",
     .shape = ANSWER_OBJECT,
     .cache_ms = STOCK_SHOWS_MS,
     .cache_tag = "catalog"},
    {.method = GET,
     .path = "/shops/{shop_id}/offers",
     .may = MAY_SELL | MAY_VIEW,
     .lane = LANE_READ,
     .load = "catalog/offers_of_shop",
     .shape = ANSWER_LIST},
    {.method = POST,
     .path = "/shops/{shop_id}/offers",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = offer_fields,
     .load = "catalog/offer",
     .apply = {"registry/announce"},
     .shape = ANSWER_OBJECT,
     .status = 201},
    {.method = PATCH,
     .path = "/offers/{offer_id}",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .versioned = true,
     .idempotent = true,
     .body = offer_change_fields,
     .load = "catalog/offer_change",
     .apply = {"registry/announce"},
     .shape = ANSWER_OBJECT},
    ROUTES_END,
};
/* clang-format on */
