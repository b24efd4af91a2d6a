/* reporting: the table of contents. A month's statement from its figures to the edition that holds; what a prefecture makes of them. */
#include "reporting.h"

static const char *const states[] = {"submitted", "late", "due", "missing", NULL};
static const char *const groups[] = {"county", "prefecture", NULL};

static const struct field statements_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("month", FIELD_TEXT, .min = 7, .max = 7, .optional = true),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = states, .optional = true),
    FIELDS_END,
};
static const struct field live_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("month", FIELD_TEXT, .min = 7, .max = 7),
    FIELDS_END,
};
static const struct field report_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("month", FIELD_TEXT, .min = 7, .max = 7),
    FIELD_NAMED("by", FIELD_CHOICE, .choices = groups, .optional = true),
    FIELDS_END,
};
static const struct field punctuality_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELDS_END,
};
static const struct field wish_fields[] = {
    FIELD(statement_wish, county, FIELD_CODE, .min = 6, .max = 6),
    FIELD(statement_wish, month, FIELD_TEXT, .min = 7, .max = 7),
    FIELD(statement_wish, reason, FIELD_TEXT, .min = 4, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field withdraw_fields[] = {
    FIELD_NAMED("reason", FIELD_TEXT, .min = 2, .max = 500),
    FIELDS_END,
};

#define MAY_HAND_IN (MAY(ROLE_COUNTY) | MAY(ROLE_FINANCE))
#define ACTS .method = POST, .may = MAY_HAND_IN, .lane = LANE_WRITE, .idempotent = true

/* clang-format off */
const struct route reporting_routes[] = {
    { .method = GET, .path = "/county-statements", .titles = {"县级月报报送情况", "Monthly county statements"},
      .may = MAY_VIEW, .lane = LANE_READ, .query = statements_query, .prepare = statement_month_prepare,
      .load = "reporting/statements", .shape = ANSWER_LIST },
    { .method = GET, .path = "/county-statements/live", .titles = {"县级月报（未冻结）", "Monthly county statement, not frozen"},
      .may = MAY_VIEW, .lane = LANE_REPORT, .query = live_query, .prepare = statement_month_prepare,
      .load = "reporting/figures", .facts = statement_facts_fields, .facts_size = sizeof(struct statement_facts),
      .decide = statement_live_decide, .plan = statement_live_fields, .plan_size = sizeof(struct statement_live),
      .shape = ANSWER_PLAN, .answer = statement_live_fields },
    { .method = GET, .path = "/county-statements/{statement_id}", .may = MAY_VIEW, .lane = LANE_READ,
      .load = "reporting/statement_show", .shape = ANSWER_OBJECT },
    { .method = GET, .path = "/county-statements/{statement_id}/figures", .titles = {"县级月报", "Monthly county statement"},
      .may = MAY_VIEW, .lane = LANE_READ, .load = "reporting/statement_figures", .shape = ANSWER_LIST },
    { ACTS, .path = "/county-statements", .body = wish_fields, .body_size = sizeof(struct statement_wish),
      .prepare = statement_month_prepare, .load = "reporting/figures", .facts = statement_facts_fields,
      .facts_size = sizeof(struct statement_facts), .decide = statement_prepare_decide, .apply = {"reporting/statement_prepare"},
      .plan = statement_plan_fields, .plan_size = sizeof(struct statement_plan), .shape = ANSWER_PLAN,
      .answer = statement_plan_fields, .status = 201 },
    { ACTS, .path = "/county-statements/{statement_id}/submit", .load = "reporting/statement_submit", .shape = ANSWER_OBJECT },
    { ACTS, .path = "/county-statements/{statement_id}/withdraw", .body = withdraw_fields, .load = "reporting/statement_withdraw",
      .shape = ANSWER_OBJECT },
    { .method = GET, .path = "/reports/statements", .titles = {"县级月报汇总表", "County statements together"},
      .may = MAY_VIEW, .lane = LANE_REPORT, .query = report_query, .prepare = statement_month_prepare,
      .load = "reporting/statements_report", .shape = ANSWER_LIST },
    { .method = GET, .path = "/reports/punctuality", .titles = {"月报报送及时率", "Punctuality of statements"},
      .may = MAY_VIEW, .lane = LANE_REPORT, .query = punctuality_query, .load = "reporting/punctuality", .shape = ANSWER_LIST },
    ROUTES_END,
};
/* clang-format on */
