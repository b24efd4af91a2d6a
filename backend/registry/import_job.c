/* The job that works files handed in over HTTP: one at a time, each in one transaction with what is recorded about it. */
#include <sodium.h>

#include "config.h"
#include "registry/household_import.h"

enum { FILES_A_RUN_MAX = 20 };

struct waiting_file {
    text county, import_id;
    struct household_import import;
};

static text value_of(const struct rows *rows, const char *column)
{
    return rows_value(rows, 0, (size_t)rows_column(rows, column));
}

static bool open_content(struct arena *arena, struct waiting_file *waiting, text content)
{
    text sealed;
    struct personal_place place = {"imports", "content", waiting->county, waiting->import.import_id};
    return personal_from_bytea(arena, content, &sealed) &&
           personal_open(config_personal_keys(), &place, sealed, arena, &waiting->import.file);
}

static enum problem next_file(struct db *db, struct arena *arena, struct waiting_file *waiting, bool *found)
{
    struct outcome outcome;
    enum problem problem = db_run(db, "registry/import_next", NULL, 0, &outcome);
    *found = problem == PROBLEM_NONE && rows_count(outcome.rows) > 0;
    if (!*found)
        return problem;
    waiting->county = value_of(outcome.rows, "county");
    waiting->import_id = value_of(outcome.rows, "import_id");
    waiting->import = (struct household_import){
        .keys = config_personal_keys(),
        .county = waiting->county,
        .file_name = value_of(outcome.rows, "file_name"),
        .dry_run = text_equal(value_of(outcome.rows, "dry_run"), TEXT("t")),
        .only_clean = text_equal(value_of(outcome.rows, "only_clean"), TEXT("t")),
    };
    must(uuid_parse(waiting->import_id, &waiting->import.import_id));
    text requested_by = value_of(outcome.rows, "requested_by");
    if (requested_by.at != NULL)
        must(uuid_parse(requested_by, &waiting->import.requested_by));
    return open_content(arena, waiting, value_of(outcome.rows, "content")) ? PROBLEM_NONE : PROBLEM_INVALID;
}

static text seal_refused(struct arena *arena, const struct waiting_file *waiting, text refused)
{
    struct personal_place place = {"imports", "refused", waiting->county, waiting->import.import_id};
    if (refused.at == NULL)
        return TEXT_NONE;
    return personal_to_bytea(arena, personal_seal(config_personal_keys(), &place, refused, arena));
}

static enum problem finish(struct db *db, struct arena *arena, const struct waiting_file *waiting, instant now,
                           const struct household_imported *imported)
{
    struct outcome outcome;
    return DB_RUN(db, "registry/import_finish", &outcome, {"county", waiting->county},
                  {"import_id", waiting->import_id}, {"state", imported->stopped ? TEXT("refused") : TEXT("done")},
                  {"rows_read", text_format(arena, "%lld", (long long)imported->rows_read)},
                  {"rows_taken", text_format(arena, "%lld", (long long)imported->rows_taken)},
                  {"report", imported->report}, {"refused", seal_refused(arena, waiting, imported->refused)},
                  {"now", instant_format(arena, now)});
}

/* What the database would not take must not be tried for ever: said, with nothing of it kept. */
static enum problem finish_failed(struct db *db, struct arena *arena, const struct waiting_file *waiting, instant now,
                                  enum problem why)
{
    struct outcome outcome;
    struct household_imported nothing = {.stopped = true};
    nothing.report = text_format(arena, "{\"stopped\":true,\"problem\":\"%s\"}", problem_slug(why));
    if (!db_is_up(db) || db_script(db, TEXT("ROLLBACK; BEGIN"), &outcome) != PROBLEM_NONE)
        return PROBLEM_UNAVAILABLE;
    return finish(db, arena, waiting, now, &nothing);
}

static enum problem work_one(struct db *db, struct arena *arena, instant now, bool *found)
{
    struct waiting_file waiting = {0};
    struct household_imported imported = {0};
    struct outcome outcome;
    enum problem problem = db_script(db, TEXT("BEGIN"), &outcome);
    if (problem == PROBLEM_NONE)
        problem = next_file(db, arena, &waiting, found);
    if (problem == PROBLEM_NONE && *found)
        problem = households_take(db, arena, &waiting.import, now, &imported);
    if (problem == PROBLEM_NONE && *found)
        problem = finish(db, arena, &waiting, now, &imported);
    if (problem != PROBLEM_NONE && problem != PROBLEM_UNAVAILABLE && *found)
        problem = finish_failed(db, arena, &waiting, now, problem);
    enum problem ending = db_script(db, problem == PROBLEM_NONE ? TEXT("COMMIT") : TEXT("ROLLBACK"), &outcome);
    return problem == PROBLEM_NONE ? ending : problem;
}

static enum problem imports_run(struct db *db, struct arena *arena, instant now)
{
    enum problem problem = PROBLEM_NONE;
    bool found = true;
    (void)arena;
    for (int i = 0; i < FILES_A_RUN_MAX && found && problem == PROBLEM_NONE; i++) {
        struct arena *own = arena_new();
        found = false;
        db_rows_in(db, own);
        problem = work_one(db, own, now, &found);
        db_rows_in(db, NULL);
        arena_free(own);
    }
    return problem;
}

const struct job registry_jobs[] = {
    {.name = "registry/imports", .every_ms = 1000, .run = imports_run},
    JOBS_END,
};

/* ---- The file on its way in, and its refused rows on their way out ---- */

text household_file_hash(struct arena *arena, text bytes)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[2 * crypto_hash_sha256_BYTES + 1];
    must(crypto_hash_sha256(hash, (const unsigned char *)bytes.at, bytes.length) == 0);
    sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
    return text_format(arena, "%s", hex);
}

enum problem import_request_prepare(const struct request *request, const void *facts, void *plan,
                                    struct problems *problems)
{
    (void)facts;
    (void)plan;
    text county = request->parameter(request, "county");
    if (request->raw_body.length == 0) {
        problems_add(problems, TEXT(""), CSV_FAULT_EMPTY, TEXT_NONE);
        return PROBLEM_INVALID;
    }
    struct personal_place place = {"imports", "content", county, request->new_id};
    text sealed = personal_seal(config_personal_keys(), &place, request->raw_body, request->arena);
    request->bind(request, "file_hash", household_file_hash(request->arena, request->raw_body));
    request->bind(request, "content", personal_to_bytea(request->arena, sealed));
    return PROBLEM_NONE;
}

enum problem import_refused_decide(const struct request *request, const void *facts_, void *plan_,
                                   struct problems *problems)
{
    const struct import_refused_facts *facts = facts_;
    struct import_refused_plan *plan = plan_;
    struct personal_place place = {"imports", "refused", text_from(facts->import_id.county), facts->import_id.id};
    text sealed;
    (void)problems;
    plan->file_name = facts->file_name;
    return personal_from_bytea(request->arena, facts->sealed, &sealed) &&
                   personal_open(config_personal_keys(), &place, sealed, request->arena, &plan->content)
               ? PROBLEM_NONE
               : PROBLEM_OURS;
}
