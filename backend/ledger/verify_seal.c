/* One seal: its transfers and its other records hashed again from what is in the database now. */
#include "ledger/chain.h"
#include "ledger/verify.h"

struct seal_proof {
    struct verification *verification;
    struct db *db;
    const struct sealed *sealed;
    struct arena *arena; /* of this seal */
    struct chain chain;
    bool is_broken;
};

static void broken(struct seal_proof *proof, text words)
{
    proof->is_broken = true;
    verify_say_broken(
        proof->verification, RANK_CHAIN, proof->sealed->county, proof->sealed->number,
        text_format(proof->arena, "seal %lld%.*s", (long long)proof->sealed->number, TEXT_ARGUMENTS(words)));
}

static text number_text(struct seal_proof *proof)
{
    return text_format(proof->arena, "%lld", (long long)proof->sealed->number);
}

static enum problem transfers_prove(struct seal_proof *proof)
{
    struct outcome outcome = {0};
    struct chain *chain = &proof->chain;
    enum problem problem = DB_RUN(proof->db, "ledger/seal_read", &outcome, {"county", proof->sealed->county},
                                  {"number", number_text(proof)});
    if (problem != PROBLEM_NONE)
        return problem;
    if (!chain_add_rows(chain, outcome.rows))
        broken(proof, text_format(proof->arena, ", position %lld, transfer %.*s: %s", (long long)chain->transfers + 1,
                                  TEXT_ARGUMENTS(chain->broken), chain->fault));
    else if (chain->transfers < proof->sealed->transfers_count)
        broken(proof, text_format(proof->arena, ", position %lld: is empty", (long long)chain->transfers + 1));
    else if (chain->transfers > proof->sealed->transfers_count)
        broken(proof, TEXT(": counts fewer transfers than it covers"));
    return PROBLEM_NONE;
}

enum { KIND, COUNT, DIGEST, HOLDS };

static enum problem record_name(struct seal_proof *proof, text kind)
{
    struct outcome outcome = {0};
    enum problem problem = DB_RUN(proof->db, "ledger/seal_records_broken", &outcome, {"county", proof->sealed->county},
                                  {"number", number_text(proof)}, {"kind", kind});
    if (problem != PROBLEM_NONE)
        return problem;
    bool named = rows_count(outcome.rows) > 0;
    text place = named ? rows_value(outcome.rows, 0, 0) : TEXT_NONE;
    if (named)
        broken(proof,
               text_format(proof->arena, "%s%.*s, %.*s %.*s: %.*s", place.at == NULL ? "" : ", position ",
                           TEXT_ARGUMENTS(place), TEXT_ARGUMENTS(kind), TEXT_ARGUMENTS(rows_value(outcome.rows, 0, 1)),
                           TEXT_ARGUMENTS(rows_value(outcome.rows, 0, 2))));
    else
        broken(proof, text_format(proof->arena, ": its list of %.*s was changed", TEXT_ARGUMENTS(kind)));
    return PROBLEM_NONE;
}

static enum problem records_prove(struct seal_proof *proof, int64_t *records)
{
    struct outcome outcome = {0};
    enum problem problem = DB_RUN(proof->db, "ledger/seal_records_read", &outcome, {"county", proof->sealed->county},
                                  {"number", number_text(proof)});
    for (size_t row = 0; problem == PROBLEM_NONE && !proof->is_broken && row < rows_count(outcome.rows); row++) {
        text kind = rows_value(outcome.rows, row, KIND);
        int64_t count = 0;
        bool holds = text_to_int64(rows_value(outcome.rows, row, COUNT), 1, INT32_MAX, &count) &&
                     text_equal(rows_value(outcome.rows, row, HOLDS), TEXT("t"));
        if (!holds)
            problem = record_name(proof, kind);
        else
            ledger_seal_add_records(proof->chain.seal, kind, count, rows_value(outcome.rows, row, DIGEST));
        *records += count;
    }
    if (problem == PROBLEM_NONE && !proof->is_broken && *records != proof->sealed->records_count)
        broken(proof, TEXT(": a list of its records is gone, or its count was changed"));
    return problem;
}

static void head_prove(struct seal_proof *proof)
{
    uint8_t head[LEDGER_HASH_BYTES], stored[LEDGER_HASH_BYTES];
    bool holds = ledger_seal_close(proof->chain.seal, head) && ledger_hash_parse(proof->sealed->head, stored) &&
                 memcmp(stored, head, sizeof stored) == 0;
    if (!holds)
        broken(proof, TEXT(": its head is not that of what it covers"));
}

static void tell(struct verification *verification, int64_t transfers, int64_t records)
{
    must(pthread_mutex_lock(&verification->lock) == 0);
    verification->proof->seals++;
    verification->proof->transfers += transfers;
    verification->proof->records += records;
    if (verification->stepped != NULL)
        verification->stepped(transfers);
    must(pthread_mutex_unlock(&verification->lock) == 0);
}

enum problem verify_seal(struct verification *verification, struct db *db, const struct sealed *sealed)
{
    struct seal_proof proof = {.verification = verification, .db = db, .sealed = sealed, .arena = arena_new()};
    int64_t records = 0;
    db_rows_in(db, proof.arena);
    proof.chain =
        (struct chain){.arena = proof.arena,
                       .seal = ledger_seal_open(proof.arena, sealed->county, sealed->number, sealed->transfers_count,
                                                sealed->sealed_at, sealed->previous)};
    enum problem problem = transfers_prove(&proof);
    if (problem == PROBLEM_NONE && !proof.is_broken)
        problem = records_prove(&proof, &records);
    if (problem == PROBLEM_NONE && !proof.is_broken)
        head_prove(&proof);
    if (problem == PROBLEM_NONE && !proof.is_broken)
        tell(verification, proof.chain.transfers, records);
    db_rows_in(db, NULL);
    arena_free(proof.arena);
    return problem;
}
