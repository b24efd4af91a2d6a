/* The one small writer: rows become JSON or CSV by their column kinds, problems become RFC 9457 bodies, and both are sent from here. */
#include <openssl/sha.h>
#include "http/answer.h"
#include "http/router.h"

#define CELL_BYTES_EXTRA 64 /* room a cell needs besides its value: name, quotes, comma */

/* ---- Cells ---- */

/* "2026-11-23 03:15:36.5+00" → "2026-11-23T03:15:36.5Z": sessions run in UTC. */
static void write_instant(struct bytes *into, text at)
{
    text clock = text_part(at, 11, at.length);
    bool is_utc = text_ends_with(clock, TEXT("+00"));
    bytes_add_char(into, '"');
    bytes_add(into, text_part(at, 0, 10));
    if (clock.length > 0) {
        bytes_add_char(into, 'T');
        bytes_add(into, is_utc ? text_part(clock, 0, clock.length - 3) : clock);
        bytes_add(into, is_utc ? TEXT("Z") : TEXT(""));
    }
    bytes_add_char(into, '"');
}

static void write_cell(struct bytes *into, enum column_kind kind, text value)
{
    if (value.at == NULL) {
        bytes_add(into, TEXT("null"));
        return;
    }
    switch (kind) {
    case COLUMN_INT:
    case COLUMN_JSON:
        bytes_add(into, value);
        return;
    case COLUMN_BOOL:
        bytes_add(into, value.at[0] == 't' ? TEXT("true") : TEXT("false"));
        return;
    case COLUMN_INSTANT:
        write_instant(into, value);
        return;
    case COLUMN_DATE:
    case COLUMN_TEXT:
        bytes_add_json_string(into, value);
        return;
    }
}

/* The columns that are written, with their names as JSON once for all rows. */
struct columns {
    size_t count;
    struct {
        size_t index;
        enum column_kind kind;
        text label; /* "name": */
    } items[];
};

static struct columns *columns_of(const struct rows *rows, struct arena *arena, const char *const *left_out)
{
    size_t all = rows_columns(rows);
    struct columns *columns = arena_alloc(arena, sizeof *columns + all * sizeof columns->items[0]);
    for (size_t i = 0; i < all; i++) {
        bool hidden = false;
        for (const char *const *name = left_out; *name != NULL; name++)
            hidden = hidden || strcmp(*name, rows_name(rows, i)) == 0;
        if (hidden)
            continue;
        columns->items[columns->count].index = i;
        columns->items[columns->count].kind = rows_kind(rows, i);
        columns->items[columns->count].label = text_format(arena, "\"%s\":", rows_name(rows, i));
        columns->count++;
    }
    return columns;
}

static bool write_row(struct bytes *into, const struct rows *rows, const struct columns *columns, size_t row)
{
    bytes_add_char(into, '{');
    for (size_t i = 0; i < columns->count; i++) {
        text value = rows_value(rows, row, columns->items[i].index);
        /* Escaping makes a byte six at most. */
        if (!bytes_fits(into, 6 * value.length + columns->items[i].label.length + CELL_BYTES_EXTRA))
            return false;
        if (i > 0)
            bytes_add_char(into, ',');
        bytes_add(into, columns->items[i].label);
        write_cell(into, columns->items[i].kind, value);
    }
    bytes_add_char(into, '}');
    return true;
}

static const char *const refusal_columns[] = {"problem", "problem_pointer", "problem_message", NULL};
static const char *const list_columns[] = {"problem", "problem_pointer", "problem_message", "cursor", NULL};

text rows_object(const struct rows *rows, struct arena *arena)
{
    struct bytes json;
    bytes_init(&json, arena, ANSWER_BYTES_MAX);
    if (rows_count(rows) == 0 || !write_row(&json, rows, columns_of(rows, arena, refusal_columns), 0))
        return TEXT_NONE;
    return bytes_text(&json);
}

static text first_value(const struct rows *rows, const char *name)
{
    int column = rows_column(rows, name);
    return column < 0 || rows_count(rows) == 0 ? TEXT_NONE : rows_value(rows, 0, (size_t)column);
}

