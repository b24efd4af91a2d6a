/* demo: a synthetic county world in real places, the same for the same seed and day. People are made up and marked so; never for
   production. Stands above the subjects, so that its figures come out of their decisions. Knows main and commands only. */
#ifndef DEMO_H
#define DEMO_H

#include "base.h"

/* What a world holds; one of the named sizes, or a number of order lines in between. */
struct demo_size {
    int64_t shops, households, buyers, lines;
};
MUST_USE bool demo_size_read(text words, struct demo_size *size); /* "small", "county" or a number of lines */

enum demo_outcome { DEMO_LOADED, DEMO_NOT_EMPTY, DEMO_FAILED };
struct demo_order {
    struct demo_size size;
    uint64_t seed;
    calendar_day today; /* the last day of its history */
};
/* Fills an empty, migrated database through its superuser; nothing is there before all is there. DEMO_NOT_EMPTY: it has orders,
   nothing was changed. The personal keys must be open. */
MUST_USE enum demo_outcome demo_load(struct arena *arena, const char *superuser_url, const struct demo_order *order);
/* Prints how many rows and fen were loaded, and what the invariants say; false when one of them does not hold. */
MUST_USE bool demo_verify(struct arena *arena, const char *superuser_url, FILE *to);

/* For `serve --demo`: the small world, unless there are orders already. */
MUST_USE bool demo_load_once(struct arena *arena, const char *superuser_url);
void demo_print_logins(FILE *to);

#endif
