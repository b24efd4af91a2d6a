/* shanhuo import households: a county's registry file into the database of this installation, or only checked. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "registry/household_import.h"

#define COMMAND "shanhuo import households: "

struct households_run {
    const struct invocation *invocation;
    struct household_import import;
    int refused_file; /* -1: not asked for */
};

/* Copied, not mapped: reading turns lines into values that point into the file, and its owner may change it meanwhile. */
static bool read_whole(struct arena *arena, const char *path, text *content)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > CSV_FILE_BYTES_MAX) {
        fprintf(stderr, COMMAND "%s can't be read, or is no file of at most %d MB\n", path, CSV_FILE_BYTES_MAX >> 20);
        if (file >= 0)
            close(file);
        return false;
    }
    char *at = arena_alloc(arena, (size_t)status.st_size + 1);
    ssize_t got = 1;
    *content = (text){at, 0};
    while (got > 0 && content->length < (size_t)status.st_size) {
        got = read(file, at + content->length, (size_t)status.st_size - content->length);
        content->length += got > 0 ? (size_t)got : 0;
    }
    close(file);
    return got >= 0;
}

/* Opened before home_enter: afterwards root's folders are out of reach. */
static bool open_refused(struct households_run *run)
{
    const char *path = invocation_value(run->invocation, "refused");
    run->refused_file = path == NULL ? -1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (path == NULL || run->refused_file >= 0)
        return true;
    fprintf(stderr, COMMAND "%s can't be written\n", path);
    return false;
}

static bool read_options(struct households_run *run, const char *path)
{
    const struct invocation *invocation = run->invocation;
    const char *county = invocation_value(invocation, "county");
    const char *slash = strrchr(path, '/');
    if (county == NULL || area_code_level(text_from(county)) != AREA_COUNTY) {
        fputs(COMMAND "--county must be the county's code of six digits\n", stderr);
        return false;
    }
    run->import.county = text_from(county);
    run->import.file_name = text_from(slash == NULL ? path : slash + 1);
    run->import.dry_run = invocation_has(invocation, "dry-run");
    run->import.only_clean = invocation_has(invocation, "only-clean");
    return true;
}

static bool write_refused(const struct households_run *run, text refused)
{
    for (size_t done = 0; run->refused_file >= 0 && done < refused.length;) {
        ssize_t wrote = write(run->refused_file, refused.at + done, refused.length - done);
        if (wrote <= 0) {
            fputs(COMMAND "the refused rows can't be written\n", stderr);
            return false;
        }
        done += (size_t)wrote;
    }
    return true;
}

static enum problem record(struct db *db, const struct households_run *run, instant now,
                           const struct household_imported *imported)
{
    struct arena *arena = run->invocation->arena;
    const struct household_import *import = &run->import;
    struct outcome outcome;
    return DB_RUN(db, "registry/import_record", &outcome, {"county", import->county},
                  {"import_id", uuid_format(arena, import->import_id)}, {"file_name", import->file_name},
                  {"file_hash", household_file_hash(arena, import->file)},
                  {"only_clean", import->only_clean ? TEXT("true") : TEXT("false")},
                  {"state", imported->stopped ? TEXT("refused") : TEXT("done")},
                  {"rows_read", text_format(arena, "%lld", (long long)imported->rows_read)},
                  {"rows_taken", text_format(arena, "%lld", (long long)imported->rows_taken)},
                  {"report", imported->report}, {"now", instant_format(arena, now)});
}

static enum problem import_in_transaction(struct db *db, struct households_run *run,
                                          struct household_imported *imported)
{
    struct outcome outcome;
    instant now = instant_now();
    run->import.import_id = uuid_new(now);
    run->import.keys = config_personal_keys();
    enum problem problem = db_script(db, TEXT("BEGIN"), &outcome);
    if (problem == PROBLEM_NONE)
        problem = households_take(db, run->invocation->arena, &run->import, now, imported);
    if (problem == PROBLEM_NONE && !run->import.dry_run)
        problem = record(db, run, now, imported);
    bool keeps = problem == PROBLEM_NONE && !run->import.dry_run;
    enum problem ending = db_script(db, keeps ? TEXT("COMMIT") : TEXT("ROLLBACK"), &outcome);
    return problem == PROBLEM_NONE ? ending : problem;
}

static int tell(const struct households_run *run, const struct household_imported *imported)
{
    printf("%.*s\n", TEXT_ARGUMENTS(imported->report));
    fprintf(stderr,
            "%lld rows of %lld households read: %lld errors, %lld findings; %lld rows of %lld households %s, %lld of "
            "them known before\n",
            (long long)imported->rows_read, (long long)imported->households_read, (long long)imported->errors_count,
            (long long)imported->findings_count, (long long)imported->rows_taken, (long long)imported->households_taken,
            run->import.dry_run ? "would be taken" : "taken", (long long)imported->households_known);
    if (imported->stopped)
        fputs("An error stops the file: nothing was changed. Mend it, or take the clean rows with --only-clean.\n",
              stderr);
    return write_refused(run, imported->refused) && !imported->stopped ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int import_into(struct households_run *run, const char *url)
{
    struct household_imported imported;
    struct db *db = db_open(run->invocation->arena, url);
    if (db == NULL)
        return EXIT_FAILURE;
    enum problem problem = import_in_transaction(db, run, &imported);
    db_close(db);
    if (problem == PROBLEM_NONE)
        return tell(run, &imported);
    fprintf(stderr, COMMAND "%s; nothing was changed\n", problem_title(problem, LANGUAGE_EN));
    return EXIT_FAILURE;
}

static int import_households_run(const struct invocation *invocation)
{
    struct households_run run = {.invocation = invocation, .refused_file = -1};
    struct database database;
    size_t applied;
    if (!read_options(&run, invocation->words[0]))
        return EXIT_MISUSE;
    if (!read_whole(invocation->arena, invocation->words[0], &run.import.file) || !open_refused(&run))
        return EXIT_FAILURE;
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    int code = EXIT_FAILURE;
    if (config_keys_open(invocation->arena, false) &&
        (database.owner_url == NULL || database_migrate(&database, &applied)))
        code = import_into(&run, database.app_url);
    database_close(&database);
    return code;
}

static const struct command_option import_households_options[] = {
    {"county", "CODE", "the county the file is for"},
    {"dry-run", NULL, "only check: say every problem, change nothing"},
    {"only-clean", NULL, "take the rows without a problem, leave the others out"},
    {"refused", "OUT", "write the rows left out into this CSV file"},
    COMMAND_OPTIONS_END,
};
extern const struct command import_households_command;
const struct command import_households_command = {
    "import households",   "check and import a county's household file", "FILE", 1, 1, import_households_options,
    import_households_run,
};
