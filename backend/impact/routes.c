/* impact: the table of contents. Reports for those who oversee an area; open figures and traces for everyone. */
#include "impact.h"

#define STATISTICS_SHOW_MS 600000
#define TRACE_SHOWS_MS 10000
#define INCOME_HOUSEHOLDS_MAX 100000
#define PRICE_FACTOR_PPM_MAX 10000000

static const char *const keys[] = {"month",   "day",      "township", "village", "shop",
                                   "product", "category", "status",   NULL};
static const char *const statuses[] = {"registered", "exited_supported", "returned",
                                       "removed",    "never_registered", NULL};

static const struct field sales_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("by", FIELD_CHOICE, .choices = keys, .optional = true),
    FIELD_NAMED("exact", FIELD_BOOL, .optional = true),
    FIELDS_END,
};
static const struct field income_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("price_factor_ppm", FIELD_COUNT, .min = 1, .max = PRICE_FACTOR_PPM_MAX, .optional = true),
    FIELDS_END,
};
static const struct field lines_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("shop_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("product_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("household_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("status", FIELD_CHOICE, .choices = statuses, .optional = true),
    FIELDS_END,
};
static const struct field removed_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELDS_END,
};
static const struct field dashboard_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("month", FIELD_TEXT, .min = 7, .max = 7, .optional = true),
    FIELDS_END,
};
static const char *const decision_kinds[] = {"station",
                                             "shop",
                                             "supplier",
                                             "rule",
                                             "agreement",
                                             "payee_change",
                                             "product",
                                             "lot",
                                             "batch",
                                             "batch_result",
                                             "objection",
                                             "finding",
                                             "finding_rectified",
                                             "return",
                                             "shop_stopped",
                                             "distribution",
                                             "distribution_funding",
                                             "accreditation",
                                             NULL};
