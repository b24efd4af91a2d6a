/* Proves the whole ledger: the chain by streaming seal after seal, balances and sums by county. Stops at the first broken record. */
#include "ledger/chain.h"
#include "ledger_verify.h"

enum { COUNTY, NUMBER, PREVIOUS_HEAD, HEAD, TRANSFERS_COUNT, SEALED_US };

struct verification {
    struct db *db;
    struct arena *arena; /* of the whole proof */
    struct ledger_proof *proof;
    void (*stepped)(int64_t transfers);
    text county; /* whose chain is at hand */
    int64_t number;
    uint8_t head[LEDGER_HASH_BYTES]; /* recomputed, never the stored one */
};

static void say_broken(struct verification *verification, text county, const char *what, text more)
{
    verification->proof->broken = text_format(verification->arena, "county %.*s, %s%s%.*s", TEXT_ARGUMENTS(county),
                                              what, more.length > 0 ? " " : "", TEXT_ARGUMENTS(more));
}

static void seal_broken(struct verification *verification, const char *what, text more)
{
    const char *seal = text_format(verification->arena, "seal %lld: %s", (long long)verification->number, what).at;
    say_broken(verification, verification->county, seal, more);
}

/* ---- The chain ---- */
static void chain_begin(struct verification *verification, text county)
{
    verification->county = text_copy(verification->arena, county);
    verification->number = 0;
    memset(verification->head, 0, sizeof verification->head);
    verification->proof->counties++;
}

static bool row_is_next(struct verification *verification, const struct rows *seals, size_t row, int64_t *count,
                        instant *sealed_at)
{
    uint8_t previous[LEDGER_HASH_BYTES];
    int64_t number;
    bool read = text_to_int64(rows_value(seals, row, NUMBER), INT64_MIN, INT64_MAX, &number) &&
                text_to_int64(rows_value(seals, row, TRANSFERS_COUNT), 0, INT32_MAX, count) &&
                text_to_int64(rows_value(seals, row, SEALED_US), INT64_MIN, INT64_MAX, sealed_at) &&
                ledger_hash_parse(rows_value(seals, row, PREVIOUS_HEAD), previous);
    verification->number++;
    if (read && number == verification->number && memcmp(previous, verification->head, sizeof previous) == 0)
        return true;
    seal_broken(verification, "does not follow the seal before", TEXT_NONE);
    return false;
}

static enum problem transfers_prove(struct verification *verification, const struct rows *seals, size_t row,
                                    int64_t count, instant sealed_at, struct arena *arena)
{
    struct outcome outcome = {0};
    uint8_t stored[LEDGER_HASH_BYTES];
    int64_t added = 0;
    text broken;
    enum problem problem = DB_RUN(verification->db, "ledger/seal_read", &outcome, {"county", verification->county},
                                  {"number", rows_value(seals, row, NUMBER)});
    if (problem != PROBLEM_NONE)
        return problem;
    struct ledger_seal *seal =
        ledger_seal_open(arena, verification->county, verification->number, count, sealed_at, verification->head);
    if (!chain_add_rows(arena, seal, outcome.rows, &added, &broken)) {
        seal_broken(verification, "has lost or damaged transfer", text_copy(verification->arena, broken));
        return PROBLEM_NONE;
    }
    bool whole = ledger_seal_close(seal, verification->head) &&
                 ledger_hash_parse(rows_value(seals, row, HEAD), stored) &&
                 memcmp(stored, verification->head, sizeof stored) == 0;
    if (!whole)
        seal_broken(verification, "its transfers are not those that were sealed", TEXT_NONE);
    verification->proof->seals++;
    verification->proof->transfers += added;
    if (verification->stepped != NULL)
        verification->stepped(added);
    return PROBLEM_NONE;
}

