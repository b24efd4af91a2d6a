/* intake: the table of contents. From the sack on the counter to goods in stock. */
#include "base.h"
#include "intake.h"
#include "registry.h"

static const char *const modes[] = {"consigned", "bought", NULL};
static const char *const price_rules[] = {"farm_gate", "share", "larger_of", NULL};
static const char *const inspections[] = {"waiting", "passed", "rejected", NULL};
static const char *const results[] = {"passed", "rejected", NULL};
static const char *const move_kinds[] = {"stocktake", "loss", "withdrawal", NULL};

static const struct field contribution_fields[] = {
    FIELD(contribution_given, supplier_id, FIELD_COUNTY_ID),
    FIELD(contribution_given, quantity_qty, FIELD_QTY, .min = 1, .max = 1000000000000),
    FIELD(contribution_given, mode, FIELD_CHOICE, .choices = modes, .optional = true),
    FIELD(contribution_given, price_rule, FIELD_CHOICE, .choices = price_rules, .optional = true),
    FIELD(contribution_given, farm_gate_price_fen, FIELD_FEN, .min = 1, .max = 1000000000, .optional = true),
    FIELD(contribution_given, price_qty, FIELD_QTY, .min = 1, .max = 1000000000, .optional = true),
    FIELD(contribution_given, share_ppm, FIELD_COUNT, .min = 1, .max = 1000000, .optional = true),
    FIELD(contribution_given, evidence, FIELD_TEXT, .min = 1, .max = 200, .optional = true),
    FIELDS_END,
};
static const struct field take_in_fields[] = {
    FIELD(take_in_body, slip_id, FIELD_UUID),
    FIELD(take_in_body, product_id, FIELD_COUNTY_ID),
    FIELD(take_in_body, place_id, FIELD_UUID, .optional = true),
    FIELD(take_in_body, grade, FIELD_TEXT, .min = 1, .max = 20),
    FIELD(take_in_body, harvested_on, FIELD_DATE),
    FIELD(take_in_body, expires_on, FIELD_DATE, .optional = true),
    FIELD(take_in_body, certificate, FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELD_ITEMS(take_in_body, contributions, contribution_given, contribution_fields, .min = 1,
                .max = LOT_CONTRIBUTIONS_MAX),
    FIELDS_END,
};
static const struct field contribution_facts_fields[] = {
    FIELD(contribution_facts, position, FIELD_COUNT),
    FIELD(contribution_facts, known, FIELD_BOOL),
    FIELD(contribution_facts, household_id, FIELD_UUID, .optional = true),
    FIELD(contribution_facts, area_code, FIELD_TEXT, .optional = true),
    FIELD(contribution_facts, agreement_id, FIELD_UUID, .optional = true),
    FIELD(contribution_facts, agreement_version, FIELD_COUNT, .optional = true),
    FIELD(contribution_facts, price_rule, FIELD_TEXT, .optional = true),
    FIELD(contribution_facts, floor_price_fen, FIELD_FEN, .optional = true),
    FIELD(contribution_facts, price_qty, FIELD_QTY, .optional = true),
    FIELD(contribution_facts, share_ppm, FIELD_COUNT, .optional = true),
    FIELD(contribution_facts, produce_qty_max, FIELD_QTY, .optional = true),
    FIELD(contribution_facts, delivered_qty, FIELD_QTY),
    FIELDS_END,
};
static const struct field take_in_facts_fields[] = {
    FIELD(take_in_facts, shop_station_id, FIELD_UUID),
    FIELD(take_in_facts, category_code, FIELD_TEXT),
    FIELD(take_in_facts, covered, FIELD_BOOL),
    FIELD(take_in_facts, product_state, FIELD_TEXT),
    FIELD(take_in_facts, area_code, FIELD_TEXT),
    FIELD(take_in_facts, place_open, FIELD_BOOL),
    FIELD(take_in_facts, slip_known, FIELD_BOOL),
    FIELD_ITEMS(take_in_facts, contributions, contribution_facts, contribution_facts_fields),
    FIELDS_END,
};
static const struct field contribution_plan_fields[] = {
    FIELD(contribution_plan, contribution_id, FIELD_UUID),
    FIELD(contribution_plan, supplier_id, FIELD_UUID),
    FIELD(contribution_plan, household_id, FIELD_UUID, .optional = true),
    FIELD(contribution_plan, position, FIELD_COUNT),
    FIELD(contribution_plan, quantity_qty, FIELD_QTY),
    FIELD(contribution_plan, mode, FIELD_TEXT),
    FIELD(contribution_plan, price_rule, FIELD_TEXT),
    FIELD(contribution_plan, farm_gate_price_fen, FIELD_FEN),
    FIELD(contribution_plan, price_qty, FIELD_QTY),
    FIELD(contribution_plan, share_ppm, FIELD_COUNT),
    FIELD(contribution_plan, agreement_id, FIELD_UUID, .optional = true),
    FIELD(contribution_plan, agreement_version, FIELD_COUNT, .optional = true),
    FIELD(contribution_plan, evidence, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
static const struct field finding_fields[] = {
    FIELD(finding_plan, county, FIELD_TEXT),     FIELD(finding_plan, finding_id, FIELD_UUID),
    FIELD(finding_plan, class, FIELD_TEXT),      FIELD(finding_plan, rule, FIELD_TEXT),
    FIELD(finding_plan, area_code, FIELD_TEXT),  FIELD(finding_plan, subject_kind, FIELD_TEXT),
    FIELD(finding_plan, subject_id, FIELD_UUID), FIELD(finding_plan, blocks_counting, FIELD_BOOL),
    FIELD(finding_plan, detail, FIELD_JSON),     FIELDS_END,
};
static const struct field take_in_plan_fields[] = {
    FIELD(take_in_plan, lot_id, FIELD_COUNTY_ID),
    FIELD(take_in_plan, place_id, FIELD_UUID),
    FIELD(take_in_plan, taken_in_qty, FIELD_QTY),
    FIELD(take_in_plan, trace_code, FIELD_TEXT),
    FIELD_ITEMS(take_in_plan, contributions, contribution_plan, contribution_plan_fields),
    FIELD_ITEMS(take_in_plan, findings, finding_plan, finding_fields),
    FIELDS_END,
};
static const struct field take_in_answer_fields[] = {
    FIELD(take_in_plan, lot_id, FIELD_COUNTY_ID),
    FIELD(take_in_plan, taken_in_qty, FIELD_QTY),
    FIELD(take_in_plan, trace_code, FIELD_TEXT),
    FIELDS_END,
};
static const struct field inspection_fields[] = {
    FIELD(inspection_body, result, FIELD_CHOICE, .choices = results),
    FIELD(inspection_body, note, FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field inspection_facts_fields[] = {
    FIELD(inspection_facts, inspection, FIELD_TEXT),
    FIELD(inspection_facts, product_id, FIELD_UUID),
    FIELD(inspection_facts, grade, FIELD_TEXT),
    FIELD(inspection_facts, place_id, FIELD_UUID),
    FIELD(inspection_facts, on_hand_qty, FIELD_QTY),
    FIELD(inspection_facts, version, FIELD_COUNT),
    FIELD(inspection_facts, expired, FIELD_BOOL),
    FIELD(inspection_facts, own_entry, FIELD_BOOL),
    FIELDS_END,
};
static const struct field adjustment_fields[] = {
    FIELD(stock_adjustment, county, FIELD_TEXT),
    FIELD(stock_adjustment, product_id, FIELD_UUID),
    FIELD(stock_adjustment, grade, FIELD_TEXT),
    FIELD(stock_adjustment, place_id, FIELD_UUID),
    FIELD(stock_adjustment, change_qty, FIELD_QTY, .min = -1000000000000, .max = 1000000000000),
    FIELDS_END,
};
static const struct field inspection_plan_fields[] = {
    FIELD(inspection_plan, lot_id, FIELD_COUNTY_ID),
    FIELD(inspection_plan, on_hand_qty, FIELD_QTY),
    FIELD(inspection_plan, lot_version, FIELD_COUNT),
    FIELD_ITEMS(inspection_plan, adjustments, stock_adjustment, adjustment_fields),
    FIELDS_END,
};
static const struct field inspection_answer_fields[] = {
    FIELD(inspection_plan, lot_id, FIELD_COUNTY_ID),
    FIELD(inspection_plan, inspection, FIELD_TEXT),
    FIELD(inspection_plan, version, FIELD_COUNT),
    FIELDS_END,
};
static const struct field move_fields[] = {
    FIELD(move_body, kind, FIELD_CHOICE, .choices = move_kinds),
    FIELD(move_body, quantity_qty, FIELD_QTY, .min = 0, .max = 1000000000000),
    FIELD(move_body, reason, FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field balance_left_fields[] = {
    FIELD(balance_left, contribution_id, FIELD_UUID),
    FIELD(balance_left, left_qty, FIELD_QTY),
    FIELD(balance_left, quantity_qty, FIELD_QTY),
    FIELDS_END,
};
static const struct field move_facts_fields[] = {
    FIELD(move_facts, shop_id, FIELD_UUID),
    FIELD(move_facts, product_id, FIELD_UUID),
    FIELD(move_facts, grade, FIELD_TEXT),
    FIELD(move_facts, place_id, FIELD_UUID),
    FIELD(move_facts, inspection, FIELD_TEXT),
    FIELD(move_facts, expired, FIELD_BOOL),
    FIELD(move_facts, on_hand_qty, FIELD_QTY),
    FIELD(move_facts, lost_qty, FIELD_QTY),
    FIELD(move_facts, version, FIELD_COUNT),
    FIELD_ITEMS(move_facts, balances, balance_left, balance_left_fields),
    FIELDS_END,
};
static const struct field balance_taken_fields[] = {
    FIELD(balance_taken, contribution_id, FIELD_UUID),
    FIELD(balance_taken, left_qty, FIELD_QTY),
    FIELD(balance_taken, taken_qty, FIELD_QTY, .min = -1000000000000, .max = 1000000000000),
    FIELDS_END,
};
static const struct field move_plan_fields[] = {
    FIELD(move_plan, lot_id, FIELD_COUNTY_ID),
    FIELD(move_plan, kind, FIELD_TEXT),
    FIELD(move_plan, version, FIELD_COUNT),
    FIELD(move_plan, on_hand_qty, FIELD_QTY),
    FIELD(move_plan, taken_qty, FIELD_QTY, .min = -1000000000000, .max = 1000000000000),
    FIELD(move_plan, lost_qty, FIELD_QTY, .min = -1000000000000, .max = 1000000000000),
    FIELD(move_plan, withdrawn_qty, FIELD_QTY),
    FIELD_ITEMS(move_plan, balances, balance_taken, balance_taken_fields),
    FIELD_ITEMS(move_plan, adjustments, stock_adjustment, adjustment_fields),
    FIELDS_END,
};
static const struct field move_answer_fields[] = {
    FIELD(move_plan, lot_id, FIELD_COUNTY_ID),
    FIELD(move_plan, kind, FIELD_TEXT),
    FIELD(move_plan, left_after_qty, FIELD_QTY),
    FIELDS_END,
};
static const struct field list_query[] = {
    FIELD_NAMED("inspection", FIELD_CHOICE, .choices = inspections, .optional = true),
    FIELDS_END,
};
static const struct field waiting_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12),
    FIELDS_END,
};
static const struct field suppliers_query[] = {
    FIELD_NAMED("q", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("supplier_id", FIELD_COUNTY_ID, .optional = true),
    FIELDS_END,
};

/* clang-format off */
const struct route intake_routes[] = {
    {.method = POST,
     .path = "/shops/{shop_id}/lots",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = take_in_fields,
     .body_size = sizeof(struct take_in_body),
     .load = "intake/take_in_load",
     .facts = take_in_facts_fields,
     .facts_size = sizeof(struct take_in_facts),
     .decide = take_in_decide,
     .apply = {"intake/take_in_apply", "findings/open_planned"},
     .plan = take_in_plan_fields,
     .plan_size = sizeof(struct take_in_plan),
     .shape = ANSWER_PLAN,
     .answer = take_in_answer_fields,
     .status = 201},
    {.method = GET,
     .path = "/shops/{shop_id}/lots", .titles = {"批次台账", "Lots"},
     .may = MAY_SELL | MAY_VIEW,
     .lane = LANE_READ,
     .query = list_query,
     .load = "intake/of_shop",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/shops/{shop_id}/suppliers",
     .may = MAY_SELL | MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR),
     .lane = LANE_READ,
     .query = suppliers_query,
     .prepare = registry_find_prepare,
     .load = "intake/suppliers_of_shop",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/shops/{shop_id}/slips/{slip_id}",
     .plain_ids = "slip_id",
     .may = MAY_SELL | MAY_OVERSEE,
     .lane = LANE_READ,
     .load = "intake/slip",
     .shape = ANSWER_OBJECT},
    {.method = GET,
     .path = "/lots", .titles = {"待检批次", "Lots to inspect"},
     .may = MAY_INSPECT | MAY_VIEW,
     .lane = LANE_READ,
     .query = waiting_query,
     .load = "intake/waiting",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/lots/{lot_id}",
     .may = MAY_SELL | MAY_VIEW | MAY(ROLE_INSPECTOR),
     .lane = LANE_READ,
     .load = "intake/show",
     .shape = ANSWER_OBJECT},
    {.method = POST,
     .path = "/lots/{lot_id}/inspection",
     .may = MAY_INSPECT,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = inspection_fields,
     .body_size = sizeof(struct inspection_body),
     .load = "intake/inspect_load",
     .facts = inspection_facts_fields,
     .facts_size = sizeof(struct inspection_facts),
     .decide = inspection_decide,
     .apply = {"intake/inspect_apply", "products/stock_open", "products/adjust", "registry/announce"},
     .plan = inspection_plan_fields,
     .plan_size = sizeof(struct inspection_plan),
     .shape = ANSWER_PLAN,
     .answer = inspection_answer_fields},
    {.method = POST,
     .path = "/lots/{lot_id}/moves",
     .may = MAY_SELL,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = move_fields,
     .body_size = sizeof(struct move_body),
     .load = "intake/move_load",
     .facts = move_facts_fields,
     .facts_size = sizeof(struct move_facts),
     .decide = lot_move_decide,
     .apply = {"intake/move_apply", "products/adjust"},
     .plan = move_plan_fields,
     .plan_size = sizeof(struct move_plan),
     .shape = ANSWER_PLAN,
     .answer = move_answer_fields},
    ROUTES_END,
};
/* clang-format on */
