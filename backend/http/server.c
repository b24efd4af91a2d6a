/* Threads, listeners, start and stop. Every thread has its own loop, context, lanes and caches; they only send each other messages. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/random.h>
#include "http/assets.h"
#include "http/cache.h"
#include "http/exchange.h"

#define THREADS_MAX 64
#define ADDRESS_WORDS_MAX 128
#define REQUEST_TIMEOUT_MS 10000
#define READ_DEPTH 64
#define WAITING_MAX 4096

struct worker *worker_of(h2o_context_t *context)
{
    return H2O_STRUCT_FROM_MEMBER(struct worker, context, context);
}

/* ---- Messages between threads ---- */

static void worker_hear(h2o_multithread_receiver_t *receiver, h2o_linklist_t *messages)
{
    struct worker *worker = H2O_STRUCT_FROM_MEMBER(struct worker, receiver, receiver);
    while (!h2o_linklist_is_empty(messages)) {
        struct message *message = H2O_STRUCT_FROM_MEMBER(struct message, super.link, messages->next);
        h2o_linklist_unlink(&message->super.link);
        message->run(worker, message);
    }
}

void worker_tell(struct worker *worker, struct message *message)
{
    h2o_multithread_send_message(&worker->receiver, &message->super);
}

/* A NOTIFY heard by the first worker, for all. */
struct notice {
    struct message message; /* first */
    struct arena *arena;
    text topic, payload;
};

static void notice_run(struct worker *worker, struct message *message)
{
    struct notice *notice = (struct notice *)message;
    bool everything = notice->topic.length == 0;
    if (everything || text_equal(notice->topic, TEXT("sessions")))
        sessions_drop(worker->sessions, notice->payload);
    cache_drop(worker->cache, notice->topic);
    arena_free(notice->arena);
}

static void ear_heard(void *server_, text topic, text payload)
{
    struct server *server = server_;
    for (size_t i = 0; i < server->workers_count; i++) {
        struct arena *arena = arena_new();
        struct notice *notice = arena_alloc(arena, sizeof *notice);
        *notice = (struct notice){{.run = notice_run}, arena, text_copy(arena, topic), text_copy(arena, payload)};
        worker_tell(&server->workers[i], &notice->message);
    }
}

/* ---- Listeners ---- */

static int listen_on(const char *address)
{
    char words[ADDRESS_WORDS_MAX];
    snprintf(words, sizeof words, "%s", address);
    char *colon = strrchr(words, ':');
    if (colon == NULL)
        return -1;
    *colon = '\0';
    size_t length = strlen(words);
    bool bracketed = length > 2 && words[0] == '[' && words[length - 1] == ']';
    if (bracketed)
        words[length - 1] = '\0';
    struct addrinfo *found = NULL, hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
    const char *host = words + (bracketed ? 1 : 0);
    if (getaddrinfo(host[0] == '\0' ? NULL : host, colon + 1, &hints, &found) != 0)
        return -1;
    int on = 1;
    int listener = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool listens = listener >= 0 && setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                   setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0 &&
                   bind(listener, found->ai_addr, found->ai_addrlen) == 0 && listen(listener, SOMAXCONN) == 0;
    freeaddrinfo(found);
    if (listens)
        return listener;
    if (listener >= 0)
        close(listener);
    return -1;
}

static void listener_ready(h2o_socket_t *listener, const char *error)
{
    if (error != NULL)
        return;
    h2o_accept_ctx_t *accepts = listener->data;
    guard_accept(worker_of(accepts->ctx), listener, accepts);
}

static bool worker_listen(struct worker *worker, const char *address, h2o_hostconf_t **hosts, SSL_CTX *tls)
{
    if (address == NULL)
        return true;
    int descriptor = listen_on(address);
    if (descriptor < 0) {
        log_error("listen_failed", LOG_TEXT("address", text_from(address)),
                  LOG_TEXT("reason", text_from(strerror(errno))));
        return false;
    }
    h2o_accept_ctx_t *accepts = &worker->accepts[worker->listeners_count];
    *accepts = (h2o_accept_ctx_t){.ctx = &worker->context, .hosts = hosts, .ssl_ctx = tls};
    h2o_socket_t *listener = h2o_evloop_socket_create(worker->context.loop, descriptor, H2O_SOCKET_FLAG_DONT_READ);
    listener->data = accepts;
    h2o_socket_read_start(listener, listener_ready);
    worker->listeners[worker->listeners_count++] = listener;
    return true;
}

static bool worker_listens(struct worker *worker)
{
    struct server *server = worker->server;
    const struct http_settings *settings = server->settings;
    h2o_hostconf_t **hosts = server->config.hosts;
    return worker_listen(worker, settings->tls_address, hosts, server->tls) &&
           worker_listen(worker, settings->plain_address, hosts, NULL) &&
           (worker->index > 0 || worker_listen(worker, settings->operations_address, hosts + 1, NULL));
}

/* ---- A worker's life ---- */

