/* What holds for every rule that passes its check: nothing is lost, nothing depends on the order of rows, refusals name the place. */
#include "distribution.h"
#include "random_rule.h"
#include "unit.h"

#define ROUNDS 3000
#define MEMBERS_MAX 40

static money lines_sum(const struct distribution *result)
{
    money sum = 0;
    for (size_t i = 0; i < result->lines_count; i++) {
        money parts = 0;
        for (size_t p = 0; p < result->lines[i].parts_count; p++)
            parts += result->lines[i].parts[p].amount_fen;
        cr_assert_eq(parts, result->lines[i].amount_fen, "a line is the sum of its parts");
        sum += result->lines[i].amount_fen;
    }
    return sum;
}

static bool checked(struct arena *arena, const struct distribution_rule *rule)
{
    struct problems problems;
    problems_init(&problems, arena);
    return distribution_rule_check(arena, rule, &problems) == PROBLEM_NONE;
}

Test(distribution, parts_sum_to_the_pool_whatever_the_rule)
{
    uint64_t seed = unit_seed(), state = seed;
    int evaluated = 0;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct distribution_rule rule = random_rule(arena, &state);
        struct distribution_member members[MEMBERS_MAX];
        size_t count = random_members(&state, members, MEMBERS_MAX);
        struct distribution_pool pool = random_pool(&state, &rule);
        struct distribution result;
        if (!checked(arena, &rule))
            continue;
        evaluated++;
        EXPECT_SEEDED(distribution_evaluate(arena, &rule, &pool, members, count, &result) == PROBLEM_NONE, seed);
        money villages = 0;
        for (size_t i = 0; i < result.villages_count; i++)
            villages += result.villages[i].kept_fen;
        EXPECT_SEEDED(pool.open || result.pool_fen == pool.pool_fen, seed);
        EXPECT_SEEDED(result.organisation_fen >= 0 && villages == result.villages_fen, seed);
        EXPECT_SEEDED(lines_sum(&result) + villages + result.organisation_fen == result.pool_fen, seed);
    }
    EXPECT_SEEDED(evaluated > ROUNDS / 4, seed);
}

Test(distribution, the_order_of_members_does_not_matter)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS / 4; round++) {
        SCRATCH(arena);
        struct distribution_rule rule = random_rule(arena, &state);
        struct distribution_member members[MEMBERS_MAX], turned[MEMBERS_MAX];
        size_t count = random_members(&state, members, MEMBERS_MAX);
        struct distribution_pool pool = random_pool(&state, &rule);
        struct distribution one, other;
        for (size_t i = 0; i < count; i++)
            turned[i] = members[count - 1 - i];
        if (!checked(arena, &rule))
            continue;
        EXPECT_SEEDED(distribution_evaluate(arena, &rule, &pool, members, count, &one) == PROBLEM_NONE, seed);
        EXPECT_SEEDED(distribution_evaluate(arena, &rule, &pool, turned, count, &other) == PROBLEM_NONE, seed);
        for (size_t i = 0; i < count; i++)
            EXPECT_SEEDED(uuid_equal(one.lines[i].household_id, other.lines[i].household_id) &&
                              one.lines[i].amount_fen == other.lines[i].amount_fen,
                          seed);
    }
}

Test(distribution, a_larger_pool_never_gives_the_households_less)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS / 4; round++) {
        SCRATCH(arena);
        struct distribution_rule rule = random_rule(arena, &state);
        struct distribution_member members[MEMBERS_MAX];
        size_t count = random_members(&state, members, MEMBERS_MAX);
        struct distribution_pool pool = random_pool(&state, &rule);
        struct distribution less, more;
        if (!checked(arena, &rule) || pool.open)
            continue;
        EXPECT_SEEDED(distribution_evaluate(arena, &rule, &pool, members, count, &less) == PROBLEM_NONE, seed);
        pool.pool_fen += seeded_between(&state, 1, 1000000);
        EXPECT_SEEDED(distribution_evaluate(arena, &rule, &pool, members, count, &more) == PROBLEM_NONE, seed);
        /* A share of what is left is rounded, and so is what a village's collective keeps: a fen for each step and village. */
        EXPECT_SEEDED(
            more.households_fen + (money)(rule.steps_count * (1 + more.villages_count)) >= less.households_fen, seed);
    }
}

static void refused(struct distribution_step step, size_t steps_count, const char *pointer, const char *code)
{
    SCRATCH(arena);
    struct problems problems;
    struct distribution_step steps[] = {step, step};
    struct distribution_rule rule = {.steps = steps, .steps_count = steps_count};
    problems_init(&problems, arena);
    cr_assert_eq(distribution_rule_check(arena, &rule, &problems), PROBLEM_INVALID);
    expect_detail(&problems, pointer, code, __FILE__, __LINE__);
}
#define STEP(...) ((struct distribution_step){__VA_ARGS__})

Test(distribution, a_step_that_cannot_be_done_is_refused_at_its_place)
{
    refused(STEP(.kind = TEXT("share"), .to = TEXT("members"), .ppm = 1, .of = TEXT("pool")), 1, "/steps/0/by",
            "required");
    refused(STEP(.kind = TEXT("share"), .to = TEXT("organisation"), .ppm = 1, .of = TEXT("pool"), .by = TEXT("heads")),
            1, "/steps/0/by", "not-for-this-step");
    refused(STEP(.kind = TEXT("each"), .to = TEXT("villages"), .per = TEXT("head"), .amount_fen = 1), 1, "/steps/0/to",
            "not-for-this-step");
    refused(STEP(.kind = TEXT("each"), .to = TEXT("members"), .per = TEXT("head")), 1, "/steps/0/amount_fen",
            "required");
    refused(STEP(.kind = TEXT("each"), .to = TEXT("members"), .per = TEXT("grade")), 1, "/steps/0/grades", "required");
    refused(STEP(.kind = TEXT("share"), .to = TEXT("organisation"), .ppm = 1, .of = TEXT("pool"), .minimum_ppm = 5), 1,
            "/steps/0/minimum_of", "required");
    refused(STEP(.kind = TEXT("rest"), .to = TEXT("organisation")), 2, "/steps/0/kind", "rest-not-last");
    refused(STEP(.kind = TEXT("share"), .to = TEXT("organisation"), .ppm = 600000, .of = TEXT("pool")), 2, "/steps",
            "shares-above-whole");
}
