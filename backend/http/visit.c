/* One request as h2o sees it: begun by the handler, ended when h2o frees its memory, which is the only sign of a gone client. */
#include "http/answer.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/exchange.h"
#include "http/router.h"

text text_of(h2o_iovec_t bytes)
{
    return (text){bytes.base, bytes.len};
}

int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

text visit_request_id(const struct visit *visit)
{
    return text_from(visit->request_id);
}

text visit_path(const struct visit *visit)
{
    const h2o_req_t *req = visit->req;
    return (text){req->input.path.base, req->input.query_at == SIZE_MAX ? req->input.path.len : req->input.query_at};
}

text visit_query(const struct visit *visit)
{
    const h2o_req_t *req = visit->req;
    if (req->input.query_at == SIZE_MAX)
        return TEXT_NONE;
    return text_part(text_of(req->input.path), req->input.query_at + 1, req->input.path.len);
}

text visit_header(const struct visit *visit, const h2o_token_t *token)
{
    ssize_t at = h2o_find_header(&visit->req->headers, token, -1);
    return at < 0 ? TEXT_NONE : text_of(visit->req->headers.entries[at].value);
}

bool visit_is_head(const struct visit *visit)
{
    return text_equal(text_of(visit->req->input.method), TEXT("HEAD"));
}

bool visit_takes_gzip(const struct visit *visit)
{
    return (h2o_get_compressible_types(&visit->req->headers) & H2O_COMPRESSIBLE_GZIP) != 0;
}

bool visit_takes_brotli(const struct visit *visit)
{
    return (h2o_get_compressible_types(&visit->req->headers) & H2O_COMPRESSIBLE_BROTLI) != 0;
}

bool visit_takes_html(const struct visit *visit)
{
    text header = visit_header(visit, H2O_TOKEN_ACCEPT);
    while (header.at != NULL) {
        text kind = text_cut(&header, ',');
        if (text_equal(text_trim(text_cut(&kind, ';')), TEXT("text/html")))
            return true;
    }
    return false;
}

static text cookie_value(text header, text name)
{
    while (header.at != NULL) {
        text value = text_trim(text_cut(&header, ';'));
        if (text_equal(text_cut(&value, '='), name))
            return value;
    }
    return TEXT_NONE;
}

text visit_cookie(const struct visit *visit, text name)
{
    /* HTTP/2 may send one header a cookie. */
    for (ssize_t at = -1; (at = h2o_find_header(&visit->req->headers, H2O_TOKEN_COOKIE, at)) >= 0;) {
        text value = cookie_value(text_of(visit->req->headers.entries[at].value), name);
        if (value.length > 0)
            return value;
    }
    return TEXT_NONE;
}

bool visit_is_secure(const struct visit *visit)
{
    if (visit->req->scheme == &H2O_URL_SCHEME_HTTPS)
        return true;
    ssize_t at = h2o_find_header_by_str(&visit->req->headers, H2O_STRLIT("x-forwarded-proto"), -1);
    return at >= 0 && text_equal(text_of(visit->req->headers.entries[at].value), TEXT("https"));
}

/* Quality in thousandths of "en;q=0.8", 1000 without one. */
static int64_t language_quality(text parameters)
{
    text value = text_trim(parameters);
    if (!text_starts_with(value, TEXT("q=")))
        return 1000;
    int64_t whole = 0, part = 0;
    value = text_part(value, 2, value.length);
    text digits = text_cut(&value, '.');
    if (!text_to_int64(digits, 0, 1, &whole))
        return 0;
    digits = text_part(value, 0, 3);
    if (digits.length > 0 && !text_to_int64(digits, 0, 999, &part))
        return 0;
    for (size_t length = digits.length; length < 3 && digits.length > 0; length++)
        part *= 10;
    return whole * 1000 + part;
}