static void worker_open_lanes(struct worker *worker)
{
    const struct http_settings *settings = worker->server->settings;
    const int connections[LANES_COUNT] = {
        [LANE_READ] = settings->read_connections,
        [LANE_WRITE] = settings->write_connections,
        [LANE_REPORT] = settings->report_connections,
    };
    static const char *const names[LANES_COUNT] = {
        [LANE_READ] = "shanhuo read", [LANE_WRITE] = "shanhuo write", [LANE_REPORT] = "shanhuo report"};
    for (size_t lane = 0; lane < LANES_COUNT; lane++)
        worker->lanes[lane] = lane_open(
            &(struct lane_settings){
                .url = settings->database_url,
                .connections = connections[lane] > 0 ? connections[lane] : 1,
                .depth = lane == LANE_READ ? READ_DEPTH : 1,
                .waiting_max = WAITING_MAX,
                .statement_ms_max = lane == LANE_REPORT ? settings->request_ms_max * 4 : settings->request_ms_max,
                .idle_transaction_ms_max = settings->request_ms_max,
                .prepares_all = lane == LANE_READ && worker->index == 0,
                .application_name = names[lane],
            },
            &worker->loop);
}

static void worker_init(struct worker *worker)
{
    struct server *server = worker->server;
    worker->arena = arena_new();
    random_bytes(&worker->ids_prefix, sizeof worker->ids_prefix);
    h2o_context_init(&worker->context, h2o_evloop_create(), &server->config);
    loop_init(worker);
    guard_init(worker);
    access_init(worker);
    h2o_timeout_init(worker->context.loop, &worker->deadlines, (uint64_t)server->settings->request_ms_max);
    h2o_multithread_register_receiver(worker->context.queue, &worker->receiver, worker_hear);
    worker->sessions = sessions_new(worker->arena);
    worker->cache = cache_new(worker->arena, worker);
}

static void worker_serve(struct worker *worker)
{
    struct server *server = worker->server;
    worker_open_lanes(worker);
    if (worker->index == 0)
        worker->ear =
            ear_open(server->settings->database_url, server->settings->topics, &worker->loop, ear_heard, server);
    metrics_init(worker);
    while (!worker->stops || COUNT_GET(worker->counts.connections) > 0 || COUNT_GET(worker->counts.exchanges) > 0)
        h2o_evloop_run(worker->context.loop, 1000);
    access_flush(worker);
}

static void worker_deinit(struct worker *worker)
{
    if (worker->ear != NULL)
        ear_close(worker->ear);
    for (size_t lane = 0; lane < LANES_COUNT; lane++) {
        lane_close(worker->lanes[lane]);
        worker->lanes[lane] = NULL;
    }
    h2o_evloop_run(worker->context.loop, 0); /* frees the sockets closed just now */
    cache_drop(worker->cache, TEXT(""));
}

static bool all_listen(const struct server *server)
{
    for (size_t i = 0; i < server->workers_count; i++)
        if (!server->workers[i].listens)
            return false;
    return true;
}

static void *worker_run(void *worker_)
{
    struct worker *worker = worker_;
    worker_init(worker); /* by its own thread: h2o's buffers belong to the thread that made their socket */
    worker->listens = worker_listens(worker);
    pthread_barrier_wait(&worker->server->started); /* no message before every receiver is there */
    if (!all_listen(worker->server))
        return NULL;
    worker_serve(worker);
    worker_deinit(worker);
    return NULL;
}

struct stop {
    struct message message; /* first */
};

static void stop_late(void *worker_)
{
    struct worker *worker = worker_;
    for (h2o_linklist_t *link = worker->connections.next; link != &worker->connections; link = link->next)
        connection_shut(H2O_STRUCT_FROM_MEMBER(struct connection, link, link));
}

static void stop_run(struct worker *worker, struct message *message)
{
    (void)message;
    worker->stops = true;
    for (size_t i = 0; i < worker->listeners_count; i++) {
        h2o_socket_read_stop(worker->listeners[i]);
        h2o_socket_close(worker->listeners[i]);
    }
    worker->listeners_count = 0;
    guard_stop(worker);
    worker->loop.after(&worker->loop, worker->server->settings->stop_ms_max, stop_late, worker);
    h2o_context_request_shutdown(&worker->context);
}

/* ---- The server ---- */

static void config_init(struct server *server)
{
    h2o_globalconf_t *config = &server->config;
    h2o_config_init(config);
    config->server_name = h2o_iovec_init(H2O_STRLIT("shanhuo"));
    /* Above our own limits: over HTTP/2 h2o resets such a stream, and clients then send it all again. */
    config->max_request_entity_size = UPLOAD_BYTES_MAX + UPLOAD_BYTES_MAX / 2;
    config->http1.req_timeout = REQUEST_TIMEOUT_MS;
    config->http2.idle_timeout = REQUEST_TIMEOUT_MS * 3;
    config->handshake_timeout = REQUEST_TIMEOUT_MS / 2;
    h2o_hostconf_t *site = h2o_config_register_host(config, h2o_iovec_init(H2O_STRLIT("default")), 65535);
    h2o_create_handler(h2o_config_register_path(site, "/", 0), sizeof(h2o_handler_t))->on_req = visit_begin;
    server->operations_host = h2o_config_register_host(config, h2o_iovec_init(H2O_STRLIT("operations")), 65535);
    h2o_create_handler(h2o_config_register_path(server->operations_host, "/", 0), sizeof(h2o_handler_t))->on_req =
        metrics_serve;
}

