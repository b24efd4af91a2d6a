/* desk: the table of contents. */
#include "desk.h"

static const struct field today_query[] = {
    FIELD_NAMED("expiring_days", FIELD_COUNT, .min = 1, .max = 365, .optional = true),
    FIELDS_END,
};

/* clang-format off */
const struct route desk_routes[] = {
    {.method = GET, .path = "/shops/{shop_id}/today", .may = MAY_SELL | MAY_OVERSEE, .lane = LANE_READ, .query = today_query,
     .load = "desk/today", .shape = ANSWER_OBJECT},
    ROUTES_END,
};
/* clang-format on */