static enum problem seal_prove(struct verification *verification, const struct rows *seals, size_t row)
{
    int64_t count;
    instant sealed_at;
    if (!text_equal(rows_value(seals, row, COUNTY), verification->county))
        chain_begin(verification, rows_value(seals, row, COUNTY));
    if (!row_is_next(verification, seals, row, &count, &sealed_at))
        return PROBLEM_NONE;
    struct arena *arena = arena_new();
    db_rows_in(verification->db, arena);
    enum problem problem = transfers_prove(verification, seals, row, count, sealed_at, arena);
    arena_free(arena);
    return problem;
}

static enum problem chains_prove(struct verification *verification)
{
    enum problem problem = PROBLEM_NONE;
    size_t count = 1;
    while (problem == PROBLEM_NONE && count > 0 && verification->proof->broken.at == NULL) {
        struct outcome seals = {0};
        struct arena *arena = arena_new();
        db_rows_in(verification->db, arena);
        problem = DB_RUN(verification->db, "ledger/seals_next", &seals, {"county", verification->county},
                         {"number", text_format(arena, "%lld", (long long)verification->number)});
        count = problem == PROBLEM_NONE ? rows_count(seals.rows) : 0;
        for (size_t row = 0; row < count && problem == PROBLEM_NONE && verification->proof->broken.at == NULL; row++)
            problem = seal_prove(verification, seals.rows, row);
        arena_free(arena);
    }
    return problem;
}

/* ---- Balances and sums ---- */
static text kinds_with(struct arena *arena, enum account_floor least)
{
    struct bytes kinds;
    bytes_init(&kinds, arena, 1024);
    for (enum account_kind kind = 0; kind < ACCOUNT_KINDS_COUNT; kind++) {
        if (account_kind_floor(kind) < least)
            continue;
        bytes_add_char(&kinds, kinds.length == 0 ? '{' : ',');
        bytes_add(&kinds, account_kind_name(kind));
    }
    bytes_add_char(&kinds, '}');
    return bytes_text(&kinds);
}

static enum problem county_prove(struct verification *verification, text county)
{
    struct outcome outcome = {0};
    struct arena *arena = verification->arena;
    enum problem problem = DB_RUN(verification->db, "ledger/verify_rows", &outcome, {"county", county},
                                  {"floors", kinds_with(arena, FLOOR_PROVEN)}, {"kept", kinds_with(arena, FLOOR_KEPT)});
    if (problem == PROBLEM_NONE && rows_count(outcome.rows) > 0)
        say_broken(verification, county, text_terminated(arena, rows_value(outcome.rows, 0, 0)),
                   text_format(arena, "(%.*s, expected %.*s)", TEXT_ARGUMENTS(rows_value(outcome.rows, 0, 1)),
                               TEXT_ARGUMENTS(rows_value(outcome.rows, 0, 2))));
    return problem;
}

static enum problem counties_prove(struct verification *verification)
{
    struct outcome counties = {0};
    db_rows_in(verification->db, verification->arena);
    enum problem problem = db_run(verification->db, "ledger/counties", NULL, 0, &counties);
    size_t count = problem == PROBLEM_NONE ? rows_count(counties.rows) : 0;
    for (size_t row = 0; row < count && problem == PROBLEM_NONE && verification->proof->broken.at == NULL; row++)
        problem = county_prove(verification, rows_value(counties.rows, row, 0));
    if (problem == PROBLEM_NONE)
        verification->proof->counties = (int64_t)count;
    return problem;
}

enum problem ledger_verify(struct db *db, struct arena *arena, void (*stepped)(int64_t transfers),
                           struct ledger_proof *proof)
{
    struct verification verification = {
        .db = db, .arena = arena, .proof = proof, .stepped = stepped, .county = TEXT("")};
    *proof = (struct ledger_proof){0};
    enum problem problem = chains_prove(&verification);
    if (problem == PROBLEM_NONE && proof->broken.at == NULL)
        problem = counties_prove(&verification);
    db_rows_in(db, NULL);
    return problem;
}
