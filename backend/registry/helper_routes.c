/* registry's third table of contents: who helps whom. Teams are roles bound to villages and are granted with the accounts. */
#include "registry.h"

static const struct field helpers_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELDS_END,
};
static const struct field candidates_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 6, .max = 15),
    FIELDS_END,
};
static const struct field helper_fields[] = {
    FIELD_NAMED("account_id", FIELD_UUID, .optional = true), /* absent: nobody from then on */
    FIELD_NAMED("valid_from", FIELD_DATE),
    FIELD_NAMED("reason", FIELD_TEXT, .min = 2, .max = 200, .optional = true),
    FIELDS_END,
};
static const struct field take_on_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 9, .max = 15),
    FIELD_NAMED("account_id", FIELD_UUID),
    FIELDS_END,
};

#define MAY_NAME (MAY(ROLE_COUNTY) | MAY(ROLE_TOWNSHIP))
#define MAY_SEE_HELPERS (MAY_NAME | MAY(ROLE_CADRE) | MAY(ROLE_TEAM) | MAY_OVERSEE)
#define LISTS .method = GET, .lane = LANE_READ, .shape = ANSWER_LIST
#define WRITES .method = POST, .lane = LANE_WRITE, .idempotent = true, .shape = ANSWER_OBJECT

/* clang-format off */
const struct route registry_helper_routes[] = {
    {LISTS, .path = "/helpers", .titles = {"帮扶责任人", "Helpers"}, .may = MAY_SEE_HELPERS, .query = helpers_query,
     .load = "registry/helpers_list"},
    {LISTS, .path = "/helpers/villages", .titles = {"各村帮扶力量", "Helpers and teams by village"}, .may = MAY_SEE_HELPERS,
     .query = helpers_query, .load = "registry/helper_villages"},
    {LISTS, .path = "/helpers/candidates", .may = MAY_NAME, .query = candidates_query, .load = "registry/helper_candidates"},
    {WRITES, .path = "/helpers/take-on", .may = MAY_NAME, .body = take_on_fields, .load = "registry/helper_take_on"},
    {WRITES, .path = "/households/{household_id}/helper", .may = MAY_NAME, .body = helper_fields, .load = "registry/helper_set"},
    ROUTES_END,
};
/* clang-format on */
