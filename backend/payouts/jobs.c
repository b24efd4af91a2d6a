/* Jobs of payouts: goods bought become dues once their lot passed. Each lot is a transaction of its own, unique by its transfer. */
#include "payouts.h"

enum { ROUNDS_MAX = 50, PLAN_BYTES_MAX = 4 * 1024 * 1024 };

static enum problem roll_back(struct db *db, enum problem problem)
{
    struct outcome outcome = {0};
    enum problem ignored = DB_RUN(db, "db/rollback", &outcome, {"now", TEXT_NONE});
    (void)ignored;
    return problem;
}

static enum problem bought_apply(struct db *db, struct arena *arena, instant now, const struct bought_plan *plan)
{
    struct outcome outcome = {0};
    struct bytes json;
    bytes_init(&json, arena, PLAN_BYTES_MAX);
    encode_json(bought_plan_fields, plan, false, &json);
    const struct parameter parameters[] = {
        {"plan", bytes_text(&json)},
        {"now", instant_format(arena, now)},
        {"today", day_format(arena, instant_business_day(now))},
    };
    enum { PARAMETERS_COUNT = sizeof parameters / sizeof parameters[0] };
    const char *const statements[] = {"db/begin", "ledger/post", "payouts/bought_apply", "db/commit"};
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        enum problem problem = db_run(db, statements[i], parameters, PARAMETERS_COUNT, &outcome);
        if (problem != PROBLEM_NONE)
            return roll_back(db, problem);
    }
    return PROBLEM_NONE;
}

static enum problem bought_post(struct db *db, struct arena *arena, instant now, text json)
{
    struct bought_lot lot = {0};
    struct bought_plan plan;
    struct problems problems;
    problems_init(&problems, arena);
    enum problem problem = decode_json(bought_lot_fields, json, arena, &lot, NULL, &problems);
    if (problem == PROBLEM_NONE)
        problem = payout_bought_plan(arena, now, &lot, &plan);
    if (problem == PROBLEM_NONE)
        problem = bought_apply(db, arena, now, &plan);
    /* Somebody else's job was first: the lot is posted, which is all we want. */
    return problem == PROBLEM_TAKEN || problem == PROBLEM_CONFLICT ? PROBLEM_NONE : problem;
}

static enum problem bought_run(struct db *db, struct arena *arena, instant now)
{
    for (int round = 0; round < ROUNDS_MAX; round++) {
        struct outcome outcome = {0};
        enum problem problem = db_run(db, "payouts/bought_load", NULL, 0, &outcome);
        size_t count = problem == PROBLEM_NONE ? rows_count(outcome.rows) : 0;
        for (size_t row = 0; row < count && problem == PROBLEM_NONE; row++)
            problem = bought_post(db, arena, now, rows_value(outcome.rows, row, 0));
        if (problem != PROBLEM_NONE || count == 0)
            return problem;
    }
    return PROBLEM_NONE;
}

const struct job payouts_jobs[] = {
    {.name = "payouts/bought", .every_ms = 60000, .run = bought_run},
    JOBS_END,
};
