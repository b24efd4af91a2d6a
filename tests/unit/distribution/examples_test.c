/* The rules of the design documents, worked through to the fen: sources.md L08–L14, and 3,000 sheep of 300 households (A30). */
#include "distribution.h"
#include "unit.h"

static uuid household(uint64_t n)
{
    return uuid_from_seed(7, n, 0);
}

#define STEP(...) ((struct distribution_step){__VA_ARGS__})
#define RULE(...)                                                                                                      \
    {                                                                                                                  \
        .steps = (struct distribution_step[]){__VA_ARGS__},                                                            \
        .steps_count = sizeof((struct distribution_step[]){__VA_ARGS__}) / sizeof(struct distribution_step)            \
    }

static struct distribution evaluate(struct arena *arena, struct distribution_rule rule, struct distribution_pool pool,
                                    const struct distribution_member *members, size_t count)
{
    struct distribution result;
    struct problems problems;
    problems_init(&problems, arena);
    cr_assert_eq(distribution_rule_check(arena, &rule, &problems), PROBLEM_NONE);
    cr_assert_eq(distribution_evaluate(arena, &rule, &pool, members, count, &result), PROBLEM_NONE);
    return result;
}

static money paid_to(const struct distribution *result, uuid household_id)
{
    for (size_t i = 0; i < result->lines_count; i++)
        if (uuid_equal(result->lines[i].household_id, household_id))
            return result->lines[i].amount_fen;
    return -1;
}

static const struct distribution_member three[] = {
    {.household_id = {{1}}, .area_code = {"621202100200", 12}, .registered = true, .shares = 5, .heads = 4},
    {.household_id = {{2}}, .area_code = {"621202100200", 12}, .shares = 3, .heads = 2},
    {.household_id = {{3}}, .area_code = {"621202100201", 12}, .registered = true, .shares = 2, .heads = 5},
};

Test(distribution_examples, a_fixed_share_goes_by_shares_and_the_rest_stays)
{
    SCRATCH(arena);
    struct distribution_rule rule = RULE(
        STEP(.kind = TEXT("share"), .to = TEXT("members"), .ppm = 600000, .of = TEXT("pool"), .by = TEXT("shares")),
        STEP(.kind = TEXT("rest"), .to = TEXT("organisation")));
    struct distribution result = evaluate(arena, rule, (struct distribution_pool){.pool_fen = 1000001}, three, 3);
    cr_assert_eq(paid_to(&result, three[0].household_id), 300001); /* 600 001 fen: 300 000.5, 180 000.3, 120 000.2 */
    cr_assert_eq(paid_to(&result, three[1].household_id), 180000);
    cr_assert_eq(paid_to(&result, three[2].household_id), 120000);
    cr_assert_eq(result.organisation_fen, 400000);
}

/* L11, Laishui: 3:7 of the profit, and never less than 25 % of the income before costs. */
static struct distribution laishui(struct arena *arena, money profit, money income)
{
    struct distribution_rule rule =
        RULE(STEP(.kind = TEXT("share"), .to = TEXT("members"), .ppm = 300000, .of = TEXT("pool"),
                  .minimum_ppm = 250000, .minimum_of = TEXT("income"), .by = TEXT("households")),
             STEP(.kind = TEXT("rest"), .to = TEXT("organisation")));
    return evaluate(arena, rule, (struct distribution_pool){.pool_fen = profit, .income_fen = income}, three, 3);
}

Test(distribution_examples, three_to_seven_in_a_good_year)
{
    SCRATCH(arena);
    struct distribution result = laishui(arena, 9000000, 10000000);
    cr_assert_eq(result.households_fen, 2700000);
    cr_assert_not(result.steps[0].minimum_held);
    cr_assert_eq(result.organisation_fen, 6300000);
    cr_assert_eq(result.short_fen, 0);
}

Test(distribution_examples, a_quarter_is_guaranteed_in_a_bad_year)
{
    SCRATCH(arena);
    struct distribution result = laishui(arena, 4000000, 10000000);
    cr_assert(result.steps[0].minimum_held);
    cr_assert_eq(result.steps[0].share_fen, 1200000);
    cr_assert_eq(result.steps[0].minimum_fen, 2500000);
    cr_assert_eq(paid_to(&result, three[0].household_id), 833334);
    cr_assert_eq(paid_to(&result, three[1].household_id), 833333);
    cr_assert_eq(result.organisation_fen, 1500000);
}