/* An UPDATE that touched nothing found nothing; an INSERT that added nothing may have found it done already. */
static bool needs_row(const struct rows *rows, enum answer_shape shape)
{
    text tag = text_from(rows_tag(rows));
    switch (shape) {
    case ANSWER_OBJECT:
    case ANSWER_TEXT:
    case ANSWER_BYTES:
        return true;
    case ANSWER_NONE:
        return rows_columns(rows) > 0 || (rows_changed(rows) == 0 && (text_starts_with(tag, TEXT("UPDATE")) ||
                                                                      text_starts_with(tag, TEXT("DELETE"))));
    case ANSWER_LIST:
    case ANSWER_PLAN:
    case ANSWER_PAGE:
        return false;
    }
    return false;
}

enum problem rows_refusal(const struct rows *rows, enum answer_shape shape, struct problems *problems)
{
    text slug = first_value(rows, "problem");
    if (slug.at != NULL) {
        enum problem problem = problem_from_slug(slug);
        text pointer = first_value(rows, "problem_pointer"), message = first_value(rows, "problem_message");
        if (problem == PROBLEM_NONE)
            log_error("problem_unknown", LOG_TEXT("slug", slug));
        else if (pointer.at != NULL || message.at != NULL)
            problems_add(problems, pointer.at == NULL ? TEXT("") : text_copy(problems->arena, pointer),
                         problem_slug(problem), text_copy(problems->arena, message));
        return problem == PROBLEM_NONE ? PROBLEM_OURS : problem;
    }
    return needs_row(rows, shape) && rows_count(rows) == 0 ? PROBLEM_NOT_FOUND : PROBLEM_NONE;
}

/* ---- Shapes ---- */

text answer_hash(struct arena *arena, text body)
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)body.at, body.length, digest);
    char hex[25] = {0};
    h2o_hex_encode(hex, digest, 12);
    return text_format(arena, "\"%s\"", hex);
}

static text version_etag(struct arena *arena, const struct rows *rows)
{
    text version = first_value(rows, "version");
    return version.at == NULL ? TEXT_NONE : text_format(arena, "\"%.*s\"", TEXT_ARGUMENTS(version));
}

/* The version, for If-Match, and the rest of what is told: stock, states and what one may do change without it. */
void answer_etag_of_read(struct answer *answer, struct arena *arena)
{
    text hash = answer_hash(arena, answer->body), version = answer->etag;
    answer->etag = hash;
    if (version.at == NULL)
        return;
    version.length--;
    answer->etag =
        text_format(arena, "%.*s-%.*s", TEXT_ARGUMENTS(version), TEXT_ARGUMENTS(text_part(hash, 1, hash.length)));
}

static size_t page_rows(const struct rows *rows, const struct page *page)
{
    return rows_count(rows) > (size_t)page->limit ? (size_t)page->limit : rows_count(rows);
}

static text page_cursor(const struct rows *rows, const struct page *page)
{
    int column = rows_column(rows, "cursor");
    if (column < 0 || rows_count(rows) <= (size_t)page->limit)
        return TEXT_NONE;
    return rows_value(rows, (size_t)page->limit - 1, (size_t)column);
}

static bool write_list(struct bytes *json, struct arena *arena, const struct rows *rows, const struct page *page)
{
    const struct columns *columns = columns_of(rows, arena, list_columns);
    bytes_add(json, TEXT("{\"items\":["));
    size_t count = page_rows(rows, page);
    for (size_t row = 0; row < count; row++) {
        if (row > 0)
            bytes_add_char(json, ',');
        if (!write_row(json, rows, columns, row))
            return false;
    }
    text cursor = page_cursor(rows, page);
    if (!bytes_fits(json, 6 * cursor.length + CELL_BYTES_EXTRA))
        return false;
    bytes_add(json, TEXT("],\"next_cursor\":"));
    write_cell(json, COLUMN_TEXT, cursor);
    bytes_add_char(json, '}');
    return true;
}

