/* The embedded cluster: a private PostgreSQL that lives and dies with this process. It listens on a Unix socket in a folder only this
   user (and root) can enter, so who may connect is the operating system's word: no password exists. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "db/cluster.h"

enum {
    LOCK_MS_MAX = 20000,
    START_MS_MAX = 300000, /* after a crash PostgreSQL first replays its log */
    READY_POLL_MS = 10,
    INITDB_MS_MAX = 120000,
    STOP_FAST_MS_MAX = 10000,
    STOP_IMMEDIATE_MS_MAX = 5000,
    LOG_TAIL_BYTES_MAX = 2000,
    SHARED_BUFFERS_MB_MIN = 32,
    SHARED_BUFFERS_MB_MAX = 1024,
};

struct cluster {
    struct arena *arena;
    bool fast_for_tests;
    const char *data_folder, *postgres_folder, *log_folder, *socket_folder, *start_log;
    const char *programs; /* …/bin */
    const char *app_url, *owner_url, *superuser_url;
    int lock;
    pid_t postmaster;
};

static const char *const versions[] = {"15", "16", "17"};
enum { VERSIONS_COUNT = sizeof versions / sizeof versions[0] };

static bool fails(const char *what, text reason)
{
    log_error("cluster_failed", LOG_TEXT("step", text_from(what)), LOG_TEXT("reason", reason));
    return false;
}

static const char *path_in(const struct cluster *cluster, const char *folder, const char *name)
{
    return text_terminated(cluster->arena, text_format(cluster->arena, "%s/%s", folder, name));
}

/* ---- Folders, programs, lock ---- */

static bool cluster_may_run(void)
{
    if (geteuid() != 0)
        return true;
    return fails("user", TEXT("PostgreSQL must not run as root: start this as another user, such as shanhuo"));
}

static bool cluster_make_folders(struct cluster *cluster, const char *data_folder)
{
    char real[PATH_MAX];
    if (!folder_make(cluster->arena, text_from(data_folder)))
        return false;
    if (realpath(data_folder, real) == NULL)
        return fails("data folder", text_from(strerror(errno)));
    cluster->data_folder = text_terminated(cluster->arena, text_from(real));
    cluster->postgres_folder = path_in(cluster, cluster->data_folder, "postgres");
    cluster->log_folder = path_in(cluster, cluster->data_folder, "log");
    cluster->start_log = path_in(cluster, cluster->log_folder, "start.log");
    cluster->socket_folder = socket_folder_choose(cluster->arena, cluster->data_folder);
    return folder_make_private(cluster->log_folder) && folder_make_private(cluster->socket_folder);
}

static bool cluster_exists(const struct cluster *cluster)
{
    return access(path_in(cluster, cluster->postgres_folder, "PG_VERSION"), F_OK) == 0;
}

/* An existing cluster wants the programs of its own version. */
static bool cluster_find_programs(struct cluster *cluster)
{
    const text made_by = file_tail(cluster->arena, path_in(cluster, cluster->postgres_folder, "PG_VERSION"), 16);
    for (size_t i = 0; i < VERSIONS_COUNT; i++) {
        if (made_by.at != NULL && !text_equal(made_by, text_from(versions[i])))
            continue;
        const text folder = text_format(cluster->arena, "/usr/lib/postgresql/%s/bin", versions[i]);
        cluster->programs = text_terminated(cluster->arena, folder);
        if (access(path_in(cluster, cluster->programs, "postgres"), X_OK) == 0)
            return true;
    }
    return fails("programs",
                 made_by.at == NULL
                     ? TEXT("no PostgreSQL 15, 16 or 17 in /usr/lib/postgresql")
                     : text_format(cluster->arena, "the data was made by PostgreSQL %.*s, which is not installed",
                                   TEXT_ARGUMENTS(made_by)));
}

