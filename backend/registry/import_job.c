/* Files handed in over HTTP: one at a time, each in one transaction with what is recorded about it. Who knows the kind of file reads it. */
#include <sodium.h>

#include "config.h"
#include "registry/household_import.h"
#include "registry/look_back.h"

enum { FILES_A_RUN_MAX = 20, FILE_ATTEMPTS_MAX = 5, REFUSED_SHOWN_BYTES_MAX = 8 * 1024 * 1024 };

static text value_of(const struct rows *rows, const char *column)
{
    return rows_value(rows, 0, (size_t)rows_column(rows, column));
}

static uuid uuid_of(const struct rows *rows, const char *column)
{
    uuid id = {0};
    text value = value_of(rows, column);
    if (value.at != NULL)
        must(uuid_parse(value, &id));
    return id;
}

static bool open_content(struct arena *arena, struct import_file *file, text content)
{
    text sealed;
    struct personal_place place = {"imports", "content", file->county, file->import_id};
    return personal_from_bytea(arena, content, &sealed) &&
           personal_open(config_personal_keys(), &place, sealed, arena, &file->content);
}

static void take_file(struct import_file *file, const struct rows *rows)
{
    *file = (struct import_file){
        .county = value_of(rows, "county"),
        .import_id = uuid_of(rows, "import_id"),
        .shop_id = uuid_of(rows, "shop_id"),
        .requested_by = uuid_of(rows, "requested_by"),
        .file_name = value_of(rows, "file_name"),
        .options = value_of(rows, "options"),
        .dry_run = text_equal(value_of(rows, "dry_run"), TEXT("t")),
        .only_clean = text_equal(value_of(rows, "only_clean"), TEXT("t")),
    };
}

/* Found, but not openable or begun too often: refused, and nothing of it read. */
static enum problem next_file(struct db *db, struct arena *arena, const struct rows *begun, struct import_file *file,
                              bool *found)
{
    struct outcome outcome;
    int64_t attempts = 0;
    enum problem problem = DB_RUN(db, "registry/import_next", &outcome, {"county", value_of(begun, "county")},
                                  {"import_id", value_of(begun, "import_id")});
    *found = problem == PROBLEM_NONE && rows_count(outcome.rows) > 0;
    if (!*found)
        return problem;
    take_file(file, outcome.rows);
    must(text_to_int64(value_of(outcome.rows, "attempts"), 0, INT32_MAX, &attempts));
    if (attempts > FILE_ATTEMPTS_MAX)
        return PROBLEM_OURS;
    return open_content(arena, file, value_of(outcome.rows, "content")) ? PROBLEM_NONE : PROBLEM_INVALID;
}

static text seal_refused(struct arena *arena, const struct import_file *file, text refused)
{
    struct personal_place place = {"imports", "refused", file->county, file->import_id};
    if (refused.at == NULL)
        return TEXT_NONE;
    return personal_to_bytea(arena, personal_seal(config_personal_keys(), &place, refused, arena));
}

static enum problem finish(struct db *db, struct arena *arena, const struct import_file *file, instant now,
                           const struct import_result *result)
{
    struct outcome outcome;
    return DB_RUN(db, "registry/import_finish", &outcome, {"county", file->county},
                  {"import_id", uuid_format(arena, file->import_id)},
                  {"state", result->stopped ? TEXT("refused") : TEXT("done")},
                  {"rows_read", text_format(arena, "%lld", (long long)result->rows_read)},
                  {"rows_taken", text_format(arena, "%lld", (long long)result->rows_taken)}, {"report", result->report},
                  {"refused", seal_refused(arena, file, result->refused)}, {"now", instant_format(arena, now)});
}

/* What the database would not take must not be tried for ever: said, with nothing of it kept. */
static enum problem finish_failed(struct db *db, struct arena *arena, const struct import_file *file, instant now,
                                  enum problem why)
{
    struct outcome outcome;
    struct import_result nothing = {.stopped = true};
    nothing.report = text_format(arena, "{\"stopped\":true,\"problem\":\"%s\"}", problem_slug(why));
    if (!db_is_up(db) || db_script(db, TEXT("ROLLBACK; BEGIN"), &outcome) != PROBLEM_NONE)
        return PROBLEM_UNAVAILABLE;
    return finish(db, arena, file, now, &nothing);
}

