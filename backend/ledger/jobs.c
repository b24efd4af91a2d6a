/* Jobs of the ledger: sealing. One seal is one transaction under the county's lock; a repeat finds nothing left to seal. */
#include "ledger/chain.h"
#include "ledger_verify.h"

enum { SEALS_A_RUN_MAX = 1000, IDS_BYTES_MAX = 1024 * 1024 };

static const char no_head[] = "0000000000000000000000000000000000000000000000000000000000000000";

struct sealing {
    struct db *db;
    struct arena *arena;
    instant now;
    text county;
    bool sealed; /* there was something to seal */
};

static text value_or(const struct rows *rows, size_t column, const char *otherwise)
{
    return rows_count(rows) > 0 ? rows_value(rows, 0, column) : text_from(otherwise);
}

/* "{id,id,…}" of the transfers, each once. */
static text transfer_ids(struct arena *arena, const struct rows *rows)
{
    struct bytes ids;
    bytes_init(&ids, arena, IDS_BYTES_MAX);
    bytes_add_char(&ids, '{');
    for (size_t row = 0; row < rows_count(rows); row++) {
        if (row > 0 && text_equal(rows_value(rows, row, 0), rows_value(rows, row - 1, 0)))
            continue;
        if (ids.length > 1)
            bytes_add_char(&ids, ',');
        bytes_add(&ids, rows_value(rows, row, 0));
    }
    bytes_add_char(&ids, '}');
    return bytes_text(&ids);
}

static int64_t transfers_in(const struct rows *rows)
{
    int64_t count = 0;
    for (size_t row = 0; row < rows_count(rows); row++)
        if (row == 0 || !text_equal(rows_value(rows, row, 0), rows_value(rows, row - 1, 0)))
            count++;
    return count;
}

static enum problem seal_write(struct sealing *sealing, int64_t number, text previous_head, const struct rows *rows)
{
    struct arena *arena = sealing->arena;
    uint8_t previous[LEDGER_HASH_BYTES], head[LEDGER_HASH_BYTES];
    int64_t announced = transfers_in(rows), added = 0;
    instant sealed_at = sealing->now - sealing->now % 1000; /* as exact as it is written */
    text broken;
    if (!ledger_hash_parse(previous_head, previous))
        return PROBLEM_OURS;
    struct ledger_seal *seal = ledger_seal_open(arena, sealing->county, number, announced, sealed_at, previous);
    if (!chain_add_rows(arena, seal, rows, &added, &broken) || !ledger_seal_close(seal, head)) {
        log_error("seal_refused", LOG_TEXT("county", sealing->county), LOG_TEXT("transfer", broken));
        return PROBLEM_OURS;
    }
    struct outcome outcome = {0};
    sealing->sealed = true;
    return DB_RUN(sealing->db, "ledger/seal_write", &outcome, {"county", sealing->county},
                  {"number", text_format(arena, "%lld", (long long)number)}, {"previous_head", previous_head},
                  {"head", ledger_hash_hex(arena, head)},
                  {"transfers_count", text_format(arena, "%lld", (long long)announced)},
                  {"sealed_at", instant_format(arena, sealed_at)}, {"transfer_ids", transfer_ids(arena, rows)});
}

static enum problem seal_next(struct sealing *sealing)
{
    struct outcome ignored = {0}, last = {0}, open = {0};
    int64_t number = 0;
    enum problem problem = DB_RUN(sealing->db, "ledger/seal_lock", &ignored, {"county", sealing->county});
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(sealing->db, "ledger/seal_last", &last, {"county", sealing->county});
    if (problem != PROBLEM_NONE)
        return problem;
    if (!text_to_int64(value_or(last.rows, 0, "0"), 0, INT64_MAX - 1, &number))
        return PROBLEM_OURS;
    problem = DB_RUN(sealing->db, "ledger/seal_open", &open, {"county", sealing->county},
                     {"written_by", value_or(last.rows, 2, "0")},
                     {"transfer_id", value_or(last.rows, 3, "00000000-0000-0000-0000-000000000000")});
    if (problem != PROBLEM_NONE || rows_count(open.rows) == 0)
        return problem;
    return seal_write(sealing, number + 1, value_or(last.rows, 1, no_head), open.rows);
}

static enum problem seal_one(struct sealing *sealing)
{
    struct outcome outcome = {0};
    sealing->sealed = false;
    enum problem problem = db_run(sealing->db, "db/begin", NULL, 0, &outcome);
    if (problem == PROBLEM_NONE)
        problem = seal_next(sealing);
    enum problem ended = db_run(sealing->db, problem == PROBLEM_NONE ? "db/commit" : "db/rollback", NULL, 0, &outcome);
    return problem == PROBLEM_NONE ? ended : problem;
}

/* Rows of one seal are many: they live in an arena of their own. */
static enum problem seal_county(struct db *db, text county, instant now)
{
    enum problem problem = PROBLEM_NONE;
    bool more = true;
    for (int i = 0; i < SEALS_A_RUN_MAX && more && problem == PROBLEM_NONE; i++) {
        struct sealing sealing = {.db = db, .arena = arena_new(), .now = now, .county = county};
        db_rows_in(db, sealing.arena);
        problem = seal_one(&sealing);
        more = sealing.sealed;
        arena_free(sealing.arena);
    }
    return problem;
}

static enum problem seal_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome counties = {0};
    enum problem problem = db_run(db, "ledger/counties", NULL, 0, &counties);
    for (size_t row = 0; problem == PROBLEM_NONE && row < rows_count(counties.rows); row++)
        problem = seal_county(db, rows_value(counties.rows, row, 0), now);
    db_rows_in(db, arena);
    return problem;
}

const struct job ledger_jobs[] = {
    {.name = "ledger/seal", .every_ms = 300000, .run = seal_run},
    JOBS_END,
};
