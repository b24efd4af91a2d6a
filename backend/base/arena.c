/* Memory of one exchange, job or test, freed as a whole. The only place that calls malloc. */
#include "base.h"

#ifdef __SANITIZE_ADDRESS__
#define BLOCK_BYTES 0 /* every piece its own block, so that the sanitizer sees each end */
#else
#define BLOCK_BYTES 8192
#endif

struct block {
    struct block *before;
    _Alignas(max_align_t) char bytes[];
};
struct deferred {
    struct deferred *before;
    void (*dispose)(void *);
    void *thing;
};
struct arena {
    struct block *newest;
    struct deferred *deferred;
    char *free;
    size_t free_bytes, total_bytes;
};

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    must(arena != NULL);
    return arena;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    /* Newest first: what was added later may rest on what came before. */
    for (struct deferred *last = arena->deferred; last != NULL; last = last->before)
        last->dispose(last->thing);
    for (struct block *block = arena->newest; block != NULL;) {
        struct block *before = block->before;
        free(block);
        block = before;
    }
    free(arena);
}

static void arena_grow(struct arena *arena, size_t at_least)
{
    size_t size = at_least > BLOCK_BYTES ? at_least : BLOCK_BYTES;
    struct block *block = malloc(sizeof *block + size);
    must(block != NULL);
    block->before = arena->newest;
    arena->newest = block;
    arena->free = block->bytes;
    arena->free_bytes = size;
    arena->total_bytes += size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t step = _Alignof(max_align_t);
    must(size < SIZE_MAX / 2);
    size_t rounded = size == 0 ? step : (size + step - 1) / step * step;
    if (rounded > arena->free_bytes)
        arena_grow(arena, BLOCK_BYTES == 0 ? size : rounded);
    char *piece = arena->free;
    arena->free += rounded;
    arena->free_bytes = rounded > arena->free_bytes ? 0 : arena->free_bytes - rounded;
    memset(piece, 0, size);
    return piece;
}

void *arena_alloc_items(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    must(!__builtin_mul_overflow(count, size, &total));
    return arena_alloc(arena, total);
}

size_t arena_bytes(const struct arena *arena)
{
    return arena->total_bytes;
}

void arena_defer(struct arena *arena, void (*dispose)(void *), void *thing)
{
    struct deferred *deferred = arena_alloc(arena, sizeof *deferred);
    *deferred = (struct deferred){arena->deferred, dispose, thing};
    arena->deferred = deferred;
}
