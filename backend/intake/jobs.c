/* intake by the clock: lots whose day has come leave stock. */
#include "intake.h"

#define EXPIRY_BATCHES_MAX 100

static text day_of(struct arena *arena, instant now)
{
    return day_format(arena, instant_business_day(now));
}

/* Bounded batches, each its own transaction: a night with many expiries never holds the counter up. */
static enum problem expire_run(struct db *db, struct arena *arena, instant now)
{
    text instant_text = instant_format(arena, now), today = day_of(arena, now);

    for (int batch = 0; batch < EXPIRY_BATCHES_MAX; batch++) {
        struct outcome outcome = {0};
        int64_t lots_count = 0;
        enum problem problem = DB_RUN(db, "intake/expire", &outcome, {"now", instant_text}, {"today", today});

        if (problem != PROBLEM_NONE)
            return problem;
        must(text_to_int64(rows_value(outcome.rows, 0, 0), 0, INT32_MAX, &lots_count));
        if (lots_count == 0)
            break;
    }
    return PROBLEM_NONE;
}

const struct job intake_jobs[] = {
    { .name = "intake/expire", .every_ms = 60 * 1000, .run = expire_run },
    JOBS_END,
};
