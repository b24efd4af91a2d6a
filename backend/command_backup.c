/* shanhuo backup: the whole installation into one file, while it runs, and its keys into another that is kept elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "backup.h"

#define COMMAND "shanhuo backup: "

struct backup {
    struct arena *arena;
    const char *path;
    int dump, manifest, keys; /* opened before home_enter; keys -1: not wanted */
};

/* Never over an older backup. */
static int file_new(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        fprintf(stderr, COMMAND "%s: %s\n", path, strerror(errno));
    return file;
}

static bool files_open(const struct invocation *invocation, struct backup *backup)
{
    const char *keys = invocation_value(invocation, "keys");
    backup->arena = invocation->arena;
    backup->path = invocation->words[0];
    backup->manifest = backup->keys = -1;
    backup->dump = file_new(backup->path);
    if (backup->dump >= 0)
        backup->manifest = file_new(text_format(backup->arena, "%s.manifest", backup->path).at);
    if (backup->manifest >= 0 && keys != NULL)
        backup->keys = file_new(keys);
    return backup->manifest >= 0 && (keys == NULL || backup->keys >= 0);
}

/* pg_dump reads one moment of the whole database; what is written meanwhile comes into the next backup. */
static bool dump_write(struct backup *backup, const struct database *database, struct db *db)
{
    const char *program = backup_program(backup->arena, db, "pg_dump");
    const char *url = database->superuser_url != NULL ? database->superuser_url : database->owner_url;
    if (url == NULL)
        fputs(COMMAND "set DATABASE_OWNER_URL: the application's role may not read every table.\n", stderr);
    if (program == NULL || url == NULL)
        return false;
    /* The first level of zlib: six times as fast as the usual sixth for a tenth more bytes. */
    const char *const words[] = {program, "--format=custom", "--compress=1", "--dbname", url, NULL};
    return backup_run(words, STDOUT_FILENO, backup->dump) && fsync(backup->dump) == 0;
}

static bool keys_write(struct backup *backup, struct backup_manifest *manifest)
{
    text bundle;
    if (!config_keys_bundle(backup->arena, &bundle))
        return false;
    manifest->keys = config_keys_fingerprint(backup->arena, bundle);
    bool written = backup->keys < 0 || backup_write_whole(backup->keys, bundle);
    config_keys_forget(bundle);
    if (!written)
        fputs(COMMAND "the keys can't be written\n", stderr);
    return written;
}

/* The seals are read before the dump begins, so the dump holds every one of them. */
static bool backup_write(struct backup *backup, const struct database *database, struct db *db)
{
    struct outcome heads = {0};
    struct backup_manifest manifest = {.made_at = instant_format(backup->arena, instant_now())};
    if (DB_RUN(db, "ledger/seals_last", &heads, {"", TEXT_NONE}) != PROBLEM_NONE || !keys_write(backup, &manifest) ||
        !dump_write(backup, database, db) ||
        !backup_sha256(backup->arena, backup->dump, &manifest.bytes, &manifest.sha256))
        return false;
    if (!backup_write_whole(backup->manifest, backup_manifest_write(backup->arena, &manifest, heads.rows)))
        return false;
    printf("%s: %lld bytes, %zu counties' seals. Keep %s.manifest with it.\n", backup->path, (long long)manifest.bytes,
           rows_count(heads.rows), backup->path);
    if (backup->keys < 0)
        printf("The keys are not in it: keep a copy of %s/keys apart from it, or write one with --keys FILE.\n",
               config_text(SETTING_DATA_FOLDER));
    return true;
}

static int backup_command_run(const struct invocation *invocation)
{
    struct backup backup;
    struct database database;
    bool done = false;
    if (!files_open(invocation, &backup))
        return EXIT_MISUSE;
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    struct db *db = db_open(invocation->arena, database.app_url);
    if (db != NULL) {
        done = backup_write(&backup, &database, db);
        db_close(db);
    }
    database_close(&database);
    if (!done)
        fprintf(stderr, COMMAND "nothing was saved; remove %s and what begins with its name\n", backup.path);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

static const struct command_option options[] = {
    {"keys", "FILE", "also write the keys, into a file to be kept apart from the backup"},
    COMMAND_OPTIONS_END,
};

extern const struct command backup_command;
const struct command backup_command = {"backup",
                                       "save the whole installation into a file, while it runs",
                                       .words = "FILE",
                                       .words_min = 1,
                                       .words_max = 1,
                                       .options = options,
                                       .run = backup_command_run};
