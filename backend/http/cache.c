/* Whole public answers, plain and packed, kept for a moment. Every thread has a replica and sends the others a copy of what it made: a hit
   takes no lock and copies nothing. A thread makes an answer once, however many wait for it. While the database is away or slow an old
   answer, marked stale, is better than none. */
#include "http/assets.h"
#include "http/cache.h"
#include "http/exchange.h"

#define CACHE_BYTES_MAX (16 * 1024 * 1024) /* of all threads */
#define CACHE_ENTRIES_MAX 4096
#define CACHE_BUCKETS 4096
#define CACHE_STALE_MS_MAX (6 * 3600 * 1000)
#define FILL_PATIENCE_MS 1000 /* a database that hangs says nothing: from then on an old answer will do. */

struct key {
    const struct route *route;
    enum language language;
    text place; /* path and query as sent */
    uint64_t hash;
};
/* h2o shared memory: the cache holds one reference, every answer under way another. */
struct entry {
    struct key key;
    struct entry *next;
    h2o_linklist_t by_use;
    uint64_t made_ms;
    size_t bytes;
    bool is_kept;
    struct answer answer; /* its encoding and body are chosen for each visit */
    struct arena *packed; /* of gzip; NULL until somebody takes it: packing costs more than making most answers */
    text gzip;
};
struct fill {
    struct arena *arena;
    struct cache *cache;
    struct key key;
    struct fill *next;
    struct visit *waiting;
    h2o_timeout_entry_t patience;
    bool is_late;
    uint64_t drops_seen; /* by this thread, when it began */
    bool is_outdated;    /* something was revoked since it began: good for those who wait, not for keeping */
};
struct cache {
    struct worker *worker;
    struct entry *buckets[CACHE_BUCKETS];
    struct fill *fills;
    h2o_linklist_t by_use; /* oldest first */
    h2o_timeout_t patience;
    size_t entries, bytes, bytes_max;
    uint64_t drops; /* every thread hears the same notices in the same order */
};

struct cache *cache_new(struct arena *arena, struct worker *worker)
{
    struct cache *cache = arena_alloc(arena, sizeof *cache);
    cache->worker = worker;
    cache->bytes_max = CACHE_BYTES_MAX / worker->server->workers_count;
    h2o_linklist_init_anchor(&cache->by_use);
    h2o_timeout_init(worker->context.loop, &cache->patience, FILL_PATIENCE_MS);
    return cache;
}

/* ---- Keys ---- */

static struct key key_of(const struct visit *visit, const struct route *route)
{
    /* What hangs on the address of a page changes nothing about it. */
    text place = route->page == NULL ? text_of(visit->req->input.path) : visit_path(visit);
    struct key key = {.route = route, .language = visit_language(visit), .place = place};
    uint64_t hash = visit->worker->server->secret + (uint64_t)(uintptr_t)route + (uint64_t)key.language;
    for (size_t i = 0; i < key.place.length; i++)
        hash = (hash ^ (uint8_t)key.place.at[i]) * UINT64_C(0x100000001B3);
    key.hash = hash ^ (hash >> 29);
    return key;
}

static bool key_equal(const struct key *a, const struct key *b)
{
    return a->hash == b->hash && a->route == b->route && a->language == b->language && text_equal(a->place, b->place);
}

static struct entry **entry_bucket(struct cache *cache, const struct key *key)
{
    return &cache->buckets[key->hash % CACHE_BUCKETS];
}

static struct entry *entry_find(struct cache *cache, const struct key *key)
{
    struct entry *entry = *entry_bucket(cache, key);
    while (entry != NULL && !key_equal(&entry->key, key))
        entry = entry->next;
    return entry;
}

/* ---- Entries ---- */

static void entry_drop(struct cache *cache, struct entry *entry)
{
    struct entry **link = entry_bucket(cache, &entry->key);
    while (*link != entry)
        link = &(*link)->next;
    *link = entry->next;
    h2o_linklist_unlink(&entry->by_use);
    entry->is_kept = false;
    cache->entries--;
    cache->bytes -= entry->bytes;
    h2o_mem_release_shared(entry);
}

static struct entry *entry_oldest(struct cache *cache)
{
    return H2O_STRUCT_FROM_MEMBER(struct entry, by_use, cache->by_use.next);
}

static text keep(char **room, text words)
{
    if (words.at == NULL)
        return TEXT_NONE;
    text kept = {*room, words.length};
    memcpy(*room, words.at, words.length);
    *room += words.length;
    return kept;
}

static void entry_dispose(void *entry_)
{
    struct entry *entry = entry_;
    if (entry->packed != NULL)
        arena_free(entry->packed);
}

