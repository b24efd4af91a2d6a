/* attribution: the table of contents. All else of attribution happens inside payments and refunds. */
#include "attribution/anatomy.h"

#define ANATOMY_SHOWS_MS 1000
#define SIGNED_MAX INT64_C(1000000000000000)

static const struct field offer_fields[] = {
    FIELD(offer_in_line, offer_id, FIELD_COUNTY_ID),
    FIELD(offer_in_line, pack_qty, FIELD_QTY, .min = 1, .max = SIGNED_MAX),
    FIELD(offer_in_line, price_fen, FIELD_FEN),
    FIELD(offer_in_line, platform_fee_ppm, FIELD_COUNT),
    FIELD_ITEMS(offer_in_line, lots, lot_left, lot_left_fields, .max = 100000),
    FIELDS_END,
};
static const struct field facts_fields[] = {
    FIELD(anatomy_facts, product_id, FIELD_COUNTY_ID),
    FIELD_ITEMS(anatomy_facts, offers, offer_in_line, offer_fields, .max = 100000),
    FIELD_ITEMS(anatomy_facts, suppliers, supplier, supplier_fields, .max = 100000),
    FIELDS_END,
};
static const struct field split_fields[] = {
    FIELD(offer_anatomy, offer_id, FIELD_COUNTY_ID),
    FIELD(offer_anatomy, price_fen, FIELD_FEN),
    FIELD(offer_anatomy, due_fen, FIELD_FEN),
    FIELD(offer_anatomy, household_due_fen, FIELD_FEN),
    FIELD(offer_anatomy, fee_fen, FIELD_FEN),
    FIELD(offer_anatomy, shop_freight_fen, FIELD_FEN),
    FIELD(offer_anatomy, margin_fen, FIELD_FEN, .min = -SIGNED_MAX, .max = SIGNED_MAX),
    FIELD(offer_anatomy, guaranteed_minimum_fen, FIELD_FEN),
    FIELD(offer_anatomy, goods_cost_fen, FIELD_FEN),
    FIELDS_END,
};
static const struct field answer_fields[] = {
    FIELD(anatomy_plan, product_id, FIELD_COUNTY_ID),
    FIELD_ITEMS(anatomy_plan, offers, offer_anatomy, split_fields),
    FIELDS_END,
};

/* clang-format off */
const struct route attribution_routes[] = {
    { .method = GET, .path = "/products/{product_id}/anatomy", .may = MAY_ANYONE, .lane = LANE_READ, .load = "attribution/anatomy",
      .facts = facts_fields, .facts_size = sizeof(struct anatomy_facts), .decide = anatomy_decide,
      .plan_size = sizeof(struct anatomy_plan), .shape = ANSWER_PLAN, .answer = answer_fields,
      .cache_ms = ANATOMY_SHOWS_MS, .cache_tag = "catalog" },
    ROUTES_END,
};
/* clang-format on */
