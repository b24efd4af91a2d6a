/* Accounts and roles given to others. Every refusal that would tell of something outside the granter's area is a 404. */
#include "accounts/staff.h"

static const char *const languages[] = {"zh", "en", NULL};

#define PLACE_AND_PERIOD                                                                                               \
    FIELD(staff_order, role, FIELD_TEXT, .min = 1, .max = 20),                                                         \
        FIELD(staff_order, area_code, FIELD_CODE, .min = 2, .max = 15, .optional = true),                              \
        FIELD(staff_order, organisation_id, FIELD_COUNTY_ID, .optional = true),                                        \
        FIELD(staff_order, valid_from, FIELD_DATE, .optional = true),                                                  \
        FIELD(staff_order, valid_to, FIELD_DATE, .optional = true)

const struct field role_order_fields[] = {PLACE_AND_PERIOD, FIELDS_END};
const struct field account_order_fields[] = {
    FIELD(staff_order, login, FIELD_TEXT, .min = 3, .max = 64),
    FIELD(staff_order, display_name, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(staff_order, language, FIELD_CHOICE, .choices = languages, .optional = true),
    PLACE_AND_PERIOD,
    FIELDS_END,
};
const struct field account_facts_fields[] = {
    FIELD(staff_facts, taken, FIELD_BOOL),
    FIELD(staff_facts, found, FIELD_BOOL),
    FIELD(staff_facts, own, FIELD_BOOL),
    FIELD(staff_facts, area_kind, FIELD_TEXT, .optional = true),
    FIELD(staff_facts, organisation_kind, FIELD_TEXT, .optional = true),
    FIELD(staff_facts, within, FIELD_BOOL, .optional = true),
    FIELD(staff_facts, expires_at, FIELD_INSTANT),
    FIELDS_END,
};
const struct field role_facts_fields[] = {
    FIELD(staff_facts, found, FIELD_BOOL),
    FIELD(staff_facts, own, FIELD_BOOL),
    FIELD(staff_facts, area_kind, FIELD_TEXT, .optional = true),
    FIELD(staff_facts, organisation_kind, FIELD_TEXT, .optional = true),
    FIELD(staff_facts, within, FIELD_BOOL, .optional = true),
    FIELDS_END,
};
const struct field revoke_facts_fields[] = {
    FIELD(staff_facts, role, FIELD_TEXT),
    FIELD(staff_facts, own, FIELD_BOOL),
    FIELD(staff_facts, within, FIELD_BOOL, .optional = true),
    FIELDS_END,
};
static const struct field held_role_fields[] = {FIELD(held_role, role, FIELD_TEXT), FIELDS_END};
const struct field reset_code_facts_fields[] = {
    FIELD(staff_facts, login, FIELD_TEXT),
    FIELD(staff_facts, own, FIELD_BOOL),
    FIELD(staff_facts, within, FIELD_BOOL),
    FIELD(staff_facts, beyond, FIELD_BOOL),
    FIELD_ITEMS(staff_facts, roles, held_role, held_role_fields),
    FIELD(staff_facts, expires_at, FIELD_INSTANT),
    FIELDS_END,
};
const struct field staff_plan_fields[] = {
    FIELD(staff_plan, account_id, FIELD_UUID),
    FIELD(staff_plan, role_id, FIELD_UUID, .optional = true),
    FIELD(staff_plan, login, FIELD_TEXT),
    FIELD(staff_plan, display_name, FIELD_TEXT),
    FIELD(staff_plan, language, FIELD_TEXT),
    FIELD(staff_plan, role, FIELD_TEXT),
    FIELD(staff_plan, area_code, FIELD_TEXT),
    FIELD(staff_plan, everywhere, FIELD_BOOL),
    FIELD(staff_plan, organisation_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(staff_plan, valid_from, FIELD_DATE, .optional = true),
    FIELD(staff_plan, valid_to, FIELD_DATE, .optional = true),
    FIELD(staff_plan, code_id, FIELD_UUID, .optional = true),
    FIELD(staff_plan, code_hash, FIELD_TEXT),
    FIELD(staff_plan, code_expires_at, FIELD_INSTANT, .optional = true),
    FIELDS_END,
};
const struct field account_answer_fields[] = {
    FIELD(staff_plan, account_id, FIELD_UUID),
    FIELD(staff_plan, login, FIELD_TEXT),
    FIELD(staff_plan, role_id, FIELD_UUID),
    FIELD(staff_plan, code, FIELD_TEXT),
    FIELD(staff_plan, code_expires_at, FIELD_INSTANT),
    FIELDS_END,
};
const struct field role_answer_fields[] = {
    FIELD(staff_plan, role_id, FIELD_UUID),
    FIELD(staff_plan, account_id, FIELD_UUID),
    FIELD(staff_plan, role, FIELD_TEXT),
    FIELDS_END,
};
const struct field reset_code_answer_fields[] = {
    FIELD(staff_plan, account_id, FIELD_UUID),
    FIELD(staff_plan, login, FIELD_TEXT),
    FIELD(staff_plan, code, FIELD_TEXT),
    FIELD(staff_plan, code_expires_at, FIELD_INSTANT),
    FIELDS_END,
};

void staff_print_code(struct arena *arena, struct staff_plan *plan)
{
    struct code code;
    code_new(&code);
    plan->code = code_print(arena, &code);
    plan->code_hash = code_hash_hex(arena, &code, uuid_format(arena, plan->account_id), accounts_code_key());
}

/* ---- Granting ---- */

static enum role_place place_of(const struct staff_order *order)
{
    if (order->organisation_id.county[0] != '\0')
        return ROLE_PLACE_ORGANISATION;
    return order->area_code.at != NULL ? ROLE_PLACE_AREA : ROLE_PLACE_EVERYWHERE;
}

static void check_place(const struct staff_order *order, enum role role, const struct staff_facts *facts,
                        struct problems *problems)
{
    enum role_place place = place_of(order);
    const char *pointers[ROLE_PLACES_COUNT] = {[ROLE_PLACE_EVERYWHERE] = "/area_code",
                                               [ROLE_PLACE_AREA] = "/area_code",
                                               [ROLE_PLACE_ORGANISATION] = "/organisation_id"};
    text kinds[ROLE_PLACES_COUNT] = {
        [ROLE_PLACE_AREA] = facts->area_kind, [ROLE_PLACE_ORGANISATION] = facts->organisation_kind};
    if (place == ROLE_PLACE_ORGANISATION && order->area_code.at != NULL)
        problems_add(problems, TEXT("/area_code"), "area-or-organisation", TEXT_NONE);
    else if (place != ROLE_PLACE_EVERYWHERE && kinds[place].at == NULL)
        problems_add(problems, text_from(pointers[place]), "not-found", TEXT_NONE);
    else if (!role_fits(role, place, kinds[place]))
        problems_add(problems, text_from(pointers[place]), "role-place", TEXT_NONE);
}

static void check_period(const struct staff_order *order, calendar_day today, struct problems *problems)
{
    calendar_day from = order->valid_from != 0 ? order->valid_from : today;
    if (order->valid_to != 0 && order->valid_to <= from)
        problems_add(problems, TEXT("/valid_to"), "below-min", TEXT_NONE);
}

enum problem staff_check(const struct staff_order *order, const struct staff_facts *facts, calendar_day today,
                         enum role *role, struct problems *problems)
{
    if (!facts->found)
        return PROBLEM_NOT_FOUND;
    if (facts->own)
        return PROBLEM_OWN_ENTRY;
    if (!role_read(order->role, role) || *role == ROLE_BUYER) {
        problems_add(problems, TEXT("/role"), "not-a-choice", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    check_place(order, *role, facts, problems);
    check_period(order, today, problems);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    return facts->taken ? PROBLEM_TAKEN : PROBLEM_NONE;
}

static enum problem check_grant(const struct request *request, const struct staff_facts *facts,
                                struct problems *problems)
{
    enum role role;
    enum problem problem = staff_check(request->body, facts, instant_business_day(request->now), &role, problems);
    if (problem != PROBLEM_NONE && problem != PROBLEM_TAKEN)
        return problem;
    return role_may_be_granted(role, request->actor.roles, facts->within) ? problem : PROBLEM_FORBIDDEN;
}

void staff_plan_grant(const struct staff_order *order, uuid role_id, struct staff_plan *plan)
{
    plan->role_id = role_id;
    plan->role = order->role;
    plan->area_code = order->area_code;
    plan->everywhere = place_of(order) == ROLE_PLACE_EVERYWHERE;
    plan->organisation_id = order->organisation_id;
    plan->valid_from = order->valid_from;
    plan->valid_to = order->valid_to;
}

static enum problem path_uuid(const struct request *request, const char *name, uuid *id)
{
    return uuid_parse(request->parameter(request, name), id) ? PROBLEM_NONE : PROBLEM_NOT_FOUND;
}

enum problem role_grant_decide(const struct request *request, const void *facts, void *plan_, struct problems *problems)
{
    struct staff_plan *plan = plan_;
    enum problem problem = check_grant(request, facts, problems);
    if (problem == PROBLEM_NONE)
        problem = path_uuid(request, "account_id", &plan->account_id);
    if (problem == PROBLEM_NONE)
        staff_plan_grant(request->body, request->new_id, plan);
    return problem;
}

enum problem role_revoke_decide(const struct request *request, const void *facts_, void *plan_,
                                struct problems *problems)
{
    const struct staff_facts *facts = facts_;
    struct staff_plan *plan = plan_;
    enum role role;
    (void)problems;
    must(role_read(facts->role, &role));
    if (facts->own)
        return PROBLEM_OWN_ENTRY;
    if (!facts->within && (request->actor.roles & MAY(ROLE_ADMINISTRATOR)) == 0)
        return PROBLEM_NOT_FOUND;
    if (!role_may_be_granted(role, request->actor.roles, facts->within))
        return PROBLEM_FORBIDDEN;
    enum problem problem = path_uuid(request, "account_id", &plan->account_id);
    return problem == PROBLEM_NONE ? path_uuid(request, "role_id", &plan->role_id) : problem;
}

/* ---- New accounts and printed codes ---- */

enum problem account_create_decide(const struct request *request, const void *facts_, void *plan_,
                                   struct problems *problems)
{
    const struct staff_order *order = request->body;
    const struct staff_facts *facts = facts_;
    struct staff_plan *plan = plan_;
    enum problem problem = check_grant(request, facts, problems);
    if (problem != PROBLEM_NONE)
        return problem;
    staff_plan_grant(order, request->new_id, plan);
    plan->account_id = uuid_nth(request->new_id, 1);
    plan->code_id = uuid_nth(request->new_id, 2);
    plan->login = order->login;
    plan->display_name = order->display_name;
    plan->language = order->language.at != NULL ? order->language : TEXT("zh");
    plan->code_expires_at = facts->expires_at;
    staff_print_code(request->arena, plan);
    return PROBLEM_NONE;
}

static unsigned roles_held(const struct staff_facts *facts)
{
    unsigned held = 0;
    for (size_t i = 0; i < facts->roles_count; i++) {
        enum role role;
        must(role_read(facts->roles[i].role, &role));
        held |= MAY(role);
    }
    return held;
}

enum problem reset_code_decide(const struct request *request, const void *facts_, void *plan_,
                               struct problems *problems)
{
    const struct staff_facts *facts = facts_;
    struct staff_plan *plan = plan_;
    bool knows = facts->within || (request->actor.roles & MAY(ROLE_ADMINISTRATOR)) != 0;
    (void)problems;
    if (!knows)
        return PROBLEM_NOT_FOUND;
    if (facts->own || !reset_may_be_printed(roles_held(facts), request->actor.roles, facts->within, facts->beyond))
        return PROBLEM_FORBIDDEN;
    plan->code_id = request->new_id;
    plan->login = facts->login;
    plan->code_expires_at = facts->expires_at;
    enum problem problem = path_uuid(request, "account_id", &plan->account_id);
    if (problem == PROBLEM_NONE)
        staff_print_code(request->arena, plan);
    return problem;
}
