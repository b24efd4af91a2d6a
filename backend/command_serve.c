/* shanhuo serve: a small supervisor over PostgreSQL, the worker and the jobs. It serves nothing itself, so nothing a request
   does can end it; whoever dies is started again, and when it goes, all go. */
#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "supervisor.h"

enum {
    LOOK_MS = 100, /* a child's end wakes the supervisor at once; this is for the postmaster and for planned restarts */
    CLUSTER_RETRY_MS = 1000,
    READY_LOOK_MS = 5,
    READY_MS_MAX = 60000,
    STOP_GRACE_MS = 2000, /* beyond stop_ms, then SIGKILL */
};

enum { WORKER, JOBS, CHILDREN_COUNT };
struct serving {
    const struct invocation *invocation;
    struct database database;
    struct child children[CHILDREN_COUNT];
    size_t children_count; /* 1: without jobs */
    const char *log_path;  /* NULL: standard error */
};

/* ---- What the children do ---- */

static const char *address_or_none(enum setting setting)
{
    const char *address = config_text(setting);
    return address == NULL || strcmp(address, "none") == 0 ? NULL : address;
}

static const char *certificate_path(struct arena *arena, enum setting setting, const char *name)
{
    const char *given = config_text(setting);
    return given != NULL ? given : text_format(arena, "%s/tls/%s", config_text(SETTING_DATA_FOLDER), name).at;
}

static const char *public_origin(struct arena *arena)
{
    const char *given = config_text(SETTING_PUBLIC_ORIGIN), *tls = address_or_none(SETTING_TLS_ADDRESS);
    if (given != NULL || tls == NULL)
        return given != NULL ? given : "http://localhost";
    const char *port = listen_port(tls);
    return strcmp(port, "443") == 0 ? "https://localhost" : text_format(arena, "https://localhost:%s", port).at;
}

/* The loopback addresses are always ours too; the rest is configuration. */
static const char *const *origins_allowed(struct arena *arena)
{
    enum { LOOPBACK_ORIGINS = 4, ORIGINS_MAX = 16 };
    const char **origins = arena_alloc_items(arena, LOOPBACK_ORIGINS + ORIGINS_MAX + 1, sizeof(char *));
    const char *tls = address_or_none(SETTING_TLS_ADDRESS), *plain = address_or_none(SETTING_PLAIN_ADDRESS);
    size_t count = 0;
    if (plain != NULL) {
        origins[count++] = text_format(arena, "http://localhost:%s", listen_port(plain)).at;
        origins[count++] = text_format(arena, "http://127.0.0.1:%s", listen_port(plain)).at;
    }
    if (tls != NULL) {
        origins[count++] = text_format(arena, "https://localhost:%s", listen_port(tls)).at;
        origins[count++] = text_format(arena, "https://127.0.0.1:%s", listen_port(tls)).at;
    }
    const char *given = config_text(SETTING_ORIGINS_ALLOWED);
    text rest = given == NULL ? TEXT_NONE : text_from(given);
    for (size_t i = 0; rest.at != NULL && i < ORIGINS_MAX; i++)
        origins[count++] = text_terminated(arena, text_trim(text_cut(&rest, ',')));
    return origins;
}

static bool pays_by_simulator(void)
{
    return strcmp(config_text(SETTING_PAYMENT_PROVIDER), "simulator") == 0;
}

static int worker_run(const void *owner)
{
    const struct serving *serving = owner;
    const struct program *program = serving->invocation->program;
    struct arena *arena = serving->invocation->arena;
    prctl(PR_SET_NAME, "shanhuo-worker");
    if (!config_keys_open(arena, false))
        return EXIT_FAILURE;
    program->hand_over_keys();
    return http_serve(&(struct http_settings){
        .route_tables = program->routes,
        .database_url = serving->database.app_url,
        .tls_address = address_or_none(SETTING_TLS_ADDRESS),
        .plain_address = address_or_none(SETTING_PLAIN_ADDRESS),
        .operations_address = address_or_none(SETTING_OPERATIONS_ADDRESS),
        .certificate_file = certificate_path(arena, SETTING_CERTIFICATE_FILE, "server.pem"),
        .key_file = certificate_path(arena, SETTING_KEY_FILE, "server.key"),
        .public_origin = public_origin(arena),
        .origins_allowed = origins_allowed(arena),
        .threads = (int)config_count(SETTING_THREADS),
        .read_connections = (int)config_count(SETTING_READ_CONNECTIONS),
        .write_connections = (int)config_count(SETTING_WRITE_CONNECTIONS),
        .report_connections = (int)config_count(SETTING_REPORT_CONNECTIONS),
        .simulator = pays_by_simulator(),
        .session_statement = program->session_statement,
        .claim_statement = program->claim_statement,
        .area_statement = program->area_statement,
        .answer_statement = program->answer_statement,
        .topics = program->topics,
        .period = config_period,
        .request_ms_max = config_count(SETTING_REQUEST_MS),
        .stop_ms_max = config_count(SETTING_STOP_MS),
    });
}

