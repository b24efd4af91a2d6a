/* Jobs of impact: books that do not agree become a finding by themselves, before anyone asks for a report. */
#include "impact.h"

static enum problem reconcile_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    return DB_RUN(db, "impact/reconcile", &outcome, {"now", instant_format(arena, now)});
}

const struct job impact_jobs[] = {
    {.name = "impact/reconcile", .every_ms = 3600000, .run = reconcile_run},
    JOBS_END,
};
