/* Money: no fen appears or vanishes, whatever is split, scaled or summed. */
#include "unit.h"

#define ROUNDS 2000
#define PARTS_MAX 40

Test(money, sums_and_products_refuse_overflow)
{
    money result;
    cr_assert(money_plus(INT64_MAX - 1, 1, &result) && result == INT64_MAX);
    cr_assert_not(money_plus(INT64_MAX, 1, &result));
    cr_assert_not(money_minus(INT64_MIN, 1, &result));
    cr_assert_not(money_times(INT64_MAX / 2, 3, &result));
    cr_assert(money_times(1999, 3, &result) && result == 5997);
}

Test(money, ratio_rounds_half_away_from_zero)
{
    static const struct {
        money amount;
        int64_t numerator, denominator;
        money expected;
    } rows[] = {{5, 1, 2, 3},
                {-5, 1, 2, -3},
                {5, -1, 2, -3},
                {4, 1, 3, 1},
                {5, 1, 3, 2},
                {0, 7, 9, 0},
                {100, 0, 7, 0},
                {10, 3, 3, 10},
                {INT64_MAX, 1, 1, INT64_MAX},
                {INT64_MIN, 1, 1, INT64_MIN},
                {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        money part;
        cr_assert(money_ratio(rows[i].amount, rows[i].numerator, rows[i].denominator, &part));
        cr_expect_eq(part, rows[i].expected, "row %zu: %lld", i, (long long)part);
    }
}

Test(money, ratio_refuses_what_it_cannot_hold)
{
    money part;
    cr_assert_not(money_ratio(INT64_MAX, 2, 1, &part));
    cr_assert_not(money_ratio(INT64_MIN, -1, 1, &part));
    cr_assert_not(money_ratio(1, 1, 0, &part));
    cr_assert_not(money_ratio(1, 1, -1, &part));
}

Test(money, split_gives_ties_to_the_lower_index)
{
    money parts[4];
    cr_assert(money_split(100, (int64_t[]){1, 1, 1}, 3, parts));
    cr_expect(parts[0] == 34 && parts[1] == 33 && parts[2] == 33);
    cr_assert(money_split(-100, (int64_t[]){1, 1, 1}, 3, parts));
    cr_expect(parts[0] == -34 && parts[1] == -33 && parts[2] == -33);
    cr_assert(money_split(2, (int64_t[]){1, 1, 1, 1}, 4, parts));
    cr_expect(parts[0] == 1 && parts[1] == 1 && parts[2] == 0 && parts[3] == 0);
}

Test(money, split_prefers_the_larger_remainder)
{
    money parts[3];
    cr_assert(money_split(10, (int64_t[]){1, 0, 2}, 3, parts)); /* 3.33 and 6.67 */
    cr_expect(parts[0] == 3 && parts[1] == 0 && parts[2] == 7);
}

Test(money, split_refuses_weights_that_say_nothing)
{
    money parts[2];
    cr_assert_not(money_split(1, (int64_t[]){0, 0}, 2, parts));
    cr_assert_not(money_split(1, (int64_t[]){2, -1}, 2, parts));
    cr_assert_not(money_split(1, NULL, 0, parts));
}

Test(money, split_reaches_the_ends_of_the_range)
{
    money parts[2];
    cr_assert(money_split(INT64_MIN, (int64_t[]){INT64_MAX, INT64_MAX}, 2, parts));
    cr_expect(parts[0] == INT64_MIN / 2 && parts[1] == INT64_MIN / 2);
    cr_assert(money_split(INT64_MIN, (int64_t[]){0, 1}, 2, parts));
    cr_expect(parts[0] == 0 && parts[1] == INT64_MIN);
}

static void check_split(money total, const int64_t *weights, size_t count, uint64_t seed)
{
    money parts[PARTS_MAX], sum = 0;
    __int128 weights_sum = 0;
    for (size_t i = 0; i < count; i++)
        weights_sum += weights[i];
    EXPECT_SEEDED(money_split(total, weights, count, parts), seed);
    for (size_t i = 0; i < count; i++) {
        __int128 exact = (__int128)total * weights[i] - (__int128)parts[i] * weights_sum;
        EXPECT_SEEDED(exact < weights_sum && -exact < weights_sum, seed); /* less than one fen off */
        EXPECT_SEEDED(money_plus(sum, parts[i], &sum), seed);
    }
    EXPECT_SEEDED(sum == total, seed);
}

Test(money, split_parts_always_sum_to_the_whole)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t weights[PARTS_MAX];
        size_t count = (size_t)seeded_between(&state, 1, PARTS_MAX);
        int64_t weight_max = (INT64_C(1) << seeded_between(&state, 1, 62));
        for (size_t i = 0; i < count; i++)
            weights[i] = seeded_between(&state, 0, weight_max);
        weights[0]++;
        int64_t total_max = INT64_C(1) << seeded_between(&state, 0, 62);
        check_split(seeded_between(&state, -total_max, total_max), weights, count, seed);
    }
}

Test(money, ratio_agrees_with_exact_division)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        money amount = seeded_between(&state, -1000000000, 1000000000), part;
        int64_t numerator = seeded_between(&state, 0, 1000000), denominator = seeded_between(&state, 1, 1000000);
        EXPECT_SEEDED(money_ratio(amount, numerator, denominator, &part), seed);
        __int128 doubled_error = 2 * ((__int128)amount * numerator - (__int128)part * denominator);
        EXPECT_SEEDED(doubled_error <= denominator && -doubled_error <= denominator, seed);
    }
}

Test(money, is_written_in_yuan_with_two_places)
{
    SCRATCH(arena);
    EXPECT_TEXT(money_format_yuan(arena, 123405), "1234.05");
    EXPECT_TEXT(money_format_yuan(arena, -5), "-0.05");
    EXPECT_TEXT(money_format_yuan(arena, 0), "0.00");
    EXPECT_TEXT(money_format_yuan(arena, INT64_MIN), "-92233720368547758.08");
}
