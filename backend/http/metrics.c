/* The operations listener: /healthz, /readyz, /metrics. On its own address, never on the public one. */
#include "http/answer.h"

#define PUBLISH_MS 250
#define PUBLISH_AWAY_MS 10 /* until every lane is up: who waits for /readyz waits no longer than it must */
#define METRICS_BYTES_MAX (256 * 1024)

/* Lanes belong to their thread: each publishes what the page of the first may read. */
static void publish(void *worker_)
{
    struct worker *worker = worker_;
    bool all_up = true;
    if (worker->lanes[0] == NULL) /* closed: the last turn of the loop still runs what is due */
        return;
    for (size_t lane = 0; lane < LANES_COUNT; lane++) {
        bool up = lane_is_up(worker->lanes[lane]);
        struct lane_counts now = lane_counts(worker->lanes[lane]);
        COUNT_SET(worker->counts.lanes[lane].sent, now.sent);
        COUNT_SET(worker->counts.lanes[lane].landed, now.landed);
        COUNT_SET(worker->counts.lanes[lane].refused, now.refused);
        COUNT_SET(worker->counts.lanes[lane].waiting, now.waiting);
        COUNT_SET(worker->counts.lanes[lane].connections_up, now.connections_up);
        COUNT_SET(worker->counts.lanes[lane].reconnects, now.reconnects);
        COUNT_SET(worker->counts.lanes_up[lane], up ? 1 : 0);
        all_up = all_up && up;
    }
    if (!worker->stops)
        worker->loop.after(&worker->loop, all_up ? PUBLISH_MS : PUBLISH_AWAY_MS, publish, worker);
}

void metrics_init(struct worker *worker)
{
    publish(worker);
}

/* ---- The page ---- */

struct metric {
    const char *name, *kind, *help;
    size_t offset;
};
#define METRIC(name_, kind_, member, help_)                                                                            \
    {                                                                                                                  \
        name_, kind_, help_, offsetof(struct counts, member)                                                           \
    }
static const struct metric metrics[] = {
    METRIC("shanhuo_connections", "gauge", connections, "Open client connections."),
    METRIC("shanhuo_exchanges", "gauge", exchanges, "Requests under way between client and database."),
    METRIC("shanhuo_cancels_total", "counter", cancels, "Requests the client gave up."),
    METRIC("shanhuo_cuts_total", "counter", cuts, "Connections shut by a guard."),
    METRIC("shanhuo_cache_hits_total", "counter", cache_hits, "Public answers served from memory."),
    METRIC("shanhuo_cache_misses_total", "counter", cache_misses, "Public answers that had to be made."),
    METRIC("shanhuo_cache_stale_total", "counter", cache_stale,
           "Public answers served stale while the database was away."),
    METRIC("shanhuo_decided_again_total", "counter", decided_again,
           "Decisions repeated after a stale plan or a deadlock."),
};
static const struct metric lane_metrics[] = {
    METRIC("shanhuo_lane_sent_total", "counter", lanes[0].sent, "Flights sent to the database."),
    METRIC("shanhuo_lane_landed_total", "counter", lanes[0].landed, "Flights that came back."),
    METRIC("shanhuo_lane_refused_total", "counter", lanes[0].refused, "Flights refused: queue full or database away."),
    METRIC("shanhuo_lane_waiting", "gauge", lanes[0].waiting, "Flights waiting for a connection."),
    METRIC("shanhuo_lane_connections_up", "gauge", lanes[0].connections_up, "Database connections in use."),
    METRIC("shanhuo_lane_reconnects_total", "counter", lanes[0].reconnects, "Database connections opened again."),
};
static const char *const lane_names[LANES_COUNT] = {
    [LANE_READ] = "read", [LANE_WRITE] = "write", [LANE_REPORT] = "report"};

static int64_t total(const struct server *server, size_t offset)
{
    int64_t sum = 0;
    for (size_t i = 0; i < server->workers_count; i++)
        sum += __atomic_load_n((const int64_t *)(const void *)((const char *)&server->workers[i].counts + offset),
                               __ATOMIC_RELAXED);
    return sum;
}

static void write_head(struct bytes *page, const struct metric *metric)
{
    bytes_add_format(page, "# HELP %s %s\n# TYPE %s %s\n", metric->name, metric->help, metric->name, metric->kind);
}

static text metrics_page(const struct server *server, struct arena *arena)
{
    struct bytes page;
    bytes_init(&page, arena, METRICS_BYTES_MAX);
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        write_head(&page, &metrics[i]);
        bytes_add_format(&page, "%s %lld\n", metrics[i].name, (long long)total(server, metrics[i].offset));
    }
    bytes_add(&page,
              TEXT("# HELP shanhuo_answers_total Answers by class of status.\n# TYPE shanhuo_answers_total counter\n"));
    for (size_t i = 2; i < 6; i++)
        bytes_add_format(&page, "shanhuo_answers_total{class=\"%zuxx\"} %lld\n", i,
                         (long long)total(server, offsetof(struct counts, answers) + i * sizeof(int64_t)));
    for (size_t i = 0; i < sizeof lane_metrics / sizeof lane_metrics[0]; i++) {
        write_head(&page, &lane_metrics[i]);
        for (size_t lane = 0; lane < LANES_COUNT; lane++)
            bytes_add_format(&page, "%s{lane=\"%s\"} %lld\n", lane_metrics[i].name, lane_names[lane],
                             (long long)total(server, lane_metrics[i].offset + lane * sizeof(struct lane_counts)));
    }
    return bytes_text(&page);
}

static bool is_ready(const struct server *server)
{
    for (size_t i = 0; i < server->workers_count; i++)
        for (size_t lane = 0; lane < LANES_COUNT; lane++)
            if (COUNT_GET(server->workers[i].counts.lanes_up[lane]) == 0)
                return false;
    return true;
}

static void send_words(h2o_req_t *req, int status, text type, text words)
{
    req->res.status = status;
    req->res.reason = status == 200 ? "OK" : status == 404 ? "Not Found" : "Service Unavailable";
    h2o_add_header(&req->pool, &req->res.headers, H2O_TOKEN_CONTENT_TYPE, NULL, type.at, type.length);
    h2o_add_header(&req->pool, &req->res.headers, H2O_TOKEN_CACHE_CONTROL, NULL, H2O_STRLIT("no-store"));
    req->res.content_length = words.length;
    h2o_send_inline(req, words.at, words.length);
}

int metrics_serve(h2o_handler_t *handler, h2o_req_t *req)
{
    (void)handler;
    const struct server *server = worker_of(req->conn->ctx)->server;
    text path = text_of(req->path_normalized), plain = TEXT("text/plain; charset=utf-8");
    if (text_equal(path, TEXT("/healthz"))) {
        send_words(req, 200, plain, TEXT("ok\n"));
    } else if (text_equal(path, TEXT("/readyz"))) {
        bool ready = is_ready(server);
        send_words(req, ready ? 200 : 503, plain, ready ? TEXT("ready\n") : TEXT("database away\n"));
    } else if (text_equal(path, TEXT("/metrics"))) {
        struct arena *arena = arena_new();
        send_words(req, 200, TEXT("text/plain; version=0.0.4; charset=utf-8"), metrics_page(server, arena));
        arena_free(arena);
    } else {
        send_words(req, 404, plain, TEXT("/healthz /readyz /metrics\n"));
    }
    return 0;
}