/* Held as long as we live: two servers on one data folder would each take the other's postmaster for a leftover. */
static bool cluster_lock(struct cluster *cluster)
{
    cluster->lock = open(path_in(cluster, cluster->data_folder, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (cluster->lock < 0)
        return fails("lock", text_from(strerror(errno)));
    for (int64_t waited = 0; waited < LOCK_MS_MAX; waited += READY_POLL_MS) {
        if (flock(cluster->lock, LOCK_EX | LOCK_NB) == 0)
            return true;
        sleep_ms(READY_POLL_MS);
    }
    return fails("lock", TEXT("another shanhuo uses this data folder"));
}

/* We hold the lock and no process stands in the folder: the files that say otherwise are stale, whatever process has that id now. */
static bool cluster_clean_up(const struct cluster *cluster)
{
    if (!processes_end(cluster->postgres_folder))
        return fails("clean up", TEXT("a PostgreSQL of this data folder does not end"));
    const char *socket = text_terminated(
        cluster->arena, text_format(cluster->arena, "%s/.s.PGSQL.%d", cluster->socket_folder, CLUSTER_PORT));
    const char *socket_lock = text_terminated(cluster->arena, text_format(cluster->arena, "%s.lock", socket));
    (void)unlink(path_in(cluster, cluster->postgres_folder, "postmaster.pid"));
    (void)unlink(socket);
    (void)unlink(socket_lock);
    return true;
}

/* ---- Configuration ---- */

static text conf_quoted(struct arena *arena, const char *value)
{
    struct bytes quoted;
    bytes_init(&quoted, arena, 2 * strlen(value) + 3);
    bytes_add_char(&quoted, '\'');
    for (; *value != '\0'; value++) {
        if (*value == '\'' || *value == '\\')
            bytes_add_char(&quoted, *value);
        bytes_add_char(&quoted, *value);
    }
    bytes_add_char(&quoted, '\'');
    return bytes_text(&quoted);
}

/* An eighth of the memory: the server and the page cache want the rest. */
static int64_t shared_buffers_mb(void)
{
    const int64_t eighth = (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE) / (8 * 1024 * 1024);
    if (eighth < SHARED_BUFFERS_MB_MIN)
        return SHARED_BUFFERS_MB_MIN;
    return eighth > SHARED_BUFFERS_MB_MAX ? SHARED_BUFFERS_MB_MAX : eighth;
}

/* Bound values may be personal data: neither slow queries nor errors print them. */
static const char conf_fixed[] = "# Written at each start. Your own settings: ALTER SYSTEM, which wins over these.\n"
                                 "listen_addresses = ''\n"
                                 "unix_socket_permissions = 0700\n"
                                 "max_connections = 100\n"
                                 "wal_compression = on\n"
                                 "jit = off\n"
                                 "random_page_cost = 1.1\n"
                                 "timezone = 'UTC'\n"
                                 "log_timezone = 'UTC'\n"
                                 "log_filename = 'postgres-%a.log'\n"
                                 "log_truncate_on_rotation = on\n"
                                 "log_rotation_age = 1d\n"
                                 "log_rotation_size = 0\n"
                                 "log_line_prefix = '%m [%p] %q%a '\n"
                                 "log_min_duration_statement = 1s\n"
                                 "log_parameter_max_length = 0\n"
                                 "log_error_verbosity = terse\n";
static const char conf_for_service[] = "logging_collector = on\n";
/* Commits still reach the kernel before they are answered: a killed PostgreSQL loses none, only a power cut would. */
static const char conf_for_tests[] = "fsync = off\nfull_page_writes = off\n"
                                     "wal_level = minimal\nmax_wal_senders = 0\n";

static text conf_text(const struct cluster *cluster)
{
    const text log_folder = conf_quoted(cluster->arena, cluster->log_folder);
    const text socket_folder = conf_quoted(cluster->arena, cluster->socket_folder);
    return text_format(cluster->arena,
                       "%s%sport = %d\nlog_directory = %.*s\nunix_socket_directories = %.*s\nshared_buffers = %lldMB\n",
                       conf_fixed, cluster->fast_for_tests ? conf_for_tests : conf_for_service, CLUSTER_PORT,
                       TEXT_ARGUMENTS(log_folder), TEXT_ARGUMENTS(socket_folder),
                       (long long)(cluster->fast_for_tests ? SHARED_BUFFERS_MB_MIN : shared_buffers_mb()));
}

/* Whoever runs us, and root, may be any of our roles. Nobody else gets through the socket's folder, nor past this map. */
static bool cluster_write_access(const struct cluster *cluster)
{
    const struct passwd *us = getpwuid(geteuid());
    if (us == NULL)
        return fails("user", TEXT("this user id has no name, and PostgreSQL wants one"));
    struct bytes map;
    bytes_init(&map, cluster->arena, 4096);
    const char *const users[] = {us->pw_name, "root"}, *const roles[] = {"postgres", "shanhuo_owner", "shanhuo_app"};
    for (size_t user = 0; user < sizeof users / sizeof users[0]; user++)
        for (size_t role = 0; role < sizeof roles / sizeof roles[0]; role++)
            bytes_add_format(&map, "shanhuo \"%s\" %s\n", users[user], roles[role]);
    return file_write(cluster->arena, path_in(cluster, cluster->postgres_folder, "pg_ident.conf"), bytes_text(&map)) &&
           file_write(cluster->arena, path_in(cluster, cluster->postgres_folder, "pg_hba.conf"),
                      TEXT("local all all peer map=shanhuo\n"));
}

static bool cluster_configure(const struct cluster *cluster)
{
    return cluster_write_access(cluster) &&
           file_write(cluster->arena, path_in(cluster, cluster->postgres_folder, "shanhuo.conf"), conf_text(cluster));
}

/* ---- initdb ---- */

static bool start_fails(const struct cluster *cluster, const char *what)
{
    return fails(what, file_tail(cluster->arena, cluster->start_log, LOG_TAIL_BYTES_MAX));
}

/* Into a folder that takes its name when it is complete: a start that was killed half way begins anew. */
static bool cluster_init(const struct cluster *cluster)
{
    if (cluster_exists(cluster))
        return true;
    const char *unfinished = path_in(cluster, cluster->data_folder, "postgres.unfinished");
    const char *const arguments[] = {path_in(cluster, cluster->programs, "initdb"),
                                     "--pgdata",
                                     unfinished,
                                     "--username=postgres",
                                     "--encoding=UTF8",
                                     "--locale=C.UTF-8",
                                     "--data-checksums",
                                     "--auth=peer",
                                     "--no-instructions",
                                     cluster->fast_for_tests ? "--no-sync" : NULL,
                                     NULL};
    if (!folder_remove(unfinished))
        return false;
    int status = -1;
    const pid_t initdb = process_start(&(struct process_start){arguments, cluster->start_log, SIGKILL});
    if (initdb < 0 || !process_wait(initdb, INITDB_MS_MAX, &status) || status != 0)
        return start_fails(cluster, "initdb");
    if (!file_append(path_in(cluster, unfinished, "postgresql.conf"), TEXT("\ninclude 'shanhuo.conf'\n")))
        return false;
    return rename(unfinished, cluster->postgres_folder) == 0 || fails("initdb", text_from(strerror(errno)));
}

/* ---- Starting ---- */

/* A path may hold any byte, an URL may not. */
static const char *cluster_url(const struct cluster *cluster, const char *database, const char *role)
{
    struct bytes url;
    bytes_init(&url, cluster->arena, PATH_MAX * 3 + 256);
    bytes_add_format(&url, "postgresql:///%s?host=", database);
    for (const char *c = cluster->socket_folder; *c != '\0'; c++) {
        const bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
                           strchr("/-_.", *c) != NULL;
        if (plain)
            bytes_add_char(&url, *c);
        else
            bytes_add_format(&url, "%%%02X", (unsigned char)*c);
    }
    bytes_add_format(&url, "&port=%d&user=%s", CLUSTER_PORT, role);
    return text_terminated(cluster->arena, bytes_text(&url));
}

static bool cluster_await_ready(struct cluster *cluster)
{
    const char *url = cluster_url(cluster, "postgres", "postgres");
    const instant started = instant_now();
    while (instant_now() - started < (instant)START_MS_MAX * 1000) {
        if (!cluster_is_running(cluster))
            return start_fails(cluster, "start");
        if (PQping(url) == PQPING_OK)
            return true;
        sleep_ms(READY_POLL_MS);
    }
    return start_fails(cluster, "start in time");
}

static bool cluster_launch(struct cluster *cluster)
{
    const char *const arguments[] = {path_in(cluster, cluster->programs, "postgres"), "-D", cluster->postgres_folder,
                                     NULL};
    /* SIGINT: a fast shutdown. The kernel sends it when the thread that starts us ends, so that must be the main thread. */
    cluster->postmaster = process_start(&(struct process_start){arguments, cluster->start_log, SIGINT});
    return cluster->postmaster > 0 && cluster_await_ready(cluster);
}

/* ---- Roles and database ---- */

static const char roles_create[] =
    "DO $roles$ BEGIN\n"
    "    IF to_regrole('shanhuo_owner') IS NULL THEN CREATE ROLE shanhuo_owner LOGIN; END IF;\n"
    "    IF to_regrole('shanhuo_app') IS NULL THEN CREATE ROLE shanhuo_app LOGIN; END IF;\n"
    "END $roles$";

static bool cluster_script(struct db *db, const char *sql, struct outcome *outcome)
{
    if (db_script(db, text_from(sql), outcome) == PROBLEM_NONE)
        return true;
    return fails("roles and database", text_from(outcome->message));
}

static bool cluster_create_database(struct db *db)
{
    struct outcome outcome;
    if (!cluster_script(db, roles_create, &outcome) ||
        !cluster_script(db, "SELECT FROM pg_database WHERE datname = 'shanhuo'", &outcome))
        return false;
    if (rows_count(outcome.rows) > 0)
        return true;
    return cluster_script(db, "CREATE DATABASE shanhuo OWNER shanhuo_owner", &outcome);
}

/* At each start, because a kill between two steps of the first one leaves any of them undone. */
static bool cluster_populate(struct cluster *cluster)
{
    struct outcome outcome;
    struct db *db = db_open(cluster->arena, cluster_url(cluster, "postgres", "postgres"));
    const bool done = db != NULL && cluster_create_database(db) &&
                      cluster_script(db, "REVOKE ALL ON DATABASE shanhuo FROM PUBLIC", &outcome) &&
                      cluster_script(db, "GRANT CONNECT ON DATABASE shanhuo TO shanhuo_app", &outcome);
    db_close(db);
    cluster->app_url = cluster_url(cluster, "shanhuo", "shanhuo_app");
    cluster->owner_url = cluster_url(cluster, "shanhuo", "shanhuo_owner");
    cluster->superuser_url = cluster_url(cluster, "shanhuo", "postgres");
    return done;
}

/* ---- The front door ---- */

struct cluster *cluster_start(struct arena *arena, const struct cluster_settings *settings)
{
    struct cluster *cluster = arena_alloc(arena, sizeof *cluster);
    *cluster =
        (struct cluster){.arena = arena, .fast_for_tests = settings->fast_for_tests, .lock = -1, .postmaster = -1};
    const instant started = instant_now();
    must(settings->data_folder != NULL && settings->data_folder[0] == '/');
    const bool up = cluster_may_run() && cluster_make_folders(cluster, settings->data_folder) &&
                    cluster_find_programs(cluster) && cluster_lock(cluster) && cluster_clean_up(cluster) &&
                    file_write(arena, cluster->start_log, TEXT("")) && cluster_init(cluster) &&
                    cluster_configure(cluster) && cluster_launch(cluster) && cluster_populate(cluster);
    if (!up) {
        cluster_stop(cluster);
        return NULL;
    }
    log_info("cluster_started", LOG_TEXT("path", text_from(cluster->postgres_folder)),
             LOG_INT("postmaster", cluster->postmaster), LOG_INT("took_ms", (instant_now() - started) / 1000));
    return cluster;
}

const char *cluster_app_url(const struct cluster *cluster)
{
    return cluster->app_url;
}

const char *cluster_owner_url(const struct cluster *cluster)
{
    return cluster->owner_url;
}

const char *cluster_superuser_url(const struct cluster *cluster)
{
    return cluster->superuser_url;
}

bool cluster_is_running(struct cluster *cluster)
{
    int status;
    if (cluster->postmaster > 0 && process_wait(cluster->postmaster, 0, &status))
        cluster->postmaster = -1;
    return cluster->postmaster > 0;
}

static bool cluster_stop_with(struct cluster *cluster, int signal_number, int64_t ms_max)
{
    int status;
    return kill(cluster->postmaster, signal_number) != 0 || process_wait(cluster->postmaster, ms_max, &status);
}

/* The segments of the commit log hold 2^20 transactions: at the start of one PostgreSQL asks for no earlier file. */
enum { SEGMENT_TRANSACTIONS = 1 << 20 };

/* The rows of this cluster were written by its first transactions; what comes must stay within 2^31 of them, counted in 32 bits. */
static uint64_t transaction_after(uint64_t last)
{
    const uint64_t next = (last / SEGMENT_TRANSACTIONS + 1) * SEGMENT_TRANSACTIONS, within = next & UINT32_MAX;
    if (within >= SEGMENT_TRANSACTIONS && within < UINT64_C(1) << 31)
        return next;
    return (((next >> 32) + (within == 0 ? 0 : 1)) << 32) + SEGMENT_TRANSACTIONS;
}

bool cluster_count_on(struct cluster *cluster, uint64_t last)
{
    const uint64_t next = transaction_after(last);
    const char *epoch = text_format(cluster->arena, "--epoch=%llu", (unsigned long long)(next >> 32)).at;
    const char *within =
        text_format(cluster->arena, "--next-transaction-id=%llu", (unsigned long long)(next & UINT32_MAX)).at;
    const char *const arguments[] = {
        path_in(cluster, cluster->programs, "pg_resetwal"), epoch, within, "--pgdata", cluster->postgres_folder, NULL};
    int status = -1;
    if (!cluster_stop_with(cluster, SIGINT, STOP_FAST_MS_MAX))
        return fails("stop", TEXT("PostgreSQL did not stop in order"));
    cluster->postmaster = -1;
    const pid_t reset = process_start(&(struct process_start){arguments, cluster->start_log, SIGKILL});
    if (reset < 0 || !process_wait(reset, INITDB_MS_MAX, &status) || status != 0)
        return start_fails(cluster, "pg_resetwal");
    return cluster_launch(cluster);
}

void cluster_stop(struct cluster *cluster)
{
    if (cluster_is_running(cluster)) {
        const bool in_order = cluster_stop_with(cluster, SIGINT, STOP_FAST_MS_MAX);
        if (!in_order && !cluster_stop_with(cluster, SIGQUIT, STOP_IMMEDIATE_MS_MAX))
            (void)cluster_stop_with(cluster, SIGKILL, STOP_IMMEDIATE_MS_MAX);
        /* Its log collector reads to the end of the pipe and goes last. */
        (void)processes_await_end(cluster->postgres_folder, STOP_IMMEDIATE_MS_MAX);
        log_info("cluster_stopped", LOG_TEXT("how", in_order ? TEXT("in order") : TEXT("by force")));
        cluster->postmaster = -1;
    }
    if (cluster->lock >= 0) {
        /* Closing alone would not let go: children that were forked meanwhile hold the same lock. */
        (void)flock(cluster->lock, LOCK_UN);
        (void)close(cluster->lock);
    }
    cluster->lock = -1;
}
