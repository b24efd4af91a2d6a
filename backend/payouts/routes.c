/* payouts: the table of contents. From a proposal over its public notice to the bank's result and the household's own word. */
#include "payouts.h"

#define NOTICES_SHOW_MS 5000
#define MAY_READ_PASSBOOK (MAY(ROLE_HOUSEHOLD) | MAY(ROLE_CADRE) | MAY(ROLE_TEAM) | MAY(ROLE_TOWNSHIP) | MAY_OVERSEE)

static const char *const payees[] = {"households", "suppliers", "shops", "platform", NULL};
static const char *const batch_states[] = {"proposed", "approved", "paid", "withdrawn", NULL};
static const char *const results[] = {"paid", "returned", NULL};
static const char *const notice_kinds[] = {"payout", "identification", "exit", "subsidy", "announcement", NULL};

static const struct field propose_fields[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("title", FIELD_TEXT, .min = 2, .max = 80),
    FIELD_NAMED("payees", FIELD_CHOICE, .choices = payees, .optional = true),
    FIELD_NAMED("up_to", FIELD_DATE, .optional = true),
    FIELDS_END,
};
static const struct field batches_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12, .optional = true),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = batch_states, .optional = true),
    FIELDS_END,
};
static const char *const payee_kinds[] = {"household", "supplier", "shop", "freight", "platform", NULL};
static const struct field ageing_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};
static const struct field oldest_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("payee_kind", FIELD_CHOICE, .choices = payee_kinds, .optional = true),
    FIELDS_END,
};
static const struct field withdraw_fields[] = {
    FIELD_NAMED("reason", FIELD_TEXT, .min = 2, .max = 200),
    FIELDS_END,
};
static const struct field result_fields[] = {
    FIELD(result_given, item_id, FIELD_COUNTY_ID),
    FIELD(result_given, result, FIELD_CHOICE, .choices = results),
    FIELD(result_given, result_on, FIELD_DATE),
    FIELD(result_given, amount_fen, FIELD_FEN, .min = 1, .max = INT64_C(1000000000000000), .optional = true),
    FIELD(result_given, evidence, FIELD_TEXT, .min = 2, .max = 120, .optional = true),
    FIELD(result_given, reason, FIELD_TEXT, .min = 2, .max = 200, .optional = true),
    FIELDS_END,
};
static const struct field results_fields[] = {
    FIELD_ITEMS(results_body, items, result_given, result_fields, .min = 1, .max = LIST_ITEMS_MAX),
    FIELDS_END,
};
static const struct field item_facts_fields[] = {
    FIELD(item_facts, item_id, FIELD_UUID),
    FIELD(item_facts, payee_id, FIELD_UUID),
    FIELD(item_facts, account, FIELD_TEXT),
    FIELD(item_facts, state, FIELD_TEXT),
    FIELD(item_facts, amount_fen, FIELD_FEN),
    FIELD(item_facts, balance_fen, FIELD_FEN),
    FIELD(item_facts, receivable_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELD(item_facts, bought_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELDS_END,
};
static const struct field results_facts_fields[] = {
    FIELD(results_facts, state, FIELD_TEXT),
    FIELD(results_facts, approved_on, FIELD_DATE, .optional = true),
    FIELD_ITEMS(results_facts, items, item_facts, item_facts_fields),
    FIELDS_END,
};
const struct field county_transfer_fields[] = {
    FIELD(county_transfer, county, FIELD_TEXT),
    FIELD(county_transfer, transfer_id, FIELD_UUID),
    FIELD(county_transfer, kind, FIELD_TEXT),
    FIELD(county_transfer, reference, FIELD_TEXT),
    FIELD_ITEMS(county_transfer, entries, ledger_entry, ledger_entry_fields, .max = LEDGER_ENTRIES_MAX),
    FIELDS_END,
};
static const struct field item_result_fields[] = {
    FIELD(item_result, item_id, FIELD_UUID),
    FIELD(item_result, from_state, FIELD_TEXT),
    FIELD(item_result, state, FIELD_TEXT),
    FIELD(item_result, result_on, FIELD_DATE),
    FIELD(item_result, evidence, FIELD_TEXT, .optional = true),
    FIELD(item_result, reason, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
static const struct field results_plan_fields[] = {
    FIELD_ITEMS(results_plan, results, item_result, item_result_fields),
    FIELD_ITEMS(results_plan, transfers, county_transfer, county_transfer_fields),
    FIELDS_END,
};
static const struct field notices_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12, .optional = true),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = notice_kinds, .optional = true),
    FIELD_NAMED("open", FIELD_BOOL, .optional = true),
    FIELDS_END,
};
static const struct field objection_fields[] = {
    FIELD_NAMED("words", FIELD_TEXT, .min = 4, .max = 1000),
    FIELDS_END,
};
static const struct field objection_answer_fields[] = {
    FIELD_NAMED("answer", FIELD_TEXT, .min = 2, .max = 1000),
    FIELD_NAMED("upheld", FIELD_BOOL),
    FIELDS_END,
};

/* clang-format off */
const struct route payouts_routes[] = {
    {.method = POST,
     .path = "/payout-batches",
     .may = MAY(ROLE_COUNTY) | MAY(ROLE_FINANCE),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = propose_fields,
     .load = "payouts/propose",
     .shape = ANSWER_OBJECT,
     .status = 201},
    {.method = GET,
     .path = "/payout-batches", .titles = {"兑付批次", "Payout batches"},
     .may = MAY_OVERSEE,
     .lane = LANE_READ,
     .query = batches_query,
     .load = "payouts/batches",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/payout-batches/{batch_id}",
     .may = MAY_OVERSEE,
     .lane = LANE_READ,
     .load = "payouts/batch",
     .shape = ANSWER_OBJECT},
    {.method = GET,
     .path = "/payout-batches/{batch_id}/items",
     .titles = {"兑付明细表", "Payout sheet"},
     .may = MAY_OVERSEE,
     .lane = LANE_READ,
     .load = "payouts/sheet",
     .shape = ANSWER_LIST},
    {.method = POST,
     .path = "/payout-batches/{batch_id}/approve",
     .may = MAY(ROLE_COUNTY),
     .lane = LANE_WRITE,
     .idempotent = true,
     .load = "payouts/approve",
     .shape = ANSWER_OBJECT},
    {.method = POST,
     .path = "/payout-batches/{batch_id}/withdraw",
     .may = MAY(ROLE_COUNTY) | MAY(ROLE_FINANCE),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = withdraw_fields,
     .load = "payouts/withdraw",
     .apply = {"registry/publicity_withdraw"},
     .shape = ANSWER_OBJECT},
    {.method = POST,
     .path = "/payout-batches/{batch_id}/results",
     .may = MAY(ROLE_FINANCE),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = results_fields,
     .body_size = sizeof(struct results_body),
     .load = "payouts/results_load",
     .facts = results_facts_fields,
     .facts_size = sizeof(struct results_facts),
     .decide = payout_results_decide,
     .apply = {"ledger/post", "payouts/results_apply"},
     .plan = results_plan_fields,
     .plan_size = sizeof(struct results_plan),
     .shape = ANSWER_OBJECT},
    {.method = GET,
     .path = "/payout-batches/{batch_id}/bank-file",
     .may = MAY(ROLE_COUNTY) | MAY(ROLE_FINANCE),
     .lane = LANE_READ,
     .load = "payouts/bank_file",
     .shape = ANSWER_TEXT,
     .content_type = "text/csv; charset=utf-8"},
    {.method = GET,
     .path = "/payables/ageing", .titles = {"应付账龄", "Ageing of what is owed"},
     .may = MAY_OVERSEE,
     .lane = LANE_REPORT,
     .query = ageing_query,
     .load = "payouts/ageing",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/payables", .titles = {"待付明细", "Who waits for money"},
     .may = MAY_OVERSEE,
     .lane = LANE_REPORT,
     .query = oldest_query,
     .load = "payouts/oldest",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/households/{household_id}/passbook",
     .may = MAY_READ_PASSBOOK,
     .lane = LANE_READ,
     .load = "payouts/passbook",
     .shape = ANSWER_OBJECT},
    {.method = GET,
     .path = "/announcements",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .query = notices_query,
     .load = "registry/publicity_list",
     .shape = ANSWER_LIST,
     .cache_ms = NOTICES_SHOW_MS},
    {.method = GET,
     .path = "/announcements/{publicity_id}",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .load = "registry/publicity_show",
     .shape = ANSWER_OBJECT,
     .cache_ms = NOTICES_SHOW_MS},
    {.method = POST,
     .path = "/announcements/{publicity_id}/objections",
     .may = MAY_ANYONE,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = objection_fields,
     .load = "registry/publicity_object",
     .shape = ANSWER_OBJECT,
     .status = 201},
    {.method = GET,
     .path = "/announcements/{publicity_id}/objections",
     .may = MAY_OVERSEE,
     .lane = LANE_READ,
     .load = "registry/publicity_objections",
     .shape = ANSWER_LIST},
    {.method = POST,
     .path = "/objections/{objection_id}/answer",
     .may = MAY(ROLE_COUNTY),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = objection_answer_fields,
     .load = "registry/publicity_answer",
     .shape = ANSWER_OBJECT},
    ROUTES_END,
};
/* clang-format on */
