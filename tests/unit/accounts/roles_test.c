/* Who may grant which role, and whose password a printed code may reset. */
#include <criterion/criterion.h>

#include "accounts.h"

TestSuite(roles);

static const unsigned administrator = MAY(ROLE_ADMINISTRATOR) | MAY_BUY, officer = MAY(ROLE_COUNTY) | MAY_BUY;

Test(roles, are_granted_by_the_county_or_above_it_never_by_both)
{
    for (enum role role = 0; role < ROLES_COUNT; role++) {
        bool above = role_may_be_granted(role, administrator, false), county = role_may_be_granted(role, officer, true);
        cr_assert(role == ROLE_BUYER ? !above && !county : above != county, "role %d", (int)role);
        cr_assert_not(role_may_be_granted(role, officer, false), "role %d", (int)role);
    }
}

Test(roles, are_granted_by_nobody_else)
{
    unsigned others = MAY_SIGNED_IN & ~(MAY(ROLE_COUNTY) | MAY(ROLE_ADMINISTRATOR));
    for (enum role role = 0; role < ROLES_COUNT; role++)
        cr_assert_not(role_may_be_granted(role, others, true), "role %d", (int)role);
}

/* Who is both keeps each power in its own bounds: the administrator's reach is not the officer's. */
Test(roles, of_one_person_do_not_lend_each_other_their_reach)
{
    cr_assert_not(role_may_be_granted(ROLE_CADRE, administrator | officer, false));
    cr_assert(role_may_be_granted(ROLE_CADRE, administrator | officer, true));
}

Test(roles, are_bound_where_they_work)
{
    cr_assert(role_fits(ROLE_OPERATOR, ROLE_PLACE_ORGANISATION, TEXT("shop")));
    cr_assert_not(role_fits(ROLE_OPERATOR, ROLE_PLACE_AREA, TEXT("county")));
    cr_assert(role_fits(ROLE_HOUSEHOLD, ROLE_PLACE_ORGANISATION, TEXT("household")));
    cr_assert_not(role_fits(ROLE_HOUSEHOLD, ROLE_PLACE_ORGANISATION, TEXT("shop")));
    cr_assert(role_fits(ROLE_COUNTY, ROLE_PLACE_AREA, TEXT("county")));
    cr_assert_not(role_fits(ROLE_COUNTY, ROLE_PLACE_AREA, TEXT("province")));
    cr_assert(role_fits(ROLE_ADMINISTRATOR, ROLE_PLACE_EVERYWHERE, TEXT_NONE));
    cr_assert_not(role_fits(ROLE_FINANCE, ROLE_PLACE_EVERYWHERE, TEXT_NONE));
}

Test(roles, have_one_name_each)
{
    enum role role;
    cr_assert(role_read(TEXT("finance"), &role) && role == ROLE_FINANCE);
    cr_assert_not(role_read(TEXT("Finance"), &role));
    cr_assert_not(role_read(TEXT(""), &role));
}

Test(roles, printed_codes_lift_nobody)
{
    cr_assert(reset_may_be_printed(MAY(ROLE_CADRE), officer, true, false));
    cr_assert_not(reset_may_be_printed(MAY(ROLE_CADRE), officer, true, true));
    cr_assert_not(reset_may_be_printed(MAY(ROLE_CADRE), officer, false, false));
    cr_assert_not(reset_may_be_printed(MAY(ROLE_CADRE) | MAY(ROLE_AUDITOR), officer, true, false));
    cr_assert_not(reset_may_be_printed(MAY(ROLE_COUNTY), officer, true, false));
    cr_assert(reset_may_be_printed(MAY(ROLE_COUNTY), administrator, false, true));
    cr_assert_not(reset_may_be_printed(MAY(ROLE_ADMINISTRATOR), administrator, false, false));
}
