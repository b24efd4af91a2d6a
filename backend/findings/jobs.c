/* The nightly check of the register by the quality rules. It opens findings and closes none: that takes a recheck by a person. */
#include "findings.h"
#include "db.h"

enum { NIGHT_HOUR = 3 };

static enum problem check_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    return DB_RUN(db, "findings/check", &outcome, {"now", instant_format(arena, now)}, {"county", TEXT_NONE});
}

const struct job findings_jobs[] = {
    {.name = "findings/check", .every_ms = 1800000, .night_hour = NIGHT_HOUR, .run = check_run},
    JOBS_END,
};
