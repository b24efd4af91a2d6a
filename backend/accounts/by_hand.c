/* Accounts and roles given from the command line: the statements of the routes, without anyone who must be allowed to. */
#include "accounts/staff.h"

#include "db.h"

#define PLAN_BYTES_MAX 4096

/* What every statement here may ask for. `plan` may be NULL. */
static enum problem run(struct db *db, struct arena *arena, const char *statement, const struct staff_plan *plan,
                        struct outcome *outcome)
{
    struct bytes json;
    instant now = instant_now();
    bytes_init(&json, arena, PLAN_BYTES_MAX);
    if (plan != NULL)
        encode_json(staff_plan_fields, plan, false, &json);
    return DB_RUN(db, statement, outcome, {"plan", plan == NULL ? TEXT_NONE : bytes_text(&json)},
                  {"now", instant_format(arena, now)}, {"today", day_format(arena, instant_business_day(now))},
                  {"new_id", uuid_format(arena, uuid_new(now))});
}

/* All of them or none, in one transaction. */
static enum problem apply(struct db *db, struct arena *arena, const char *const *statements,
                          const struct staff_plan *plan)
{
    struct outcome outcome;
    enum problem problem = run(db, arena, "db/begin", NULL, &outcome);
    for (; problem == PROBLEM_NONE && *statements != NULL; statements++)
        problem = run(db, arena, *statements, plan, &outcome);
    if (problem == PROBLEM_NONE)
        return run(db, arena, "db/commit", NULL, &outcome);
    if (db_is_up(db) && run(db, arena, "db/rollback", NULL, &outcome) != PROBLEM_NONE)
        return PROBLEM_UNAVAILABLE;
    return problem;
}

static text cell(const struct outcome *outcome, const char *column)
{
    int at = rows_column(outcome->rows, column);
    return at < 0 || rows_count(outcome->rows) == 0 ? TEXT_NONE : rows_value(outcome->rows, 0, (size_t)at);
}

static enum problem account_find(struct db *db, text login, uuid *account_id)
{
    struct outcome outcome;
    enum problem problem = DB_RUN(db, "accounts/by_login", &outcome, {"login", login});
    if (problem != PROBLEM_NONE)
        return problem;
    return uuid_parse(cell(&outcome, "account_id"), account_id) ? PROBLEM_NONE : PROBLEM_NOT_FOUND;
}

static enum problem order_read(const struct staff_by_hand *staff, struct staff_order *order, struct problems *problems)
{
    *order = (struct staff_order){
        .login = staff->login,
        .role = staff->role,
        .area_code = staff->area_code,
        .valid_from = staff->valid_from,
        .valid_to = staff->valid_to,
    };
    if (staff->organisation.at == NULL || county_id_parse(staff->organisation, &order->organisation_id))
        return PROBLEM_NONE;
    problems_add(problems, TEXT("/organisation_id"), "not-an-id", TEXT_NONE);
    return PROBLEM_INVALID;
}

/* Checks the role and its place against what is on record. */
static enum problem grant_plan(struct db *db, struct arena *arena, const struct staff_by_hand *staff, bool is_new,
                               struct problems *problems, struct staff_plan *plan)
{
    struct staff_order order;
    struct outcome outcome;
    instant now = instant_now();
    enum role role;
    enum problem problem = order_read(staff, &order, problems);
    bool bound = order.organisation_id.county[0] != '\0';
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(db, "accounts/create_load", &outcome, {"login", staff->login}, {"area_code", staff->area_code},
                         {"organisation_county", bound ? text_from(order.organisation_id.county) : TEXT_NONE},
                         {"organisation_id", bound ? uuid_format(arena, order.organisation_id.id) : TEXT_NONE},
                         {"actor_areas", TEXT("{}")}, {"now", instant_format(arena, now)},
                         {"today", day_format(arena, instant_business_day(now))});
    if (problem != PROBLEM_NONE)
        return problem;
    struct staff_facts facts = {
        .found = true,
        .taken = is_new && text_equal(cell(&outcome, "taken"), TEXT("t")),
        .area_kind = cell(&outcome, "area_kind"),
        .organisation_kind = cell(&outcome, "organisation_kind"),
    };
    problem = staff_check(&order, &facts, instant_business_day(now), &role, problems);
    if (problem == PROBLEM_NONE)
        staff_plan_grant(&order, uuid_new(now), plan);
    return problem;
}

static bool code_plan(struct arena *arena, text period_s, struct staff_plan *plan, struct printed_code *printed)
{
    int64_t seconds;
    if (!text_to_int64(period_s, 1, INT32_MAX, &seconds))
        return false;
    plan->code_id = uuid_new(instant_now());
    plan->code_expires_at = instant_now() + seconds * INT64_C(1000000);
    staff_print_code(arena, plan);
    *printed = (struct printed_code){plan->code, plan->code_expires_at};
    return true;
}

enum problem staff_add(struct db *db, struct arena *arena, const struct staff_by_hand *staff, text period_s,
                       struct problems *problems, struct printed_code *printed)
{
    struct staff_plan plan = {.account_id = uuid_new(instant_now()),
                              .login = staff->login,
                              .display_name = staff->display_name,
                              .language = TEXT("zh")};
    enum problem problem = grant_plan(db, arena, staff, true, problems, &plan);
    if (problem != PROBLEM_NONE)
        return problem;
    must(code_plan(arena, period_s, &plan, printed));
    return apply(db, arena, (const char *const[]){"accounts/create", "accounts/grant", "accounts/reset_code", NULL},
                 &plan);
}

enum problem staff_grant(struct db *db, struct arena *arena, const struct staff_by_hand *staff,
                         struct problems *problems)
{
    struct staff_plan plan = {0};
    enum problem problem = account_find(db, staff->login, &plan.account_id);
    if (problem == PROBLEM_NONE)
        problem = grant_plan(db, arena, staff, false, problems, &plan);
    if (problem != PROBLEM_NONE)
        return problem;
    return apply(db, arena, (const char *const[]){"accounts/grant", "accounts/sessions_changed", NULL}, &plan);
}

enum problem staff_revoke(struct db *db, struct arena *arena, text login, text role_id)
{
    struct staff_plan plan = {0};
    enum problem problem = account_find(db, login, &plan.account_id);
    if (problem == PROBLEM_NONE && !uuid_parse(role_id, &plan.role_id))
        problem = PROBLEM_NOT_FOUND;
    if (problem != PROBLEM_NONE)
        return problem;
    return apply(db, arena, (const char *const[]){"accounts/revoke", "accounts/sessions_changed", NULL}, &plan);
}

enum problem staff_reset(struct db *db, struct arena *arena, text login, text period_s, struct printed_code *printed)
{
    struct staff_plan plan = {0};
    enum problem problem = account_find(db, login, &plan.account_id);
    if (problem != PROBLEM_NONE)
        return problem;
    must(code_plan(arena, period_s, &plan, printed));
    return apply(db, arena, (const char *const[]){"accounts/reset_code", NULL}, &plan);
}
