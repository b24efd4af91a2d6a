/* Jobs of orders: payment deadlines, receipts, closing. Each takes a bounded batch and bears being run twice. */
#include "orders.h"

enum { BATCHES_MAX = 20 };

static text column(const struct rows *rows, const char *name)
{
    int at = rows_column(rows, name);
    return at < 0 || rows_count(rows) == 0 ? TEXT_NONE : rows_value(rows, 0, (size_t)at);
}

static enum problem roll_back(struct db *db, enum problem problem)
{
    struct outcome outcome = {0};
    enum problem ignored = DB_RUN(db, "db/rollback", &outcome, {"now", TEXT_NONE});
    (void)ignored;
    return problem;
}

/* One batch of unpaid purchases; `*count` is how many it ended. The purchase's row decides against callback and cancel. */
static enum problem expire_batch(struct db *db, text now, int64_t *count)
{
    struct outcome outcome = {0}, ignored = {0};
    *count = 0;
    enum problem problem = DB_RUN(db, "db/begin", &ignored, {"now", now});
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(db, "orders/expire", &outcome, {"now", now});
    if (problem == PROBLEM_NONE && !text_to_int64(column(outcome.rows, "purchases_count"), 0, INT32_MAX, count))
        problem = PROBLEM_OURS;
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(db, "products/release", &ignored, {"plan", column(outcome.rows, "plan")});
    if (problem == PROBLEM_NONE)
        return DB_RUN(db, "db/commit", &ignored, {"now", now});
    return roll_back(db, problem);
}

static enum problem expire_run(struct db *db, struct arena *arena, instant now)
{
    int64_t count = 1;
    enum problem problem = PROBLEM_NONE;
    for (int i = 0; i < BATCHES_MAX && count > 0 && problem == PROBLEM_NONE; i++)
        problem = expire_batch(db, instant_format(arena, now), &count);
    return problem;
}

const struct job orders_jobs[] = {
    { .name = "orders/expire", .every_ms = 1000, .run = expire_run },
    JOBS_END,
};
