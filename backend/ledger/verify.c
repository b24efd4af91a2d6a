/* Proves the whole ledger: each seal from the head before it, balances and sums by county. Several hands work at once, since a seal whose
   place in the chain holds can be proven alone; of all faults the first in order is told. */
#include "ledger/verify.h"

enum { COUNTY, NUMBER, PREVIOUS_HEAD, HEAD, TRANSFERS_COUNT, RECORDS_COUNT, SEALED_US };
enum { HANDS_ON_CHAINS = 2, HANDS = HANDS_ON_CHAINS + 1 };

static bool comes_before(const struct verification *verification, int rank, text county, int64_t number)
{
    if (!verification->is_broken || rank != verification->broken_rank)
        return !verification->is_broken || rank < verification->broken_rank;
    int order = text_compare(county, verification->broken_county);
    return order < 0 || (order == 0 && number < verification->broken_number);
}

static void broken_keep(struct verification *verification, int rank, text county, int64_t number, text words)
{
    if (!comes_before(verification, rank, county, number))
        return;
    verification->is_broken = true;
    verification->broken_rank = rank;
    verification->broken_county = text_copy(verification->arena, county);
    verification->broken_number = number;
    verification->proof->broken =
        text_format(verification->arena, "county %.*s, %.*s", TEXT_ARGUMENTS(county), TEXT_ARGUMENTS(words));
}

void verify_say_broken(struct verification *verification, int rank, text county, int64_t number, text words)
{
    must(pthread_mutex_lock(&verification->lock) == 0);
    broken_keep(verification, rank, county, number, words);
    must(pthread_mutex_unlock(&verification->lock) == 0);
}

/* ---- The seals in order ---- */

/* Loads a page when the last one is used up; false: there is none. */
static bool feed_has_row(struct verification *verification)
{
    if (verification->seals != NULL && verification->next < rows_count(verification->seals))
        return true;
    struct outcome outcome = {0};
    struct arena *page = arena_new();
    db_rows_in(verification->feed, page);
    verification->problem =
        DB_RUN(verification->feed, "ledger/seals_next", &outcome, {"county", verification->last.county},
               {"number", text_format(page, "%lld", (long long)verification->last.number)});
    if (verification->page != NULL)
        arena_free(verification->page);
    verification->page = page;
    verification->seals = verification->problem == PROBLEM_NONE ? outcome.rows : NULL;
    verification->next = 0;
    return verification->seals != NULL && rows_count(verification->seals) > 0;
}

static bool row_read(const struct rows *seals, size_t row, struct sealed *sealed)
{
    sealed->head = rows_value(seals, row, HEAD);
    return text_to_int64(rows_value(seals, row, NUMBER), INT64_MIN, INT64_MAX, &sealed->number) &&
           text_to_int64(rows_value(seals, row, TRANSFERS_COUNT), 0, INT32_MAX, &sealed->transfers_count) &&
           text_to_int64(rows_value(seals, row, RECORDS_COUNT), 0, INT32_MAX, &sealed->records_count) &&
           text_to_int64(rows_value(seals, row, SEALED_US), INT64_MIN, INT64_MAX, &sealed->sealed_at) &&
           ledger_hash_parse(rows_value(seals, row, PREVIOUS_HEAD), sealed->previous);
}

/* A chain begins with number 1 after a head of zeros; every other seal follows the one before it. */
static const char *seal_fault(struct verification *verification, const struct sealed *sealed, bool was_read)
{
    struct sealed *last = &verification->last;
    if (!text_equal(last->county, sealed->county)) {
        *last = (struct sealed){.county = sealed->county};
        memset(verification->last_head, 0, sizeof verification->last_head);
    }
    if (was_read && sealed->number != last->number + 1)
        return "does not follow the seal before: one is gone";
    if (!was_read || memcmp(sealed->previous, verification->last_head, sizeof verification->last_head) != 0)
        return "does not follow the seal before";
    if (!ledger_hash_parse(sealed->head, verification->last_head))
        return "has no head";
    last->number = sealed->number;
    return kept_heads_fault(verification, sealed->county, sealed->number, sealed->head);
}

