/* Which database a command works on. Must never stop a cluster that another process runs. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "command.h"

/* What a serve killed a moment ago leaves behind dies within this time. */
enum { LOCK_PATIENCE_MS = 3000 };

/* The URLs of the running cluster, one a line, for other commands of the same user. No password: the socket's folder is private. */
#define RUNNING_FILE "running"

static const char *running_path(struct arena *arena)
{
    return text_format(arena, "%s/" RUNNING_FILE, config_text(SETTING_DATA_FOLDER)).at;
}

static bool running_write(struct arena *arena, const struct database *database)
{
    text lines = text_format(arena, "%s\n%s\n%s\n", database->app_url, database->owner_url, database->superuser_url);
    const char *path = running_path(arena), *draft = text_format(arena, "%s.new", path).at;
    int file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool written = file >= 0 && write(file, lines.at, lines.length) == (ssize_t)lines.length;
    if (file >= 0)
        close(file);
    if (!written || rename(draft, path) != 0) {
        fprintf(stderr, "shanhuo: cannot write %s: %s\n", path, strerror(errno));
        return false;
    }
    return true;
}

static bool running_read(struct arena *arena, struct database *database)
{
    char *lines = arena_alloc(arena, QUERY_BYTES_MAX);
    int file = open(running_path(arena), O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : read(file, lines, QUERY_BYTES_MAX);
    if (file >= 0)
        close(file);
    if (got <= 0)
        return false;
    text rest = {lines, (size_t)got};
    database->app_url = text_terminated(arena, text_cut(&rest, '\n'));
    database->owner_url = text_terminated(arena, text_cut(&rest, '\n'));
    database->superuser_url = text_terminated(arena, text_cut(&rest, '\n'));
    return database->superuser_url[0] != '\0';
}

static bool cluster_begin(struct database *database)
{
    database->arena = arena_new();
    const struct cluster_settings settings = {
        .data_folder = config_text(SETTING_DATA_FOLDER),
        .fast_for_tests = config_count(SETTING_UNSAFE_FAST) == 1,
    };
    database->cluster = cluster_start(database->arena, &settings);
    if (database->cluster == NULL) {
        fputs("shanhuo: the embedded PostgreSQL did not start; the log line above says why.\n"
              "When it is not installed: `apt-get install --no-install-recommends postgresql-15`,"
              " or set DATABASE_URL to another PostgreSQL.\n",
              stderr);
        arena_free(database->arena);
        database->arena = NULL;
        return false;
    }
    return true;
}

/* Copied once: they stay the same over a restart, and outlive the arena of a cluster that did not come back. */
static void urls_take(struct arena *arena, struct database *database)
{
    database->app_url = text_terminated(arena, text_from(cluster_app_url(database->cluster)));
    database->owner_url = text_terminated(arena, text_from(cluster_owner_url(database->cluster)));
    database->superuser_url = text_terminated(arena, text_from(cluster_superuser_url(database->cluster)));
}

static void cluster_end(struct database *database)
{
    if (database->cluster != NULL)
        cluster_stop(database->cluster);
    if (database->arena != NULL)
        arena_free(database->arena);
    database->cluster = NULL;
    database->arena = NULL;
}

static bool refuse_second(struct arena *arena, bool alone, struct database *database)
{
    if (!alone && running_read(arena, database))
        return true;
    fprintf(stderr, "shanhuo: another shanhuo works in %s%s\n", config_text(SETTING_DATA_FOLDER),
            alone ? "; stop it first, or choose another folder with --data-folder"
                  : " and is just starting; try again");
    return false;
}

bool database_open(struct arena *arena, bool alone, struct database *database)
{
    *database = (struct database){.lock = -1};
    if (config_text(SETTING_DATABASE_URL) != NULL) {
        database->app_url = config_text(SETTING_DATABASE_URL);
        database->owner_url = config_text(SETTING_DATABASE_OWNER_URL);
        return true;
    }
    database->lock = home_lock(arena, alone ? LOCK_PATIENCE_MS : 0);
    if (database->lock < 0)
        return refuse_second(arena, alone, database);
    unlink(running_path(arena));
    bool begun = cluster_begin(database);
    if (begun)
        urls_take(arena, database);
    if (begun && running_write(arena, database))
        return true;
    database_close(database);
    return false;
}

bool database_migrate(const struct database *database, size_t *applied)
{
    *applied = 0;
    if (database->owner_url == NULL)
        return true;
    struct arena *arena = arena_new();
    struct db *owner = db_open(arena, database->owner_url);
    bool done = owner != NULL && migrations_apply(owner, applied);
    if (owner != NULL)
        db_close(owner);
    arena_free(arena);
    if (!done)
        fputs("shanhuo: the migrations were not applied; the log line above says why.\n", stderr);
    return done;
}

bool database_restart(struct database *database)
{
    cluster_end(database);
    return cluster_begin(database);
}

void database_close(struct database *database)
{
    cluster_end(database);
    if (database->lock < 0)
        return;
    unlink(RUNNING_FILE); /* home_enter made the data folder the working directory */
    close(database->lock);
    database->lock = -1;
}
