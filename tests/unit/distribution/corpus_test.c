/* The seeds of the fuzzer, run once on every build: each rule that ever mattered stays whole. */
#include <dirent.h>

#include "../../fuzz/distribution.c"
#include "unit.h"

#define CORPUS "tests/fuzz/distribution"
#define SEED_BYTES_MAX 8192

static size_t seed_read(struct arena *arena, const char *name, char *into)
{
    FILE *file = fopen(text_format(arena, CORPUS "/%s", name).at, "rb");
    cr_assert_not_null(file);
    size_t length = fread(into, 1, SEED_BYTES_MAX, file);
    fclose(file);
    return length;
}

Test(distribution, the_fuzzers_seeds_lose_nothing)
{
    SCRATCH(arena);
    char bytes[SEED_BYTES_MAX];
    size_t seeds = 0;
    DIR *folder = opendir(CORPUS);
    cr_assert_not_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        cr_assert_eq(LLVMFuzzerTestOneInput((const uint8_t *)bytes, seed_read(arena, entry->d_name, bytes)), 0);
        seeds++;
    }
    closedir(folder);
    cr_assert_geq(seeds, 10);
}
