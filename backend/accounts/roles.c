/* Who may grant which role, and what a role can be bound to. Nobody grants to himself: that stands with the caller. */
#include "accounts.h"

#define GRANTED_BY_ADMINISTRATOR MAY(ROLE_ADMINISTRATOR)
#define GRANTED_BY_COUNTY MAY(ROLE_COUNTY)
#define BOUND_TO(place) (1u << (place))
/* Over these a county's officer has no say, whether to grant, to revoke or to reset. */
#define ABOVE_THE_COUNTY                                                                                               \
    (MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR) | MAY(ROLE_VIEWER) | MAY(ROLE_EVALUATOR) | MAY(ROLE_ADMINISTRATOR))

static const char *const role_names[ROLES_COUNT] = {
#define ROLE_NAME(name, words) [name] = words,
    ROLES(ROLE_NAME)
#undef ROLE_NAME
};

static const struct {
    unsigned granted_by, bound_to;
    const char *kind; /* the only kind of area or organisation; NULL: any */
} rules[] = {
    [ROLE_BUYER] = {0},
    [ROLE_OPERATOR] = {GRANTED_BY_COUNTY, BOUND_TO(ROLE_PLACE_ORGANISATION), NULL},
    [ROLE_INSPECTOR] = {GRANTED_BY_COUNTY, BOUND_TO(ROLE_PLACE_AREA) | BOUND_TO(ROLE_PLACE_ORGANISATION), NULL},
    [ROLE_CADRE] = {GRANTED_BY_COUNTY, BOUND_TO(ROLE_PLACE_AREA), NULL},
    [ROLE_TEAM] = {GRANTED_BY_COUNTY, BOUND_TO(ROLE_PLACE_AREA), NULL},
    [ROLE_TOWNSHIP] = {GRANTED_BY_COUNTY, BOUND_TO(ROLE_PLACE_AREA), "township"},
    [ROLE_COUNTY] = {GRANTED_BY_ADMINISTRATOR, BOUND_TO(ROLE_PLACE_AREA), "county"},
    [ROLE_FINANCE] = {GRANTED_BY_COUNTY, BOUND_TO(ROLE_PLACE_AREA), "county"},
    [ROLE_AUDITOR] = {GRANTED_BY_ADMINISTRATOR, BOUND_TO(ROLE_PLACE_AREA) | BOUND_TO(ROLE_PLACE_EVERYWHERE), NULL},
    [ROLE_VIEWER] = {GRANTED_BY_ADMINISTRATOR, BOUND_TO(ROLE_PLACE_AREA) | BOUND_TO(ROLE_PLACE_EVERYWHERE), NULL},
    [ROLE_EVALUATOR] = {GRANTED_BY_ADMINISTRATOR, BOUND_TO(ROLE_PLACE_AREA), NULL},
    [ROLE_HOUSEHOLD] = {GRANTED_BY_COUNTY, BOUND_TO(ROLE_PLACE_ORGANISATION), "household"},
    [ROLE_ADMINISTRATOR] = {GRANTED_BY_ADMINISTRATOR, BOUND_TO(ROLE_PLACE_EVERYWHERE), NULL},
};
_Static_assert(sizeof rules / sizeof rules[0] == ROLES_COUNT, "every role has its rule");

bool role_read(text name, enum role *role)
{
    for (enum role one = 0; one < ROLES_COUNT; one++)
        if (text_equal(name, text_from(role_names[one]))) {
            *role = one;
            return true;
        }
    return false;
}

bool role_may_be_granted(enum role role, unsigned granter, bool within)
{
    unsigned as = granter & rules[role].granted_by;
    return (as & MAY(ROLE_ADMINISTRATOR)) != 0 || ((as & MAY(ROLE_COUNTY)) != 0 && within);
}

bool role_fits(enum role role, enum role_place place, text kind)
{
    if ((rules[role].bound_to & BOUND_TO(place)) == 0)
        return false;
    return rules[role].kind == NULL || text_equal(kind, text_from(rules[role].kind));
}

bool reset_may_be_printed(unsigned held, unsigned printer, bool within, bool beyond)
{
    if ((printer & MAY(ROLE_ADMINISTRATOR)) != 0)
        return (held & MAY(ROLE_ADMINISTRATOR)) == 0;
    return (printer & MAY(ROLE_COUNTY)) != 0 && within && !beyond && (held & ABOVE_THE_COUNTY) == 0;
}
