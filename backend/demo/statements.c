/* The demo's monthly statements: the counties handed in what they owed, but for the last month, which waits in the first of them and is
   missing elsewhere. Frozen by the decision itself, from the loaded books. */
#include "config.h"
#include "demo/world.h"
#include "impact.h"
#include "reporting.h"

enum { MONTHS = 4, FROZEN_ON_DAY = 5 };

struct demo_month {
    const struct demo_county *county;
    text first; /* "2016-10-01" */
    instant frozen_at;
    bool is_last;
};

static text no_header(const struct request *request, const char *name)
{
    (void)request;
    (void)name;
    return TEXT_NONE;
}

static enum problem facts_load(struct db *db, struct arena *arena, const struct demo_month *month,
                               struct statement_facts *facts)
{
    struct outcome outcome = {0};
    struct problems problems;
    struct bytes json;
    problems_init(&problems, arena);
    enum problem problem =
        DB_RUN(db, "reporting/figures", &outcome, {"county", month->county->code}, {"first", month->first},
               {"now", instant_format(arena, month->frozen_at)}, {"actor_areas", TEXT("{\"\"}")},
               {"language", TEXT("zh")}, {"period_due_overdue_s", config_period(TEXT("due_overdue"))});
    if (problem != PROBLEM_NONE || rows_count(outcome.rows) == 0)
        return problem == PROBLEM_NONE ? PROBLEM_NOT_FOUND : problem;
    bytes_init(&json, arena, STATEMENT_BYTES_MAX * 4);
    impact_row_json(&json, outcome.rows, 0);
    return decode_json(statement_facts_fields, bytes_text(&json), arena, facts, NULL, &problems);
}

static enum problem month_freeze(struct world *world, struct db *db, struct arena *arena,
                                 const struct demo_month *month, struct statement_plan *plan)
{
    struct statement_facts facts = {0};
    struct statement_wish wish = {.county = month->county->code};
    struct reply reply = {0};
    struct problems problems;
    struct request request = {.arena = arena,
                              .new_id = world_id(world, month->frozen_at),
                              .body = &wish,
                              .header = no_header,
                              .reply = &reply};
    problems_init(&problems, arena);
    enum problem problem = facts_load(db, arena, month, &facts);
    return problem == PROBLEM_NONE ? statement_prepare_decide(&request, &facts, plan, &problems) : problem;
}

static bool month_write(struct world *world, struct db *db, struct arena *arena, const struct demo_month *month)
{
    struct statement_plan plan = {0};
    struct outcome outcome = {0};
    struct bytes json;
    if (month_freeze(world, db, arena, month, &plan) != PROBLEM_NONE)
        return false;
    bytes_init(&json, arena, STATEMENT_BYTES_MAX * 4);
    encode_json(statement_plan_fields, &plan, false, &json);
    text at = instant_format(arena, month->frozen_at), id = uuid_format(arena, plan.statement_id.id);
    if (DB_RUN(db, "reporting/statement_prepare", &outcome, {"plan", bytes_text(&json)}, {"now", at},
               {"actor_id", uuid_format(arena, world->staff.first_officer)},
               {"new_id", uuid_format(arena, world_id(world, month->frozen_at))},
               {"period_statement_due_s", config_period(TEXT("statement_due"))}) != PROBLEM_NONE)
        return false;
    if (month->is_last)
        return true;
    return DB_RUN(db, "reporting/statement_submit", &outcome, {"statement_county", month->county->code},
                  {"statement_id", id}, {"actor_areas", TEXT("{\"\"}")}, {"now", at},
                  {"actor_id", uuid_format(arena, world->staff.second_officer)},
                  {"new_id", uuid_format(arena, world_id(world, month->frozen_at))}) == PROBLEM_NONE;
}

/* The first day of the month that lies so many months before that of `day`. */
static calendar_day month_before(struct arena *arena, calendar_day day, int months)
{
    text rest = day_format(arena, day);
    int64_t year, month;
    calendar_day first;
    must(text_to_int64(text_cut(&rest, '-'), 1, 9999, &year) && text_to_int64(text_cut(&rest, '-'), 1, 12, &month));
    int64_t count = year * 12 + month - 1 - months;
    must(day_parse(text_format(arena, "%04lld-%02lld-01", (long long)(count / 12), (long long)(count % 12 + 1)),
                   &first));
    return first;
}

bool world_hand_in(struct world *world)
{
    struct db *db = db_open(world->arena, world->sink.url);
    bool done = db != NULL;
    for (size_t i = 0; done && i < DEMO_COUNTIES_COUNT; i++)
        for (int back = MONTHS; done && back >= (i == 0 ? 1 : 2); back--) {
            struct arena *arena = arena_new();
            calendar_day first = month_before(arena, world->today, back),
                         next = month_before(arena, world->today, back - 1);
            struct demo_month month = {&world->counties[i], day_format(arena, first),
                                       day_at(next, 24 * (FROZEN_ON_DAY - 1) + 10), back == 1};
            db_rows_in(db, arena);
            done = month_write(world, db, arena, &month);
            db_rows_in(db, NULL);
            arena_free(arena);
        }
    if (db != NULL)
        db_close(db);
    return done;
}
