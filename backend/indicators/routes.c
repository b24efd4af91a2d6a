/* indicators: the table of contents. Every indicator of the source documents and of the impact formulas, and the figures from outside. */
#include "indicators.h"

static const char *const families[] = {"sales",         "households", "income",   "impact",     "shops",
                                       "organisations", "campaigns",  "register", "governance", NULL};
static const char *const breakdowns[] = {"month", "area", NULL};

static const struct field figures_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("indicator", FIELD_TEXT, .min = 2, .max = 3, .optional = true),
    FIELD_NAMED("family", FIELD_CHOICE, .choices = families, .optional = true),
    FIELD_NAMED("by", FIELD_CHOICE, .choices = breakdowns, .optional = true),
    FIELDS_END,
};
static const struct field outside_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("indicator", FIELD_TEXT, .min = 2, .max = 3, .optional = true),
    FIELDS_END,
};
static const struct field outside_item_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("indicator", FIELD_TEXT, .min = 2, .max = 3),
    FIELD_NAMED("part", FIELD_TEXT, .min = 1, .max = 20, .optional = true),
    FIELD_NAMED("from_on", FIELD_DATE),
    FIELD_NAMED("to_on", FIELD_DATE),
    FIELD_NAMED("value", FIELD_COUNT, .min = -OUTSIDE_VALUE_MAX, .max = OUTSIDE_VALUE_MAX),
    FIELD_NAMED("source", FIELD_TEXT, .min = 4, .max = 200),
    FIELDS_END,
};
static const struct field outside_fields[] = {
    FIELD_NAMED("items", FIELD_LIST, .fields = outside_item_fields, .min = 1, .max = OUTSIDE_ITEMS_MAX),
    FIELDS_END,
};

static const struct field target_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("indicator", FIELD_TEXT, .min = 2, .max = 3),
    FIELD_NAMED("part", FIELD_TEXT, .min = 1, .max = 20, .optional = true),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("base_year", FIELD_COUNT, .min = 2000, .max = 2100, .optional = true),
    FIELD_NAMED("value", FIELD_COUNT, .min = -OUTSIDE_VALUE_MAX, .max = OUTSIDE_VALUE_MAX),
    FIELD_NAMED("source", FIELD_TEXT, .min = 4, .max = 200),
    FIELDS_END,
};

/* A breakdown of all indicators at once would be a table nobody reads, and slow. */
static enum problem figures_prepare(const struct request *request, const void *facts, void *plan,
                                    struct problems *problems)
{
    calendar_day from, to;
    (void)facts;
    (void)plan;
    if (!day_parse(request->parameter(request, "from"), &from) || !day_parse(request->parameter(request, "to"), &to))
        return PROBLEM_NONE; /* the query's fields say so */
    if (to < from || to - from > INDICATOR_DAYS_MAX)
        problems_add(problems, TEXT("/to"), "out-of-range", TEXT_NONE);
    if (request->parameter(request, "by").at != NULL && request->parameter(request, "indicator").at == NULL)
        problems_add(problems, TEXT("/indicator"), "required", TEXT_NONE);
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}

/* clang-format off */
const struct route indicator_routes[] = {
    { .method = GET, .path = "/reports/indicators", .titles = {"指标表", "Indicators"}, .may = MAY_VIEW, .lane = LANE_REPORT,
      .query = figures_query, .prepare = figures_prepare, .load = "indicators/figures", .shape = ANSWER_LIST },
    { .method = GET, .path = "/outside-figures", .titles = {"外部数据", "Figures from outside"}, .may = MAY_VIEW, .lane = LANE_READ,
      .query = outside_query, .load = "indicators/outside_list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/outside-figures", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
      .body = outside_fields, .load = "indicators/outside_add", .shape = ANSWER_OBJECT, .status = 201 },
    { .method = GET, .path = "/targets", .titles = {"目标", "Targets"}, .may = MAY_VIEW, .lane = LANE_READ, .query = outside_query,
      .load = "indicators/targets_list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/targets", .may = MAY(ROLE_COUNTY) | MAY(ROLE_ADMINISTRATOR), .lane = LANE_WRITE, .idempotent = true,
      .body = target_fields, .load = "indicators/target_add", .shape = ANSWER_OBJECT, .status = 201 },
    ROUTES_END,
};
/* clang-format on */
