/* ledger: the table of contents. The seals are public; nothing else of the ledger is. */
#include "ledger_verify.h"

#define SEALS_SHOW_MS 10000

static const struct field seals_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};

static const struct field heads_file_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("from", FIELD_DATE, .optional = true),
    FIELD_NAMED("to", FIELD_DATE, .optional = true),
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
    {.method = GET,
     .path = "/ledger/heads", .titles = {"每日封存摘要", "Daily heads"},
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .query = seals_query,
     .load = "ledger/heads",
     .shape = ANSWER_LIST,
     .cache_ms = SEALS_SHOW_MS},
    {.method = GET,
     .path = "/ledger/heads/file",
     .may = MAY_ANYONE,
     .lane = LANE_READ,
     .query = heads_file_query,
     .load = "ledger/heads_file",
     .shape = ANSWER_TEXT,
     .content_type = "text/plain; charset=utf-8",
     .cache_ms = SEALS_SHOW_MS},
    ROUTES_END,
};
/* clang-format on */
