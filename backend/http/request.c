/* From the bytes of a visit to a request that may be decided on: copies what must outlive the client, decodes and validates. */
#include <openssl/sha.h>
#include "http/exchange.h"
#include "http/parameters.h"

static struct exchange *exchange_of(const struct request *request)
{
    return H2O_STRUCT_FROM_MEMBER(struct exchange, request, request);
}

static text request_header(const struct request *request, const char *lower_case_name)
{
    const struct exchange *exchange = exchange_of(request);
    for (size_t i = 0; i < exchange->headers_count; i++)
        if (text_equal(exchange->headers[i].name, text_from(lower_case_name)))
            return exchange->headers[i].value;
    return TEXT_NONE;
}

static text request_parameter(const struct request *request, const char *name)
{
    return decoded_parameter(exchange_of(request)->decoded_path, text_from(name));
}

static void request_bind(const struct request *request, const char *name, text value)
{
    struct exchange *exchange = exchange_of(request);
    struct bound *bound = arena_alloc(exchange->arena, sizeof *bound);
    *bound = (struct bound){text_from(name), value, exchange->bound};
    exchange->bound = bound;
}

/* Only for routes with functions of their own: nobody else can ask for a header. */
static void copy_headers(struct exchange *exchange, const struct visit *visit)
{
    const struct route *route = exchange->route;
    if (route->decide == NULL && route->verify == NULL && route->prepare == NULL && route->offload == NULL)
        return;
    const h2o_headers_t *headers = &visit->req->headers;
    exchange->headers = arena_alloc_items(exchange->arena, headers->size + 1, sizeof exchange->headers[0]);
    for (size_t i = 0; i < headers->size; i++)
        exchange->headers[exchange->headers_count++] = (struct header_copy){
            text_copy(exchange->arena, text_of(*headers->entries[i].name)),
            text_copy(exchange->arena, text_of(headers->entries[i].value)),
        };
}

static text header_by_name(const struct visit *visit, text name)
{
    ssize_t at = h2o_find_header_by_str(&visit->req->headers, name.at, name.length, -1);
    return at < 0 ? TEXT_NONE : text_of(visit->req->headers.entries[at].value);
}

static size_t body_bytes_max(const struct route *route)
{
    return route->upload ? UPLOAD_BYTES_MAX : BODY_BYTES_MAX;
}

void request_init(struct exchange *exchange, struct visit *visit, const struct match *match)
{
    struct arena *arena = exchange->arena;
    exchange->match = *match;
    exchange->route = match->route;
    exchange->page.limit = PAGE_ITEMS_DEFAULT;
    problems_init(&exchange->problems, arena);
    text path = text_copy(arena, visit_path(visit));
    for (size_t i = 0; i < match->parameters_count; i++) /* from the request's memory into ours */
        exchange->match.parameters[i].value.at = path.at + (match->parameters[i].value.at - visit_path(visit).at);
    exchange->query = text_copy(arena, visit_query(visit));
    exchange->content_type = text_copy(arena, visit_header(visit, H2O_TOKEN_CONTENT_TYPE));
    exchange->is_secure = visit_is_secure(visit);
    instant now = instant_now();
    text body = text_of(visit->req->entity);
    exchange->request = (struct request){
        .arena = arena,
        .route = match->route,
        .now = now,
        .new_id = uuid_new(now),
        .language = visit_language(visit),
        .method = text_from(method_name(match->route->method)),
        .path = path,
        .raw_body = body.length > body_bytes_max(match->route) ? body : text_copy(arena, body),
        .client_address = guard_client_address(arena, visit->req),
        .request_id = text_copy(arena, visit_request_id(visit)),
        .header = request_header,
        .parameter = request_parameter,
        .bind = request_bind,
        .reply = &exchange->reply,
    };
    if (match->route->method == GET && match->route->cache_ms == 0) /* cached answers are chosen by their address */
        exchange->accept = text_copy(arena, visit_header(visit, H2O_TOKEN_ACCEPT));
    if (match->route->idempotent)
        exchange->idempotency_key = text_copy(arena, header_by_name(visit, TEXT("idempotency-key")));
    if (match->route->versioned)
        exchange->if_match = text_copy(arena, visit_header(visit, H2O_TOKEN_IF_MATCH));
    copy_headers(exchange, visit);
}

void request_init_part(struct exchange *exchange, const struct match *match, text path, text query)
{
    const struct request *whole = &exchange->whole->request;
    exchange->match = *match;
    exchange->route = match->route;
    exchange->page.limit = PAGE_ITEMS_DEFAULT;
    problems_init(&exchange->problems, exchange->arena);
    exchange->query = query;
    exchange->request = *whole;
    exchange->request.arena = exchange->arena;
    exchange->request.route = match->route;
    exchange->request.path = path;
    exchange->request.reply = &exchange->reply;
    exchange->request.body = NULL;
}