Test(distribution_examples, a_pool_too_small_for_the_guarantee_says_what_lacks)
{
    SCRATCH(arena);
    struct distribution result = laishui(arena, 2000000, 10000000);
    cr_assert_eq(result.short_fen, 500000);
    cr_assert_eq(result.households_fen, 2000000);
    cr_assert_eq(result.organisation_fen, 0);
}

/* L10, Wei County: 1,000 yuan a person and year, what remains is the village's. */
Test(distribution_examples, golden_chicken_pays_by_the_head)
{
    SCRATCH(arena);
    struct distribution_rule rule =
        RULE(STEP(.kind = TEXT("each"), .to = TEXT("members"), .amount_fen = 100000, .per = TEXT("head"),
                  .registered_only = true),
             STEP(.kind = TEXT("rest"), .to = TEXT("villages"), .by = TEXT("heads"), .keep_ppm = 1000000));
    struct distribution result = evaluate(arena, rule, (struct distribution_pool){.pool_fen = 2000000}, three, 3);
    cr_assert_eq(paid_to(&result, three[0].household_id), 400000);
    cr_assert_eq(paid_to(&result, three[1].household_id), 0);
    cr_assert_eq(paid_to(&result, three[2].household_id), 500000);
    cr_assert_eq(result.villages[0].kept_fen, 600000); /* 11,000 yuan by 6 heads and 5 */
    cr_assert_eq(result.villages[1].kept_fen, 500000);
}

/* L09: a guarantee, and a share of what is left by shares. */
Test(distribution_examples, guarantee_plus_share)
{
    SCRATCH(arena);
    struct distribution_rule rule = RULE(
        STEP(.kind = TEXT("each"), .to = TEXT("members"), .amount_fen = 50000, .per = TEXT("household")),
        STEP(.kind = TEXT("share"), .to = TEXT("members"), .ppm = 500000, .of = TEXT("left"), .by = TEXT("shares")),
        STEP(.kind = TEXT("rest"), .to = TEXT("organisation")));
    struct distribution result = evaluate(arena, rule, (struct distribution_pool){.pool_fen = 1150000}, three, 3);
    cr_assert_eq(paid_to(&result, three[0].household_id), 50000 + 250000);
    cr_assert_eq(paid_to(&result, three[1].household_id), 50000 + 150000);
    cr_assert_eq(paid_to(&result, three[2].household_id), 50000 + 100000);
    cr_assert_eq(result.organisation_fen, 500000);
    cr_assert_eq(result.lines[0].parts_count, 2);
}

/* L09, the other reading: the larger of a guarantee and a share, household by household. */
Test(distribution_examples, larger_of_guarantee_and_share)
{
    SCRATCH(arena);
    struct distribution_rule rule =
        RULE(STEP(.kind = TEXT("share"), .to = TEXT("members"), .ppm = 500000, .of = TEXT("pool"), .by = TEXT("shares"),
                  .least_fen = 120000, .least_per = TEXT("household")),
             STEP(.kind = TEXT("rest"), .to = TEXT("organisation")));
    struct distribution result = evaluate(arena, rule, (struct distribution_pool){.pool_fen = 1000000}, three, 3);
    cr_assert_eq(paid_to(&result, three[0].household_id), 250000);
    cr_assert_eq(paid_to(&result, three[1].household_id), 150000);
    cr_assert_eq(paid_to(&result, three[2].household_id), 120000);
    cr_assert(result.lines[2].parts[0].raised);
    cr_assert_eq(result.steps[0].raised_count, 1);
    cr_assert_eq(result.organisation_fen, 480000);
}