static int jobs_child_run(const void *owner)
{
    const struct serving *serving = owner;
    prctl(PR_SET_NAME, "shanhuo-jobs");
    if (!config_keys_open(serving->invocation->arena, false))
        return EXIT_FAILURE;
    serving->invocation->program->hand_over_keys();
    return jobs_serve(&(struct jobs_settings){
        .database_url = serving->database.app_url,
        .tables = serving->invocation->program->jobs,
        .tick_ms = config_count(SETTING_JOBS_TICK_MS),
    });
}

static int migrate_step(const void *owner)
{
    const struct serving *serving = owner;
    size_t applied = 0;
    return database_migrate(&serving->database, &applied) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int demo_step(const void *owner)
{
    const struct serving *serving = owner;
    const char *url = serving->database.superuser_url;
    if (url == NULL) {
        fputs("shanhuo serve: --demo works on the embedded database only\n", stderr);
        return EXIT_FAILURE;
    }
    struct arena *arena = serving->invocation->arena;
    bool loaded = config_keys_open(arena, false) && serving->invocation->program->demo_load_once(arena, url);
    return loaded ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- Start, watch, stop ---- */

/* A terminal is for people: there the log goes to a file, and a long one is set aside. */
static bool log_begin(struct serving *serving)
{
    struct arena *arena = serving->invocation->arena;
    const char *path = config_text(SETTING_LOG_FILE);
    if (path == NULL && !isatty(STDERR_FILENO))
        return true;
    if (path == NULL)
        path = text_format(arena, "%s/shanhuo.log", config_text(SETTING_DATA_FOLDER)).at;
    struct stat found;
    if (stat(path, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > LOG_FILE_BYTES_MAX)
        (void)rename(path, text_format(arena, "%s.1", path).at);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) {
        fprintf(stderr, "shanhuo: cannot write the log %s: %s\n", path, strerror(errno));
        return false;
    }
    serving->log_path = path;
    log_open(file, config_log_level());
    return true;
}

static bool certificate_ensure(struct arena *arena)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "::1", NULL};
    if (address_or_none(SETTING_TLS_ADDRESS) == NULL || config_text(SETTING_CERTIFICATE_FILE) != NULL)
        return true;
    const char *folder = text_format(arena, "%s/tls", config_text(SETTING_DATA_FOLDER)).at;
    if (http_certificate_ensure(folder, names))
        return true;
    fprintf(stderr, "shanhuo: cannot make a certificate in %s; the log line above says why\n", folder);
    return false;
}

/* What must hold before anything is started. */
static bool prepare(struct serving *serving)
{
    struct arena *arena = serving->invocation->arena;
    if (invocation_has(serving->invocation, "demo") && serving->invocation->program->demo_load_once == NULL) {
        fputs("shanhuo serve: this build has no demo\n", stderr);
        return false;
    }
    /* No core file may hold a key or a number of a person. */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    return home_enter(arena) && log_begin(serving) && listen_addresses_are_free() && config_keys_open(arena, true) &&
           certificate_ensure(arena) && supervisor_begin();
}

static bool database_begin(struct serving *serving)
{
    bool opened = database_open(serving->invocation->arena, true, &serving->database);
    return opened && !supervisor_must_stop() && child_run_step(migrate_step, serving) && !supervisor_must_stop() &&
           (!invocation_has(serving->invocation, "demo") || child_run_step(demo_step, serving));
}

