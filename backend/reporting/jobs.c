/* Jobs of reporting: duties are written down when a month ends, misses when their time has passed, and a second one in a row is a finding. */
#include "config.h"
#include "reporting.h"

static enum problem duties_run(struct db *db, struct arena *arena, instant now)
{
    static const char *const statements[] = {"reporting/duties_open", "reporting/duties_missed",
                                             "reporting/duties_escalate"};
    struct outcome outcome = {0};
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; problem == PROBLEM_NONE && i < sizeof statements / sizeof statements[0]; i++)
        problem = DB_RUN(db, statements[i], &outcome, {"now", instant_format(arena, now)},
                         {"period_statement_due_s", config_period(TEXT("statement_due"))});
    return problem;
}

const struct job reporting_jobs[] = {
    {.name = "reporting/duties", .every_ms = 60000, .run = duties_run},
    JOBS_END,
};