/* The next seal for a hand; false: there is no more to do. Copied into the hand's arena. */
static bool seal_next(struct verification *verification, struct arena *arena, struct sealed *sealed)
{
    bool chain_is_broken = verification->is_broken && verification->broken_rank == RANK_CHAIN;
    if (verification->ended || verification->problem != PROBLEM_NONE || chain_is_broken)
        return false;
    if (!feed_has_row(verification)) {
        verification->ended = true;
        return false;
    }
    size_t row = verification->next++;
    sealed->county = text_copy(verification->arena, rows_value(verification->seals, row, COUNTY));
    bool was_read = row_read(verification->seals, row, sealed);
    const char *fault = seal_fault(verification, sealed, was_read);
    sealed->head = text_copy(arena, sealed->head);
    if (fault == NULL)
        return true;
    broken_keep(verification, RANK_CHAIN, sealed->county, sealed->number,
                text_format(verification->arena, "seal %lld: %s", (long long)sealed->number, fault));
    return false;
}

/* ---- Hands ---- */
struct hand {
    struct verification *verification;
    struct arena *arena;
    struct db *db;
    enum problem (*work)(struct hand *hand);
    pthread_t thread;
};

static enum problem chains_work(struct hand *hand)
{
    struct verification *verification = hand->verification;
    enum problem problem = PROBLEM_NONE;
    for (bool more = true; more && problem == PROBLEM_NONE;) {
        struct arena *arena = arena_new();
        struct sealed sealed = {0};
        must(pthread_mutex_lock(&verification->lock) == 0);
        more = seal_next(verification, arena, &sealed);
        must(pthread_mutex_unlock(&verification->lock) == 0);
        if (more)
            problem = verify_seal(verification, hand->db, &sealed);
        arena_free(arena);
    }
    return problem;
}

static enum problem books_work(struct hand *hand)
{
    struct outcome counties = {0};
    db_rows_in(hand->db, hand->arena);
    enum problem problem = db_run(hand->db, "ledger/counties", NULL, 0, &counties);
    size_t count = problem == PROBLEM_NONE ? rows_count(counties.rows) : 0;
    for (size_t row = 0; row < count && problem == PROBLEM_NONE && !hand->verification->is_broken; row++)
        problem = verify_books(hand->verification, hand->db, rows_value(counties.rows, row, 0));
    hand->verification->proof->counties = (int64_t)count;
    return problem;
}

/* Large sorts stay in memory, and no helper processes: the hands are as many as the processors bear. */
static void *hand_run(void *owner)
{
    struct hand *hand = owner;
    struct outcome outcome = {0};
    enum problem problem = PROBLEM_UNAVAILABLE;
    hand->db = db_open(hand->arena, hand->verification->url);
    if (hand->db != NULL) {
        problem =
            db_script(hand->db, TEXT("SET work_mem = '128MB'; SET max_parallel_workers_per_gather = 0"), &outcome);
        if (problem == PROBLEM_NONE)
            problem = hand->work(hand);
        db_close(hand->db);
    }
    must(pthread_mutex_lock(&hand->verification->lock) == 0);
    if (hand->verification->problem == PROBLEM_NONE)
        hand->verification->problem = problem;
    must(pthread_mutex_unlock(&hand->verification->lock) == 0);
    return NULL;
}

static void hands_run(struct verification *verification)
{
    struct hand hands[HANDS];
    for (size_t i = 0; i < HANDS; i++) {
        hands[i] = (struct hand){
            .verification = verification, .arena = arena_new(), .work = i < HANDS_ON_CHAINS ? chains_work : books_work};
        must(pthread_create(&hands[i].thread, NULL, hand_run, &hands[i]) == 0);
    }
    for (size_t i = 0; i < HANDS; i++) {
        must(pthread_join(hands[i].thread, NULL) == 0);
        arena_free(hands[i].arena);
    }
}

enum problem ledger_verify(const char *url, struct arena *arena, text heads, void (*stepped)(int64_t transfers),
                           struct ledger_proof *proof)
{
    struct verification verification = {.url = url,
                                        .arena = arena,
                                        .proof = proof,
                                        .stepped = stepped,
                                        .last = {.county = TEXT("")},
                                        .feed = db_open(arena, url)};
    *proof = (struct ledger_proof){0};
    if (verification.feed == NULL)
        return PROBLEM_UNAVAILABLE;
    must(pthread_mutex_init(&verification.lock, NULL) == 0);
    enum problem problem = kept_heads_load(&verification, verification.feed, heads);
    if (problem == PROBLEM_NONE) {
        hands_run(&verification);
        problem = verification.problem;
    }
    if (problem == PROBLEM_NONE && verification.ended)
        kept_heads_missing(&verification);
    db_close(verification.feed);
    if (verification.page != NULL)
        arena_free(verification.page);
    must(pthread_mutex_destroy(&verification.lock) == 0);
    return problem;
}