/* A cell that a spreadsheet would run as a formula is made text by an apostrophe; numbers stay numbers. */
static void write_csv_cell(struct bytes *csv, enum column_kind kind, text value)
{
    if (value.at == NULL)
        return;
    if (kind == COLUMN_INSTANT) {
        write_instant(csv, value);
        return;
    }
    bool guarded =
        (kind == COLUMN_TEXT || kind == COLUMN_JSON) && value.length > 0 && strchr("=+-@\t\r", value.at[0]) != NULL;
    bytes_add(csv, guarded ? TEXT("\"'") : TEXT("\""));
    for (text rest = value; rest.at != NULL;) {
        text part = text_cut(&rest, '"');
        bytes_add(csv, part);
        if (rest.at != NULL)
            bytes_add(csv, TEXT("\"\""));
    }
    bytes_add_char(csv, '"');
}

static bool write_csv(struct bytes *csv, struct arena *arena, const struct rows *rows, const struct page *page)
{
    const struct columns *columns = columns_of(rows, arena, list_columns);
    bytes_add(csv, TEXT("\xEF\xBB\xBF"));
    for (size_t i = 0; i < columns->count; i++) {
        text name = text_from(rows_name(rows, columns->items[i].index));
        if (i > 0)
            bytes_add_char(csv, ',');
        write_csv_cell(csv, COLUMN_DATE, name);
    }
    bytes_add(csv, TEXT("\r\n"));
    size_t count = page_rows(rows, page);
    for (size_t row = 0; row < count; row++) {
        for (size_t i = 0; i < columns->count; i++) {
            text value = rows_value(rows, row, columns->items[i].index);
            if (!bytes_fits(csv, 2 * value.length + CELL_BYTES_EXTRA))
                return false;
            if (i > 0)
                bytes_add_char(csv, ',');
            write_csv_cell(csv, columns->items[i].kind, value);
        }
        bytes_add(csv, TEXT("\r\n"));
    }
    return true;
}

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* "\xffd8…", as PostgreSQL writes a bytea. */
static text bytes_from_hex(struct arena *arena, text hex)
{
    size_t count = hex.length < 2 ? 0 : hex.length / 2 - 1;
    char *bytes = arena_alloc(arena, count);
    for (size_t i = 0; i < count; i++)
        bytes[i] = (char)(hex_digit(hex.at[2 * i + 2]) * 16 + hex_digit(hex.at[2 * i + 3]));
    return (text){bytes, count};
}

static void answer_from_bytea(struct answer *answer, struct arena *arena, const struct rows *rows)
{
    answer->body = bytes_from_hex(arena, rows_value(rows, 0, 0));
    answer->content_type = text_copy(arena, first_value(rows, "content_type"));
}

enum problem answer_from_rows(struct answer *answer, struct arena *arena, const struct rows *rows,
                              const struct route *route, const struct page *page, text *next_cursor)
{
    struct bytes body;
    bytes_init(&body, arena, ANSWER_BYTES_MAX);
    bool fits = true;
    if (route->cache_control != NULL)
        answer->cache_control = text_from(route->cache_control);
    if (route->shape == ANSWER_BYTES) {
        answer_from_bytea(answer, arena, rows);
        return PROBLEM_NONE;
    }
    answer->content_type = TEXT("application/json");
    switch (route->shape) {
    case ANSWER_OBJECT:
        fits = write_row(&body, rows, columns_of(rows, arena, refusal_columns), 0);
        answer->etag = version_etag(arena, rows);
        break;
    case ANSWER_LIST:
        fits = page->format == PAGE_CSV ? write_csv(&body, arena, rows, page) : write_list(&body, arena, rows, page);
        *next_cursor = text_copy(arena, page_cursor(rows, page));
        if (page->format == PAGE_CSV) {
            answer->content_type = TEXT("text/csv; charset=utf-8");
            answer->disposition = TEXT("attachment; filename=\"export.csv\"");
        }
        break;
    case ANSWER_TEXT:
        fits = bytes_fits(&body, rows_value(rows, 0, 0).length);
        if (fits)
            bytes_add(&body, rows_value(rows, 0, 0));
        answer->content_type =
            text_from(route->content_type == NULL ? "text/plain; charset=utf-8" : route->content_type);
        break;
    case ANSWER_BYTES:
    case ANSWER_PLAN:
    case ANSWER_PAGE:
    case ANSWER_NONE:
        answer->content_type = TEXT_NONE;
        break;
    }
    answer->body = bytes_text(&body);
    return fits ? PROBLEM_NONE : PROBLEM_OURS;
}

