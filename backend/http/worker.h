/* Inside http: the server, its threads, and what a request leaves behind on its way. Includes h2o first. */
#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H

#ifndef H2O_USE_LIBUV
#define H2O_USE_LIBUV 0
#endif
#include <h2o.h>
#include <h2o/http1.h>
#include <h2o/http2.h>
#include <pthread.h>

#include "base.h"
#include "db.h"
#include "http.h"

/* Bounds of this folder. */
#define HEADERS_MAX 100                  /* of one request: over it the connection is shut (header-list bomb) */
#define EXCHANGES_PER_CONNECTION_MAX 100 /* work under way for one connection, whatever it has reset meanwhile */
#define CANCELS_PER_SECOND_MAX 200       /* Rapid Reset and its kin */
#define CONNECTIONS_PER_ADDRESS_MAX 512  /* per thread */
#define CONNECTIONS_MAX 8192             /* per thread */
#define TIMERS_MAX 65536                 /* per thread */
#define LISTENERS_MAX 3
#define EXPORT_ROWS_MAX 10000
#define ANSWER_BYTES_MAX (16 * 1024 * 1024)
#define TOKEN_BYTES_MAX 256
#define REQUEST_ID_BYTES 24

struct router;
struct assets;
struct cache;
struct sessions;
struct offloads;
struct exchange;
struct fill;
struct route;

struct server {
    const struct http_settings *settings;
    struct arena *arena;
    h2o_globalconf_t config;
    h2o_hostconf_t *operations_host;
    SSL_CTX *tls;
    struct router *router;
    struct assets *assets;
    struct offloads *offloads, *exports, *public_exports;
    struct worker *workers;
    size_t workers_count;
    pthread_barrier_t started;
    uint64_t secret;       /* nobody outside chooses the bucket of a hash */
    bool strict_transport; /* HSTS: never for localhost, it would break the plain address */
    const struct statement *begin, *commit, *rollback, *claim, *store, *session;
    const struct statement *area; /* NULL: none */
};

/* Written by their own thread only, read by the operations page of another: relaxed atomics. */
struct counts {
    int64_t answers[6]; /* by hundreds of the status */
    int64_t connections, exchanges, cancels, cuts, cache_hits, cache_misses, cache_stale, decided_again;
    struct lane_counts lanes[LANES_COUNT];
    int64_t lanes_up[LANES_COUNT];
};
#define COUNT_ADD(field, amount) __atomic_store_n(&(field), (field) + (amount), __ATOMIC_RELAXED)
#define COUNT_SET(field, value) __atomic_store_n(&(field), value, __ATOMIC_RELAXED)
#define COUNT_GET(field) __atomic_load_n(&(field), __ATOMIC_RELAXED)

/* One thread with its own loop, h2o context, lanes and caches: no locks between them, only messages. */
struct worker {
    h2o_context_t context; /* first: h2o hands it back to us */
    struct server *server;
    size_t index;
    pthread_t thread;
    struct arena *arena;
    struct loop loop;
    h2o_timeout_t timers; /* sorted by when they are due, see loop.c */
    h2o_linklist_t timers_free;
    size_t timers_count;
    h2o_timeout_t deadlines;
    h2o_multithread_receiver_t receiver;
    h2o_accept_ctx_t accepts[LISTENERS_MAX];
    h2o_socket_t *listeners[LISTENERS_MAX];
    size_t listeners_count;
    h2o_linklist_t connections, connections_free;
    struct addresses *addresses;
    struct lane *lanes[LANES_COUNT];
    struct ear *ear; /* of the first worker only */
    struct sessions *sessions;
    struct cache *cache;
    struct bytes access; /* lines of the access log, written once a turn */
    bool access_armed, listens, stops;
    char access_time[32];
    uint64_t access_time_ms;
    uint64_t ids_prefix, ids_count;
    struct counts counts;
};

struct worker *worker_of(h2o_context_t *context);

/* What another thread asks of a worker. */
struct message {
    h2o_multithread_message_t super; /* first */
    void (*run)(struct worker *worker, struct message *message);
};
void worker_tell(struct worker *worker, struct message *message);

/* ---- loop.c ---- */
void loop_init(struct worker *worker);
void loop_deinit(struct worker *worker);

/* ---- guard.c: what stands between the library and the internet. ---- */
struct address;
struct connection {
    h2o_linklist_t link;
    struct worker *worker;
    h2o_socket_t *socket; /* NULL once it is closed */
    struct address *address;
    size_t visits, exchanges;
    uint64_t cancels_since_ms;
    unsigned cancels;
    bool is_http2, is_shut;
};
void guard_init(struct worker *worker);
void guard_accept(struct worker *worker, h2o_socket_t *listener, h2o_accept_ctx_t *accepts);
/* Whether more work may start for this connection; connection_release gives it back when that work is done, not when it is reset. */
MUST_USE bool connection_hold(struct connection *connection);
void connection_release(struct connection *connection);
void connection_shut(struct connection *connection);
void guard_stop(struct worker *worker); /* ends what is idle */
text guard_client_address(struct arena *arena, h2o_req_t *req);

/* ---- visit.c: one request as h2o sees it, from on_req until its memory goes. ---- */
struct visit {
    h2o_req_t *req;
    struct worker *worker;
    struct connection *connection;
    struct exchange *exchange;
    const struct route *route;
    h2o_timeout_entry_t deadline;
    int64_t began_us;
    char request_id[REQUEST_ID_BYTES];
    bool answered;
    size_t written_before; /* by its connection, when it was answered */
    struct fill *waits;    /* cache.c: the answer it waits for, and who waits with it */
    struct visit *waits_next;
};
int visit_begin(h2o_handler_t *handler, h2o_req_t *req);
size_t visit_bytes_written(const struct visit *visit);
text visit_request_id(const struct visit *visit);
text visit_path(const struct visit *visit);  /* without the query */
text visit_query(const struct visit *visit); /* without its question mark */
text visit_header(const struct visit *visit, const h2o_token_t *token);
enum language visit_language(const struct visit *visit);
bool visit_is_head(const struct visit *visit);
text visit_cookie(const struct visit *visit, text name);
bool visit_takes_gzip(const struct visit *visit);
bool visit_takes_brotli(const struct visit *visit);
bool visit_takes_html(const struct visit *visit); /* a browser that opens an address */
bool visit_is_secure(const struct visit *visit);  /* TLS here or at the proxy before us */
/* As a page for people where a page was asked for, as a problem otherwise. */
void visit_refuse(struct visit *visit, enum problem problem, const struct problems *problems);
text text_of(h2o_iovec_t bytes);
int64_t monotonic_us(void);

/* ---- access.c ---- */
void access_init(struct worker *worker);
void access_log(struct visit *visit);
void access_flush(struct worker *worker);

/* ---- metrics.c ---- */
int metrics_serve(h2o_handler_t *handler, h2o_req_t *req);
void metrics_init(struct worker *worker);

/* ---- certificate.c ---- */
SSL_CTX *certificate_load(const char *certificate_file, const char *key_file);

#endif
