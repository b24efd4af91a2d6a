/* What accounts does by the clock: deletes what has served its time. */
#include "accounts.h"
#include "config.h"
#include "db.h"

#define PURGE_EVERY_MS (60 * 60 * 1000)

static enum problem purge(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome;
    return DB_RUN(db, "accounts/purge", &outcome, {"now", instant_format(arena, now)},
                  {"period_idempotency_s", config_period(TEXT("idempotency"))});
}

const struct job accounts_jobs[] = {
    {.name = "accounts/purge", .every_ms = PURGE_EVERY_MS, .run = purge},
    JOBS_END,
};
