/* jobs: what runs by the clock. One leader elected in the database, any number of standbys. Names no subject. */
#ifndef JOBS_H
#define JOBS_H

#include "db.h"

struct jobs_settings {
    const char *database_url;
    const struct job *const *tables; /* each ends with JOBS_END, the list with NULL: main hands over every subject's */
    int64_t tick_ms;                 /* how often the clock is looked at and the lead is proved */
};
/* Works until SIGTERM or SIGINT, then 0 after the job that runs has ended. Survives the database going away. */
int jobs_serve(const struct jobs_settings *settings);
const struct job *job_find(const struct job *const *tables, text name); /* NULL: none has this name */
PURE bool job_fits_hour(const struct job *job, instant at); /* a nightly job waits for its hour in Shanghai */
/* Runs one job now, whoever leads. */
MUST_USE enum problem job_run_once(const char *database_url, const struct job *job);
void jobs_print(const struct job *const *tables, FILE *to);

#endif