/* ---- Problems ---- */

static void write_detail(struct bytes *json, const struct problem_detail *detail, enum language language)
{
    const char *words = problem_code_words(detail->code, language);
    bytes_add(json, TEXT("{\"pointer\":"));
    bytes_add_json_string(json, detail->pointer);
    bytes_add(json, TEXT(",\"code\":"));
    bytes_add_json_string(json, text_from(detail->code));
    bytes_add(json, TEXT(",\"message\":"));
    struct bytes message;
    bytes_init(&message, json->arena, ANSWER_BYTES_MAX);
    bytes_add(&message, text_from(words == NULL ? "" : words));
    if (words != NULL && words[0] != '\0' && detail->message.length > 0)
        bytes_add(&message, language == LANGUAGE_ZH ? TEXT("：") : TEXT(": "));
    bytes_add(&message, detail->message);
    bytes_add_json_string(json, bytes_text(&message));
    bytes_add_char(json, '}');
}

static void write_member(struct bytes *json, const char *name, text value)
{
    bytes_add_format(json, "\"%s\":", name);
    bytes_add_json_string(json, value);
    bytes_add_char(json, ',');
}

void answer_from_problem(struct answer *answer, struct arena *arena, enum problem problem,
                         const struct problems *problems, enum language language, text path, text request_id)
{
    struct bytes json;
    bytes_init(&json, arena, ANSWER_BYTES_MAX);
    text title = text_from(problem_title(problem, language));
    size_t count = problems == NULL ? 0 : problems->count;
    bytes_add_char(&json, '{');
    write_member(&json, "type", text_format(arena, "/problems/%s", problem_slug(problem)));
    write_member(&json, "title", title);
    bytes_add_format(&json, "\"status\":%d,", problem_status(problem));
    write_member(&json, "detail", title);
    write_member(&json, "instance", text_is_utf8(path) ? path : TEXT(""));
    write_member(&json, "request_id", request_id);
    bytes_add(&json, TEXT("\"errors\":["));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            bytes_add_char(&json, ',');
        write_detail(&json, &problems->details[i], language);
    }
    bytes_add(&json, TEXT("]}"));
    *answer = (struct answer){
        .status = problem_status(problem),
        .body = bytes_text(&json),
        .content_type = TEXT("application/problem+json"),
        .retry_after_s = problem == PROBLEM_UNAVAILABLE ? 2
                         : problem == PROBLEM_TOO_MANY  ? 60
                                                        : 0,
    };
}

/* ---- Sending ---- */

static void add_header(h2o_req_t *req, const h2o_token_t *token, text value)
{
    if (value.at != NULL)
        h2o_add_header(&req->pool, &req->res.headers, token, NULL, value.at, value.length);
}

static void add_named_header(h2o_req_t *req, text name, text value)
{
    h2o_add_header_by_str(&req->pool, &req->res.headers, name.at, name.length, 0, NULL, value.at, value.length);
}

static void add_number_header(h2o_req_t *req, const h2o_token_t *token, int64_t value)
{
    char *digits = h2o_mem_alloc_pool(&req->pool, 24);
    int length = snprintf(digits, 24, "%lld", (long long)value);
    add_header(req, token, (text){digits, (size_t)length});
}

static void add_rare_headers(struct visit *visit, const struct answer *answer)
{
    h2o_req_t *req = visit->req;
    add_header(req, H2O_TOKEN_LOCATION, answer->location);
    add_header(req, H2O_TOKEN_LINK, answer->link_next);
    add_header(req, H2O_TOKEN_SET_COOKIE, answer->cookie);
    add_header(req, H2O_TOKEN_ALLOW, answer->allow);
    add_header(req, H2O_TOKEN_CONTENT_DISPOSITION, answer->disposition);
    if (answer->retry_after_s > 0)
        add_number_header(req, H2O_TOKEN_RETRY_AFTER, answer->retry_after_s);
    if (answer->status == 401)
        add_header(req, H2O_TOKEN_WWW_AUTHENTICATE, TEXT("Bearer"));
    if (answer->replayed)
        add_named_header(req, TEXT("idempotent-replayed"), TEXT("true"));
    if (answer->is_stale) {
        add_named_header(req, TEXT("warning"), TEXT("110 - \"Response is Stale\""));
        add_named_header(req, TEXT("x-stale"), TEXT("true"));
    }
}