static enum language language_accepted(const struct visit *visit)
{
    int64_t best[LANGUAGES_COUNT] = {0};
    text header = visit_header(visit, H2O_TOKEN_ACCEPT_LANGUAGE);
    while (header.at != NULL) {
        text parameters = text_trim(text_cut(&header, ','));
        text tag = text_trim(text_cut(&parameters, ';'));
        int64_t quality = language_quality(parameters);
        enum language language = text_starts_with(tag, TEXT("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
        if ((language == LANGUAGE_EN || text_starts_with(tag, TEXT("zh"))) && quality > best[language])
            best[language] = quality;
    }
    return best[LANGUAGE_EN] > best[LANGUAGE_ZH] ? LANGUAGE_EN : LANGUAGE_ZH;
}

/* A page is opened by its address alone, so the choice made there lies in a cookie; whoever calls the API says it in the header. */
enum language visit_language(const struct visit *visit)
{
    bool is_page = !text_starts_with(visit_path(visit), TEXT(API_PREFIX "/"));
    text chosen = is_page ? visit_cookie(visit, TEXT("language")) : TEXT_NONE;
    if (chosen.length == 0)
        return language_accepted(visit);
    return text_equal(chosen, TEXT("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
}

void visit_refuse(struct visit *visit, enum problem problem, const struct problems *problems)
{
    bool is_page = visit->route != NULL && visit->route->page != NULL;
    if (is_page)
        assets_refuse(visit, problem, problems);
    else
        answer_refuse(visit, problem, problems, 0);
}

/* Deadline: an unanswered request gets 503, one whose answer nobody reads loses its connection (zero-window reader). */
static void visit_late(h2o_timeout_entry_t *entry)
{
    struct visit *visit = H2O_STRUCT_FROM_MEMBER(struct visit, deadline, entry);
    if (visit->answered) {
        connection_shut(visit->connection);
        return;
    }
    h2o_timeout_link(visit->worker->context.loop, &visit->worker->deadlines, &visit->deadline);
    cache_forget(visit);
    exchange_forget(visit);
    visit_refuse(visit, PROBLEM_UNAVAILABLE, NULL);
}

static void count_cancel(struct visit *visit)
{
    struct connection *connection = visit->connection;
    uint64_t now = h2o_now(visit->worker->context.loop);
    COUNT_ADD(visit->worker->counts.cancels, 1);
    if (now - connection->cancels_since_ms >= 1000) {
        connection->cancels_since_ms = now;
        connection->cancels = 0;
    }
    if (++connection->cancels > CANCELS_PER_SECOND_MAX)
        connection_shut(connection);
}

size_t visit_bytes_written(const struct visit *visit)
{
    h2o_conn_t *conn = visit->req->conn;
    return conn->callbacks->get_socket(conn)->bytes_written;
}

static void visit_end(void *visit_)
{
    struct visit *visit = visit_;
    h2o_timeout_unlink(&visit->deadline);
    cache_forget(visit);
    exchange_forget(visit);
    if (!visit->answered || visit_bytes_written(visit) == visit->written_before)
        count_cancel(visit); /* it was given up before a byte of its answer left */
    access_log(visit);
    visit->connection->visits--;
}

/* Unique in this run of the program and not guessable from outside; costs no system call. */
static void name_request(struct visit *visit)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuv";
    struct worker *worker = visit->worker;
    uint64_t state = worker->ids_prefix + ++worker->ids_count * UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = seeded_next(&state);
    for (size_t i = 0; i < 13; i++, mixed >>= 5)
        visit->request_id[i] = digits[mixed & 31];
    visit->request_id[13] = '\0';
}

static void serve_match(struct visit *visit, const struct match *match)
{
    visit->route = match->route;
    if (match->route == NULL)
        answer_refuse(visit, match->allowed != 0 ? PROBLEM_METHOD : PROBLEM_NOT_FOUND, NULL, match->allowed);
    else if (match->route->cache_ms > 0)
        cache_serve(visit, match);
    else
        exchange_begin(visit, match, NULL);
}

static void serve_api(struct visit *visit, text path)
{
    text below = text_part(path, sizeof API_PREFIX - 1, path.length);
    struct match match;
    router_match(visit->worker->server->router, method_from(text_of(visit->req->input.method)), below, &match);
    serve_match(visit, &match);
}

static void serve_site(struct visit *visit, text path)
{
    struct match match;
    router_match_site(visit->worker->server->router, method_from(text_of(visit->req->input.method)), path, &match);
    if (match.route == NULL && match.allowed == 0)
        assets_serve(visit, path);
    else
        serve_match(visit, &match);
}

static void visit_serve(struct visit *visit)
{
    text path = visit_path(visit);
    if (path.length > PATH_BYTES_MAX || visit_query(visit).length > QUERY_BYTES_MAX)
        answer_refuse(visit, PROBLEM_TOO_LARGE, NULL, 0);
    else if (text_equal(path, TEXT(API_PREFIX "/openapi.json")))
        assets_serve(visit, TEXT("/api/openapi.json"));
    else if (text_starts_with(path, TEXT(API_PREFIX "/")))
        serve_api(visit, path);
    else
        serve_site(visit, path);
}

/* What can still be seen of a malformed or hostile request once h2o has parsed it. */
static enum problem visit_fault(const struct visit *visit)
{
    const h2o_req_t *req = visit->req;
    if (req->headers.size > HEADERS_MAX)
        return PROBLEM_HEADERS_TOO_LARGE;
    bool host_missing = req->input.authority.base == req->hostconf->authority.hostport.base;
    if (req->version < 0x200 && host_missing && req->version >= 0x101)
        return PROBLEM_MALFORMED;
    if (req->input.path.len == 0 || req->input.path.base[0] != '/')
        return PROBLEM_MALFORMED;
    return PROBLEM_NONE;
}

int visit_begin(h2o_handler_t *handler, h2o_req_t *req)
{
    (void)handler;
    struct worker *worker = worker_of(req->conn->ctx);
    struct visit *visit = h2o_mem_alloc_shared(&req->pool, sizeof *visit, visit_end);
    *visit = (struct visit){.req = req, .worker = worker, .began_us = monotonic_us()};
    visit->connection = req->conn->callbacks->get_socket(req->conn)->on_close.data;
    visit->connection->visits++;
    visit->connection->is_http2 = req->version >= 0x200;
    visit->deadline.cb = visit_late;
    h2o_timeout_link(worker->context.loop, &worker->deadlines, &visit->deadline);
    name_request(visit);
    /* Two lengths, or a length and chunks, were merged before we could see them: nothing behind such a body is ever read. */
    if (req->version < 0x200 && req->entity.base != NULL)
        req->http1_is_persistent = 0;
    enum problem fault = visit_fault(visit);
    if (fault == PROBLEM_NONE) {
        visit_serve(visit);
        return 0;
    }
    req->http1_is_persistent = 0;
    answer_refuse(visit, fault, NULL, 0);
    if (fault == PROBLEM_HEADERS_TOO_LARGE)
        connection_shut(visit->connection);
    return 0;
}
