/* The nightly check of the register by the quality rules. It opens findings and closes none: that takes a recheck by a person. */
#include "findings.h"
#include "db.h"

enum { NIGHT_HOUR = 3, SHANGHAI_AHEAD_HOURS = 8 };

static bool is_night(instant now)
{
    return (now / 3600000000 + SHANGHAI_AHEAD_HOURS) % 24 == NIGHT_HOUR;
}

static enum problem check_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    if (!is_night(now))
        return PROBLEM_NONE;
    return DB_RUN(db, "findings/check", &outcome, {"now", instant_format(arena, now)}, {"county", TEXT_NONE});
}

const struct job findings_jobs[] = {
    {.name = "findings/check", .every_ms = 1800000, .run = check_run},
    JOBS_END,
};
