/* oversight: the table of contents. Whoever says that something is wrong, who looks into it, and what came of it. */
#include "oversight/complaints.h"

static const char *const channels[] = {"phone", "letter", "web", "visit", "passbook", "referral", NULL};
static const char *const categories[] = {"not_paid", "registration", "funds",   "false_sales", "goods", "shop",
                                         "conduct",  "policy",       "privacy", "other",       NULL};
static const char *const levels[] = {"village", "township", "county", NULL};
static const char *const states[] = {"received", "handling", "answered", "referred", "out_of_scope", NULL};
static const char *const scopes[] = {"in_scope", "out_of_scope", NULL};
static const char *const due_answers[] = {"confirmed", "disputed", NULL};
static const char *const breakdowns[] = {"category", "channel", "area", NULL};

static const struct field due_answer_fields[] = {
    FIELD_NAMED("answer", FIELD_CHOICE, .choices = due_answers),
    FIELD_NAMED("words", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field list_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 6, .max = 15, .optional = true),
    FIELD_NAMED("category", FIELD_CHOICE, .choices = categories, .optional = true),
    FIELD_NAMED("channel", FIELD_CHOICE, .choices = channels, .optional = true),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = states, .optional = true),
    FIELD_NAMED("mine", FIELD_BOOL, .optional = true),
    FIELDS_END,
};
static const struct field audit_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("account_id", FIELD_UUID, .optional = true),
    FIELD_NAMED("name", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("event", FIELD_TEXT, .min = 3, .max = 60, .optional = true),
    FIELD_NAMED("subject_id", FIELD_COUNTY_ID, .optional = true),
    FIELDS_END,
};
static const char *const views[] = {"id_number_revealed", "payout_accounts_seen", "recipient_revealed",
                                    "complaint_contact_seen", NULL};