/* Someone else was first, or the database went: the file waits for its next turn. */
static bool is_worth_another_try(enum problem problem)
{
    return problem == PROBLEM_UNAVAILABLE || problem == PROBLEM_PLAN_STALE;
}

static enum problem work_begun(struct db *db, struct arena *arena, const struct rows *begun, instant now,
                               import_take *take)
{
    struct import_file file = {0};
    struct import_result result = {0};
    struct outcome outcome;
    bool found = false;
    enum problem problem = db_script(db, TEXT("BEGIN"), &outcome);
    if (problem == PROBLEM_NONE)
        problem = next_file(db, arena, begun, &file, &found);
    if (problem == PROBLEM_NONE && found)
        problem = take(db, arena, &file, now, &result);
    if (problem == PROBLEM_NONE && found)
        problem = finish(db, arena, &file, now, &result);
    if (problem != PROBLEM_NONE && !is_worth_another_try(problem) && found)
        problem = finish_failed(db, arena, &file, now, problem);
    enum problem ending = db_script(db, problem == PROBLEM_NONE ? TEXT("COMMIT") : TEXT("ROLLBACK"), &outcome);
    return problem == PROBLEM_NONE ? ending : problem;
}

static enum problem work_one(struct db *db, struct arena *arena, text kind, instant now, import_take *take, bool *found)
{
    struct outcome outcome;
    enum problem problem = DB_RUN(db, "registry/import_try", &outcome, {"kind", kind});
    *found = problem == PROBLEM_NONE && rows_count(outcome.rows) > 0;
    return *found ? work_begun(db, arena, outcome.rows, now, take) : problem;
}

enum problem imports_work(struct db *db, text kind, instant now, import_take *take)
{
    enum problem problem = PROBLEM_NONE;
    bool found = true;
    for (int i = 0; i < FILES_A_RUN_MAX && found && problem == PROBLEM_NONE; i++) {
        struct arena *own = arena_new();
        db_rows_in(db, own);
        problem = work_one(db, own, kind, now, take, &found);
        db_rows_in(db, NULL);
        arena_free(own);
    }
    return problem;
}

static enum problem households_file_take(struct db *db, struct arena *arena, const struct import_file *file,
                                         instant now, struct import_result *result)
{
    struct household_imported imported;
    const struct household_import import = {
        .keys = config_personal_keys(),
        .county = file->county,
        .file = file->content,
        .file_name = file->file_name,
        .dry_run = file->dry_run,
        .only_clean = file->only_clean,
        .import_id = file->import_id,
        .requested_by = file->requested_by,
    };
    enum problem problem = households_take(db, arena, &import, now, &imported);
    *result = (struct import_result){imported.stopped, imported.rows_read, imported.rows_taken, imported.report,
                                     imported.refused};
    return problem;
}

static enum problem imports_run(struct db *db, struct arena *arena, instant now)
{
    (void)arena;
    return imports_work(db, TEXT("households"), now, households_file_take);
}

const struct job registry_jobs[] = {
    {.name = "registry/imports", .every_ms = 1000, .run = imports_run},
    {.name = "registry/look_backs", .every_ms = 1000, .run = look_backs_run},
    {.name = "registry/index_names", .every_ms = 60 * 1000, .run = registry_index_names},
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
    text county = request->parameter(request, "county"); /* of households; products have their shop's */
    if (county.at == NULL)
        county = request->parameter(request, "shop_county");
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
    if (!personal_from_bytea(request->arena, facts->sealed, &sealed) ||
        !personal_open(config_personal_keys(), &place, sealed, request->arena, &plan->content))
        return PROBLEM_OURS;
    return plan->content.length > REFUSED_SHOWN_BYTES_MAX ? PROBLEM_TOO_LARGE : PROBLEM_NONE;
}
