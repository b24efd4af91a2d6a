/* Jobs of orders: payment deadlines, receipts, closing. Each takes a bounded batch and bears being run twice. */
#include "config.h"
#include "orders.h"
#include "orders/close.h"

enum { BATCHES_MAX = 20 };

static text column(const struct rows *rows, const char *name)
{
    int at = rows_column(rows, name);
    return at < 0 || rows_count(rows) == 0 ? TEXT_NONE : rows_value(rows, 0, (size_t)at);
}

static enum problem run(struct db *db, const char *statement, instant now, text plan, struct arena *arena,
                        struct outcome *outcome)
{
    return DB_RUN(db, statement, outcome, {"now", instant_format(arena, now)},
                  {"today", day_format(arena, instant_business_day(now))}, {"plan", plan},
                  {"period_receipt_s", config_period(TEXT("receipt"))},
                  {"period_return_window_s", config_period(TEXT("return_window"))});
}

/* All of a plan or nothing of it. A stale plan is no fault: another was faster, the next round decides again. */
static enum problem apply(struct db *db, const char *const *statements, instant now, text plan, struct arena *arena)
{
    struct outcome outcome = {0};
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; problem == PROBLEM_NONE && statements[i] != NULL; i++)
        problem = run(db, statements[i], now, plan, arena, &outcome);
    if (problem == PROBLEM_NONE)
        return run(db, "db/commit", now, TEXT_NONE, arena, &outcome);
    enum problem rolled_back =
        db_is_up(db) ? run(db, "db/rollback", now, TEXT_NONE, arena, &outcome) : PROBLEM_UNAVAILABLE;
    return problem == PROBLEM_PLAN_STALE ? rolled_back : problem;
}

static enum problem begin(struct db *db, instant now, struct arena *arena)
{
    struct outcome outcome = {0};
    return run(db, "db/begin", now, TEXT_NONE, arena, &outcome);
}

/* ---- Unpaid purchases: the purchase's row decides against callback and cancel ---- */

static enum problem expire_batch(struct db *db, struct arena *arena, instant now, int64_t *count)
{
    static const char *const statements[] = {"products/release", NULL};
    struct outcome outcome = {0};
    enum problem problem = begin(db, now, arena);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = run(db, "orders/expire", now, TEXT_NONE, arena, &outcome);
    if (problem == PROBLEM_NONE && !text_to_int64(column(outcome.rows, "purchases_count"), 0, INT32_MAX, count))
        problem = PROBLEM_OURS;
    if (problem == PROBLEM_NONE)
        return apply(db, statements, now, column(outcome.rows, "plan"), arena);
    enum problem rolled_back =
        db_is_up(db) ? run(db, "db/rollback", now, TEXT_NONE, arena, &outcome) : PROBLEM_UNAVAILABLE;
    return rolled_back == PROBLEM_NONE ? problem : rolled_back;
}

/* ---- Receipts ---- */

static enum problem receive_batch(struct db *db, struct arena *arena, instant now, int64_t *count)
{
    struct outcome outcome = {0};
    enum problem problem = run(db, "orders/receive_due", now, TEXT_NONE, arena, &outcome);
    if (problem == PROBLEM_NONE && !text_to_int64(column(outcome.rows, "orders_count"), 0, INT32_MAX, count))
        problem = PROBLEM_OURS;
    return problem;
}

/* ---- Closing ---- */

static enum problem close_batch(struct db *db, struct arena *arena, instant now, int64_t *count)
{
    static const char *const statements[] = {"orders/money_apply", "payouts/owe", "ledger/post", NULL};
    struct outcome outcome = {0};
    text plan;
    size_t orders = 0;
    enum problem problem = run(db, "orders/close_load", now, TEXT_NONE, arena, &outcome);
    if (problem == PROBLEM_NONE)
        problem = orders_close_plan(arena, column(outcome.rows, "facts"), uuid_new(now), &plan, &orders);
    *count = (int64_t)orders;
    if (problem != PROBLEM_NONE || orders == 0)
        return problem;
    problem = begin(db, now, arena);
    return problem == PROBLEM_NONE ? apply(db, statements, now, plan, arena) : problem;
}

/* ---- */

typedef enum problem batch_function(struct db *db, struct arena *arena, instant now, int64_t *count);

static enum problem batches_run(struct db *db, struct arena *arena, instant now, batch_function *batch)
{
    enum problem problem = PROBLEM_NONE;
    int64_t count = 1;
    for (int i = 0; i < BATCHES_MAX && count > 0 && problem == PROBLEM_NONE; i++) {
        count = 0;
        problem = batch(db, arena, now, &count);
    }
    return problem;
}

static enum problem expire_run(struct db *db, struct arena *arena, instant now)
{
    return batches_run(db, arena, now, expire_batch);
}

static enum problem receive_run(struct db *db, struct arena *arena, instant now)
{
    return batches_run(db, arena, now, receive_batch);
}

static enum problem close_run(struct db *db, struct arena *arena, instant now)
{
    return batches_run(db, arena, now, close_batch);
}

const struct job orders_jobs[] = {
    {.name = "orders/expire", .every_ms = 1000, .run = expire_run},
    {.name = "orders/receive", .every_ms = 60000, .run = receive_run},
    {.name = "orders/close", .every_ms = 60000, .run = close_run},
    JOBS_END,
};