static bool is_unchanged(struct visit *visit, const struct answer *answer)
{
    if (answer->etag.at == NULL || answer->status != 200 || method_from(text_of(visit->req->method)) != GET)
        return false;
    return etag_listed(visit_header(visit, H2O_TOKEN_IF_NONE_MATCH), answer->etag);
}

bool etag_listed(text header, text etag)
{
    while (header.at != NULL) {
        text one = text_trim(text_cut(&header, ','));
        if (text_starts_with(one, TEXT("W/")))
            one = text_part(one, 2, one.length);
        if (text_equal(one, etag) || text_equal(one, TEXT("*")))
            return true;
    }
    return false;
}

/* HTTP/1 only; 2 has no words for it. */
static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Other";
}

void answer_send(struct visit *visit, const struct answer *answer)
{
    static h2o_generator_t generator = {NULL, NULL};
    h2o_req_t *req = visit->req;
    must(!visit->answered);
    visit->answered = true;
    visit->written_before = visit_bytes_written(visit);
    bool unchanged = is_unchanged(visit, answer);
    req->res.status = unchanged ? 304 : answer->status;
    req->res.reason = reason_of(req->res.status);
    add_header(req, H2O_TOKEN_CONTENT_TYPE, unchanged ? TEXT_NONE : answer->content_type);
    add_header(req, H2O_TOKEN_ETAG, answer->etag);
    add_header(req, H2O_TOKEN_CACHE_CONTROL,
               answer->cache_control.at == NULL ? TEXT("no-store") : answer->cache_control);
    add_header(req, H2O_TOKEN_VARY, answer->vary);
    add_header(req, H2O_TOKEN_CONTENT_ENCODING, unchanged ? TEXT_NONE : answer->encoding);
    add_named_header(req, TEXT("x-content-type-options"), TEXT("nosniff"));
    add_rare_headers(visit, answer);
    if (!unchanged && answer->status != 204)
        req->res.content_length = answer->body.length;
    h2o_start_response(req, &generator);
    h2o_iovec_t body = h2o_iovec_init(answer->body.at, answer->body.length);
    bool empty = unchanged || body.len == 0 || visit_is_head(visit);
    h2o_send(req, &body, empty ? 0 : 1, H2O_SEND_STATE_FINAL);
}

static text methods_text(struct arena *arena, unsigned methods)
{
    struct bytes list;
    bytes_init(&list, arena, 64);
    for (enum method method = GET; method < METHODS_COUNT; method++)
        if (methods & (1u << method))
            bytes_add_format(&list, "%s%s", list.length > 0 ? ", " : "",
                             method == GET ? "GET, HEAD" : method_name(method));
    return bytes_text(&list);
}

void answer_refuse(struct visit *visit, enum problem problem, const struct problems *problems, unsigned methods_allowed)
{
    struct arena *arena = arena_new();
    struct answer answer;
    answer_from_problem(&answer, arena, problem, problems, visit_language(visit), visit_path(visit),
                        visit_request_id(visit));
    if (methods_allowed != 0)
        answer.allow = methods_text(arena, methods_allowed);
    h2o_iovec_t copy = h2o_strdup(&visit->req->pool, answer.body.at, answer.body.length);
    h2o_iovec_t allow =
        h2o_strdup(&visit->req->pool, answer.allow.at == NULL ? "" : answer.allow.at, answer.allow.length);
    answer.body = text_of(copy);
    answer.allow = answer.allow.at == NULL ? TEXT_NONE : text_of(allow);
    arena_free(arena);
    answer_send(visit, &answer);
}