static const struct field decisions_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = decision_kinds, .optional = true),
    FIELDS_END,
};
static const struct field gains_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELDS_END,
};
static const struct field plans_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 6, .max = 12),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100, .optional = true),
    FIELDS_END,
};
static const struct field plan_month_fields[] = {
    FIELD_NAMED("amount_fen", FIELD_FEN),
    FIELDS_END,
};
static const struct field plan_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 6, .max = 12),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("months", FIELD_LIST, .fields = plan_month_fields, .min = 12, .max = 12),
    FIELD_NAMED("source", FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field factor_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 6),
    FIELD_NAMED("base_year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("factor_ppm", FIELD_COUNT, .min = 1, .max = PRICE_FACTOR_PPM_MAX),
    FIELD_NAMED("source", FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field norm_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 6),
    FIELD_NAMED("category_code", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("amount_fen", FIELD_FEN, .min = 0, .max = 100000000),
    FIELD_NAMED("per_qty", FIELD_QTY, .min = 1, .max = 100000000),
    FIELD_NAMED("source", FIELD_TEXT, .min = 4, .max = 200),
    FIELDS_END,
};
static const struct field norm_report_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELDS_END,
};
static const struct field stats_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6, .optional = true),
    FIELDS_END,
};
static const char *const public_parts[] = {"month", "area", "category", NULL};
static const struct field stats_parts_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("by", FIELD_CHOICE, .choices = public_parts),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2015, .max = 2100),
    FIELDS_END,
};
static const struct field income_facts_fields[] = {
    FIELD(income_facts, household_id, FIELD_COUNTY_ID),
    FIELD(income_facts, head, FIELD_TEXT),
    FIELD(income_facts, area_code, FIELD_TEXT),
    FIELD(income_facts, paid_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELD(income_facts, has_costs, FIELD_BOOL),
    FIELD(income_facts, costs_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELD(income_facts, has_baseline, FIELD_BOOL),
    FIELD(income_facts, baseline_goods_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELD(income_facts, baseline_other_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELD(income_facts, full_survey, FIELD_BOOL),
    FIELD(income_facts, members_count, FIELD_COUNT),
    FIELD(income_facts, poverty_line_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field income_report_facts_fields[] = {
    FIELD(income_report_facts, area, FIELD_TEXT),
    FIELD(income_report_facts, from_on, FIELD_DATE),
    FIELD(income_report_facts, to_on, FIELD_DATE),
    FIELD(income_report_facts, days_count, FIELD_COUNT, .min = -INT32_MAX, .max = INT32_MAX),
    FIELD(income_report_facts, as_of, FIELD_INSTANT),
    FIELD(income_report_facts, reconciles, FIELD_BOOL),
    FIELD(income_report_facts, reconciliation, FIELD_JSON),
    FIELD_ITEMS(income_report_facts, households, income_facts, income_facts_fields, .max = INCOME_HOUSEHOLDS_MAX),
    FIELDS_END,
};
const struct field income_figure_fields[] = {
    FIELD(income_figure, household_id, FIELD_COUNTY_ID),
    FIELD(income_figure, head, FIELD_TEXT),
    FIELD(income_figure, area_code, FIELD_TEXT),
    FIELD(income_figure, level, FIELD_TEXT),
    FIELD(income_figure, level_words, FIELD_TEXT),
    FIELD(income_figure, members_count, FIELD_COUNT),
    FIELD(income_figure, paid_fen, FIELD_FEN),
    FIELD(income_figure, costs_fen, FIELD_JSON),
    FIELD(income_figure, channel_net_fen, FIELD_JSON),
    FIELD(income_figure, channel_net_a_head_fen, FIELD_JSON),
    FIELD(income_figure, baseline_fen, FIELD_JSON),
    FIELD(income_figure, income_gain_fen, FIELD_JSON),
    FIELD(income_figure, income_gain_a_head_fen, FIELD_JSON),
    FIELD(income_figure, line_ratio_ppm, FIELD_JSON),
    FIELDS_END,
};
const struct field income_report_fields[] = {
    FIELD(income_report, report, FIELD_TEXT),
    FIELD(income_report, formula, FIELD_TEXT),
    FIELD(income_report, area, FIELD_TEXT),
    FIELD(income_report, from_on, FIELD_DATE),
    FIELD(income_report, to_on, FIELD_DATE),
    FIELD(income_report, as_of, FIELD_INSTANT),
    FIELD(income_report, method, FIELD_TEXT),
    FIELD(income_report, reconciles, FIELD_BOOL),
    FIELD(income_report, reconciliation, FIELD_JSON),
    FIELD(income_report, households_count, FIELD_COUNT),
    FIELD(income_report, at_level_c, FIELD_COUNT),
    FIELD(income_report, at_level_d, FIELD_COUNT),
    FIELD(income_report, at_level_e, FIELD_COUNT),
    FIELD(income_report, paid_fen, FIELD_FEN),
    FIELD(income_report, channel_net_fen, FIELD_FEN),
    FIELD(income_report, income_gain_fen, FIELD_FEN),
    {.name = "households",
     .kind = FIELD_LIST,
     .offset = offsetof(struct income_report, households),
     .count_offset = offsetof(struct income_report, households_size),
     .item_size = sizeof(struct income_figure),
     .fields = income_figure_fields},
    FIELDS_END,
};

static enum problem period_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    calendar_day from, to;
    (void)facts;
    (void)plan;
    if (day_parse(request->parameter(request, "from"), &from) && day_parse(request->parameter(request, "to"), &to) &&
        to >= from)
        return PROBLEM_NONE;
    problems_add(problems, TEXT("/to"), "below-min", TEXT_NONE);
    return PROBLEM_INVALID;
}

/* :first is the first day of the month asked for, this one unless told. */
static enum problem month_prepare(const struct request *request, const void *facts, void *plan,
                                  struct problems *problems)
{
    calendar_day first;
    text month = request->parameter(request, "month");
    text today = day_format(request->arena, instant_business_day(request->now));
    (void)facts;
    (void)plan;
    if (month.at == NULL)
        month = text_part(today, 0, 7);
    text wanted = text_format(request->arena, "%.*s-01", TEXT_ARGUMENTS(month));
    if (!day_parse(wanted, &first)) {
        problems_add(problems, TEXT("/month"), "not-a-date", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    request->bind(request, "first", wanted);
    return PROBLEM_NONE;
}

static enum problem income_decide(const struct request *request, const void *facts, void *plan,
                                  struct problems *problems)
{
    int64_t factor = 0;
    text given = request->parameter(request, "price_factor_ppm");
    (void)problems;
    if (given.at != NULL && !text_to_int64(given, 1, PRICE_FACTOR_PPM_MAX, &factor))
        return PROBLEM_INVALID;
    return impact_income_report(request->arena, facts, factor, request->language, plan);
}

/* clang-format off */
#define MAY_LIVE_THERE (MAY(ROLE_TOWNSHIP) | MAY(ROLE_CADRE) | MAY(ROLE_TEAM))
#define MAY_SEE_AREA (MAY_VIEW | MAY_LIVE_THERE)
#define MAY_PLAN (MAY(ROLE_COUNTY) | MAY(ROLE_ADMINISTRATOR))
const struct route impact_routes[] = {
    { .method = GET, .path = "/reports/dashboard", .may = MAY_SEE_AREA, .lane = LANE_READ, .query = dashboard_query,
      .prepare = month_prepare, .load = "impact/dashboard", .shape = ANSWER_OBJECT },
    { .method = GET, .path = "/decisions", .may = MAY_OVERSEE | MAY_LIVE_THERE, .lane = LANE_READ, .query = decisions_query, .load = "impact/decisions",
      .shape = ANSWER_LIST },
    { .method = GET, .path = "/reports/gains", .may = MAY_SEE_AREA, .lane = LANE_READ, .query = gains_query, .load = "impact/gains",
      .shape = ANSWER_OBJECT },
    { .method = GET, .path = "/sales-plans", .may = MAY_SEE_AREA, .lane = LANE_READ, .query = plans_query, .load = "impact/plans_list",
      .shape = ANSWER_LIST },
    { .method = POST, .path = "/sales-plans", .may = MAY_PLAN, .lane = LANE_WRITE, .idempotent = true, .body = plan_fields,
      .load = "impact/plan_add", .shape = ANSWER_OBJECT, .status = 201 },
    { .method = GET, .path = "/price-factors", .may = MAY_ANYONE, .lane = LANE_READ, .load = "impact/factors_list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/price-factors", .may = MAY_PLAN, .lane = LANE_WRITE, .idempotent = true, .body = factor_fields,
      .load = "impact/factor_add", .shape = ANSWER_OBJECT, .status = 201 },
    { .method = GET, .path = "/cost-norms", .titles = {"成本定额", "Cost norms"}, .may = MAY_ANYONE, .lane = LANE_READ,
      .load = "impact/norms_list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/cost-norms", .may = MAY_PLAN, .lane = LANE_WRITE, .idempotent = true, .body = norm_fields,
      .load = "impact/norm_add", .shape = ANSWER_OBJECT, .status = 201 },
    { .method = GET, .path = "/reports/net-by-norm", .may = MAY_SEE_AREA, .lane = LANE_REPORT, .query = norm_report_query,
      .prepare = period_prepare, .load = "impact/net_by_norm", .shape = ANSWER_OBJECT },
    { .method = GET, .path = "/reports/sales",
      .titles = {"消费扶贫销售统计表", "Sales and what they brought"}, .may = MAY_SEE_AREA, .lane = LANE_REPORT, .query = sales_query, .prepare = period_prepare,
      .load = "impact/sales", .shape = ANSWER_LIST },
    { .method = GET, .path = "/reports/lines",
      .titles = {"帮扶归属明细表", "Attribution lines"}, .may = MAY_OVERSEE | MAY_LIVE_THERE, .lane = LANE_REPORT, .query = lines_query, .prepare = period_prepare,
      .load = "impact/lines", .shape = ANSWER_LIST },
    { .method = GET, .path = "/reports/removed-later",
      .titles = {"后来清退户的销售", "Sales of households removed later"}, .may = MAY_SEE_AREA, .lane = LANE_REPORT, .query = removed_query,
      .prepare = period_prepare, .load = "impact/removed_later", .shape = ANSWER_LIST },
    { .method = GET, .path = "/reports/income",
      .titles = {"农户收入与增收统计表", "Income of households"}, .may = MAY_VIEW, .lane = LANE_REPORT, .query = income_query, .prepare = period_prepare,
      .load = "impact/income_load", .facts = income_report_facts_fields, .facts_size = sizeof(struct income_report_facts),
      .decide = income_decide, .plan = income_report_fields, .plan_size = sizeof(struct income_report), .shape = ANSWER_PLAN,
      .answer = income_report_fields },
    { .method = GET, .path = "/stats", .may = MAY_ANYONE, .lane = LANE_REPORT, .query = stats_query, .load = "impact/stats",
      .shape = ANSWER_LIST, .cache_ms = STATISTICS_SHOW_MS },
    { .method = GET, .path = "/stats/parts", .titles = {"公开数据", "Open data"}, .may = MAY_ANYONE, .lane = LANE_REPORT,
      .query = stats_parts_query, .load = "impact/stats_parts", .shape = ANSWER_LIST, .cache_ms = STATISTICS_SHOW_MS },
    { .method = GET, .path = "/me/impact", .may = MAY_BUY, .lane = LANE_READ, .load = "impact/mine", .shape = ANSWER_OBJECT },
    { .method = GET, .path = "/trace/{code}", .may = MAY_ANYONE, .lane = LANE_READ, .load = "impact/trace", .shape = ANSWER_OBJECT,
      .cache_ms = TRACE_SHOWS_MS, .cache_tag = "catalog" },
    ROUTES_END,
};
/* clang-format on */