static struct entry *entry_new(const struct fill *fill, const struct answer *answer)
{
    const struct worker *worker = fill->cache->worker;
    char age[64];
    int64_t seconds = fill->key.route->cache_ms / 1000;
    size_t age_length = (size_t)snprintf(age, sizeof age, "public, max-age=%lld", (long long)seconds);
    text cache_control = answer->cache_control.at == NULL ? (text){age, age_length} : answer->cache_control;
    size_t bytes = sizeof(struct entry) + fill->key.place.length + answer->body.length + answer->etag.length +
                   answer->content_type.length + answer->link_next.length + answer->disposition.length +
                   cache_control.length;
    struct entry *entry = h2o_mem_alloc_shared(NULL, bytes, entry_dispose);
    char *room = (char *)(entry + 1);
    *entry = (struct entry){.key = fill->key, .bytes = bytes, .made_ms = h2o_now(worker->context.loop)};
    entry->key.place = keep(&room, fill->key.place);
    entry->answer = (struct answer){
        .status = answer->status,
        .body = keep(&room, answer->body),
        .etag = keep(&room, answer->etag),
        .content_type = keep(&room, answer->content_type),
        .link_next = keep(&room, answer->link_next),
        .disposition = keep(&room, answer->disposition),
        .cache_control = keep(&room, cache_control),
        .vary = fill->key.route->page == NULL ? VARY_ANSWER : VARY_PAGE,
    };
    return entry;
}

static void entry_keep(struct cache *cache, struct entry *entry)
{
    struct entry *old = entry_find(cache, &entry->key);
    if (old != NULL)
        entry_drop(cache, old);
    while (cache->entries > 0 &&
           (cache->entries >= CACHE_ENTRIES_MAX || cache->bytes + entry->bytes > cache->bytes_max))
        entry_drop(cache, entry_oldest(cache));
    struct entry **bucket = entry_bucket(cache, &entry->key);
    entry->next = *bucket;
    *bucket = entry;
    h2o_linklist_insert(&cache->by_use, &entry->by_use);
    h2o_mem_addref_shared(entry);
    entry->is_kept = true;
    cache->entries++;
    cache->bytes += entry->bytes;
}

static void entry_pack(struct cache *cache, struct entry *entry)
{
    if (entry->packed != NULL)
        return;
    entry->packed = arena_new();
    entry->gzip = gzip_of(entry->packed, entry->answer.body);
    entry->bytes += entry->gzip.length;
    if (entry->is_kept)
        cache->bytes += entry->gzip.length;
}

static void entry_send(struct visit *visit, struct entry *entry, bool is_stale)
{
    struct answer answer = entry->answer;
    h2o_mem_link_shared(&visit->req->pool, entry);
    answer.is_stale = is_stale;
    if (entry->key.route->page != NULL)
        assets_page_headers(visit);
    if (visit_takes_gzip(visit))
        entry_pack(visit->worker->cache, entry);
    if (entry->gzip.at != NULL && visit_takes_gzip(visit)) {
        answer.body = entry->gzip;
        answer.encoding = TEXT("gzip");
    }
    answer_send(visit, &answer);
}

void cache_drop(struct cache *cache, text tag)
{
    cache->drops++;
    for (struct fill *fill = cache->fills; fill != NULL; fill = fill->next)
        fill->is_outdated =
            fill->is_outdated || tag.length == 0 ||
            (fill->key.route->cache_tag != NULL && text_equal(text_from(fill->key.route->cache_tag), tag));
    for (h2o_linklist_t *link = cache->by_use.next, *next; link != &cache->by_use; link = next) {
        next = link->next;
        struct entry *entry = H2O_STRUCT_FROM_MEMBER(struct entry, by_use, link);
        const char *own = entry->key.route->cache_tag;
        if (tag.length == 0 || (own != NULL && text_equal(text_from(own), tag)))
            entry_drop(cache, entry);
    }
}

/* ---- Fills ---- */

static void fill_wait(struct fill *fill, struct visit *visit)
{
    visit->waits = fill;
    visit->waits_next = fill->waiting;
    fill->waiting = visit;
}

void cache_forget(struct visit *visit)
{
    if (visit->waits == NULL)
        return;
    struct visit **link = &visit->waits->waiting;
    while (*link != visit)
        link = &(*link)->waits_next;
    *link = visit->waits_next;
    visit->waits = NULL;
}

static struct visit *fill_next(struct fill *fill)
{
    struct visit *visit = fill->waiting;
    if (visit != NULL)
        cache_forget(visit);
    return visit;
}

static struct fill *fill_find(struct cache *cache, const struct key *key)
{
    struct fill *fill = cache->fills;
    while (fill != NULL && !key_equal(&fill->key, key))
        fill = fill->next;
    return fill;
}

