/* demand: the table of contents. A unit's people are members of it, not roles of the office: whoever buys is a buyer. */
#include "demand.h"
#include "demand/part.h"
#include "registry.h"

#define MAY_SEE_UNIT (MAY_BUY | MAY_VIEW)
#define AMOUNT_FEN_MAX INT64_C(1000000000000)
enum { PARTS_MAX = 20, LINES_OF_PART_MAX = 50 };

static const char *const unit_kinds[] = {"government", "school", "hospital", "enterprise", "other", NULL};
static const char *const duties[] = {"requester", "approver", NULL};
static const char *const list_states[] = {"proposed", "approved", "refused", "closed", NULL};

static const char *const causes[] = {"transport", "shop", "quality", NULL};
static const char *const order_states[] = {"awaiting_payment", "paid",      "shipped", "received", "closed",
                                           "refunded",         "cancelled", "expired", NULL};
static const char *const templates[] = {"consumption_day", "other", NULL};
static const char *const pairing_kinds[] = {"region", "fixed_point", NULL};
static const char *const accreditation_states[] = {"proposed", "in_force", "refused", NULL};

static const struct field accreditation_fields[] = {
    FIELD_NAMED("product_id", FIELD_COUNTY_ID),
    FIELD_NAMED("valid_from", FIELD_DATE),
    FIELD_NAMED("valid_to", FIELD_DATE),
    FIELD_NAMED("source", FIELD_TEXT, .min = 2, .max = 200),
    FIELDS_END,
};
static const struct field accreditation_decide_fields[] = {
    FIELD_NAMED("approve", FIELD_BOOL),
    FIELDS_END,
};
static const struct field accreditations_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = accreditation_states, .optional = true),
    FIELDS_END,
};
static const struct field campaign_fields[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("template", FIELD_CHOICE, .choices = templates),
    FIELD_NAMED("title", FIELD_TEXT, .min = 2, .max = 80),
    FIELD_NAMED("starts_on", FIELD_DATE),
    FIELD_NAMED("ends_on", FIELD_DATE),
    FIELD_NAMED("goal_fen", FIELD_FEN, .min = 1, .max = AMOUNT_FEN_MAX, .optional = true),
    FIELDS_END,
};
static const struct field campaigns_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6, .optional = true),
    FIELDS_END,
};
static const struct field pairing_fields[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = pairing_kinds),
    FIELD_NAMED("helper_area_code", FIELD_CODE, .min = 2, .max = 6, .optional = true),
    FIELD_NAMED("unit_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("valid_from", FIELD_DATE),
    FIELD_NAMED("valid_to", FIELD_DATE, .optional = true),
    FIELD_NAMED("source", FIELD_TEXT, .min = 2, .max = 200),
    FIELDS_END,
};
static const struct field pairing_end_fields[] = {
    FIELD_NAMED("valid_to", FIELD_DATE),
    FIELDS_END,
};
static const struct field pairings_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 6),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2015, .max = 2100),
    FIELDS_END,
};

