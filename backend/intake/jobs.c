/* intake by the clock: lots whose day has come leave stock. */
#include "intake.h"

#define EXPIRY_BATCHES_MAX 100

static enum problem expire_abandon(struct db *db, enum problem problem)
{
    struct outcome ignored = {0};

    return DB_RUN(db, "db/rollback", &ignored, {"now", TEXT_NONE}) == PROBLEM_NONE ? problem : PROBLEM_UNAVAILABLE;
}

/* One batch in a transaction of its own: a night with many expiries never holds the counter up. */
static enum problem expire_batch(struct db *db, text now, text today, int64_t *lots_count)
{
    struct outcome outcome = {0}, ignored = {0};
    enum problem problem = DB_RUN(db, "db/begin", &ignored, {"now", now});

    if (problem == PROBLEM_NONE)
        problem = DB_RUN(db, "intake/expire", &outcome, {"now", now}, {"today", today});
    if (problem == PROBLEM_NONE) {
        must(text_to_int64(rows_value(outcome.rows, 0, 0), 0, INT32_MAX, lots_count));
        problem = DB_RUN(db, "products/adjust", &ignored, {"plan", rows_value(outcome.rows, 0, 1)});
    }
    if (problem != PROBLEM_NONE)
        return expire_abandon(db, problem);
    return DB_RUN(db, "db/commit", &ignored, {"now", now});
}

static enum problem expire_run(struct db *db, struct arena *arena, instant now)
{
    text at = instant_format(arena, now), today = day_format(arena, instant_business_day(now));
    enum problem problem = PROBLEM_NONE;
    int64_t lots_count = 1;

    for (int batch = 0; batch < EXPIRY_BATCHES_MAX && lots_count > 0 && problem == PROBLEM_NONE; batch++)
        problem = expire_batch(db, at, today, &lots_count);
    return problem;
}

const struct job intake_jobs[] = {
    {.name = "intake/expire", .every_ms = 60 * 1000, .run = expire_run},
    JOBS_END,
};