/* L14: the pool goes to the villages, and each collective keeps a tenth and allots the rest to its households. */
Test(distribution_examples, two_stages_through_the_village_collective)
{
    SCRATCH(arena);
    struct distribution_rule rule =
        RULE(STEP(.kind = TEXT("rest"), .to = TEXT("villages"), .by = TEXT("shares"), .keep_ppm = 100000));
    struct distribution result = evaluate(arena, rule, (struct distribution_pool){.pool_fen = 100003}, three, 3);
    cr_assert_eq(result.villages[0].received_fen, 80002);
    cr_assert_eq(result.villages[0].kept_fen, 8000);
    cr_assert_eq(paid_to(&result, three[0].household_id), 45001);
    cr_assert_eq(paid_to(&result, three[1].household_id), 27001);
    cr_assert_eq(result.villages[1].kept_fen, 2000);
    cr_assert_eq(paid_to(&result, three[2].household_id), 18001);
    cr_assert_eq(result.organisation_fen, 0);
}

/* L13, Yinan: posts in four grades from 360 to 960 yuan a year, here for eleven and for six months of twelve. */
Test(distribution_examples, posts_are_paid_by_grade_and_by_attendance)
{
    SCRATCH(arena);
    struct distribution_rule rule =
        RULE(STEP(.kind = TEXT("each"), .to = TEXT("members"), .per = TEXT("grade"),
                  .grades = ((struct distribution_grade[]){{1, 96000}, {2, 72000}, {3, 48000}, {4, 36000}}),
                  .grades_count = 4));
    const struct distribution_member posts[] = {
        {.household_id = {{1}}, .grade = 1, .units_hundredths = 100},
        {.household_id = {{2}}, .grade = 4, .units_hundredths = 92},
        {.household_id = {{3}}, .grade = 3, .units_hundredths = 50},
    };
    struct distribution result = evaluate(arena, rule, (struct distribution_pool){.open = true}, posts, 3);
    cr_assert_eq(paid_to(&result, posts[0].household_id), 96000);
    cr_assert_eq(paid_to(&result, posts[1].household_id), 33120);
    cr_assert_eq(paid_to(&result, posts[2].household_id), 24000);
    cr_assert_eq(result.pool_fen, 153120);
    cr_assert_eq(result.organisation_fen, 0);
}

/* L15: wages are days at the rate of the agreement. */
Test(distribution_examples, wages_are_units_at_the_agreements_rate)
{
    SCRATCH(arena);
    struct distribution_rule rule = RULE(STEP(.kind = TEXT("each"), .to = TEXT("members"), .per = TEXT("unit")));
    const struct distribution_member workers[] = {
        {.household_id = {{1}}, .units_hundredths = 2150, .rate_fen = 12000},
        {.household_id = {{2}}, .units_hundredths = 733, .rate_fen = 1501},
    };
    struct distribution result = evaluate(arena, rule, (struct distribution_pool){.open = true}, workers, 2);
    cr_assert_eq(paid_to(&result, workers[0].household_id), 258000);
    cr_assert_eq(paid_to(&result, workers[1].household_id), 11002); /* 11 002.33 */
    cr_assert_eq(result.pool_fen, 269002);
}

/* A30: one contract of 3,000 sheep at 1,233.37 yuan, ten sheep of each of 300 households. */
Test(distribution_examples, three_thousand_sheep_of_three_hundred_households)
{
    SCRATCH(arena);
    struct distribution_member members[300];
    money sum = 0;
    struct distribution_rule rule =
        RULE(STEP(.kind = TEXT("share"), .to = TEXT("organisation"), .ppm = 30000, .of = TEXT("pool")),
             STEP(.kind = TEXT("rest"), .to = TEXT("members"), .by = TEXT("units")));
    for (uint64_t i = 0; i < 300; i++)
        members[i] = (struct distribution_member){
            .household_id = household(i), .area_code = TEXT("621202100200"), .units_hundredths = 1000};
    struct distribution result =
        evaluate(arena, rule, (struct distribution_pool){.pool_fen = INT64_C(3000) * 123337}, members, 300);
    for (size_t i = 0; i < 300; i++) {
        cr_assert(result.lines[i].amount_fen == 1196369 || result.lines[i].amount_fen == 1196368);
        sum += result.lines[i].amount_fen;
    }
    cr_assert_eq(result.organisation_fen, 11100330);
    cr_assert_eq(sum + result.organisation_fen, 370011000);
}