struct unit_body {
    text credit_code;
};
static const struct field unit_fields[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = unit_kinds),
    FIELD_NAMED("name", FIELD_TEXT, .min = 2, .max = 80),
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 12),
    FIELD(unit_body, credit_code, FIELD_TEXT, .min = 18, .max = 18),
    FIELD_NAMED("invoice_title", FIELD_TEXT, .min = 2, .max = 80, .optional = true),
    FIELDS_END,
};
static const struct field member_fields[] = {
    FIELD_NAMED("login", FIELD_TEXT, .min = 3, .max = 64),
    FIELD_NAMED("duty", FIELD_CHOICE, .choices = duties),
    FIELDS_END,
};
static const struct field budget_fields[] = {
    FIELD_NAMED("year", FIELD_COUNT, .min = 2015, .max = 2100),
    FIELD_NAMED("amount_fen", FIELD_FEN, .min = 1, .max = AMOUNT_FEN_MAX),
    FIELDS_END,
};
static const struct field line_fields[] = {
    FIELD_NAMED("offer_id", FIELD_COUNTY_ID),
    FIELD_NAMED("packs", FIELD_COUNT, .min = 1, .max = 999),
    FIELDS_END,
};
static const struct field part_fields[] = {
    FIELD_NAMED("place", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("recipient", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("phone", FIELD_TEXT, .min = 5, .max = 20),
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 12),
    FIELD_NAMED("street", FIELD_TEXT, .min = 1, .max = 200),
    FIELD_NAMED("lines", FIELD_LIST, .fields = line_fields, .min = 1, .max = LINES_OF_PART_MAX),
    FIELDS_END,
};
static const struct field list_fields[] = {
    FIELD_NAMED("title", FIELD_TEXT, .min = 1, .max = 80),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2015, .max = 2100),
    FIELD_NAMED("pledge_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("parts", FIELD_LIST, .fields = part_fields, .min = 1, .max = PARTS_MAX),
    FIELDS_END,
};
static const struct field decide_fields[] = {
    FIELD_NAMED("approve", FIELD_BOOL),
    FIELD_NAMED("words", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field pledge_fields[] = {
    FIELD_NAMED("amount_fen", FIELD_FEN, .min = 1, .max = AMOUNT_FEN_MAX),
    FIELD_NAMED("valid_from", FIELD_DATE),
    FIELD_NAMED("valid_to", FIELD_DATE),
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 6, .optional = true),
    FIELD_NAMED("words", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field lists_query[] = {
    FIELD_NAMED("state", FIELD_CHOICE, .choices = list_states, .optional = true),
    FIELDS_END,
};
static const struct field pledges_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6, .optional = true),
    FIELD_NAMED("unit_id", FIELD_COUNTY_ID, .optional = true),
    FIELDS_END,
};
static const struct field year_query[] = {
    FIELD_NAMED("year", FIELD_COUNT, .min = 2015, .max = 2100),
    FIELDS_END,
};

static enum problem unit_prepare(const struct request *request, const void *facts, void *plan,
                                 struct problems *problems)
{
    const struct unit_body *body = request->body;
    struct credit_code code;
    (void)facts;
    (void)plan;
    enum number_fault fault = credit_code_read(body->credit_code, &code);
    if (fault == NUMBER_FINE)
        return PROBLEM_NONE;
    problems_add(problems, TEXT("/credit_code"), number_fault_code(fault), TEXT_NONE);
    return PROBLEM_INVALID;
}
static const struct field accepted_line_fields[] = {
    FIELD_NAMED("order_line_id", FIELD_COUNTY_ID),
    FIELD_NAMED("accepted_packs", FIELD_COUNT, .min = 0, .max = 999),
    FIELD_NAMED("cause", FIELD_CHOICE, .choices = causes, .optional = true),
    FIELDS_END,
};
static const struct field accept_fields[] = {
    FIELD_NAMED("lines", FIELD_LIST, .fields = accepted_line_fields, .min = 0, .max = LINES_OF_PART_MAX),
    FIELD_NAMED("words", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field unit_orders_query[] = {
    FIELD_NAMED("state", FIELD_CHOICE, .choices = order_states, .optional = true),
    FIELDS_END,
};

/* clang-format off */
const struct route demand_routes[] = {
    {.method = POST, .path = "/units", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .body = unit_fields, .body_size = sizeof(struct unit_body), .prepare = unit_prepare, .load = "demand/unit_add", .shape = ANSWER_OBJECT, .status = 201},
    {.method = GET, .path = "/units", .titles = {"采购单位", "Units that buy"}, .may = MAY_SEE_UNIT, .lane = LANE_READ,
     .load = "demand/units", .shape = ANSWER_LIST},
    {.method = GET, .path = "/units/{unit_id}", .may = MAY_SEE_UNIT, .lane = LANE_READ,
     .load = "demand/unit_show", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/units/{unit_id}/members", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .body = member_fields, .load = "demand/member_add", .shape = ANSWER_OBJECT, .status = 201},
    {.method = POST, .path = "/units/{unit_id}/members/{account_id}/end", .plain_ids = "account_id", .may = MAY(ROLE_COUNTY),
     .lane = LANE_WRITE, .idempotent = true, .load = "demand/member_end", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/units/{unit_id}/budgets", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .body = budget_fields, .load = "demand/budget_set", .apply = {"demand/budget_kept"}, .shape = ANSWER_OBJECT},

    {.method = POST, .path = "/units/{unit_id}/lists", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .body = list_fields, .load = "demand/list_add", .shape = ANSWER_OBJECT, .status = 201},
    {.method = GET, .path = "/units/{unit_id}/lists", .titles = {"采购清单", "Purchase lists"}, .may = MAY_SEE_UNIT, .lane = LANE_READ,
     .query = lists_query, .load = "demand/lists", .shape = ANSWER_LIST},
    {.method = GET, .path = "/purchase-lists/{list_id}", .may = MAY_SEE_UNIT, .lane = LANE_READ,
     .load = "demand/list_show", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/purchase-lists/{list_id}/decide", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .body = decide_fields, .load = "demand/list_decide", .apply = {"demand/budget_lock", "demand/budget_hold"}, .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/purchase-lists/{list_id}/close", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .load = "demand/list_close", .shape = ANSWER_OBJECT},
    /* The one checkout, between the budget's lock and its check. */
    {.method = POST, .path = "/purchase-lists/{list_id}/parts/{part}/order", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .load = "demand/part_load", .facts = part_facts_fields, .facts_size = sizeof(struct part_facts), .decide = part_order_decide,
     .apply = {"demand/budget_lock", "products/reserve", "orders/checkout_apply", "demand/part_ordered", "demand/budget_hold"},
     .plan = checkout_plan_fields, .plan_size = sizeof(struct checkout_plan),
     .shape = ANSWER_PLAN, .answer = checkout_answer_fields, .status = 201},

    {.method = POST, .path = "/units/{unit_id}/pledges", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .body = pledge_fields, .load = "demand/pledge_add", .shape = ANSWER_OBJECT, .status = 201},
    {.method = GET, .path = "/pledges", .titles = {"采购承诺", "Pledges"}, .may = MAY_ANYONE, .lane = LANE_READ,
     .query = pledges_query, .load = "demand/pledges", .shape = ANSWER_LIST},
    {.method = GET, .path = "/pledges/{pledge_id}", .may = MAY_ANYONE, .lane = LANE_READ,
     .load = "demand/pledge_show", .shape = ANSWER_OBJECT},
    {.method = GET, .path = "/pledges/{pledge_id}/orders", .titles = {"承诺名下的订单", "Orders of a pledge"}, .may = MAY_SEE_UNIT, .lane = LANE_READ,
     .load = "demand/pledge_orders", .shape = ANSWER_LIST},
    {.method = POST, .path = "/pledges/{pledge_id}/withdraw", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .load = "demand/pledge_withdraw", .shape = ANSWER_OBJECT},

    {.method = GET, .path = "/units/{unit_id}/orders", .titles = {"订单与验收", "Orders and what was taken"}, .may = MAY_SEE_UNIT, .lane = LANE_READ,
     .query = unit_orders_query, .load = "demand/unit_orders", .shape = ANSWER_LIST},
    {.method = GET, .path = "/orders/{order_id}/acceptance", .may = MAY_SEE_UNIT, .lane = LANE_READ,
     .load = "demand/acceptance_show", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/orders/{order_id}/acceptance", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
     .body = accept_fields, .load = "demand/accept", .apply = {"orders/accepted"}, .shape = ANSWER_OBJECT, .status = 201},
    {.method = GET, .path = "/units/{unit_id}/certificate", .titles = {"消费帮扶采购证明", "Certificate of purchases by county"},
     .may = MAY_SEE_UNIT, .lane = LANE_READ, .query = year_query, .load = "demand/certificate", .shape = ANSWER_LIST},
    {.method = GET, .path = "/units/{unit_id}/invoices", .titles = {"开票信息", "Invoice data"},
     .may = MAY_SEE_UNIT, .lane = LANE_READ, .query = year_query, .load = "demand/invoices", .shape = ANSWER_LIST},

    {.method = POST, .path = "/accreditations", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .body = accreditation_fields, .load = "demand/accreditation_propose", .shape = ANSWER_OBJECT, .status = 201},
    {.method = POST, .path = "/accreditations/{accreditation_id}/decide", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .body = accreditation_decide_fields, .load = "demand/accreditation_decide", .shape = ANSWER_OBJECT},
    {.method = GET, .path = "/accreditations", .titles = {"扶贫产品认定", "Accredited products"}, .may = MAY_VIEW, .lane = LANE_READ,
     .query = accreditations_query, .load = "demand/accreditations", .shape = ANSWER_LIST},
    {.method = POST, .path = "/campaigns", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .body = campaign_fields, .load = "demand/campaign_add", .shape = ANSWER_OBJECT, .status = 201},
    {.method = GET, .path = "/campaigns", .titles = {"消费扶贫活动", "Campaigns"}, .may = MAY_ANYONE, .lane = LANE_READ,
     .query = campaigns_query, .load = "demand/campaigns", .shape = ANSWER_LIST},
    {.method = GET, .path = "/campaigns/{campaign_id}", .may = MAY_ANYONE, .lane = LANE_READ,
     .load = "demand/campaign_show", .shape = ANSWER_OBJECT},
    {.method = GET, .path = "/campaigns/{campaign_id}/result", .may = MAY_VIEW, .lane = LANE_READ,
     .load = "demand/campaign_show", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/campaigns/{campaign_id}/withdraw", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .load = "demand/campaign_withdraw", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/pairings", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .body = pairing_fields, .load = "demand/pairing_add", .shape = ANSWER_OBJECT, .status = 201},
    {.method = POST, .path = "/pairings/{pairing_id}/end", .may = MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
     .body = pairing_end_fields, .load = "demand/pairing_end", .shape = ANSWER_OBJECT},
    {.method = GET, .path = "/pairings", .titles = {"结对采购", "Purchases of paired regions and units"}, .may = MAY_VIEW, .lane = LANE_READ,
     .query = pairings_query, .load = "demand/pairings", .shape = ANSWER_LIST},
    ROUTES_END,
};
/* clang-format on */
