/* The passbook of a household without phone or password: its card and the code on a printed slip open a session of its own.
   Must cost a guesser the same whether a card exists or not. */
#include <sodium.h>

#include "accounts/sign_in.h"

const struct field passbook_opening_fields[] = {
    FIELD(passbook_opening, card_number, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(passbook_opening, county, FIELD_CODE, .min = 6, .max = 6),
    FIELD(passbook_opening, code, FIELD_TEXT, .min = 1, .max = 40),
    FIELDS_END,
};
const struct field passbook_facts_fields[] = {
    FIELD(passbook_facts, retry_after_s, FIELD_COUNT, .optional = true),
    FIELD(passbook_facts, account_id, FIELD_UUID, .optional = true),
    FIELD(passbook_facts, account_version, FIELD_COUNT, .optional = true),
    FIELD(passbook_facts, household, FIELD_TEXT, .optional = true),
    FIELD(passbook_facts, code_hash, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
const struct field passbook_code_facts_fields[] = {
    FIELD(passbook_code_facts, head_name_masked, FIELD_TEXT, .min = 0, .max = 200, .optional = true),
    FIELD(passbook_code_facts, account_id, FIELD_UUID, .optional = true),
    FIELDS_END,
};
const struct field passbook_code_plan_fields[] = {
    FIELD(passbook_code_plan, household_id, FIELD_COUNTY_ID),
    FIELD(passbook_code_plan, account_id, FIELD_UUID),
    FIELD(passbook_code_plan, role_id, FIELD_UUID),
    FIELD(passbook_code_plan, login, FIELD_TEXT),
    FIELD(passbook_code_plan, display_name, FIELD_TEXT),
    FIELD(passbook_code_plan, code_hash, FIELD_TEXT),
    FIELDS_END,
};
const struct field passbook_code_answer_fields[] = {
    FIELD(passbook_code_plan, household_id, FIELD_COUNTY_ID),
    FIELD(passbook_code_plan, code, FIELD_TEXT),
    FIELDS_END,
};

/* Tries count against the card; the codes of one household open no other. */
static text throttled_as(struct arena *arena, const struct passbook_opening *opening)
{
    return text_format(arena, "passbook %.*s %.*s", TEXT_ARGUMENTS(opening->county),
                       TEXT_ARGUMENTS(opening->card_number));
}

static text issued_for(struct arena *arena, text household)
{
    return text_format(arena, "passbook %.*s", TEXT_ARGUMENTS(household));
}

enum problem passbook_code_decide(const struct request *request, const void *facts_, void *plan_,
                                  struct problems *problems)
{
    const struct passbook_code_facts *facts = facts_;
    struct passbook_code_plan *plan = plan_;
    struct code code;
    uuid household_id;
    (void)problems;
    must(uuid_parse(request->parameter(request, "household_id"), &household_id));
    plan->household_id = county_id_of(request->parameter(request, "household_county"), household_id);
    text household = county_id_format(request->arena, plan->household_id);
    code_new(&code);
    plan->code = code_print(request->arena, &code);
    plan->code_hash = code_hash_hex(request->arena, &code, issued_for(request->arena, household), accounts_code_key());
    plan->account_id = uuid_is_zero(facts->account_id) ? request->new_id : facts->account_id;
    plan->role_id = uuid_nth(request->new_id, 1);
    plan->login = text_format(request->arena, "passbook:%.*s", TEXT_ARGUMENTS(household));
    plan->display_name = facts->head_name_masked.length == 0 ? TEXT("农户") : facts->head_name_masked;
    return PROBLEM_NONE;
}

enum problem passbook_open_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "login", throttled_as(request->arena, request->body));
    return PROBLEM_NONE;
}

static bool code_opens(struct arena *arena, text typed, const struct passbook_facts *facts)
{
    struct code code;
    text stored = facts->code_hash.length == 64
                      ? facts->code_hash
                      : TEXT("0000000000000000000000000000000000000000000000000000000000000000");
    bool read = code_read(typed, &code);
    text hash = code_hash_hex(arena, &code, issued_for(arena, facts->household), accounts_code_key());
    return sodium_memcmp(hash.at, stored.at, stored.length) == 0 && read && !uuid_is_zero(facts->account_id);
}

enum problem passbook_open_decide(const struct request *request, const void *facts_, void *plan_,
                                  struct problems *problems)
{
    const struct passbook_opening *body = request->body;
    const struct passbook_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    (void)problems;
    enum problem problem = sign_in_wait(request, facts->retry_after_s);
    if (problem != PROBLEM_NONE)
        return problem;
    plan->accepted = code_opens(request->arena, body->code, facts);
    plan->login = throttled_as(request->arena, body);
    request->reply->applies_refusal = !plan->accepted;
    if (!plan->accepted)
        return PROBLEM_WRONG_PASSWORD;
    plan->account_id = facts->account_id;
    plan->account_version = facts->account_version;
    session_make(request, plan);
    request->reply->session_token = plan->token;
    return PROBLEM_NONE;
}
