/* Jobs of the ledger: sealing, and taking down the head of each day. One seal is one transaction under the county's lock; a repeat finds
   nothing left to seal. */
#include "ledger/chain.h"
#include "ledger_verify.h"

enum { SEALS_A_RUN_MAX = 2000, IDS_BYTES_MAX = 1024 * 1024 };

static const char no_head[] = "0000000000000000000000000000000000000000000000000000000000000000";
static const char no_transfer[] = "00000000-0000-0000-0000-000000000000";

struct sealing {
    struct db *db;
    struct arena *arena;
    instant now;
    text county;
    bool sealed; /* there was something to seal */
};

/* Also for a null: a county whose seals cover no transfer yet. */
static text value_or(const struct rows *rows, size_t column, const char *otherwise)
{
    text value = rows_count(rows) > 0 ? rows_value(rows, 0, column) : TEXT_NONE;
    return value.at != NULL ? value : text_from(otherwise);
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

static text number_text(struct arena *arena, int64_t number)
{
    return text_format(arena, "%lld", (long long)number);
}

/* In the order of the chain, which is that of the alphabet. */
static const char *const record_kinds[] = {"attributions", "audit_events", "contributions"};
enum { RECORD_KINDS_COUNT = sizeof record_kinds / sizeof *record_kinds };

struct seal_records {
    text kind, digest;
    int64_t count;
};

static enum problem records_take(struct sealing *sealing, int64_t number, const char *kind,
                                 struct seal_records *records)
{
    struct outcome outcome = {0};
    *records = (struct seal_records){.kind = text_from(kind)};
    enum problem problem = DB_RUN(sealing->db, "ledger/seal_records", &outcome, {"county", sealing->county},
                                  {"number", number_text(sealing->arena, number)}, {"kind", records->kind});
    if (problem != PROBLEM_NONE || rows_count(outcome.rows) == 0)
        return problem;
    records->digest = rows_value(outcome.rows, 0, 1);
    return text_to_int64(rows_value(outcome.rows, 0, 0), 1, INT32_MAX, &records->count) ? PROBLEM_NONE : PROBLEM_OURS;
}

struct seal_content {
    text previous_head;
    const struct rows *rows; /* of transfers */
    struct seal_records records[RECORD_KINDS_COUNT];
    int64_t number, transfers_count, records_count;
};

static enum problem records_take_all(struct sealing *sealing, struct seal_content *content)
{
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; problem == PROBLEM_NONE && i < RECORD_KINDS_COUNT; i++) {
        problem = records_take(sealing, content->number, record_kinds[i], &content->records[i]);
        content->records_count += content->records[i].count;
    }
    return problem;
}

/* The head over the content, and the text of the chain's hashes after each transfer. */
static bool seal_hash(struct sealing *sealing, const struct seal_content *content, instant sealed_at,
                      struct bytes *links, uint8_t head[LEDGER_HASH_BYTES])
{
    uint8_t previous[LEDGER_HASH_BYTES];
    if (!ledger_hash_parse(content->previous_head, previous))
        return false;
    struct chain chain = {.arena = sealing->arena, .links = links};
    chain.seal = ledger_seal_open(sealing->arena, sealing->county, content->number, content->transfers_count, sealed_at,
                                  previous);
    bool hashed = chain_add_rows(&chain, content->rows);
    bytes_add(links, chain.transfers == 0 ? TEXT("{}") : TEXT("}"));
    for (size_t i = 0; i < RECORD_KINDS_COUNT; i++)
        if (content->records[i].count > 0)
            ledger_seal_add_records(chain.seal, content->records[i].kind, content->records[i].count,
                                    content->records[i].digest);
    if (hashed && ledger_seal_close(chain.seal, head))
        return true;
    log_error("seal_refused", LOG_TEXT("county", sealing->county), LOG_TEXT("transfer", chain.broken));
    return false;
}

