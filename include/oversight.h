/* oversight: what people say is wrong, what checks find, and who looks again. Stands last: it reads every subject and none reads it. */
#ifndef OVERSIGHT_H
#define OVERSIGHT_H

#include "base.h"

enum { SAMPLE_CASES_MAX = 1000, SAMPLE_EVALUATORS_MAX = 50 };
#define SAMPLE_FOUND_FEN_MAX INT64_C(10000000000)

extern const struct route oversight_routes[];
extern const struct job oversight_jobs[];

/* ---- The number a complainant is told: county, six digits, two that check (ISO 7064, mod 97-10). ---- */
#define COMPLAINT_NUMBER_DIGITS 14
struct complaint_number {
    char digits[COMPLAINT_NUMBER_DIGITS + 1];
};
/* `county` has six digits. */
struct complaint_number complaint_number_of(text county, uint32_t serial);
/* Spaces and hyphens anywhere, full-width digits. False: not one of our numbers, or misread. */
MUST_USE bool complaint_number_read(text typed, struct complaint_number *number);
text complaint_number_print(struct arena *arena, text digits); /* "621221-483027-15" */

#endif
