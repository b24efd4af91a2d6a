/* The few helpers of unit.h. */
#include "unit.h"

void arena_auto(arena_owned *arena)
{
    arena_free(*arena);
}

void expect_text(text actual, text expected, const char *what, const char *file, int line)
{
    bool same_absence = (actual.at == NULL) == (expected.at == NULL);
    cr_assert(same_absence && text_equal(actual, expected), "%s:%d: %s is %s\"%.*s\", expected %s\"%.*s\"", file, line,
              what, actual.at == NULL ? "absent " : "", TEXT_ARGUMENTS(actual), expected.at == NULL ? "absent " : "",
              TEXT_ARGUMENTS(expected));
}

uint64_t unit_seed(void)
{
    int64_t seed;
    if (text_to_int64(text_from(getenv("UNIT_SEED")), 0, INT64_MAX, &seed))
        return (uint64_t)seed;
    random_bytes(&seed, sizeof seed);
    return (uint64_t)seed & INT64_MAX;
}

int64_t seeded_between(uint64_t *state, int64_t min, int64_t max)
{
    uint64_t span = (uint64_t)max - (uint64_t)min + 1;
    uint64_t drawn = seeded_next(state);
    return (int64_t)((uint64_t)min + (span == 0 ? drawn : drawn % span));
}

void expect_detail(const struct problems *problems, const char *pointer, const char *code, const char *file, int line)
{
    for (size_t i = 0; i < problems->count; i++)
        if (text_equal(problems->details[i].pointer, text_from(pointer)) &&
            text_equal(text_from(problems->details[i].code), text_from(code)))
            return;
    const struct problem_detail *first = problems->count > 0 ? &problems->details[0] : &(struct problem_detail){0};
    cr_assert_fail("%s:%d: no \"%s\" at \"%s\" among %zu, the first is \"%s\" at \"%.*s\"", file, line, code, pointer,
                   problems->count, first->code == NULL ? "" : first->code, TEXT_ARGUMENTS(first->pointer));
}
