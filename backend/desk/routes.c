/* desk: the table of contents. */
#include "desk.h"

static const struct field today_query[] = {
    FIELD_NAMED("expiring_days", FIELD_COUNT, .min = 1, .max = 365, .optional = true),
    FIELDS_END,
};
static const struct field find_query[] = {
    FIELD_NAMED("q", FIELD_TEXT, .min = 1, .max = 60),
    FIELDS_END,
};
static const struct field statement_query[] = {
    FIELD_NAMED("month", FIELD_TEXT, .min = 7, .max = 7, .optional = true),
    FIELDS_END,
};

#define MAY_FIND (MAY_SELL | MAY_OVERSEE | MAY(ROLE_CADRE) | MAY(ROLE_TEAM) | MAY(ROLE_TOWNSHIP))

/* clang-format off */
const struct route desk_routes[] = {
    {.method = GET, .path = "/shops/{shop_id}/today", .may = MAY_SELL | MAY_OVERSEE, .lane = LANE_READ, .query = today_query,
     .load = "desk/today", .shape = ANSWER_OBJECT},
    {.method = GET, .path = "/find", .may = MAY_FIND, .lane = LANE_READ, .query = find_query, .prepare = desk_find_prepare,
     .load = "desk/find", .shape = ANSWER_LIST},
    {.method = GET, .path = "/shops/{shop_id}/statements", .may = MAY_SELL | MAY_OVERSEE, .lane = LANE_REPORT, .query = statement_query,
     .prepare = desk_month_prepare, .load = "desk/statement", .shape = ANSWER_OBJECT},
    {.method = GET, .path = "/shops/{shop_id}/statements/days", .may = MAY_SELL | MAY_OVERSEE, .lane = LANE_REPORT,
     .query = statement_query, .prepare = desk_month_prepare, .load = "desk/statement_days", .shape = ANSWER_LIST},
    ROUTES_END,
};
/* clang-format on */