static enum problem seal_write(struct sealing *sealing, const struct seal_content *content)
{
    struct arena *arena = sealing->arena;
    struct bytes links;
    uint8_t head[LEDGER_HASH_BYTES];
    instant sealed_at = sealing->now - sealing->now % 1000; /* as exact as it is written */
    bytes_init(&links, arena, IDS_BYTES_MAX);
    if (!seal_hash(sealing, content, sealed_at, &links, head))
        return PROBLEM_OURS;
    struct outcome outcome = {0};
    sealing->sealed = true;
    return DB_RUN(
        sealing->db, "ledger/seal_write", &outcome, {"county", sealing->county},
        {"number", number_text(arena, content->number)}, {"previous_head", content->previous_head},
        {"head", ledger_hash_hex(arena, head)}, {"transfers_count", number_text(arena, content->transfers_count)},
        {"records_count", number_text(arena, content->records_count)}, {"sealed_at", instant_format(arena, sealed_at)},
        {"transfer_ids", transfer_ids(arena, content->rows)}, {"links", bytes_text(&links)});
}

static enum problem seal_next(struct sealing *sealing)
{
    struct outcome ignored = {0}, last = {0}, open = {0};
    struct seal_content content = {0};
    enum problem problem = DB_RUN(sealing->db, "ledger/seal_lock", &ignored, {"county", sealing->county});
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(sealing->db, "ledger/seal_last", &last, {"county", sealing->county});
    if (problem != PROBLEM_NONE)
        return problem;
    if (!text_to_int64(value_or(last.rows, 0, "0"), 0, INT64_MAX - 1, &content.number))
        return PROBLEM_OURS;
    content.number++;
    content.previous_head = value_or(last.rows, 1, no_head);
    problem = DB_RUN(sealing->db, "ledger/seal_open", &open, {"county", sealing->county},
                     {"written_by", value_or(last.rows, 2, "0")}, {"transfer_id", value_or(last.rows, 3, no_transfer)});
    if (problem == PROBLEM_NONE)
        problem = records_take_all(sealing, &content);
    if (problem != PROBLEM_NONE || rows_count(open.rows) + (size_t)content.records_count == 0)
        return problem;
    content.rows = open.rows;
    content.transfers_count = transfers_in(open.rows);
    return seal_write(sealing, &content);
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

/* The first head of a day stands, whichever process took it. */
static enum problem head_keep(struct db *db, struct arena *arena, text county, instant now)
{
    struct outcome newest = {0}, kept = {0};
    text day = day_format(arena, instant_business_day(now));
    struct ledger_head head = {.county = county, .day = day};
    db_rows_in(db, arena);
    enum problem problem = DB_RUN(db, "ledger/heads_take", &newest, {"county", county}, {"today", day});
    if (problem != PROBLEM_NONE || rows_count(newest.rows) == 0)
        return problem;
    text number = rows_value(newest.rows, 0, 0), hex = rows_value(newest.rows, 0, 1);
    if (!text_to_int64(number, 1, INT64_MAX, &head.number) || !ledger_hash_parse(hex, head.head))
        return PROBLEM_OURS;
    return DB_RUN(db, "ledger/heads_keep", &kept, {"county", county}, {"today", day}, {"number", number}, {"head", hex},
                  {"now", instant_format(arena, now)}, {"public_key", ledger_head_key(arena)},
                  {"signature", ledger_head_sign(arena, &head)});
}

static enum problem seal_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome counties = {0};
    enum problem problem = db_run(db, "ledger/counties", NULL, 0, &counties);
    for (size_t row = 0; problem == PROBLEM_NONE && row < rows_count(counties.rows); row++) {
        text county = rows_value(counties.rows, row, 0);
        problem = seal_county(db, county, now);
        if (problem == PROBLEM_NONE)
            problem = head_keep(db, arena, county, now);
    }
    db_rows_in(db, arena);
    return problem;
}

const struct job ledger_jobs[] = {
    {.name = "ledger/seal", .every_ms = 300000, .run = seal_run},
    JOBS_END,
};
