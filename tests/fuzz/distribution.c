/* Hostile rules, members and pools: whatever passes the check is evaluated without loss, and a refusal says where. */
#include "distribution.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzzed {
    struct distribution_step *steps;
    size_t steps_count;
    struct distribution_member *members;
    size_t members_count;
    money pool_fen, income_fen;
    bool open;
};
static const struct field fuzzed_fields[] = {
    FIELD_ITEMS(fuzzed, steps, distribution_step, distribution_step_fields, .min = 1, .max = DISTRIBUTION_STEPS_MAX),
    FIELD_ITEMS(fuzzed, members, distribution_member, distribution_member_fields, .max = SUPPLIER_MEMBERS_MAX),
    FIELD(fuzzed, pool_fen, FIELD_FEN, .min = 0, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD(fuzzed, income_fen, FIELD_FEN, .min = 0, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD(fuzzed, open, FIELD_BOOL, .optional = true),
    FIELDS_END,
};

static void result_prove(const struct distribution *result)
{
    money sum = result->organisation_fen;
    for (size_t i = 0; i < result->lines_count; i++)
        must(result->lines[i].amount_fen >= 0 && money_plus(sum, result->lines[i].amount_fen, &sum));
    for (size_t i = 0; i < result->villages_count; i++)
        must(result->villages[i].kept_fen >= 0 && money_plus(sum, result->villages[i].kept_fen, &sum));
    must(sum == result->pool_fen);
}

static void rule_try(struct arena *arena, const struct fuzzed *fuzzed, struct problems *problems)
{
    const struct distribution_rule rule = {fuzzed->steps, fuzzed->steps_count};
    struct distribution_pool pool = {fuzzed->open, fuzzed->open ? 0 : fuzzed->pool_fen, fuzzed->income_fen};
    struct distribution result;
    problems_init(problems, arena);
    if (distribution_rule_check(arena, &rule, problems) != PROBLEM_NONE) {
        must(problems->count > 0);
        return;
    }
    if (distribution_evaluate(arena, &rule, &pool, fuzzed->members, fuzzed->members_count, &result) == PROBLEM_NONE)
        result_prove(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct fuzzed fuzzed = {0};
    struct problems *problems = arena_alloc(arena, sizeof *problems);
    problems_init(problems, arena);
    if (decode_json(fuzzed_fields, (text){(const char *)data, size}, arena, &fuzzed, NULL, problems) == PROBLEM_NONE)
        rule_try(arena, &fuzzed, problems);
    arena_free(arena);
    return 0;
}
