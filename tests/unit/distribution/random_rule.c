/* Random rules: each field is there more often where the step needs it, so that about half of the rules are sound. */
#include "random_rule.h"

#include "unit.h"

static bool chance(uint64_t *state, int64_t percent)
{
    return seeded_between(state, 1, 100) <= percent;
}

static text word_of(uint64_t *state, const char *const *words, int64_t count)
{
    return text_from(words[seeded_between(state, 0, count - 1)]);
}

static const char *const tos[] = {"members", "villages", "organisation"}, *const bases[] = {"pool", "left", "income"},
                         *const bys[] = {"shares", "heads", "households", "units"},
                         *const pers[] = {"household", "head", "share", "unit", "grade"};

static void share_fill(uint64_t *state, struct distribution_step *step)
{
    step->kind = TEXT("share");
    step->ppm = seeded_between(state, 1, 400000);
    step->of = word_of(state, bases, 3);
    if (chance(state, 30)) {
        step->minimum_ppm = seeded_between(state, 1, 300000);
        step->minimum_of = word_of(state, bases, 3);
    }
    if (chance(state, 20)) {
        step->least_fen = seeded_between(state, 1, 5000);
        step->least_per = word_of(state, pers, 4);
    }
}

static void each_fill(struct arena *arena, uint64_t *state, struct distribution_step *step)
{
    step->kind = TEXT("each");
    step->to = TEXT("members");
    step->by = TEXT_NONE;
    step->keep_ppm = 0;
    step->per = word_of(state, pers, 5);
    if (!text_equal(step->per, TEXT("grade"))) {
        step->amount_fen = seeded_between(state, 1, 20000);
        return;
    }
    step->grades_count = (size_t)seeded_between(state, 1, 4);
    step->grades = arena_alloc_items(arena, step->grades_count, sizeof *step->grades);
    for (size_t i = 0; i < step->grades_count; i++)
        step->grades[i] = (struct distribution_grade){(int64_t)i + 1, seeded_between(state, 0, 96000)};
}

static void step_fill(struct arena *arena, uint64_t *state, struct distribution_step *step, bool last)
{
    step->to = word_of(state, tos, 3);
    if (!text_equal(step->to, TEXT("organisation"))) {
        step->by = word_of(state, bys, 4);
        step->registered_only = chance(state, 20);
        if (text_equal(step->to, TEXT("villages")))
            step->keep_ppm = seeded_between(state, 0, 1000000);
    }
    if (last && chance(state, 60))
        step->kind = TEXT("rest");
    else if (chance(state, 30))
        each_fill(arena, state, step);
    else
        share_fill(state, step);
}

struct distribution_rule random_rule(struct arena *arena, uint64_t *state)
{
    struct distribution_rule rule = {.steps_count = (size_t)seeded_between(state, 1, 4)};
    rule.steps = arena_alloc_items(arena, rule.steps_count, sizeof *rule.steps);
    for (size_t i = 0; i < rule.steps_count; i++)
        step_fill(arena, state, &rule.steps[i], i + 1 == rule.steps_count);
    return rule;
}

size_t random_members(uint64_t *state, struct distribution_member *members, size_t most)
{
    static const char *const villages[] = {"621202100200", "621202100201", "621202101200"};
    size_t count = (size_t)seeded_between(state, 0, (int64_t)most);
    for (size_t i = 0; i < count; i++)
        members[i] = (struct distribution_member){
            .household_id = uuid_from_seed(seeded_next(state), i, 0),
            .area_code = word_of(state, villages, 3),
            .registered = chance(state, 60),
            .shares = seeded_between(state, 0, 50),
            .heads = seeded_between(state, 0, 9),
            .units_hundredths = seeded_between(state, 0, 3000),
            .grade = seeded_between(state, 0, 5),
            .rate_fen = seeded_between(state, 0, 20000),
        };
    return count;
}

struct distribution_pool random_pool(uint64_t *state, const struct distribution_rule *rule)
{
    bool asked = distribution_rule_asks(rule, TEXT("pool"));
    struct distribution_pool pool = {.open = !asked && chance(state, 70),
                                     .income_fen = seeded_between(state, 0, 100000000)};
    if (!pool.open)
        pool.pool_fen = chance(state, 20) ? seeded_between(state, 0, 50) : seeded_between(state, 0, 100000000);
    return pool;
}
