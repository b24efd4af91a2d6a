/* registry: the table of contents. Organisations, households and agreements: who proposes, who decides, who sees. */
#include "registry.h"
#include "registry/case.h"
#include "registry/household_import.h"

static const char *const station_states[] = {"proposed", "open", "closed", "refused", NULL};
static const char *const shop_states[] = {"proposed", "open", "suspended", "closed", "refused", NULL};
static const char *const shop_kinds[] = {"village", "county_pavilion", "county_centre", NULL};
static const char *const supplier_kinds[] = {"household", "cooperative", "enterprise", "collective", "other", NULL};
static const char *const organisation_kinds[] = {"cooperative", "enterprise", "collective", "other", NULL};
static const char *const statuses[] = {"registered", "exited_supported", "returned",
                                       "removed",    "never_registered", NULL};
static const char *const counterparty_kinds[] = {"shop", "supplier", NULL};
static const char *const modes[] = {"purchase", "wage", "rent", "dividend", "trusteeship", NULL};
static const char *const price_rules[] = {"farm_gate", "share", "larger_of", "rate", NULL};
static const char *const rate_units[] = {"hour", "day", "month", "piece", "mu", "head", "share", NULL};
static const char *const agreement_states[] = {"proposed", "in_force", "ended", "refused", NULL};
static const char *const concepts[] = {"net", "disposable", NULL};
static const char *const methods[] = {"registry", "survey", NULL};
static const char *const evidences[] = {"receipt", "cooperative_book", "declared", NULL};
const char *const rule_purposes[] = {"sale", "wage", "rent", "dividend", "trusteeship", "post_subsidy", NULL};

#define AREA_QUERY FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true)