/* Everyone who waits gets the old answer; false: there is none. */
static bool fill_send_old(struct fill *fill)
{
    struct worker *worker = fill->cache->worker;
    struct entry *old = entry_find(fill->cache, &fill->key);
    if (old == NULL || h2o_now(worker->context.loop) - old->made_ms >= CACHE_STALE_MS_MAX)
        return false;
    for (struct visit *visit; (visit = fill_next(fill)) != NULL;) {
        COUNT_ADD(worker->counts.cache_stale, 1);
        entry_send(visit, old, true);
    }
    return true;
}

static void fill_late(h2o_timeout_entry_t *entry)
{
    struct fill *fill = H2O_STRUCT_FROM_MEMBER(struct fill, patience, entry);
    fill->is_late = true;
    (void)fill_send_old(fill);
}

static struct fill *fill_begin(struct cache *cache, const struct key *key)
{
    struct arena *arena = arena_new();
    struct fill *fill = arena_alloc(arena, sizeof *fill);
    *fill =
        (struct fill){.arena = arena, .cache = cache, .key = *key, .next = cache->fills, .drops_seen = cache->drops};
    fill->key.place = text_copy(arena, key->place);
    fill->patience.cb = fill_late;
    h2o_timeout_link(cache->worker->context.loop, &cache->patience, &fill->patience);
    cache->fills = fill;
    return fill;
}

static void fill_unlink(struct fill *fill)
{
    struct fill **link = &fill->cache->fills;
    while (*link != fill)
        link = &(*link)->next;
    *link = fill->next;
    h2o_timeout_unlink(&fill->patience);
}

/* One entry for another thread, which owns it from then on: the reference count is not atomic. */
struct gift {
    struct message message; /* first */
    struct arena *arena;
    struct entry *entry;
    uint64_t drops_seen;
};

static void gift_take(struct worker *worker, struct message *message)
{
    struct gift *gift = (struct gift *)message;
    struct entry *entry = gift->entry, *own = entry_find(worker->cache, &entry->key);
    bool is_newer = own == NULL || own->made_ms < entry->made_ms;
    /* What was revoked here after the fill began there was perhaps not yet revoked there. */
    if (is_newer && worker->cache->drops <= gift->drops_seen)
        entry_keep(worker->cache, entry);
    h2o_mem_release_shared(entry);
    arena_free(gift->arena);
}

static void fill_share(const struct fill *fill, const struct answer *answer)
{
    struct worker *own = fill->cache->worker;
    for (size_t i = 0; i < own->server->workers_count; i++) {
        struct worker *other = &own->server->workers[i];
        if (other == own)
            continue;
        struct arena *arena = arena_new();
        struct gift *gift = arena_alloc(arena, sizeof *gift);
        *gift = (struct gift){{.run = gift_take}, arena, entry_new(fill, answer), fill->drops_seen};
        worker_tell(other, &gift->message);
    }
}

static void fill_answer(struct fill *fill, const struct answer *answer)
{
    struct entry *entry = entry_new(fill, answer);
    if (!fill->is_outdated && answer->status == 200 && entry->bytes <= fill->cache->bytes_max / 8) {
        entry_keep(fill->cache, entry);
        fill_share(fill, answer);
    }
    for (struct visit *visit; (visit = fill_next(fill)) != NULL;)
        entry_send(visit, entry, false);
    h2o_mem_release_shared(entry);
}

static void fill_refuse(struct fill *fill, enum problem refusal, const struct problems *problems)
{
    if (refusal == PROBLEM_UNAVAILABLE && fill_send_old(fill))
        return;
    for (struct visit *visit; (visit = fill_next(fill)) != NULL;)
        visit_refuse(visit, refusal, problems);
}

void fill_end(struct fill *fill, const struct answer *answer, enum problem refusal, const struct problems *problems)
{
    fill_unlink(fill);
    if (answer != NULL)
        fill_answer(fill, answer);
    else
        fill_refuse(fill, refusal, problems);
    arena_free(fill->arena);
}

void cache_serve(struct visit *visit, const struct match *match)
{
    struct worker *worker = visit->worker;
    struct cache *cache = worker->cache;
    struct key key = key_of(visit, match->route);
    struct entry *entry = entry_find(cache, &key);
    if (entry != NULL && h2o_now(worker->context.loop) - entry->made_ms < (uint64_t)match->route->cache_ms) {
        COUNT_ADD(worker->counts.cache_hits, 1);
        h2o_linklist_unlink(&entry->by_use);
        h2o_linklist_insert(&cache->by_use, &entry->by_use);
        entry_send(visit, entry, false);
        return;
    }
    COUNT_ADD(worker->counts.cache_misses, 1);
    struct fill *fill = fill_find(cache, &key);
    bool begins = fill == NULL;
    if (begins)
        fill = fill_begin(cache, &key);
    fill_wait(fill, visit);
    if (begins)
        exchange_begin(visit, match, fill);
    else if (fill->is_late)
        (void)fill_send_old(fill);
}