static const struct statement *needed(const char *name, bool *found)
{
    const struct statement *statement = name == NULL ? NULL : statement_find(text_from(name));
    if (name != NULL && statement == NULL) {
        log_error("statement_missing", LOG_TEXT("name", text_from(name)));
        *found = false;
    }
    return statement;
}

static bool is_local(const char *origin)
{
    return origin == NULL || strstr(origin, "//localhost") != NULL || strstr(origin, "//127.") != NULL ||
           strstr(origin, "//[::1]") != NULL;
}

static bool server_init(struct server *server)
{
    const struct http_settings *settings = server->settings;
    bool found = true;
    server->begin = needed("db/begin", &found);
    server->commit = needed("db/commit", &found);
    server->rollback = needed("db/rollback", &found);
    server->claim = needed(settings->claim_statement, &found);
    server->store = needed(settings->answer_statement, &found);
    server->session = needed(settings->session_statement, &found);
    if (settings->area_statement != NULL)
        server->area = needed(settings->area_statement, &found);
    server->strict_transport = !is_local(settings->public_origin);
    server->router = found ? router_new(server->arena, settings) : NULL;
    if (server->router == NULL)
        return false;
    if (settings->tls_address != NULL)
        server->tls = certificate_load(settings->certificate_file, settings->key_file);
    if (settings->tls_address != NULL && server->tls == NULL)
        return false;
    server->assets = assets_new(server->arena, server->strict_transport);
    config_init(server);
    return true;
}

/* h2o reports unknown frames of every visitor there: our log moves to a descriptor of its own. Sanitizers keep theirs. */
static void hush_library(void)
{
#ifndef __SANITIZE_ADDRESS__
    log_leave_stderr();
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
#endif
}

static bool workers_start(struct server *server)
{
    server->offloads = offloads_new(server->arena);
    server->exports = offloads_new(server->arena);
    server->public_exports = offloads_new(server->arena);
    pthread_barrier_init(&server->started, NULL, (unsigned)server->workers_count + 1);
    for (size_t i = 0; i < server->workers_count; i++) {
        struct worker *worker = &server->workers[i];
        worker->server = server;
        worker->index = i;
        must(pthread_create(&worker->thread, NULL, worker_run, worker) == 0);
    }
    pthread_barrier_wait(&server->started);
    return all_listen(server);
}

static bool workers_stop(struct server *server)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += server->settings->stop_ms_max / 1000 + 2;
    for (size_t i = 0; i < server->workers_count; i++) {
        struct stop *stop = arena_alloc(server->arena, sizeof *stop);
        stop->message.run = stop_run;
        worker_tell(&server->workers[i], &stop->message);
    }
    bool all = true;
    for (size_t i = 0; i < server->workers_count; i++)
        all = pthread_timedjoin_np(server->workers[i].thread, NULL, &until) == 0 && all;
    offloads_stop(server->offloads);
    offloads_stop(server->exports);
    offloads_stop(server->public_exports);
    return all;
}

static int wait_for_signal(const sigset_t *signals)
{
    int number = 0;
    while (sigwait(signals, &number) != 0)
        ;
    return number;
}

/* 1: could not start, or did not stop in time. */
static int server_run(struct server *server, const sigset_t *signals)
{
    const struct http_settings *settings = server->settings;
    hush_library();
    if (!workers_start(server))
        return 1;
    log_info("http_ready", LOG_TEXT("tls", text_from(settings->tls_address == NULL ? "" : settings->tls_address)),
             LOG_TEXT("plain", text_from(settings->plain_address == NULL ? "" : settings->plain_address)),
             LOG_INT("threads", (int64_t)server->workers_count));
    int number = wait_for_signal(signals);
    log_info("http_stopping", LOG_INT("signal", number));
    if (!workers_stop(server)) {
        log_warn("http_stop_late", LOG_INT("stop_ms_max", settings->stop_ms_max));
        return 1;
    }
    log_info("http_stopped");
    return 0;
}

int http_serve(const struct http_settings *settings)
{
    static struct server *running; /* threads that did not stop in time still use it */
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* inherited by every thread */
    signal(SIGPIPE, SIG_IGN);
    struct arena *arena = arena_new();
    struct server *server = running = arena_alloc(arena, sizeof *server);
    server->settings = settings;
    server->arena = arena;
    random_bytes(&server->secret, sizeof server->secret);
    server->workers_count = (size_t)(settings->threads < 1             ? 1
                                     : settings->threads > THREADS_MAX ? THREADS_MAX
                                                                       : settings->threads);
    server->workers = arena_alloc_items(arena, server->workers_count, sizeof *server->workers);
    return server_init(server) ? server_run(running, &signals) : 1;
}
