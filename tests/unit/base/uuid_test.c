/* Identifiers: ordered by time, never alike, and county ids that carry their county. */
#include "unit.h"

#define NOW INT64_C(1795000000000000)

Test(uuid, later_ones_sort_after_earlier_ones)
{
    uuid before = uuid_new(NOW);
    for (int i = 1; i <= 1000; i++) {
        uuid after = uuid_new(NOW + i * 3);
        cr_assert_lt(uuid_compare(before, after), 0, "step %d", i);
        before = after;
    }
}

Test(uuid, says_version_7_and_its_variant)
{
    SCRATCH(arena);
    text id = uuid_format(arena, uuid_new(NOW));
    cr_expect_eq(id.at[14], '7');
    cr_expect(strchr("89ab", id.at[19]) != NULL);
}

Test(uuid, followers_differ_and_keep_their_order)
{
    uuid base = uuid_new(NOW);
    cr_expect(uuid_equal(uuid_nth(base, 0), base));
    for (uint32_t n = 0; n < 1000; n++)
        cr_assert_lt(uuid_compare(uuid_nth(base, n), uuid_nth(base, n + 1)), 0);
    cr_assert_lt(uuid_compare(uuid_nth(base, UINT32_MAX - 1), uuid_nth(base, UINT32_MAX)), 0);
}

Test(uuid, seeded_ones_repeat_and_do_not_collide)
{
    cr_expect(uuid_equal(uuid_from_seed(7, 1, NOW), uuid_from_seed(7, 1, NOW)));
    cr_expect_not(uuid_equal(uuid_from_seed(7, 1, NOW), uuid_from_seed(7, 2, NOW)));
    cr_expect_not(uuid_equal(uuid_from_seed(7, 1, NOW), uuid_from_seed(8, 1, NOW)));
}

Test(uuid, reads_back_as_written)
{
    SCRATCH(arena);
    uuid id = uuid_new(NOW), read;
    cr_assert(uuid_parse(uuid_format(arena, id), &read) && uuid_equal(id, read));
    cr_assert(uuid_parse(TEXT("018F2F6E-0000-7000-8000-00000000ABCD"), &read));
    EXPECT_TEXT(uuid_format(arena, read), "018f2f6e-0000-7000-8000-00000000abcd");
}

Test(uuid, crooked_ones_are_refused)
{
    static const char *const crooked[] = {"",
                                          "018f2f6e",
                                          "018f2f6e00007000800000000000abcd",
                                          "018f2f6e-0000-7000-8000-00000000abcg",
                                          "018f2f6e-0000-7000-8000-00000000abcde",
                                          "018f2f6e+0000-7000-8000-00000000abcd",
                                          "{18f2f6e-0000-7000-8000-00000000abcd"};
    uuid id;
    for (size_t i = 0; i < sizeof crooked / sizeof crooked[0]; i++)
        cr_expect_not(uuid_parse(text_from(crooked[i]), &id), "%s", crooked[i]);
}

Test(uuid, county_id_carries_its_county)
{
    SCRATCH(arena);
    county_id id;
    cr_assert(county_id_parse(TEXT("621202-018f2f6e-0000-7000-8000-00000000abcd"), &id));
    cr_expect_str_eq(id.county, "621202");
    EXPECT_TEXT(county_id_format(arena, id), "621202-018f2f6e-0000-7000-8000-00000000abcd");
    cr_expect_not(county_id_parse(TEXT("018f2f6e-0000-7000-8000-00000000abcd"), &id));
    cr_expect_not(county_id_parse(TEXT("62120x-018f2f6e-0000-7000-8000-00000000abcd"), &id));
    cr_expect_not(county_id_parse(TEXT("-21202-018f2f6e-0000-7000-8000-00000000abcd"), &id));
    cr_expect_not(county_id_parse(TEXT("621202_018f2f6e-0000-7000-8000-00000000abcd"), &id));
}

Test(uuid, county_half_is_named_after_the_id)
{
    SCRATCH(arena);
    EXPECT_TEXT(county_id_half(arena, TEXT("lot_id")), "lot_county");
    EXPECT_TEXT(county_id_half(arena, TEXT("id")), "county");
}
