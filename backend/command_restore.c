/* shanhuo restore: a backup into an empty data folder, proven before it is called done. Must never touch data that is there. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "backup.h"
#include "ledger_verify.h"

#define COMMAND "shanhuo restore: "

struct restoring {
    const struct program *program;
    struct arena *arena;
    const char *path;
    int dump;
    struct backup_manifest manifest;
    text keys; /* absent: those of the data folder */
};

static bool refuse(const char *why)
{
    fprintf(stderr, COMMAND "%s; nothing was changed\n", why);
    return false;
}

/* ---- What was given; read before home_enter ---- */

static bool file_read(struct arena *arena, const char *path, size_t bytes_max, text *content)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool read = file >= 0 && backup_read_whole(arena, file, bytes_max, content);
    if (!read)
        fprintf(stderr, COMMAND "%s: %s\n", path, file < 0 ? strerror(errno) : "is too large or can't be read");
    if (file >= 0)
        close(file);
    return read;
}

static bool files_open(const struct invocation *invocation, struct restoring *restoring)
{
    const char *keys = invocation_value(invocation, "keys");
    text manifest;
    restoring->program = invocation->program;
    restoring->arena = invocation->arena;
    restoring->path = invocation->words[0];
    restoring->dump = open(restoring->path, O_RDONLY | O_CLOEXEC);
    if (restoring->dump < 0) {
        fprintf(stderr, COMMAND "%s: %s\n", restoring->path, strerror(errno));
        return false;
    }
    const char *manifest_path = text_format(restoring->arena, "%s.manifest", restoring->path).at;
    if (!file_read(restoring->arena, manifest_path, BACKUP_MANIFEST_BYTES_MAX, &manifest))
        return false;
    if (!backup_manifest_read(restoring->arena, manifest, &restoring->manifest))
        return refuse("the manifest is not one of shanhuo backup");
    return keys == NULL || file_read(restoring->arena, keys, BACKUP_KEYS_BYTES_MAX, &restoring->keys);
}

static bool dump_is_whole(const struct restoring *restoring)
{
    int64_t bytes;
    text sha256;
    if (!backup_sha256(restoring->arena, restoring->dump, &bytes, &sha256))
        return refuse("the backup can't be read");
    if (bytes != restoring->manifest.bytes || !text_equal(sha256, restoring->manifest.sha256))
        return refuse("the backup is damaged: it is not the file its manifest describes");
    return true;
}

/* Without the right keys no personal number could ever be read again. */
static bool keys_are_right(struct restoring *restoring)
{
    text here = restoring->keys;
    if (here.at == NULL && !config_keys_bundle(restoring->arena, &here))
        return refuse("this data folder has no keys; name those of the backup with --keys FILE");
    if (!text_equal(config_keys_fingerprint(restoring->arena, here), restoring->manifest.keys))
        return refuse("these are not the keys the backup was made with");
    return true;
}

/* ---- Restoring ---- */

static bool database_is_empty(struct db *db)
{
    struct outcome outcome = {0};
    if (db_script(db, TEXT("SELECT to_regclass('schema_migration') IS NULL"), &outcome) != PROBLEM_NONE)
        return refuse("the database can't be read");
    if (!text_equal(rows_value(outcome.rows, 0, 0), TEXT("t")))
        return refuse("this data folder holds data; choose an empty one with --data-folder");
    return true;
}

static bool dump_read(const struct restoring *restoring, const struct database *database, struct db *db)
{
    const char *program = backup_program(restoring->arena, db, "pg_restore");
    if (program == NULL || lseek(restoring->dump, 0, SEEK_SET) != 0)
        return false;
    const char *const words[] = {program,    "--single-transaction",  "--exit-on-error",
                                 "--dbname", database->superuser_url, NULL};
    struct outcome outcome = {0};
    return (backup_run(words, STDIN_FILENO, restoring->dump) || refuse("pg_restore failed")) &&
           db_script(db, TEXT("ANALYZE"), &outcome) == PROBLEM_NONE;
}

