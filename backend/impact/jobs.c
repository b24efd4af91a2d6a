/* Jobs of impact: rollups follow what was posted within a second, and books that do not agree become a finding by themselves. */
#include "impact.h"

enum { FOLD_ROWS_MAX = 20000, FOLDS_A_RUN_MAX = 50 };

static enum problem fold_locked(struct db *db, text county, int64_t *folded)
{
    struct outcome outcome = {0};
    enum problem problem = DB_RUN(db, "impact/fold_lock", &outcome, {"county", county});
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(db, "impact/fold_paid", &outcome, {"county", county});
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(db, "impact/fold_sales", &outcome, {"county", county}, {"limit", TEXT("20000")});
    if (problem == PROBLEM_NONE && !text_to_int64(rows_value(outcome.rows, 0, 0), 0, INT64_MAX, folded))
        problem = PROBLEM_OURS;
    return problem;
}

static enum problem fold_bite(struct db *db, text county, int64_t *folded)
{
    struct outcome outcome = {0};
    enum problem problem = db_run(db, "db/begin", NULL, 0, &outcome);
    if (problem == PROBLEM_NONE)
        problem = fold_locked(db, county, folded);
    enum problem ended = db_run(db, problem == PROBLEM_NONE ? "db/commit" : "db/rollback", NULL, 0, &outcome);
    return problem == PROBLEM_NONE ? ended : problem;
}

/* Takes what waits of one county in bites, each its own transaction. */
static enum problem fold_county(struct db *db, text county)
{
    enum problem problem = PROBLEM_NONE;
    int64_t folded = FOLD_ROWS_MAX;
    for (int bite = 0; problem == PROBLEM_NONE && folded == FOLD_ROWS_MAX && bite < FOLDS_A_RUN_MAX; bite++)
        problem = fold_bite(db, county, &folded);
    return problem;
}

static enum problem fold_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome next = {0};
    enum problem problem = db_run(db, "impact/fold_next", NULL, 0, &next);
    (void)now;
    for (size_t i = 0; problem == PROBLEM_NONE && i < rows_count(next.rows); i++)
        problem = fold_county(db, text_copy(arena, rows_value(next.rows, i, 0)));
    return problem;
}

static enum problem reconcile_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    enum problem problem = db_run(db, "impact/fold_moved", NULL, 0, &outcome);
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(db, "impact/reconcile", &outcome, {"now", instant_format(arena, now)});
    return problem;
}

const struct job impact_jobs[] = {
    {.name = "impact/fold", .every_ms = 1000, .run = fold_run},
    {.name = "impact/income_years", .every_ms = 6 * 3600000, .run = impact_keep_incomes},
    {.name = "impact/reconcile", .every_ms = 3600000, .run = reconcile_run},
    JOBS_END,
};
