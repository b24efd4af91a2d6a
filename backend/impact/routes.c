/* impact: the table of contents. */
#include "impact.h"

#define STATISTICS_SHOW_MS 30000
#define TRACE_SHOWS_MS 10000

static const struct field stats_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6, .optional = true),
    FIELDS_END,
};

const struct route impact_routes[] = {
    { .method = GET, .path = "/trace/{code}", .may = MAY_ANYONE, .lane = LANE_READ, .load = "impact/trace", .shape = ANSWER_OBJECT,
      .cache_ms = TRACE_SHOWS_MS, .cache_tag = "catalog" },
    { .method = GET, .path = "/stats", .may = MAY_ANYONE, .lane = LANE_REPORT, .query = stats_query, .load = "impact/stats",
      .shape = ANSWER_LIST, .cache_ms = STATISTICS_SHOW_MS },
    ROUTES_END,
};
