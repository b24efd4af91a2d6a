/* findings: the table of contents. A worklist an area, and the way of each entry: opened, assigned, rectified, closed. */
#include "findings.h"

static const char *const classes[] = {"missing_key_field",
                                      "abnormal_value",
                                      "contradiction",
                                      "repeated_id_number",
                                      "over_capacity",
                                      "short_delivery",
                                      "paid_then_refunded",
                                      "not_reconciled",
                                      "complaint",
                                      "audit",
                                      NULL};
static const char *const classes_by_hand[] = {"missing_key_field", "abnormal_value", "contradiction",
                                              "complaint",         "audit",          NULL};
static const char *const states[] = {"open", "rectified", "closed", NULL};
static const char *const subjects[] = {"households", "suppliers", "shops",          "stations",
                                       "lots",       "orders",    "payout_batches", NULL};

static const struct field list_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELD_NAMED("class", FIELD_CHOICE, .choices = classes, .optional = true),
    FIELD_NAMED("rule", FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = states, .optional = true),
    FIELDS_END,
};
static const struct field villages_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELD_NAMED("class", FIELD_CHOICE, .choices = classes, .optional = true),
    FIELD_NAMED("rule", FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELDS_END,
};
static const struct field rules_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELDS_END,
};
static const struct field check_fields[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};
static const struct field open_fields[] = {
    FIELD_NAMED("class", FIELD_CHOICE, .choices = classes_by_hand),
    FIELD_NAMED("rule", FIELD_TEXT, .min = 1, .max = 60),
    FIELD_NAMED("area_code", FIELD_CODE, .min = 6, .max = 15),
    FIELD_NAMED("subject_kind", FIELD_CHOICE, .choices = subjects),
    FIELD_NAMED("subject_id", FIELD_COUNTY_ID),
    FIELD_NAMED("words", FIELD_TEXT, .min = 1, .max = 1000),
    FIELD_NAMED("blocks_counting", FIELD_BOOL, .optional = true),
    FIELDS_END,
};
static const struct field assign_fields[] = {
    FIELD_NAMED("account_id", FIELD_UUID),
    FIELD_NAMED("due_on", FIELD_DATE),
    FIELDS_END,
};
static const struct field rectify_fields[] = {
    FIELD_NAMED("evidence", FIELD_TEXT, .min = 1, .max = 1000),
    FIELDS_END,
};
static const struct field send_back_fields[] = {
    FIELD_NAMED("reason", FIELD_TEXT, .min = 2, .max = 500),
    FIELDS_END,
};
static const struct field close_fields[] = {
    FIELD_NAMED("reason", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};

#define MAY_SEE (MAY(ROLE_CADRE) | MAY(ROLE_TEAM) | MAY(ROLE_TOWNSHIP) | MAY_OVERSEE)
#define MAY_DECIDE (MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR))
#define ACTS .method = POST, .lane = LANE_WRITE, .idempotent = true, .shape = ANSWER_OBJECT

/* clang-format off */
const struct route findings_routes[] = {
    {.method = GET,
     .path = "/findings", .titles = {"核查问题清单", "Findings"},
     .may = MAY_SEE,
     .lane = LANE_READ,
     .query = list_query,
     .load = "findings/list",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/findings/villages", .titles = {"各村核查问题", "Findings by village"},
     .may = MAY_SEE,
     .lane = LANE_READ,
     .query = villages_query,
     .load = "findings/villages",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/findings/rules", .titles = {"数据质量规则", "Data-quality rules"},
     .may = MAY_SEE,
     .lane = LANE_READ,
     .query = rules_query,
     .load = "findings/rules",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/findings/{finding_id}",
     .may = MAY_SEE,
     .lane = LANE_READ,
     .load = "findings/show",
     .shape = ANSWER_OBJECT},
    {ACTS, .path = "/findings", .may = MAY_DECIDE, .body = open_fields, .load = "findings/open", .status = 201},
    {ACTS, .path = "/findings/check", .may = MAY(ROLE_COUNTY), .body = check_fields, .load = "findings/check_may",
     .apply = {"findings/check"}},
    {ACTS, .path = "/findings/{finding_id}/recheck", .may = MAY(ROLE_CADRE) | MAY(ROLE_TOWNSHIP) | MAY_DECIDE,
     .load = "findings/recheck"},
    {ACTS, .path = "/findings/{finding_id}/assign", .may = MAY(ROLE_COUNTY), .body = assign_fields,
     .load = "findings/assign"},
    {ACTS, .path = "/findings/{finding_id}/rectify", .may = MAY(ROLE_CADRE) | MAY(ROLE_TOWNSHIP) | MAY(ROLE_COUNTY),
     .body = rectify_fields, .load = "findings/rectify"},
    {ACTS, .path = "/findings/{finding_id}/send-back", .may = MAY_DECIDE, .body = send_back_fields,
     .load = "findings/send_back"},
    {ACTS, .path = "/findings/{finding_id}/close", .may = MAY_DECIDE, .body = close_fields, .load = "findings/close"},
    ROUTES_END,
};
/* clang-format on */
