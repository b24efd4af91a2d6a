/* The rules inside attribution: what terms owe, whether a household counts. For this folder only. */
#ifndef ATTRIBUTION_RULES_H
#define ATTRIBUTION_RULES_H

#include "attribution.h"

#define PPM_WHOLE 1000000
#define DAY_NEVER 0 /* an absent day is zero */

extern const char *const contribution_modes[], *const price_rules[], *const supplier_kinds[];

struct tag {
    bool counted;
    const char *reason; /* NULL when counted */
    const struct agreement *agreement;
};
/* Whether what a household sold counts as impact, and if not, why. */
struct tag tag_of(const struct beneficiary *household, calendar_day delivered_on, instant sold_at);

/* Largest remainder, and all parts zero when no weight is left (then the total must be zero). */
MUST_USE bool split_or_none(int64_t total, const int64_t *weights, size_t count, int64_t *parts);

#endif
