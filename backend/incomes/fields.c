/* Field tables of incomes: bodies, facts, plans and answers by the same names. */
#include "incomes.h"

#define OF(member_, kind_, ...)                                                                                        \
    {                                                                                                                  \
        .name = #member_, .kind = kind_, .offset = offsetof(struct sharing_member, of.member_), __VA_ARGS__            \
    }

const char *const shared_sources[] = {"retained", "paid_in", "subsidy", NULL};
const char *const shared_purposes[] = {"wage", "rent", "dividend", "trusteeship", "post_subsidy", NULL};

static const struct field member_fields[] = {
    OF(household_id, FIELD_UUID),
    OF(area_code, FIELD_TEXT),
    OF(registered, FIELD_BOOL),
    OF(shares, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_WEIGHT_MAX),
    OF(heads, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_WEIGHT_MAX),
    OF(units_hundredths, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_WEIGHT_MAX),
    OF(grade, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_GRADES_MAX),
    OF(rate_fen, FIELD_FEN),
    FIELD(sharing_member, name, FIELD_TEXT),
    FIELD(sharing_member, card_number, FIELD_TEXT),
    FIELD(sharing_member, area_name, FIELD_TEXT),
    FIELD(sharing_member, entered, FIELD_BOOL),
    FIELDS_END,
};
static const struct field collective_fields[] = {
    FIELD(sharing_collective, area_code, FIELD_TEXT),
    FIELD(sharing_collective, area_name, FIELD_TEXT),
    FIELD(sharing_collective, name, FIELD_TEXT, .optional = true),
    FIELD(sharing_collective, supplier_id, FIELD_UUID, .optional = true),
    FIELDS_END,
};
const struct field sharing_facts_fields[] = {
    FIELD(sharing_facts, county, FIELD_TEXT),
    FIELD(sharing_facts, rule_purpose, FIELD_TEXT, .optional = true),
    FIELD(sharing_facts, rule_kind, FIELD_TEXT, .optional = true),
    FIELD(sharing_facts, retain_ppm, FIELD_COUNT, .optional = true),
    FIELD(sharing_facts, rule_in_force, FIELD_BOOL),
    FIELD_ITEMS(sharing_facts, steps, distribution_step, distribution_step_fields, .max = DISTRIBUTION_STEPS_MAX),
    FIELD_ITEMS(sharing_facts, members, sharing_member, member_fields, .max = SUPPLIER_MEMBERS_MAX),
    FIELD_ITEMS(sharing_facts, collectives, sharing_collective, collective_fields, .max = SUPPLIER_MEMBERS_MAX),
    FIELD(sharing_facts, available_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELD(sharing_facts, payer_found, FIELD_BOOL),
    FIELDS_END,
};

static const struct field line_fields[] = {
    FIELD(sharing_line, household_id, FIELD_COUNTY_ID),
    FIELD(sharing_line, name, FIELD_TEXT),
    FIELD(sharing_line, card_number, FIELD_TEXT),
    FIELD(sharing_line, area_code, FIELD_TEXT),
    FIELD(sharing_line, area_name, FIELD_TEXT),
    FIELD(sharing_line, shares, FIELD_COUNT),
    FIELD(sharing_line, heads, FIELD_COUNT),
    FIELD(sharing_line, units_hundredths, FIELD_COUNT),
    FIELD(sharing_line, grade, FIELD_COUNT),
    FIELD(sharing_line, rate_fen, FIELD_FEN),
    FIELD(sharing_line, amount_fen, FIELD_FEN),
    FIELD_ITEMS(sharing_line, parts, distribution_part, distribution_part_fields),
    FIELDS_END,
};
static const struct field village_fields[] = {
    FIELD(sharing_village, area_code, FIELD_TEXT),
    FIELD(sharing_village, area_name, FIELD_TEXT),
    FIELD(sharing_village, name, FIELD_TEXT, .optional = true),
    FIELD(sharing_village, supplier_id, FIELD_UUID, .optional = true),
    FIELD(sharing_village, received_fen, FIELD_FEN),
    FIELD(sharing_village, kept_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field sharing_answer_fields[] = {
    FIELD(sharing_plan, purpose, FIELD_TEXT),
    FIELD(sharing_plan, income_kind, FIELD_TEXT, .optional = true),
    FIELD(sharing_plan, pool_fen, FIELD_FEN),
    FIELD(sharing_plan, income_fen, FIELD_FEN),
    FIELD(sharing_plan, organisation_fen, FIELD_FEN),
    FIELD(sharing_plan, villages_fen, FIELD_FEN),
    FIELD(sharing_plan, households_fen, FIELD_FEN),
    FIELD(sharing_plan, short_fen, FIELD_FEN),
    FIELD(sharing_plan, households_count, FIELD_COUNT),
    FIELD_ITEMS(sharing_plan, steps, distribution_taken, distribution_taken_fields),
    FIELD_ITEMS(sharing_plan, lines, sharing_line, line_fields),
    FIELD_ITEMS(sharing_plan, villages, sharing_village, village_fields),
    FIELDS_END,
};
const struct field sharing_plan_fields[] = {
    FIELD(sharing_plan, distribution_id, FIELD_COUNTY_ID),
    FIELD(sharing_plan, purpose, FIELD_TEXT),
    FIELD(sharing_plan, income_kind, FIELD_TEXT, .optional = true),
    FIELD(sharing_plan, state, FIELD_TEXT),
    FIELD(sharing_plan, pool_fen, FIELD_FEN),
    FIELD(sharing_plan, income_fen, FIELD_FEN),
    FIELD(sharing_plan, organisation_fen, FIELD_FEN),
    FIELD(sharing_plan, villages_fen, FIELD_FEN),
    FIELD(sharing_plan, households_fen, FIELD_FEN),
    FIELD(sharing_plan, households_count, FIELD_COUNT),
    FIELD_ITEMS(sharing_plan, steps, distribution_taken, distribution_taken_fields),
    FIELD_ITEMS(sharing_plan, lines, sharing_line, line_fields),
    FIELD_ITEMS(sharing_plan, villages, sharing_village, village_fields),
    FIELDS_END,
};

static const struct field shared_line_fields[] = {
    FIELD(shared_line, payee_kind, FIELD_TEXT),
    FIELD(shared_line, account, FIELD_TEXT),
    FIELD(shared_line, payee_id, FIELD_UUID),
    FIELD(shared_line, amount_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field shared_facts_fields[] = {
    FIELD(shared_facts, distribution_id, FIELD_COUNTY_ID),
    FIELD(shared_facts, state, FIELD_TEXT),
    FIELD(shared_facts, source, FIELD_TEXT),
    FIELD(shared_facts, income_kind, FIELD_TEXT),
    FIELD(shared_facts, account, FIELD_TEXT),
    FIELD(shared_facts, supplier_id, FIELD_UUID),
    FIELD(shared_facts, payer_id, FIELD_UUID, .optional = true),
    FIELD(shared_facts, is_own, FIELD_BOOL),
    FIELD(shared_facts, available_fen, FIELD_FEN, .min = -INT64_MAX, .max = INT64_MAX),
    FIELD_ITEMS(shared_facts, lines, shared_line, shared_line_fields, .max = LEDGER_ENTRIES_MAX),
    FIELDS_END,
};
static const struct field shared_due_fields[] = {
    FIELD(shared_due, due_id, FIELD_UUID),
    FIELD(shared_due, payee_id, FIELD_UUID),
    FIELD(shared_due, payee_kind, FIELD_TEXT),
    FIELD(shared_due, source_kind, FIELD_TEXT),
    FIELD(shared_due, income_kind, FIELD_TEXT),
    FIELD(shared_due, amount_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field shared_plan_fields[] = {
    FIELD(shared_plan, county, FIELD_TEXT),
    FIELD(shared_plan, state, FIELD_TEXT),
    FIELD(shared_plan, distribution_id, FIELD_UUID),
    FIELD(shared_plan, retained_by, FIELD_UUID, .optional = true),
    FIELD(shared_plan, payable, FIELD_BOOL),
    FIELD(shared_plan, retained_fen, FIELD_FEN),
    FIELD_ITEMS(shared_plan, dues, shared_due, shared_due_fields),
    FIELD_ITEMS(shared_plan, transfers, county_transfer, county_transfer_fields),
    FIELDS_END,
};
