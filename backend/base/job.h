/* What runs by the clock is a row in a table too. Subjects fill these rows; jobs runs them. */
#ifndef BASE_JOB_H
#define BASE_JOB_H

#include "base/problem.h"
#include "base/value.h"

struct db;
struct job {
    const char *name; /* "orders/expire" */
    int64_t every_ms;
    int night_hour; /* > 0: the clock runs it within this hour of Shanghai's night only; by hand it runs whenever asked */
    /* Must bear being run twice at once: leadership can move while it runs. Anything but PROBLEM_NONE is retried with backoff. */
    enum problem (*run)(struct db *db, struct arena *arena, instant now);
};
#define JOBS_END                                                                                                       \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

#endif