static const struct field viewers_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELDS_END,
};
static const struct field views_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("event", FIELD_CHOICE, .choices = views, .optional = true),
    FIELD_NAMED("account_id", FIELD_UUID, .optional = true),
    FIELD_NAMED("household_id", FIELD_COUNTY_ID, .optional = true),
    FIELDS_END,
};
static const struct field statistics_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("by", FIELD_CHOICE, .choices = breakdowns),
    FIELDS_END,
};
static const char *const sample_frames[] = {"households", "exits", "payments", NULL};
static const char *const sample_founds[] = {"poor", "not_poor", "paid", "not_found", NULL};
static const struct field samples_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};
static const struct field evaluators_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 6, .max = 12),
    FIELDS_END,
};
static const struct field sample_evaluator_fields[] = {
    FIELD_NAMED("account_id", FIELD_UUID),
    FIELDS_END,
};
static const struct field sample_fields[] = {
    FIELD_NAMED("title", FIELD_TEXT, .min = 2, .max = 80),
    FIELD_NAMED("area_code", FIELD_CODE, .min = 6, .max = 12),
    FIELD_NAMED("frame", FIELD_CHOICE, .choices = sample_frames),
    FIELD_NAMED("from_on", FIELD_DATE),
    FIELD_NAMED("to_on", FIELD_DATE),
    FIELD_NAMED("due_on", FIELD_DATE),
    FIELD_NAMED("size", FIELD_COUNT, .min = 1, .max = SAMPLE_CASES_MAX),
    FIELD_NAMED("evaluators", FIELD_LIST, .fields = sample_evaluator_fields, .min = 1, .max = SAMPLE_EVALUATORS_MAX),
    FIELDS_END,
};
static const struct field sample_answer_fields[] = {
    FIELD_NAMED("found", FIELD_CHOICE, .choices = sample_founds),
    FIELD_NAMED("found_fen", FIELD_FEN, .min = 0, .max = SAMPLE_FOUND_FEN_MAX, .optional = true),
    FIELD_NAMED("words", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field sort_fields[] = {
    FIELD_NAMED("scope", FIELD_CHOICE, .choices = scopes),
    FIELD_NAMED("category", FIELD_CHOICE, .choices = categories, .optional = true),
    FIELD_NAMED("about_level", FIELD_CHOICE, .choices = levels, .optional = true),
    FIELD_NAMED("words", FIELD_TEXT, .min = 4, .max = 1000, .optional = true),
    FIELDS_END,
};
static const struct field assign_fields[] = {
    FIELD_NAMED("account_id", FIELD_UUID),
    FIELD_NAMED("due_on", FIELD_DATE, .optional = true),
    FIELDS_END,
};
static const struct field party_fields[] = {
    FIELD_NAMED("account_id", FIELD_UUID),
    FIELDS_END,
};
static const struct field note_fields[] = {
    FIELD_NAMED("words", FIELD_TEXT, .min = 2, .max = 1000),
    FIELDS_END,
};
static const struct field reason_fields[] = {
    FIELD_NAMED("reason", FIELD_TEXT, .min = 4, .max = 500),
    FIELDS_END,
};

#define MAY_HANDLE (MAY(ROLE_CADRE) | MAY(ROLE_TOWNSHIP) | MAY(ROLE_COUNTY))
#define MAY_SEE (MAY_HANDLE | MAY(ROLE_AUDITOR))
#define WRITES .method = POST, .lane = LANE_WRITE, .idempotent = true, .shape = ANSWER_OBJECT
#define ASKS .method = GET, .lane = LANE_READ
#define BODY(fields, type) .body = fields, .body_size = sizeof(struct type)
#define FACTS(fields_, type) .facts = fields_, .facts_size = sizeof(struct type)
#define PLAN(fields_, type) .plan = fields_, .plan_size = sizeof(struct type)

/* clang-format off */
const struct route oversight_routes[] = {
    /* Anyone, with or without a name. The code is made by whoever complains and only its hash is kept, so an answer holds no secret. */
    {WRITES, .path = "/complaints", .may = MAY_ANYONE, BODY(complaint_web_fields, complaint_body), .prepare = complaint_address_prepare,
     .load = "oversight/complaint_place", FACTS(complaint_place_fields, complaint_place), .decide = complaint_web_decide,
     PLAN(complaint_plan_fields, complaint_plan), .apply = {"accounts/address_counted", "oversight/complaint_file"}, .status = 201},
    {WRITES, .path = "/complaints/by-hand", .may = MAY(ROLE_COUNTY), BODY(complaint_hand_fields, complaint_body),
     .load = "oversight/complaint_place", FACTS(complaint_place_fields, complaint_place), .decide = complaint_hand_decide,
     PLAN(complaint_plan_fields, complaint_plan), .apply = {"oversight/complaint_file"}, .status = 201},
    /* Nothing is written: it is a POST so that no address and no log holds the code. */
    {.method = POST, .path = "/complaints/follow", .may = MAY_ANYONE, .lane = LANE_READ, BODY(complaint_follow_fields, complaint_opening),
     .prepare = complaint_follow_prepare, .load = "oversight/complaint_follow", FACTS(complaint_opened_fields, complaint_opened),
     .decide = complaint_follow_decide, PLAN(complaint_shown_fields, complaint_shown), .answer = complaint_shown_fields,
     .shape = ANSWER_PLAN},
    {WRITES, .path = "/complaints/say", .may = MAY_ANYONE, BODY(complaint_say_fields, complaint_opening),
     .prepare = complaint_follow_prepare, .load = "oversight/complaint_follow", FACTS(complaint_opened_fields, complaint_opened),
     .decide = complaint_say_decide, PLAN(complaint_said_fields, complaint_said), .apply = {"oversight/complaint_say"}},
    {WRITES, .path = "/dues/{due_id}/answer", .may = MAY(ROLE_HOUSEHOLD), .body = due_answer_fields, .decide = due_answer_decide,
     PLAN(due_answer_plan_fields, due_answer_plan), .apply = {"payouts/answer", "oversight/complaint_of_due"}},
    {ASKS, .path = "/me/complaints", .may = MAY(ROLE_HOUSEHOLD), .load = "oversight/complaints_mine", .shape = ANSWER_LIST,
     .titles = {"我的投诉", "My complaints"}},

    {ASKS, .path = "/audit-events", .may = MAY(ROLE_AUDITOR), .query = audit_query, .load = "oversight/audit", .shape = ANSWER_LIST,
     .titles = {"操作记录", "Audit log"}},
    {ASKS, .path = "/reports/views", .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR), .query = views_query, .load = "oversight/views",
     .shape = ANSWER_LIST, .titles = {"敏感信息查看记录", "Who saw what"}},
    {ASKS, .path = "/reports/viewers", .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR), .query = viewers_query,
     .load = "oversight/viewers", .shape = ANSWER_LIST, .titles = {"敏感信息查看统计", "Who saw how much"}},
    {ASKS, .path = "/samples", .may = MAY_VIEW, .query = samples_query, .load = "oversight/samples_list", .shape = ANSWER_LIST,
     .titles = {"抽查", "Samples"}},
    {WRITES, .path = "/samples", .may = MAY(ROLE_AUDITOR), .body = sample_fields, .load = "oversight/sample_draw", .status = 201},
    {ASKS, .path = "/samples/evaluators", .may = MAY(ROLE_AUDITOR), .query = evaluators_query, .load = "oversight/sample_evaluators",
     .shape = ANSWER_LIST, .titles = {"可入户评估人员", "Evaluators"}},
    {ASKS, .path = "/samples/{sample_id}", .may = MAY_VIEW, .load = "oversight/sample_show", .shape = ANSWER_OBJECT},
    {ASKS, .path = "/samples/{sample_id}/cases", .may = MAY_VIEW, .load = "oversight/sample_cases", .shape = ANSWER_LIST,
     .titles = {"抽查名单", "Cases of a sample"}},
    {WRITES, .path = "/samples/{sample_id}/cases/{number}/answer", .may = MAY(ROLE_EVALUATOR), .body = sample_answer_fields,
     .load = "oversight/sample_answer"},
    {WRITES, .path = "/samples/{sample_id}/close", .may = MAY(ROLE_AUDITOR), .load = "oversight/sample_close"},
    {ASKS, .path = "/me/sample-cases", .may = MAY(ROLE_EVALUATOR), .load = "oversight/sample_cases_mine", .shape = ANSWER_LIST,
     .titles = {"我的抽查", "My cases"}},
    {ASKS, .path = "/complaints", .may = MAY_SEE, .query = list_query, .load = "oversight/complaints_list", .shape = ANSWER_LIST,
     .titles = {"投诉举报清单", "Complaints"}},
    {ASKS, .path = "/complaints/statistics", .may = MAY_VIEW, .query = statistics_query, .load = "oversight/complaints_statistics",
     .shape = ANSWER_LIST, .titles = {"投诉举报统计", "Complaints in figures"}},
    {ASKS, .path = "/complaints/{complaint_id}", .may = MAY_SEE, .load = "oversight/complaint_show", .shape = ANSWER_OBJECT},
    {ASKS, .path = "/complaints/{complaint_id}/handlers", .may = MAY_HANDLE, .load = "oversight/complaint_handlers", .shape = ANSWER_LIST,
     .titles = {"可承办人员", "Who can handle it"}},
    {WRITES, .path = "/complaints/{complaint_id}/sort", .may = MAY(ROLE_COUNTY), .body = sort_fields, .load = "oversight/complaint_sort"},
    {WRITES, .path = "/complaints/{complaint_id}/assign", .may = MAY(ROLE_COUNTY), .body = assign_fields,
     .load = "oversight/complaint_assign"},
    {WRITES, .path = "/complaints/{complaint_id}/parties", .may = MAY(ROLE_COUNTY), .body = party_fields,
     .load = "oversight/complaint_party"},
    {WRITES, .path = "/complaints/{complaint_id}/notes", .may = MAY_HANDLE, .body = note_fields, .load = "oversight/complaint_note"},
    {WRITES, .path = "/complaints/{complaint_id}/refer", .may = MAY(ROLE_COUNTY), BODY(complaint_referral_fields, complaint_referral),
     .load = "oversight/complaint_refer_load", FACTS(complaint_referral_facts_fields, complaint_referral_facts),
     .decide = complaint_refer_decide, PLAN(complaint_referral_plan_fields, complaint_referral_plan),
     .apply = {"oversight/complaint_copy", "oversight/complaint_refer"}},
    {WRITES, .path = "/complaints/{complaint_id}/answer", .may = MAY_HANDLE, BODY(complaint_outcome_fields, complaint_outcome),
     .prepare = complaint_outcome_prepare, .load = "oversight/complaint_answer"},
    {WRITES, .path = "/complaints/{complaint_id}/reopen", .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR), .body = reason_fields,
     .load = "oversight/complaint_reopen"},
    /* No Idempotency-Key: its store would keep the name. */
    {.method = POST, .path = "/complaints/{complaint_id}/contact", .may = MAY_HANDLE, .lane = LANE_WRITE, .body = reason_fields,
     .load = "oversight/complaint_contact_load", FACTS(complaint_sealed_fields, complaint_sealed), .decide = complaint_contact_decide,
     PLAN(complaint_sealed_fields, complaint_sealed), .answer = complaint_sealed_fields, .apply = {"oversight/complaint_contact_seen"},
     .shape = ANSWER_PLAN},
    ROUTES_END,
};
/* clang-format on */