/* ---- Checks before anything is decoded ---- */

/* One of the `wanted`, separated by spaces. */
static bool is_of_type(text content_type, const char *wanted)
{
    text type = text_trim(text_cut(&content_type, ';'));
    for (text rest = text_from(wanted); rest.at != NULL;) {
        text name = text_cut(&rest, ' ');
        if (type.length == name.length && strncasecmp(type.at, name.at, name.length) == 0)
            return true;
    }
    return false;
}

static enum problem check_body(const struct exchange *exchange)
{
    const struct route *route = exchange->route;
    text body = exchange->request.raw_body;
    if (body.length > body_bytes_max(route))
        return PROBLEM_TOO_LARGE;
    const char *wanted = route->upload ? route->content_type : "application/json";
    if (route->verify != NULL || wanted == NULL || (body.length == 0 && !route->upload))
        return PROBLEM_NONE;
    return is_of_type(exchange->content_type, wanted) ? PROBLEM_NONE : PROBLEM_MEDIA_TYPE;
}

/* A repeat with another method, path, query or body is another request. */
static void hash_request(struct exchange *exchange)
{
    const text parts[] = {exchange->request.method, exchange->request.path, exchange->query,
                          exchange->request.raw_body};
    SHA256_CTX state;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    char *hex = arena_alloc(exchange->arena, 2 * sizeof digest + 1);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    SHA256_Init(&state);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        SHA256_Update(&state, parts[i].at == NULL ? "" : parts[i].at, parts[i].length);
        SHA256_Update(&state, "\n", 1);
    }
    SHA256_Final(digest, &state);
#pragma GCC diagnostic pop
    h2o_hex_encode(hex, digest, sizeof digest);
    exchange->request_hash = text_from(hex);
}

static enum problem check_key(struct exchange *exchange)
{
    text key = exchange->idempotency_key;
    if (!exchange->route->idempotent)
        return PROBLEM_NONE;
    if (key.length == 0)
        return PROBLEM_KEY_MISSING;
    bool printable = key.length <= IDEMPOTENCY_KEY_BYTES_MAX;
    for (size_t i = 0; i < key.length; i++)
        printable = printable && key.at[i] > ' ' && key.at[i] < 127;
    if (!printable) {
        problems_add(&exchange->problems, TEXT(""), "idempotency-key", TEXT_NONE);
        return PROBLEM_MALFORMED;
    }
    hash_request(exchange);
    return PROBLEM_NONE;
}

/* "7" in quotes is version 7, as is "7-1f…" of a read; any other tag was never ours, so it can't match. Versions are integers of four
   bytes. */
static enum problem check_version(struct exchange *exchange)
{
    text tag = text_trim(exchange->if_match), inside, version_words;
    int64_t version;
    if (!exchange->route->versioned)
        return PROBLEM_NONE;
    if (tag.length == 0)
        return PROBLEM_VERSION_MISSING;
    if (tag.length < 3 || tag.at[0] != '"' || tag.at[tag.length - 1] != '"')
        return PROBLEM_STALE;
    inside = text_part(tag, 1, tag.length - 2);
    version_words = text_cut(&inside, '-');
    if (!text_to_int64(version_words, 0, INT32_MAX, &version))
        return PROBLEM_STALE;
    exchange->if_match = version_words;
    return PROBLEM_NONE;
}

enum problem request_check(struct exchange *exchange)
{
    enum problem problem = check_body(exchange);
    if (problem == PROBLEM_NONE)
        problem = check_key(exchange);
    return problem == PROBLEM_NONE ? check_version(exchange) : problem;
}

/* ---- Decoding ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool unescape(struct arena *arena, text *value)
{
    if (value->length == 0 || memchr(value->at, '%', value->length) == NULL)
        return true;
    char *into = arena_alloc(arena, value->length);
    size_t length = 0;
    for (size_t i = 0; i < value->length; i++) {
        int high = 0, low = 0;
        if (value->at[i] != '%') {
            into[length++] = value->at[i];
            continue;
        }
        if (i + 2 >= value->length || (high = hex_digit(value->at[i + 1])) < 0 ||
            (low = hex_digit(value->at[i + 2])) < 0)
            return false;
        into[length++] = (char)(high * 16 + low);
        i += 2;
    }
    *value = (text){into, length};
    return true;
}

/* A path that can't name anything names nothing: 404, as for what the caller may not know of. */
static enum problem decode_path(struct exchange *exchange)
{
    struct problems ignored;
    problems_init(&ignored, exchange->arena);
    for (size_t i = 0; i < exchange->match.parameters_count; i++) {
        struct path_parameter *parameter = &exchange->match.parameters[i];
        if (!unescape(exchange->arena, &parameter->value) ||
            decode_one(parameter->field, parameter->value, exchange->arena, &exchange->decoded_path, &ignored) !=
                PROBLEM_NONE)
            return PROBLEM_NOT_FOUND;
    }
    return PROBLEM_NONE;
}

