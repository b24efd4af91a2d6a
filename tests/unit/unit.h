/* What every unit test needs: Criterion, an arena that frees itself, texts that print themselves, seeds that are printed. */
#ifndef UNIT_H
#define UNIT_H

#include <criterion/criterion.h>
#include <signal.h>
#include "base.h"

typedef struct arena *arena_owned;
void arena_auto(arena_owned *arena);
#define SCRATCH(name) AUTO(arena) name = arena_new()

#define EXPECT_TEXT(actual, expected) expect_text(actual, text_from(expected), #actual, __FILE__, __LINE__)
void expect_text(text actual, text expected, const char *what, const char *file, int line);

/* UNIT_SEED of the environment, else a new one each run. A failed EXPECT_SEEDED prints it: UNIT_SEED=… repeats the run. */
uint64_t unit_seed(void);
#define EXPECT_SEEDED(condition, seed)                                                                                 \
    cr_assert(condition, #condition " with UNIT_SEED=%llu", (unsigned long long)(seed))
/* A number of min … max from a seeded generator. */
int64_t seeded_between(uint64_t *state, int64_t min, int64_t max);

/* The one detail a refusal is expected to carry. */
#define EXPECT_DETAIL(problems, pointer, code) expect_detail(problems, pointer, code, __FILE__, __LINE__)
void expect_detail(const struct problems *problems, const char *pointer, const char *code, const char *file, int line);

#endif
