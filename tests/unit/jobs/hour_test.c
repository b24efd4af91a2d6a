/* When a nightly job may run by the clock. */
#include "base/job.h"
#include "jobs.h"
#include "unit.h"

static instant at(const char *iso)
{
    instant read;
    must(instant_parse(text_from(iso), &read));
    return read;
}

TestSuite(jobs_hour);

Test(jobs_hour, a_nightly_job_waits_for_its_hour_in_shanghai)
{
    const struct job nightly = {.name = "findings/check", .every_ms = 1, .night_hour = 3};
    cr_assert(!job_fits_hour(&nightly, at("2016-10-17T02:59:59.999999+08:00")));
    cr_assert(job_fits_hour(&nightly, at("2016-10-17T03:00:00+08:00")));
    cr_assert(job_fits_hour(&nightly, at("2016-10-16T19:59:59Z")));
    cr_assert(!job_fits_hour(&nightly, at("2016-10-17T04:00:00+08:00")));
    cr_assert(!job_fits_hour(&nightly, at("2016-10-17T03:00:00Z")));
}

Test(jobs_hour, any_other_job_fits_every_hour)
{
    const struct job hourly = {.name = "orders/expire", .every_ms = 1};
    cr_assert(job_fits_hour(&hourly, at("2016-10-17T12:00:00+08:00")));
}