static const struct field areas_query[] = {
    FIELD_NAMED("parent", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELDS_END,
};
static const struct field stations_query[] = {
    AREA_QUERY,
    FIELD_NAMED("state", FIELD_CHOICE, .choices = station_states, .optional = true),
    FIELDS_END,
};
static const struct field shops_query[] = {
    AREA_QUERY,
    FIELD_NAMED("state", FIELD_CHOICE, .choices = shop_states, .optional = true),
    FIELDS_END,
};
static const struct field suppliers_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    AREA_QUERY,
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = supplier_kinds, .optional = true),
    FIELD_NAMED("card_number", FIELD_TEXT, .max = 40, .min = 1, .optional = true),
    FIELD_NAMED("phone_tail", FIELD_CODE, .min = 4, .max = 4, .optional = true),
    FIELDS_END,
};
static const struct field households_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    AREA_QUERY,
    FIELD_NAMED("status", FIELD_CHOICE, .choices = statuses, .optional = true),
    FIELD_NAMED("card_number", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("phone_tail", FIELD_CODE, .min = 4, .max = 4, .optional = true),
    FIELD_NAMED("helper_account_id", FIELD_UUID, .optional = true),
    FIELD_NAMED("without_helper", FIELD_BOOL, .optional = true),
    FIELD_NAMED("known_on", FIELD_DATE, .optional = true),
    FIELDS_END,
};
static const struct field household_query[] = {
    FIELD_NAMED("known_on", FIELD_DATE, .optional = true),
    FIELDS_END,
};
static const struct field agreements_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = agreement_states, .optional = true),
    FIELD_NAMED("mode", FIELD_CHOICE, .choices = modes, .optional = true),
    FIELD_NAMED("counterparty_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("household_id", FIELD_COUNTY_ID, .optional = true),
    FIELDS_END,
};
static const struct field decision_fields[] = {
    FIELD_NAMED("accepted", FIELD_BOOL),
    FIELD_NAMED("reason", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field station_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 9, .max = 15),
    FIELD_NAMED("name", FIELD_TEXT, .min = 1, .max = 60),
    FIELDS_END,
};
static const struct field shop_fields[] = {
    FIELD_NAMED("station_id", FIELD_COUNTY_ID),
    FIELD_NAMED("name", FIELD_TEXT, .min = 1, .max = 60),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = shop_kinds, .optional = true),
    FIELD_NAMED("story", FIELD_TEXT, .min = 1, .max = TEXT_CHARACTERS_MAX, .optional = true),
    FIELD_NAMED("platform_fee_ppm", FIELD_COUNT, .min = 0, .max = 300000, .optional = true),
    FIELDS_END,
};
static const struct field shop_change_fields[] = {
    FIELD_NAMED("name", FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELD_NAMED("story", FIELD_TEXT, .min = 1, .max = TEXT_CHARACTERS_MAX, .optional = true),
    FIELD_NAMED("ship_within_hours", FIELD_COUNT, .min = 1, .max = 720, .optional = true),
    FIELDS_END,
};
static const struct field suspend_fields[] = {
    FIELD_NAMED("suspended", FIELD_BOOL),
    FIELD_NAMED("reason", FIELD_TEXT, .min = 1, .max = 500),
    FIELDS_END,
};
static const struct field freight_rule_fields[] = {
    FIELD_NAMED("destination", FIELD_CODE, .min = 2, .max = 12, .optional = true), /* absent: anywhere */
    FIELD_NAMED("first_g", FIELD_QTY, .min = 1, .max = 100000000),
    FIELD_NAMED("first_fen", FIELD_FEN, .min = 0, .max = 10000000),
    FIELD_NAMED("further_g", FIELD_QTY, .min = 1, .max = 100000000),
    FIELD_NAMED("further_fen", FIELD_FEN, .min = 0, .max = 10000000),
    FIELD_NAMED("delivered", FIELD_BOOL, .optional = true),
    FIELDS_END,
};
static const struct field freight_fields[] = {
    FIELD_NAMED("rules", FIELD_LIST, .fields = freight_rule_fields, .min = 1, .max = 100),
    FIELDS_END,
};
static const struct field supplier_fields[] = {
    FIELD(supplier_body, kind, FIELD_CHOICE, .choices = organisation_kinds),
    FIELD(supplier_body, area_code, FIELD_CODE, .min = 6, .max = 15),
    FIELD(supplier_body, name, FIELD_TEXT, .min = 1, .max = 80),
    FIELD(supplier_body, credit_code, FIELD_TEXT, .min = 18, .max = 22, .optional = true),
    FIELD(supplier_body, payee_bank, FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELD(supplier_body, payee_account, FIELD_TEXT, .min = 8, .max = 40, .optional = true),
    FIELDS_END,
};
static const struct field supplier_facts_fields[] = {
    FIELD(supplier_facts, area_code, FIELD_TEXT),
    FIELDS_END,
};
static const struct field supplier_plan_fields[] = {
    FIELD(supplier_plan, supplier_id, FIELD_COUNTY_ID),
    FIELD(supplier_plan, credit_code, FIELD_TEXT, .optional = true),
    FIELD(supplier_plan, payee_account_masked, FIELD_TEXT, .optional = true),
    FIELD(supplier_plan, payee_account_sealed, FIELD_TEXT, .optional = true),
    FIELD(supplier_plan, name_index, FIELD_TEXT),
    FIELDS_END,
};
static const struct field supplier_answer_fields[] = {
    FIELD(supplier_plan, supplier_id, FIELD_COUNTY_ID),
    FIELDS_END,
};
static const struct field agreement_body_fields[] = {
    FIELD(agreement_body, household_id, FIELD_COUNTY_ID),
    FIELD(agreement_body, counterparty_kind, FIELD_CHOICE, .choices = counterparty_kinds),
    FIELD(agreement_body, counterparty_id, FIELD_COUNTY_ID),
    FIELD(agreement_body, mode, FIELD_CHOICE, .choices = modes),
    FIELD(agreement_body, price_rule, FIELD_CHOICE, .choices = price_rules),
    FIELD(agreement_body, floor_price_fen, FIELD_FEN, .min = 0, .max = 1000000000, .optional = true),
    FIELD(agreement_body, price_qty, FIELD_QTY, .min = 1, .max = 1000000000, .optional = true),
    FIELD(agreement_body, share_ppm, FIELD_COUNT, .min = 0, .max = 1000000, .optional = true),
    FIELD(agreement_body, rate_fen, FIELD_FEN, .min = 1, .max = 1000000000, .optional = true),
    FIELD(agreement_body, rate_unit, FIELD_CHOICE, .choices = rate_units, .optional = true),
    FIELD(agreement_body, units_hundredths, FIELD_COUNT, .min = 1, .max = DISTRIBUTION_WEIGHT_MAX, .optional = true),
    FIELD(agreement_body, category_code, FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD(agreement_body, signed_at, FIELD_INSTANT),
    FIELD(agreement_body, valid_from, FIELD_DATE),
    FIELD(agreement_body, valid_to, FIELD_DATE, .optional = true),
    FIELDS_END,
};
static const struct field baseline_fields[] = {
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = income_kind_names),
    FIELD_NAMED("category_code", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("amount_fen", FIELD_FEN, .min = -1000000000000, .max = 1000000000000),
    FIELD_NAMED("concept", FIELD_CHOICE, .choices = concepts),
    FIELD_NAMED("method", FIELD_CHOICE, .choices = methods),
    FIELD_NAMED("full_survey", FIELD_BOOL, .optional = true),
    FIELD_NAMED("source", FIELD_TEXT, .min = 1, .max = 200),
    FIELD_NAMED("collected_on", FIELD_DATE),
    FIELDS_END,
};
static const struct field cost_fields[] = {
    FIELD_NAMED("category_code", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("amount_fen", FIELD_FEN, .min = 0, .max = 1000000000000),
    FIELD_NAMED("produced_qty", FIELD_QTY, .min = 1, .max = 1000000000000),
    FIELD_NAMED("evidence", FIELD_CHOICE, .choices = evidences),
    FIELD_NAMED("document", FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field capacity_fields[] = {
    FIELD_NAMED("category_code", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("year", FIELD_COUNT, .min = 2000, .max = 2100),
    FIELD_NAMED("produce_qty_max", FIELD_QTY, .min = 0, .max = 1000000000000),
    FIELD_NAMED("basis", FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field line_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 15),
    FIELD_NAMED("year", FIELD_COUNT, .min = 1978, .max = 2100),
    FIELD_NAMED("name", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("price_basis_year", FIELD_COUNT, .min = 1978, .max = 2100),
    FIELD_NAMED("concept", FIELD_CHOICE, .choices = concepts),
    FIELD_NAMED("amount_fen", FIELD_FEN, .min = 1, .max = 1000000000),
    FIELD_NAMED("source", FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field membership_fields[] = {
    FIELD_NAMED("household_id", FIELD_COUNTY_ID),
    FIELD_NAMED("valid_from", FIELD_DATE),
    FIELD_NAMED("valid_to", FIELD_DATE, .optional = true),
    FIELD_NAMED("shares", FIELD_COUNT, .min = 1, .max = 1000000000),
    FIELDS_END,
};
static const struct field rule_fields[] = {
    FIELD(rule_body, purpose, FIELD_CHOICE, .choices = rule_purposes, .optional = true),
    FIELD(rule_body, kind, FIELD_CHOICE, .choices = distribution_kinds, .optional = true),
    FIELD(rule_body, retain_ppm, FIELD_COUNT, .min = 0, .max = 1000000, .optional = true),
    FIELD_ITEMS(rule_body, steps, distribution_step, distribution_step_fields, .max = DISTRIBUTION_STEPS_MAX,
                .optional = true),
    FIELD(rule_body, valid_from, FIELD_DATE),
    FIELD(rule_body, words, FIELD_TEXT, .min = 1, .max = 500),
    FIELDS_END,
};
static const struct field rules_query[] = {
    FIELD_NAMED("purpose", FIELD_CHOICE, .choices = rule_purposes, .optional = true),
    FIELDS_END,
};

static const char *const purposes[] = {"audit", "payout_check", "duplicate_check", "objection", "inquiry", NULL};

static const struct field member_form_fields[] = {
    FIELD(member_form, name, FIELD_TEXT, .min = 1, .max = 60),
    FIELD(member_form, id_number, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(member_form, relation, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(member_form, sex, FIELD_TEXT, .min = 1, .max = 10, .optional = true),
    FIELD(member_form, birth_on, FIELD_TEXT, .min = 1, .max = 20, .optional = true),
    FIELD(member_form, phone, FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD(member_form, work_ability, FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD(member_form, disabled, FIELD_BOOL, .optional = true),
    FIELD(member_form, minority, FIELD_BOOL, .optional = true),
    FIELD(member_form, resident, FIELD_BOOL),
    FIELDS_END,
};
static const struct field household_form_fields[] = {
    FIELD(household_form, card_number, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(household_form, village_code, FIELD_CODE, .min = 9, .max = 15),
    FIELD(household_form, status, FIELD_CHOICE, .choices = statuses),
    FIELD(household_form, status_on, FIELD_TEXT, .min = 8, .max = 20),
    FIELD(household_form, cause, FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD(household_form, degree, FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD(household_form, land_mu_hundredths, FIELD_COUNT, .min = 0, .max = 1000000, .optional = true),
    FIELD(household_form, payee_bank, FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELD(household_form, payee_account, FIELD_TEXT, .min = 8, .max = 40, .optional = true),
    FIELD(household_form, consent_on, FIELD_TEXT, .min = 8, .max = 20, .optional = true),
    FIELD_ITEMS(household_form, members, member_form, member_form_fields, .min = 1, .max = FORM_MEMBERS_MAX),
    FIELDS_END,
};
static const struct field held_index_fields[] = {
    FIELD(held_index, id_number_index, FIELD_TEXT),
    FIELDS_END,
};
static const struct field household_form_facts_fields[] = {
    FIELD(household_form_facts, county, FIELD_TEXT),
    FIELD_ITEMS(household_form_facts, held, held_index, held_index_fields, .max = FORM_MEMBERS_MAX),
    FIELDS_END,
};
static const struct field form_finding_fields[] = {
    FIELD(form_finding, class, FIELD_TEXT),
    FIELD(form_finding, rule, FIELD_TEXT),
    FIELDS_END,
};
static const struct field household_form_plan_fields[] = {
    FIELD(household_form_plan, household_id, FIELD_COUNTY_ID),
    FIELD(household_form_plan, households, FIELD_JSON),
    FIELD(household_form_plan, members, FIELD_JSON),
    FIELD(household_form_plan, findings, FIELD_JSON),
    FIELD(household_form_plan, opened, FIELD_OBJECT, .fields = case_opened_fields),
    FIELDS_END,
};
static const struct field household_form_answer_fields[] = {
    FIELD(household_form_plan, household_id, FIELD_COUNTY_ID),
    {.name = "case_id",
     .kind = FIELD_COUNTY_ID,
     .offset = offsetof(struct household_form_plan, opened.case_id),
     .optional = true},
    FIELD_ITEMS(household_form_plan, found, form_finding, form_finding_fields),
    FIELDS_END,
};
static const struct field payee_form_fields[] = {
    FIELD(payee_form, payee_bank, FIELD_TEXT, .min = 1, .max = 60),
    FIELD(payee_form, payee_account, FIELD_TEXT, .min = 8, .max = 40),
    FIELD(payee_form, reason, FIELD_TEXT, .min = 1, .max = 500),
    FIELDS_END,
};
static const struct field payee_plan_fields[] = {
    FIELD(payee_plan, payee_change_id, FIELD_COUNTY_ID),
    FIELD(payee_plan, household_id, FIELD_COUNTY_ID),
    FIELD(payee_plan, payee_bank, FIELD_TEXT),
    FIELD(payee_plan, payee_account_masked, FIELD_TEXT),
    FIELD(payee_plan, payee_account_sealed, FIELD_TEXT),
    FIELD(payee_plan, reason, FIELD_TEXT),
    FIELDS_END,
};
static const struct field payee_answer_fields[] = {
    FIELD(payee_plan, payee_change_id, FIELD_COUNTY_ID),
    FIELD(payee_plan, payee_account_masked, FIELD_TEXT),
    FIELD(payee_plan, enter_twice, FIELD_BOOL),
    FIELDS_END,
};
static const struct field county_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};
static const struct field reveal_fields[] = {
    FIELD_NAMED("member_id", FIELD_COUNTY_ID),
    FIELD_NAMED("purpose", FIELD_CHOICE, .choices = purposes),
    FIELD_NAMED("reason", FIELD_TEXT, .min = 4, .max = 500),
    FIELDS_END,
};
static const struct field reveal_facts_fields[] = {
    FIELD(reveal_facts, member_id, FIELD_COUNTY_ID),
    FIELD(reveal_facts, sealed, FIELD_TEXT),
    FIELDS_END,
};
static const struct field reveal_answer_fields[] = {
    FIELD(reveal_plan, member_id, FIELD_COUNTY_ID),
    FIELD(reveal_plan, id_number, FIELD_TEXT),
    FIELDS_END,
};
static const struct field import_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("dry_run", FIELD_BOOL, .optional = true),
    FIELD_NAMED("only_clean", FIELD_BOOL, .optional = true),
    FIELD_NAMED("file_name", FIELD_TEXT, .min = 1, .max = 100, .optional = true),
    FIELDS_END,
};
static const struct field import_refused_facts_fields[] = {
    FIELD(import_refused_facts, import_id, FIELD_COUNTY_ID),
    FIELD(import_refused_facts, file_name, FIELD_TEXT),
    FIELD(import_refused_facts, sealed, FIELD_TEXT, .min = 1, .max = INT64_MAX),
    FIELDS_END,
};
static const struct field import_refused_answer_fields[] = {
    FIELD(import_refused_plan, file_name, FIELD_TEXT),
    FIELD(import_refused_plan, content, FIELD_TEXT),
    FIELDS_END,
};

#define MAY_PROPOSE (MAY(ROLE_CADRE) | MAY(ROLE_COUNTY))
#define MAY_SEE_HOUSEHOLDS                                                                                             \
    (MAY(ROLE_CADRE) | MAY(ROLE_TEAM) | MAY(ROLE_TOWNSHIP) | MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR))
#define WRITES .lane = LANE_WRITE, .idempotent = true, .shape = ANSWER_OBJECT
#define LISTS .method = GET, .lane = LANE_READ, .shape = ANSWER_LIST

/* clang-format off */
const struct route registry_routes[] = {
    {LISTS, .path = "/areas", .may = MAY_ANYONE, .query = areas_query, .load = "registry/areas_list", .cache_ms = 60000,
     .cache_tag = "areas"},
    {.method = GET,
     .path = "/areas/{code}",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .load = "registry/area_show",
     .shape = ANSWER_OBJECT,
     .cache_ms = 60000,
     .cache_tag = "areas"},

    {LISTS, .path = "/stations", .titles = {"电商扶贫站点", "Stations"}, .may = MAY_PROPOSE | MAY_VIEW, .query = stations_query,
     .load = "registry/stations_list"},
    {WRITES, .method = POST, .path = "/stations", .may = MAY_PROPOSE, .body = station_fields,
     .load = "registry/station_propose", .status = 201},
    {WRITES, .method = POST, .path = "/stations/{station_id}/decide", .may = MAY(ROLE_COUNTY), .body = decision_fields,
     .load = "registry/station_decide"},

    {LISTS, .path = "/me/shops", .may = MAY_SELL | MAY_PROPOSE | MAY_VIEW, .query = shops_query,
     .load = "registry/shops_list"},
    {WRITES, .method = POST, .path = "/shops", .may = MAY_PROPOSE, .body = shop_fields, .load = "registry/shop_propose",
     .status = 201},
    {WRITES, .method = POST, .path = "/shops/{shop_id}/decide", .may = MAY(ROLE_COUNTY), .body = decision_fields,
     .load = "registry/shop_decide", .apply = {"registry/announce"}},
    {WRITES, .method = POST, .path = "/shops/{shop_id}/suspend", .may = MAY(ROLE_COUNTY), .body = suspend_fields,
     .load = "registry/shop_suspend", .apply = {"registry/announce"}},
    {WRITES, .method = PATCH, .path = "/shops/{shop_id}", .may = MAY_SELL, .versioned = true,
     .body = shop_change_fields, .load = "registry/shop_change", .apply = {"registry/announce"}},
    {WRITES, .method = POST, .path = "/shops/{shop_id}/freight", .may = MAY_SELL, .body = freight_fields,
     .load = "registry/freight_replace", .apply = {"registry/announce"}},

    {LISTS, .path = "/suppliers", .titles = {"供货方名册", "Suppliers"}, .may = MAY_SELL | MAY_SEE_HOUSEHOLDS, .query = suppliers_query,
     .load = "registry/suppliers_list"},
    {.method = POST,
     .path = "/suppliers",
     .may = MAY_PROPOSE,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = supplier_fields,
     .body_size = sizeof(struct supplier_body),
     .load = "registry/supplier_propose_load",
     .facts = supplier_facts_fields,
     .facts_size = sizeof(struct supplier_facts),
     .decide = supplier_propose_decide,
     .apply = {"registry/supplier_propose"},
     .plan = supplier_plan_fields,
     .plan_size = sizeof(struct supplier_plan),
     .shape = ANSWER_PLAN,
     .answer = supplier_answer_fields,
     .status = 201},
    {WRITES, .method = POST, .path = "/suppliers/{supplier_id}/decide", .may = MAY(ROLE_COUNTY),
     .body = decision_fields, .load = "registry/supplier_decide"},
    {WRITES, .method = POST, .path = "/suppliers/{supplier_id}/members", .may = MAY(ROLE_COUNTY),
     .body = membership_fields, .load = "registry/membership_add", .status = 201},
    {LISTS, .path = "/suppliers/{supplier_id}/rules", .titles = {"分配规则", "Distribution rules"},
     .may = MAY_SELL | MAY_PROPOSE | MAY_VIEW, .query = rules_query, .load = "registry/rules_list"},
    {WRITES, .method = POST, .path = "/suppliers/{supplier_id}/rules", .may = MAY_SELL | MAY(ROLE_COUNTY),
     .body = rule_fields, .body_size = sizeof(struct rule_body), .prepare = rule_propose_prepare,
     .load = "registry/rule_propose", .status = 201},
    {WRITES, .method = POST, .path = "/suppliers/{supplier_id}/rules/{rule_version}/decide", .may = MAY(ROLE_COUNTY),
     .body = decision_fields, .load = "registry/rule_decide"},

    {LISTS, .path = "/link-agreements", .titles = {"利益联结协议", "Link agreements"}, .may = MAY_SELL | MAY_OVERSEE, .query = agreements_query,
     .load = "registry/agreements_list"},
    {WRITES, .method = POST, .path = "/link-agreements", .may = MAY_SELL | MAY(ROLE_COUNTY),
     .body = agreement_body_fields, .body_size = sizeof(struct agreement_body), .prepare = agreement_propose_prepare,
     .load = "registry/agreement_propose", .status = 201},
    {WRITES, .method = POST, .path = "/link-agreements/{agreement_id}/decide", .may = MAY(ROLE_COUNTY),
     .body = decision_fields, .load = "registry/agreement_decide"},
    {WRITES, .method = POST, .path = "/link-agreements/{agreement_id}/end", .may = MAY_SELL | MAY(ROLE_COUNTY),
     .load = "registry/agreement_end"},

    {LISTS, .path = "/households", .titles = {"贫困户名册", "Households"}, .may = MAY_SEE_HOUSEHOLDS, .query = households_query,
     .load = "registry/households_list", .variants = {{"known_on", "registry/households_list_known"}}},
    {.method = GET,
     .path = "/households/{household_id}",
     .may = MAY_SEE_HOUSEHOLDS,
     .lane = LANE_READ,
     .query = household_query,
     .load = "registry/household_show",
     .shape = ANSWER_OBJECT},
    {.method = POST,
     .path = "/households",
     .may = MAY(ROLE_COUNTY),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = household_form_fields,
     .body_size = sizeof(struct household_form),
     .prepare = household_form_prepare,
     .load = "registry/household_form_load",
     .facts = household_form_facts_fields,
     .facts_size = sizeof(struct household_form_facts),
     .decide = household_form_decide,
     .apply = {"registry/households_add", "registry/members_add", "findings/open_planned", "registry/members_repeated",
               "registry/household_added", "registry/case_open"},
     .plan = household_form_plan_fields,
     .plan_size = sizeof(struct household_form_plan),
     .shape = ANSWER_PLAN,
     .answer = household_form_answer_fields,
     .status = 201},
    {.method = POST,
     .path = "/households/{household_id}/payee",
     .may = MAY_PROPOSE,
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = payee_form_fields,
     .body_size = sizeof(struct payee_form),
     .load = "registry/payee_load",
     .facts = supplier_facts_fields,
     .facts_size = sizeof(struct supplier_facts),
     .decide = payee_propose_decide,
     .apply = {"registry/payee_propose"},
     .plan = payee_plan_fields,
     .plan_size = sizeof(struct payee_plan),
     .shape = ANSWER_PLAN,
     .answer = payee_answer_fields,
     .status = 201},
    {LISTS, .path = "/payee-changes", .may = MAY_PROPOSE | MAY(ROLE_AUDITOR), .query = county_query,
     .load = "registry/payees_list"},
    {WRITES, .method = POST, .path = "/payee-changes/{payee_change_id}/decide", .may = MAY(ROLE_COUNTY),
     .body = decision_fields, .load = "registry/payee_decide"},
    /* No Idempotency-Key: its store would keep the number. */
    {.method = POST,
     .path = "/households/{household_id}/reveal",
     .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR),
     .lane = LANE_WRITE,
     .body = reveal_fields,
     .prepare = reveal_prepare,
     .load = "registry/reveal_load",
     .facts = reveal_facts_fields,
     .facts_size = sizeof(struct reveal_facts),
     .decide = reveal_decide,
     .apply = {"registry/reveal_lock", "registry/reveal_record", "registry/reveal_limit"},
     .plan = reveal_answer_fields,
     .plan_size = sizeof(struct reveal_plan),
     .shape = ANSWER_PLAN,
     .answer = reveal_answer_fields},
    {WRITES, .method = POST, .path = "/households/{household_id}/baselines", .may = MAY(ROLE_COUNTY),
     .body = baseline_fields, .load = "registry/baseline_add", .status = 201},
    {WRITES, .method = POST, .path = "/households/{household_id}/costs", .may = MAY(ROLE_COUNTY) | MAY(ROLE_CADRE),
     .body = cost_fields, .load = "registry/cost_add", .status = 201},
    {WRITES, .method = POST, .path = "/households/{household_id}/capacities", .may = MAY(ROLE_COUNTY) | MAY(ROLE_CADRE),
     .body = capacity_fields, .load = "registry/capacity_set"},

    {WRITES, .method = POST, .path = "/imports", .may = MAY(ROLE_COUNTY), .upload = true, .content_type = UPLOADS_OF_SHEETS,
     .query = import_query, .prepare = import_request_prepare, .load = "registry/import_request", .status = 202},
    {.method = GET,
     .path = "/imports/{import_id}",
     .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR),
     .lane = LANE_READ,
     .load = "registry/import_show",
     .shape = ANSWER_OBJECT},
    {.method = GET,
     .path = "/imports/{import_id}/refused",
     .may = MAY(ROLE_COUNTY),
     .lane = LANE_READ,
     .load = "registry/import_refused",
     .facts = import_refused_facts_fields,
     .facts_size = sizeof(struct import_refused_facts),
     .decide = import_refused_decide,
     .plan = import_refused_answer_fields,
     .plan_size = sizeof(struct import_refused_plan),
     .answer = import_refused_answer_fields,
     .shape = ANSWER_PLAN},

    {LISTS, .path = "/poverty-lines", .may = MAY_ANYONE, .load = "registry/lines_list"},
    {WRITES, .method = POST, .path = "/poverty-lines", .may = MAY(ROLE_COUNTY) | MAY(ROLE_ADMINISTRATOR),
     .body = line_fields, .load = "registry/line_add", .status = 201},
    ROUTES_END,
};
/* clang-format on */