/* Seals take what was written in the order of the transactions that wrote it. */
static bool transactions_count_on(const struct database *database)
{
    struct arena *arena = arena_new();
    struct outcome last = {0};
    int64_t number = 0;
    struct db *db = db_open(arena, database->superuser_url);
    bool read = db != NULL && DB_RUN(db, "ledger/last_writing", &last, {"", TEXT_NONE}) == PROBLEM_NONE &&
                text_to_int64(rows_value(last.rows, 0, 0), 0, INT64_MAX, &number);
    if (db != NULL)
        db_close(db);
    arena_free(arena);
    return read && cluster_count_on(database->cluster, (uint64_t)number);
}

/* ---- Proving ---- */

static bool seals_are_equal(const struct restoring *restoring, const struct database *database)
{
    struct outcome missing = {0};
    struct db *db = db_open(restoring->arena, database->app_url);
    bool asked = db != NULL && DB_RUN(db, "ledger/seals_missing", &missing,
                                      {"heads", restoring->manifest.heads_json}) == PROBLEM_NONE;
    bool equal = asked && rows_count(missing.rows) == 0;
    for (size_t row = 0; asked && row < rows_count(missing.rows); row++)
        fprintf(stderr, COMMAND "seal %.*s of county %.*s is not the one the manifest names\n",
                TEXT_ARGUMENTS(rows_value(missing.rows, row, 1)), TEXT_ARGUMENTS(rows_value(missing.rows, row, 0)));
    if (db != NULL)
        db_close(db);
    return equal;
}

static bool ledger_holds(const struct restoring *restoring, const struct database *database)
{
    struct ledger_proof proof = {0};
    if (!config_keys_open(restoring->arena, true))
        return false;
    restoring->program->hand_over_keys();
    if (ledger_verify(database->app_url, restoring->arena, TEXT_NONE, NULL, &proof) != PROBLEM_NONE)
        return false;
    if (proof.broken.at != NULL)
        fprintf(stderr, COMMAND "the ledger is BROKEN: %.*s\n", TEXT_ARGUMENTS(proof.broken));
    return proof.broken.at == NULL;
}

static bool restore(const struct restoring *restoring, const struct database *database)
{
    struct db *db = db_open(restoring->arena, database->superuser_url);
    bool done = db != NULL && database_is_empty(db) &&
                (restoring->keys.at == NULL || config_keys_adopt(restoring->arena, restoring->keys)) &&
                dump_read(restoring, database, db);
    if (db != NULL)
        db_close(db);
    return done && transactions_count_on(database);
}

static bool prove(const struct restoring *restoring, const struct database *database)
{
    size_t applied;
    if (!database_migrate(database, &applied))
        return false;
    if (!seals_are_equal(restoring, database) || !ledger_holds(restoring, database)) {
        fputs(COMMAND "the data is there but not as it was; do not use it\n", stderr);
        return false;
    }
    printf("restored as of %.*s: the seals of %lld counties are equal, the ledger holds, %zu migrations applied\n",
           TEXT_ARGUMENTS(restoring->manifest.made_at), (long long)restoring->manifest.heads_count, applied);
    return true;
}

static int restore_command_run(const struct invocation *invocation)
{
    struct restoring restoring = {0};
    struct database database;
    if (!files_open(invocation, &restoring))
        return EXIT_MISUSE;
    if (config_text(SETTING_DATABASE_URL) != NULL) {
        fputs(COMMAND "works on the embedded database; another PostgreSQL takes the file with pg_restore\n", stderr);
        return EXIT_MISUSE;
    }
    if (!home_enter(invocation->arena) || !dump_is_whole(&restoring) || !keys_are_right(&restoring) ||
        !database_open(invocation->arena, true, &database))
        return EXIT_FAILURE;
    bool done = restore(&restoring, &database) && prove(&restoring, &database);
    database_close(&database);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

static const struct command_option options[] = {
    {"keys", "FILE", "the keys that were written with the backup; else those of the data folder"},
    COMMAND_OPTIONS_END,
};

extern const struct command restore_command;
const struct command restore_command = {"restore",
                                        "read a backup into an empty data folder and prove it",
                                        .words = "FILE",
                                        .words_min = 1,
                                        .words_max = 1,
                                        .options = options,
                                        .run = restore_command_run};
