/* ledger: the table of contents. The seals are public; nothing else of the ledger is. */
#include "ledger_verify.h"

#define SEALS_SHOW_MS 10000

static const struct field seals_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};

/* clang-format off */
const struct route ledger_routes[] = {
    {.method = GET,
     .path = "/ledger/seals",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .query = seals_query,
     .load = "ledger/seals",
     .shape = ANSWER_LIST,
     .cache_ms = SEALS_SHOW_MS},
    ROUTES_END,
};
/* clang-format on */
