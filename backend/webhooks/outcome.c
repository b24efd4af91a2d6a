/* What an attempt means for a delivery: taken, tried again ever more slowly for a day, or given up. */
#include "webhooks/sending.h"

const char *const webhook_outcome_words[WEBHOOK_OUTCOMES_COUNT] = {
    [WEBHOOK_TAKEN] = "taken",
    [WEBHOOK_REFUSED] = "refused",
    [WEBHOOK_REDIRECTED] = "redirected",
    [WEBHOOK_GONE] = "gone",
    [WEBHOOK_TIMEOUT] = "timeout",
    [WEBHOOK_TOO_BIG] = "too_big",
    [WEBHOOK_ADDRESS_FORBIDDEN] = "address_forbidden",
    [WEBHOOK_UNREACHABLE] = "unreachable",
};

enum webhook_outcome webhook_outcome_of_status(long status)
{
    if (status >= 200 && status < 300)
        return WEBHOOK_TAKEN;
    if (status >= 300 && status < 400)
        return WEBHOOK_REDIRECTED;
    return status == 410 ? WEBHOOK_GONE : WEBHOOK_REFUSED;
}

int64_t webhook_delay_s(enum webhook_outcome outcome, int64_t attempt)
{
    /* Together 26 hours: a night's outage loses nothing. */
    static const int64_t delays_s[] = {5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 36000};
    if (outcome == WEBHOOK_TAKEN || outcome == WEBHOOK_GONE || attempt < 1 ||
        attempt > (int64_t)(sizeof delays_s / sizeof *delays_s))
        return 0;
    return delays_s[attempt - 1];
}