static bool is_declared(const struct route *route, text name)
{
    for (const struct field *field = route->query; field != NULL && field->name != NULL; field++)
        if (text_equal(text_from(field->name), name))
            return true;
    return false;
}

/* limit, cursor and format belong to every list and are declared nowhere; of a report only format. */
static enum problem decode_page(struct exchange *exchange, text page_query, enum page_format format)
{
    struct page_fields {
        int64_t limit;
        text cursor, format;
    } page = {0};
    static const char *const formats[] = {"json", "csv", "xlsx", "pdf", NULL};
    const int64_t limit_max = format == PAGE_JSON ? PAGE_ITEMS_MAX : EXPORT_ROWS_MAX;
    const struct field fields[] = {
        FIELD(page_fields, limit, FIELD_COUNT, .min = 1, .max = limit_max, .optional = true),
        FIELD(page_fields, cursor, FIELD_TEXT, .min = 1, .max = 512, .optional = true),
        FIELD(page_fields, format, FIELD_CHOICE, .choices = formats, .optional = true),
        FIELDS_END,
    };
    enum problem problem = decode_query(fields, page_query, exchange->arena, &page, NULL, &exchange->problems);
    int64_t usual = format == PAGE_JSON ? PAGE_ITEMS_DEFAULT : EXPORT_ROWS_MAX;
    exchange->page = (struct page){page.limit > 0 ? page.limit : usual, page.cursor, page.limit > 0, format};
    return problem;
}

/* Whether a field of the query is about the page, not about what is asked. */
static bool is_of_page(const struct route *route, text name)
{
    if (is_declared(route, name))
        return false;
    if (text_equal(name, TEXT("format")))
        return route->shape == ANSWER_LIST || plan_list(route) != NULL;
    return route->shape == ANSWER_LIST && (text_equal(name, TEXT("limit")) || text_equal(name, TEXT("cursor")));
}

static enum problem decode_query_part(struct exchange *exchange)
{
    static const struct field none[] = {FIELDS_END};
    const struct route *route = exchange->route;
    struct bytes kept, paging;
    bytes_init(&kept, exchange->arena, QUERY_BYTES_MAX + 1);
    bytes_init(&paging, exchange->arena, QUERY_BYTES_MAX + 1);
    bool is_file = route->shape == ANSWER_LIST || plan_list(route) != NULL;
    enum page_format format = is_file ? page_format_accepted(exchange->accept) : PAGE_JSON;
    for (text rest = exchange->query; rest.at != NULL;) {
        text pair = text_cut(&rest, '&'), value = pair;
        text name = text_cut(&value, '=');
        bool is_paging = is_of_page(route, name);
        struct bytes *into = is_paging ? &paging : &kept;
        if (into->length > 0 && pair.length > 0)
            bytes_add_char(into, '&');
        bytes_add(into, pair);
        if (is_paging && text_equal(name, TEXT("format")))
            format = page_format_asked(value);
    }
    exchange->query_kept = bytes_text(&kept);
    enum problem problem = decode_page(exchange, bytes_text(&paging), format);
    if (problem != PROBLEM_NONE)
        return problem;
    return decode_query(route->query == NULL ? none : route->query, exchange->query_kept, exchange->arena, NULL,
                        &exchange->decoded_path, &exchange->problems);
}

static enum problem decode_body(struct exchange *exchange)
{
    static const struct field none[] = {FIELDS_END};
    const struct route *route = exchange->route;
    text body = exchange->request.raw_body;
    if (route->upload || (route->body == NULL && (route->verify != NULL || body.length == 0)))
        return PROBLEM_NONE;
    if (route->body_size > 0)
        exchange->body = arena_alloc(exchange->arena, route->body_size);
    exchange->request.body = exchange->body;
    return decode_json(route->body == NULL ? none : route->body, body, exchange->arena, exchange->body,
                       &exchange->decoded_body, &exchange->problems);
}

enum problem request_decode_place(struct exchange *exchange)
{
    /* Whoever shares a link to a page hangs words of their own on it. */
    bool takes_query = exchange->route->page == NULL;
    enum problem problem = takes_query ? decode_query_part(exchange) : PROBLEM_NONE;
    return problem == PROBLEM_NONE ? decode_path(exchange) : problem;
}

enum problem request_decode_body(struct exchange *exchange)
{
    enum problem problem = decode_body(exchange);
    if (problem == PROBLEM_NONE && exchange->route->prepare != NULL)
        problem = exchange->route->prepare(&exchange->request, NULL, NULL, &exchange->problems);
    return problem;
}
