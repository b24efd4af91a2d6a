/* incomes: the table of contents. A dry run, a proposal, another's decision, the money, and who got what and why. */
#include "incomes.h"

#include "registry.h"

#define SHARES_OUT (MAY_SELL | MAY(ROLE_COUNTY) | MAY(ROLE_FINANCE))

static const char *const states[] = {"proposed", "approved", "funded", "refused", NULL};
static const char *const payer_kinds[] = {"county",   "prefecture", "province", "state",
                                          "platform", "donor",      "pair",     NULL};

static const struct field entry_fields[] = {
    FIELD(sharing_entry, household_id, FIELD_COUNTY_ID),
    FIELD(sharing_entry, units_hundredths, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_WEIGHT_MAX, .optional = true),
    FIELD(sharing_entry, grade, FIELD_COUNT, .min = 1, .max = DISTRIBUTION_GRADES_MAX, .optional = true),
    FIELDS_END,
};
static const struct field evaluation_fields[] = {
    FIELD(sharing_body, rule_version, FIELD_COUNT, .min = 1, .max = 100000, .optional = true),
    FIELD(sharing_body, purpose, FIELD_CHOICE, .choices = rule_purposes, .optional = true),
    FIELD_ITEMS(sharing_body, steps, distribution_step, distribution_step_fields, .max = DISTRIBUTION_STEPS_MAX,
                .optional = true),
    FIELD(sharing_body, from_on, FIELD_DATE, .optional = true),
    FIELD(sharing_body, to_on, FIELD_DATE, .optional = true),
    FIELD(sharing_body, pool_fen, FIELD_FEN, .min = 1, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD(sharing_body, income_fen, FIELD_FEN, .min = 1, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD(sharing_body, payer_id, FIELD_COUNTY_ID, .optional = true),
    FIELD_ITEMS(sharing_body, entries, sharing_entry, entry_fields, .max = SUPPLIER_MEMBERS_MAX, .optional = true),
    FIELDS_END,
};
static const struct field proposal_fields[] = {
    FIELD(sharing_body, rule_version, FIELD_COUNT, .min = 1, .max = 100000),
    FIELD(sharing_body, title, FIELD_TEXT, .min = 2, .max = 80),
    FIELD(sharing_body, from_on, FIELD_DATE),
    FIELD(sharing_body, to_on, FIELD_DATE),
    FIELD(sharing_body, source, FIELD_CHOICE, .choices = shared_sources),
    FIELD(sharing_body, payer_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(sharing_body, pool_fen, FIELD_FEN, .min = 1, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD(sharing_body, income_fen, FIELD_FEN, .min = 1, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD_ITEMS(sharing_body, entries, sharing_entry, entry_fields, .max = SUPPLIER_MEMBERS_MAX, .optional = true),
    FIELDS_END,
};
static const struct field proposed_fields[] = {
    FIELD(sharing_plan, distribution_id, FIELD_COUNTY_ID),
    FIELD(sharing_plan, state, FIELD_TEXT),
    FIELD(sharing_plan, pool_fen, FIELD_FEN),
    FIELD(sharing_plan, households_fen, FIELD_FEN),
    FIELD(sharing_plan, households_count, FIELD_COUNT),
    FIELDS_END,
};
static const struct field list_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = states, .optional = true),
    FIELD_NAMED("supplier_id", FIELD_COUNTY_ID, .optional = true),
    FIELDS_END,
};
static const struct field decision_fields[] = {
    FIELD(shared_body, accepted, FIELD_BOOL),
    FIELD(shared_body, reason, FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field funding_fields[] = {
    FIELD(shared_body, evidence, FIELD_TEXT, .min = 2, .max = 120),
    FIELDS_END,
};
static const struct field payers_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};
static const struct field payer_fields[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = payer_kinds),
    FIELD_NAMED("name", FIELD_TEXT, .min = 2, .max = 80),
    FIELDS_END,
};

#define LISTS .method = GET, .lane = LANE_READ, .shape = ANSWER_LIST
#define RECKONS                                                                                                        \
    .facts = sharing_facts_fields, .facts_size = sizeof(struct sharing_facts), .plan_size = sizeof(struct sharing_plan)
#define DECIDES                                                                                                        \
    .method = POST, .lane = LANE_WRITE, .idempotent = true, .body_size = sizeof(struct shared_body),                   \
    .load = "incomes/shared_load", .facts = shared_facts_fields, .facts_size = sizeof(struct shared_facts),            \
    .plan = shared_plan_fields, .plan_size = sizeof(struct shared_plan),                                               \
    .apply = {"payouts/owe_shared", "ledger/post", "incomes/shared_apply"}, .shape = ANSWER_OBJECT

/* clang-format off */
const struct route incomes_routes[] = {
    {.method = POST, .path = "/suppliers/{supplier_id}/rules/evaluations", .may = SHARES_OUT | MAY(ROLE_AUDITOR), .lane = LANE_READ,
     .body = evaluation_fields, .body_size = sizeof(struct sharing_body), .load = "incomes/evaluate_load", RECKONS,
     .decide = sharing_evaluate_decide, .shape = ANSWER_PLAN, .answer = sharing_answer_fields},
    {.method = POST, .path = "/suppliers/{supplier_id}/distributions", .may = SHARES_OUT, .lane = LANE_WRITE, .idempotent = true,
     .body = proposal_fields, .body_size = sizeof(struct sharing_body), .load = "incomes/evaluate_load", RECKONS,
     .decide = sharing_propose_decide, .apply = {"incomes/propose_apply"}, .plan = sharing_plan_fields,
     .shape = ANSWER_PLAN, .answer = proposed_fields, .status = 201},
    {LISTS, .path = "/distributions", .titles = {"收益分配", "Distributions"}, .may = MAY_SELL | MAY_OVERSEE, .query = list_query,
     .load = "incomes/list"},
    {.method = GET, .path = "/distributions/{distribution_id}", .may = MAY_SELL | MAY_OVERSEE, .lane = LANE_READ,
     .load = "incomes/show", .shape = ANSWER_OBJECT},
    {LISTS, .path = "/distributions/{distribution_id}/lines", .titles = {"收益分配明细表", "Distribution sheet"},
     .may = MAY_SELL | MAY_OVERSEE, .load = "incomes/lines"},
    {DECIDES, .path = "/distributions/{distribution_id}/decide", .may = MAY(ROLE_COUNTY), .body = decision_fields,
     .decide = shared_decide},
    {DECIDES, .path = "/distributions/{distribution_id}/fund", .may = MAY(ROLE_FINANCE), .body = funding_fields,
     .decide = shared_fund_decide},
    {LISTS, .path = "/payers", .titles = {"出资方", "Payers"}, .may = MAY_OVERSEE, .query = payers_query, .load = "incomes/payers_list"},
    {.method = POST, .path = "/payers", .may = MAY(ROLE_COUNTY) | MAY(ROLE_FINANCE), .lane = LANE_WRITE, .idempotent = true,
     .body = payer_fields, .load = "incomes/payer_add", .shape = ANSWER_OBJECT, .status = 201},
    ROUTES_END,
};
/* clang-format on */
