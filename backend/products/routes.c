/* products: the table of contents. What can be taken in and sold; who proposes and who approves. */
#include "base.h"
#include "photos.h"
#include "products.h"

const struct field product_propose_fields[] = {
    FIELD(product_body, handle, FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELD(product_body, name, FIELD_TEXT, .min = 1, .max = 60),
    FIELD(product_body, category_code, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(product_body, description, FIELD_TEXT, .min = 0, .max = TEXT_CHARACTERS_MAX, .optional = true),
    FIELD(product_body, gross_weight_ppm, FIELD_COUNT, .min = 1, .max = INT32_MAX, .optional = true),
    FIELDS_END,
};
static const struct field change_fields[] = {
    FIELD(product_body, name, FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELD(product_body, description, FIELD_TEXT, .min = 0, .max = TEXT_CHARACTERS_MAX, .optional = true),
    FIELD(product_body, gross_weight_ppm, FIELD_COUNT, .min = 1, .max = INT32_MAX, .optional = true),
    FIELDS_END,
};
static const struct field propose_facts_fields[] = {
    FIELD(product_facts, base_unit, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
static const struct field change_facts_fields[] = {
    FIELD(product_facts, version, FIELD_COUNT),
    FIELD(product_facts, name, FIELD_TEXT),
    FIELDS_END,
};
static const struct field plan_fields[] = {
    FIELD(product_plan, product_id, FIELD_COUNTY_ID), FIELD(product_plan, base_unit, FIELD_TEXT, .optional = true),
    FIELD(product_plan, words, FIELD_TEXT),           FIELD(product_plan, state, FIELD_TEXT, .optional = true),
    FIELD(product_plan, version, FIELD_COUNT),        FIELDS_END,
};
static const struct field answer_fields[] = {
    FIELD(product_plan, product_id, FIELD_COUNTY_ID),
    FIELD(product_plan, version, FIELD_COUNT),
    FIELDS_END,
};
static const struct field decision_fields[] = {
    FIELD_NAMED("accepted", FIELD_BOOL),
    FIELD_NAMED("reason", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field photos_fields[] = {
    FIELD_NAMED("photo_ids", FIELD_UUIDS, .min = 0, .max = PHOTOS_OF_PRODUCT_MAX),
    FIELDS_END,
};

static enum problem photos_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    photos_bind_to(request, request->parameter(request, "product_county"), request->parameter(request, "product_id"));
    return PROBLEM_NONE;
}

static const struct field of_shop_query[] = {
    FIELD_NAMED("product_id", FIELD_COUNTY_ID, .optional = true),
    FIELDS_END,
};

/* clang-format off */
const struct route products_routes[] = {
    {.method = GET,
     .path = "/categories",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .load = "products/categories",
     .shape = ANSWER_LIST,
     .cache_ms = 60000,
     .cache_tag = "catalog"},
    {.method = GET,
     .path = "/shops/{shop_id}/products", .titles = {"商品清单", "Products"},
     .may = MAY_SELL | MAY_VIEW,
     .lane = LANE_READ,
     .query = of_shop_query,
     .load = "products/of_shop",
     .shape = ANSWER_LIST},
    {.method = POST,
     .path = "/shops/{shop_id}/products",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = product_propose_fields,
     .body_size = sizeof(struct product_body),
     .load = "products/propose_load",
     .facts = propose_facts_fields,
     .facts_size = sizeof(struct product_facts),
     .decide = product_propose_decide,
     .apply = {"products/propose_apply"},
     .plan = plan_fields,
     .plan_size = sizeof(struct product_plan),
     .shape = ANSWER_PLAN,
     .answer = answer_fields,
     .status = 201},
    {.method = PATCH,
     .path = "/products/{product_id}",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .versioned = true,
     .idempotent = true,
     .body = change_fields,
     .body_size = sizeof(struct product_body),
     .load = "products/change_load",
     .facts = change_facts_fields,
     .facts_size = sizeof(struct product_facts),
     .decide = product_change_decide,
     .apply = {"products/change_apply", "registry/announce"},
     .plan = plan_fields,
     .plan_size = sizeof(struct product_plan),
     .shape = ANSWER_PLAN,
     .answer = answer_fields},
    {.method = PUT,
     .path = "/products/{product_id}/photos",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .versioned = true,
     .idempotent = true,
     .body = photos_fields,
     .prepare = photos_prepare,
     .load = "products/photos_put",
     .apply = {"photos/bind", "registry/announce"},
     .shape = ANSWER_OBJECT},
    {.method = GET,
     .path = "/products/{product_id}/photos/{photo_id}",
     .plain_ids = "photo_id",
     .may = MAY_SELL | MAY_OVERSEE,
     .lane = LANE_READ,
     .query = photo_size_query,
     .load = "products/photo",
     .cache_control = "private, max-age=3600",
     .shape = ANSWER_BYTES},
    {.method = POST,
     .path = "/products/{product_id}/decide",
     .may = MAY(ROLE_COUNTY),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = decision_fields,
     .load = "products/decide",
     .apply = {"registry/announce"},
     .shape = ANSWER_OBJECT},
    {.method = POST,
     .path = "/products/{product_id}/withdraw",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .idempotent = true,
     .load = "products/withdraw",
     .apply = {"registry/announce"},
     .shape = ANSWER_OBJECT},
    ROUTES_END,
};
/* clang-format on */
