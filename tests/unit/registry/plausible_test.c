/* Errors that stand in the source texts, as printed: each must be seen. Source: sources.md §5.2. Those of units, periods, sources and
   definitions are refused or kept by the books themselves: tests/http/printed_errors.test.mjs. */
#include <criterion/criterion.h>

#include "registry/plausible.h"

TestSuite(plausible);

Test(plausible, yunnan_had_39_people_per_household)
{
    cr_assert_not(people_fit_households(1485600, 37800));
    cr_assert(people_fit_households(7002000, 1962000));
    cr_assert_not(people_fit_households(3, 4), "a household has a person");
    cr_assert_not(people_fit_households(3, 0));
}

Test(plausible, yunnan_benefited_more_people_than_there_are)
{
    cr_assert_not(people_fit_nation(1456000000));
    cr_assert(people_fit_nation(1370000000));
}

Test(plausible, shaanxi_lost_a_digit_in_one_part)
{
    const int64_t households[] = {26000, 830, 27000}, people[] = {98800, 33000, 109000};
    cr_assert_not(parts_equal_total(households, 3, 61300, 0));
    cr_assert_eq(parts_ten_times_off(households, 3, 61300, 0), 1);
    cr_assert(parts_equal_total(people, 3, 240800, 0));
    cr_assert_eq(parts_ten_times_off(people, 3, 240800, 0), SIZE_MAX);
}

Test(plausible, yunnan_gave_a_part_ten_times_too_large)
{
    const int64_t parts_100_000_yuan[] = {29300, 79660};
    cr_assert_eq(part_above_total(parts_100_000_yuan, 2, 37260), 1);
    cr_assert_eq(parts_ten_times_off(parts_100_000_yuan, 2, 37260, 10), 1);
}

Test(plausible, hainan_used_107_per_cent_of_its_funds)
{
    const int64_t shares[] = {5200, 4100, 1200, 200}, second_amount[] = {8815}, second_share[] = {4100};
    cr_assert_not(shares_sum_to_whole(shares, 4, 100));
    cr_assert_eq(share_wrong(second_amount, second_share, 1, 26100, 100), 0, "88.15 of 261 is 33.8 %");
}

Test(plausible, disclosure_was_split_into_103_per_cent)
{
    const int64_t disclosure[] = {4785, 96, 143, 642, 1627, 2583, 478};
    const int64_t thirds[] = {3333, 3333, 3333};
    cr_assert_not(shares_sum_to_whole(disclosure, 7, 1));
    cr_assert(shares_sum_to_whole(thirds, 3, 1));
}

Test(plausible, gansu_printed_shares_that_do_not_fit_their_amounts)
{
    const int64_t gansu[] = {1690, 1145, 1400, 562}, printed[] = {2600, 3200, 3000, 1200},
                  right[] = {3500, 2400, 2900, 1200};
    cr_assert_eq(share_wrong(gansu, printed, 4, 1690 + 1145 + 1400 + 562, 100), 0);
    cr_assert_eq(share_wrong(gansu, right, 4, 1690 + 1145 + 1400 + 562, 100), SIZE_MAX);
}

Test(plausible, xinjiang_was_translated_ten_times_too_large)
{
    cr_assert_eq(ratio_verdict(14810, 170, 871), RATIO_TEN_TIMES_OFF);
    cr_assert_eq(ratio_verdict(1481, 170, 871), RATIO_FITS);
    cr_assert_eq(ratio_verdict(5000, 170, 871), RATIO_WRONG);
    cr_assert_eq(ratio_verdict(1, 0, 871), RATIO_WRONG);
}

Test(plausible, microcredit_of_59_yuan_is_none)
{
    cr_assert_not(amount_per_unit_fits(277200000, 4690000, 1000, 100000));
    cr_assert(amount_per_unit_fits(283300000000, 8020000, 1000, 100000));
}

Test(plausible, gansu_sold_78_billion_yuan_in_its_shops)
{
    cr_assert_not(amount_per_unit_fits(78000000000, 37500, 0, 1000000), "2.08 million yuan a shop");
    cr_assert(amount_per_unit_fits(7800000000, 37500, 0, 1000000));
}

Test(plausible, a_fund_held_12273_billion_yuan)
{
    cr_assert_not(amount_per_unit_fits(12273000000000, 128000, 0, 10000000), "96 million yuan a poor village");
}

/* 1195 industrial and 1947 household projects of 2238: no digit is wrong, the kinds overlap and must not be summed. */
Test(plausible, xinjiang_counted_overlapping_kinds_of_projects)
{
    const int64_t kinds[] = {1195, 1947};
    cr_assert_not(parts_equal_total(kinds, 2, 2238, 0));
    cr_assert_eq(part_above_total(kinds, 2, 2238), SIZE_MAX);
    cr_assert_eq(parts_ten_times_off(kinds, 2, 2238, 0), SIZE_MAX);
}