/* A worker that dies before it ever answered will not do better the next time. */
static bool worker_await(struct serving *serving)
{
    struct child *worker = &serving->children[WORKER];
    int status = 0;
    instant give_up_at = instant_now() + READY_MS_MAX * 1000LL;
    while (!supervisor_must_stop() && instant_now() < give_up_at) {
        if (child_has_ended(worker, &status)) {
            fputs("shanhuo: the worker ended while starting; the log line above says why\n", stderr);
            return false;
        }
        if (address_or_none(SETTING_OPERATIONS_ADDRESS) == NULL || listen_is_ready())
            return true;
        supervisor_wait(READY_LOOK_MS);
    }
    if (!supervisor_must_stop())
        fprintf(stderr, "shanhuo: not ready after %d s\n", READY_MS_MAX / 1000);
    return false;
}

static void print_welcome(const struct serving *serving, instant began_at)
{
    const struct program *program = serving->invocation->program;
    const char *tls = address_or_none(SETTING_TLS_ADDRESS), *plain = address_or_none(SETTING_PLAIN_ADDRESS);
    const char *operations = address_or_none(SETTING_OPERATIONS_ADDRESS);
    if (tls != NULL)
        printf("  %s   (listens on %s)\n", public_origin(serving->invocation->arena), tls);
    if (plain != NULL)
        printf("  http://localhost:%s    (listens on %s)\n", listen_port(plain), plain);
    if (operations != NULL)
        printf("  http://%s/healthz /readyz /metrics\n", operations);
    printf("  data: %s\n", config_text(SETTING_DATA_FOLDER));
    if (serving->log_path != NULL)
        printf("  log:  %s\n", serving->log_path);
    if (invocation_has(serving->invocation, "demo") && program->demo_print_logins != NULL)
        program->demo_print_logins(stdout);
    printf("ready in %lld ms; Ctrl-C stops\n", (long long)(instant_now() - began_at) / 1000);
    fflush(stdout);
}

static void watch_cluster(struct serving *serving)
{
    if (serving->database.lock < 0 ||
        (serving->database.cluster != NULL && cluster_is_running(serving->database.cluster)))
        return;
    log_error("cluster_died");
    if (!database_restart(&serving->database))
        supervisor_wait(CLUSTER_RETRY_MS);
}

static void watch(struct serving *serving)
{
    while (!supervisor_must_stop()) {
        watch_cluster(serving);
        for (size_t i = 0; i < serving->children_count; i++)
            child_watch(&serving->children[i]);
        supervisor_wait(LOOK_MS);
    }
}

static void stop_all(struct serving *serving)
{
    int64_t patience_ms = config_count(SETTING_STOP_MS) + STOP_GRACE_MS;
    for (size_t i = 0; i < serving->children_count; i++)
        child_stop(&serving->children[i], patience_ms);
    database_close(&serving->database);
}

static int serve_run(const struct invocation *invocation)
{
    instant began_at = instant_now();
    struct serving serving = {
        .invocation = invocation,
        .database = {.lock = -1},
        .children = {[WORKER] = {.name = "worker", .run = worker_run, .owner = &serving},
                     [JOBS] = {.name = "jobs", .run = jobs_child_run, .owner = &serving}},
        .children_count = invocation_has(invocation, "no-jobs") ? 1 : CHILDREN_COUNT,
    };
    if (!prepare(&serving))
        return EXIT_FAILURE;
    bool served = database_begin(&serving) && child_start(&serving.children[WORKER]) && worker_await(&serving);
    if (served) {
        print_welcome(&serving, began_at);
        watch(&serving);
    }
    bool asked_to_stop = supervisor_must_stop();
    stop_all(&serving);
    if (asked_to_stop)
        puts("stopped");
    return served || asked_to_stop ? EXIT_SUCCESS : EXIT_FAILURE;
}

static const struct command_option options[] = {
    {"demo", NULL, "load the small demo when the database is empty, print its logins"},
    {"no-jobs", NULL, "without the jobs: another process runs them"},
    COMMAND_OPTIONS_END,
};

extern const struct command serve_command;
const struct command serve_command = {"serve", "run everything: database, web server, jobs", .options = options,
                                      .run = serve_run};
