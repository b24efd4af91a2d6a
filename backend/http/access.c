/* One JSON line per request, gathered and written once a turn: a write for each would cost half of a cached answer. */
#include "http/worker.h"

#define ACCESS_BYTES_MAX (64 * 1024)
#define LINE_BYTES_MAX 768

static void flush_due(void *worker)
{
    access_flush(worker);
}

void access_init(struct worker *worker)
{
    bytes_init(&worker->access, worker->arena, ACCESS_BYTES_MAX);
}

void access_flush(struct worker *worker)
{
    worker->access_armed = false;
    log_lines(bytes_text(&worker->access));
    worker->access.length = 0;
}

/* The route's pattern, never the path: ids of orders and households stay out of logs, and query strings too. */
static text place_of(const struct visit *visit)
{
    if (visit->route != NULL)
        return text_from(visit->route->path);
    return text_starts_with(visit_path(visit), TEXT("/api/")) ? TEXT("-") : TEXT("static");
}

/* Formatted once a millisecond of the loop, not once a request. */
static text time_of(struct worker *worker)
{
    uint64_t now = h2o_now(worker->context.loop);
    if (worker->access_time_ms != now) {
        struct arena *arena = arena_new();
        text at = instant_format(arena, (instant)now * 1000);
        must(at.length < sizeof worker->access_time);
        memcpy(worker->access_time, at.at, at.length);
        worker->access_time[at.length] = '\0';
        worker->access_time_ms = now;
        arena_free(arena);
    }
    return text_from(worker->access_time);
}

static text method_of(const struct visit *visit)
{
    text method = text_of(visit->req->input.method);
    return method.length <= 7 && text_is_utf8(method) ? method : TEXT("-");
}

void access_log(struct visit *visit)
{
    struct worker *worker = visit->worker;
    int status = visit->answered ? visit->req->res.status : 499;
    COUNT_ADD(worker->counts.answers[status / 100 % 6], 1);
    struct bytes *lines = &worker->access;
    if (!bytes_fits(lines, LINE_BYTES_MAX))
        access_flush(worker);
    if (!worker->access_armed) {
        worker->access_armed = true;
        worker->loop.after(&worker->loop, 20, flush_due, worker);
    }
    bytes_add(lines, TEXT("{\"time\":\""));
    bytes_add(lines, time_of(worker));
    bytes_add(lines, TEXT("\",\"level\":\"info\",\"event\":\"request\",\"method\":"));
    bytes_add_json_string(lines, method_of(visit));
    bytes_add(lines, TEXT(",\"route\":"));
    bytes_add_json_string(lines, place_of(visit));
    bytes_add(lines, TEXT(",\"status\":"));
    bytes_add_int64(lines, status);
    bytes_add(lines, TEXT(",\"duration_us\":"));
    bytes_add_int64(lines, monotonic_us() - visit->began_us);
    bytes_add(lines, TEXT(",\"request_id\":\""));
    bytes_add(lines, visit_request_id(visit));
    bytes_add(lines, TEXT("\"}\n"));
}
