/* Who asks: a session cookie or a bearer token, looked up once by its hash and kept for seconds. What he may: his grants that fit the
   route. Requests that a foreign page could have caused are refused here. */
#include <openssl/sha.h>
#include "http/exchange.h"

#define SESSION_SETS 128
#define SESSION_WAYS 4
#define SESSION_KEPT_MS 5000
#define CSRF_BYTES_MAX 128
#define AREA_CODE_BYTES 16

struct grant {
    enum role role;
    char area_code[AREA_CODE_BYTES];
    bool has_area;
    uuid organisation_id;
};
struct session {
    uint8_t hash[SHA256_DIGEST_LENGTH];
    uint64_t kept_until_ms, used; /* 0: empty */
    instant expires_at;
    uuid account_id, session_id;
    char csrf[CSRF_BYTES_MAX];
    bool by_token;
    size_t grants_count;
    struct grant grants[ROLE_GRANTS_MAX];
};
/* Four places for every hash: bounded, without a list to keep. */
struct sessions {
    struct session places[SESSION_SETS][SESSION_WAYS];
    uint64_t uses, drops;
};

static const char *const role_words[ROLES_COUNT] = {
#define ROLE_WORDS(name, words) [name] = words,
    ROLES(ROLE_WORDS)
#undef ROLE_WORDS
};

struct sessions *sessions_new(struct arena *arena)
{
    return arena_alloc(arena, sizeof(struct sessions));
}

void sessions_drop(struct sessions *sessions, text account_id)
{
    uuid account;
    bool all = !uuid_parse(account_id, &account);
    sessions->drops++;
    for (size_t set = 0; set < SESSION_SETS; set++)
        for (size_t way = 0; way < SESSION_WAYS; way++)
            if (all || uuid_equal(sessions->places[set][way].account_id, account))
                sessions->places[set][way].kept_until_ms = 0;
}

static struct session *session_kept(struct sessions *sessions, const uint8_t *hash, uint64_t now_ms)
{
    struct session *places = sessions->places[hash[0] % SESSION_SETS];
    for (size_t way = 0; way < SESSION_WAYS; way++)
        if (places[way].kept_until_ms > now_ms && memcmp(places[way].hash, hash, SHA256_DIGEST_LENGTH) == 0) {
            places[way].used = ++sessions->uses;
            return &places[way];
        }
    return NULL;
}

static struct session *session_place(struct sessions *sessions, const uint8_t *hash)
{
    struct session *places = sessions->places[hash[0] % SESSION_SETS], *oldest = places;
    for (size_t way = 1; way < SESSION_WAYS; way++)
        if (places[way].kept_until_ms == 0 || places[way].used < oldest->used)
            oldest = &places[way];
    *oldest = (struct session){.used = ++sessions->uses};
    memcpy(oldest->hash, hash, SHA256_DIGEST_LENGTH);
    return oldest;
}

/* ---- What the headers say ---- */

static text cookie_name(const struct exchange *exchange)
{
    return exchange->is_secure ? TEXT("__Host-session") : TEXT("session");
}

static text header_named(const struct visit *visit, text name)
{
    ssize_t at = h2o_find_header_by_str(&visit->req->headers, name.at, name.length, -1);
    return at < 0 ? TEXT_NONE : text_of(visit->req->headers.entries[at].value);
}

static text token_of(const struct exchange *exchange, const struct visit *visit, bool *by_token)
{
    text header = visit_header(visit, H2O_TOKEN_AUTHORIZATION);
    *by_token = text_starts_with(header, TEXT("Bearer "));
    if (*by_token)
        return text_trim(text_part(header, 7, header.length));
    return visit_cookie(visit, cookie_name(exchange));
}

static bool origin_is_ours(const struct exchange *exchange, const struct visit *visit, text origin)
{
    const struct http_settings *settings = exchange->worker->server->settings;
    text own = text_format(exchange->arena, "%s://%.*s", exchange->is_secure ? "https" : "http",
                           TEXT_ARGUMENTS(text_of(visit->req->input.authority)));
    if (text_equal(origin, own) ||
        (settings->public_origin != NULL && text_equal(origin, text_from(settings->public_origin))))
        return true;
    for (const char *const *allowed = settings->origins_allowed; allowed != NULL && *allowed != NULL; allowed++)
        if (text_equal(origin, text_from(*allowed)))
            return true;
    return false;
}

/* What a browser says of the page that sent this: programs say nothing. */
static void note_site(struct exchange *exchange, const struct visit *visit)
{
    text site = header_named(visit, TEXT("sec-fetch-site")), origin = header_named(visit, TEXT("origin"));
    exchange->says_site = site.at != NULL || origin.at != NULL;
    exchange->same_site = text_equal(site, TEXT("same-origin")) || text_equal(site, TEXT("none")) ||
                          (origin.at != NULL && origin_is_ours(exchange, visit, origin));
}

void session_request(struct exchange *exchange, struct visit *visit)
{
    text token = token_of(exchange, visit, &exchange->by_token);
    note_site(exchange, visit);
    exchange->csrf_token = text_copy(exchange->arena, header_named(visit, TEXT("x-csrf-token")));
    exchange->has_token = token.length > 0 && token.length <= TOKEN_BYTES_MAX;
    if (!exchange->has_token)
        return;
    SHA256((const unsigned char *)token.at, token.length, exchange->token_digest);
    char *hex = arena_alloc(exchange->arena, 2 * SHA256_DIGEST_LENGTH + 1);
    h2o_hex_encode(hex, exchange->token_digest, SHA256_DIGEST_LENGTH);
    exchange->token_hash = text_from(hex);
}

text session_cookie(const struct exchange *exchange, text token)
{
    text period = exchange->worker->server->settings->period(TEXT("session"));
    text age = token.length == 0 ? TEXT("0") : period.length == 0 ? TEXT("2592000") : period;
    return text_format(exchange->arena, "%.*s=%.*s; Path=/; Max-Age=%.*s; HttpOnly; SameSite=Lax%s",
                       TEXT_ARGUMENTS(cookie_name(exchange)), TEXT_ARGUMENTS(token), TEXT_ARGUMENTS(age),
                       exchange->is_secure ? "; Secure" : "");
}

/* ---- What he may ---- */

static void list_add(struct bytes *list, text item)
{
    if (list->length > 1)
        bytes_add_char(list, ',');
    bytes_add_char(list, '"');
    bytes_add(list, item);
    bytes_add_char(list, '"');
}

static void actor_fill(struct exchange *exchange, const struct session *session)
{
    struct actor *actor = &exchange->request.actor;
    struct bytes areas, organisations;
    bytes_init(&areas, exchange->arena, ROLE_GRANTS_MAX * (AREA_CODE_BYTES + 3) + 2);
    bytes_init(&organisations, exchange->arena, ROLE_GRANTS_MAX * 40 + 2);
    bytes_add_char(&areas, '{');
    bytes_add_char(&organisations, '{');
    *actor = (struct actor){.account_id = session->account_id,
                            .roles = MAY(ROLE_BUYER),
                            .session_id = session->session_id,
                            .by_token = session->by_token};
    for (size_t i = 0; i < session->grants_count; i++) {
        const struct grant *grant = &session->grants[i];
        actor->roles |= MAY(grant->role);
        if ((exchange->route->may & MAY(grant->role)) == 0)
            continue;
        if (grant->has_area)
            list_add(&areas, text_from(grant->area_code));
        if (!uuid_is_zero(grant->organisation_id))
            list_add(&organisations, uuid_format(exchange->arena, grant->organisation_id));
    }
    bytes_add_char(&areas, '}');
    bytes_add_char(&organisations, '}');
    actor->areas = bytes_text(&areas);
    actor->organisations = bytes_text(&organisations);
}

static bool equal_in_constant_time(text a, text b)
{
    return a.length == b.length && a.length > 0 && CRYPTO_memcmp(a.at, b.at, a.length) == 0;
}

static bool is_unsafe(const struct exchange *exchange)
{
    return exchange->route->method != GET;
}

static enum problem session_check(struct exchange *exchange, const struct session *session)
{
    const struct route *route = exchange->route;
    if (session->by_token != exchange->by_token || session->expires_at <= exchange->request.now)
        return PROBLEM_UNAUTHENTICATED;
    actor_fill(exchange, session);
    if (route->may != MAY_ANYONE && (route->may & exchange->request.actor.roles) == 0)
        return PROBLEM_FORBIDDEN;
    if (!is_unsafe(exchange) || session->by_token)
        return PROBLEM_NONE;
    bool held = exchange->same_site && equal_in_constant_time(exchange->csrf_token, text_from(session->csrf));
    return held ? PROBLEM_NONE : PROBLEM_CSRF;
}

/* An old cookie must not lock anyone out of the public pages, or of logging in. */
static enum problem session_absent(struct exchange *exchange)
{
    bool goes_as_guest = exchange->route->may == MAY_ANYONE && !exchange->by_token;
    if (!goes_as_guest)
        return PROBLEM_UNAUTHENTICATED;
    exchange->request.actor = (struct actor){0};
    return is_unsafe(exchange) && exchange->says_site && !exchange->same_site ? PROBLEM_CSRF : PROBLEM_NONE;
}

static void session_go_on(struct exchange *exchange, enum problem problem)
{
    if (problem == PROBLEM_UNAUTHENTICATED && exchange->has_token)
        problem = session_absent(exchange);
    if (problem == PROBLEM_NONE)
        exchange->authorized(exchange);
    else
        exchange_refuse(exchange, problem);
}

/* ---- Looking it up ---- */

struct grant_fields {
    text role, area_code;
    uuid organisation_id;
};
struct grants_fields {
    struct grant_fields *grants;
    size_t grants_count;
};
static const struct field grant_fields[] = {
    FIELD(grant_fields, role, FIELD_TEXT),
    FIELD(grant_fields, area_code, FIELD_TEXT, .max = AREA_CODE_BYTES - 1, .optional = true),
    FIELD(grant_fields, organisation_id, FIELD_UUID, .optional = true),
    FIELDS_END,
};
static const struct field grants_fields[] = {
    FIELD_ITEMS(grants_fields, grants, grant_fields, grant_fields, .max = ROLE_GRANTS_MAX, .optional = true),
    FIELDS_END,
};

static void grant_add(struct session *session, const struct grant_fields *from)
{
    struct grant *grant = &session->grants[session->grants_count];
    for (enum role role = 0; role < ROLES_COUNT; role++) {
        if (!text_equal(from->role, text_from(role_words[role])))
            continue;
        grant->role = role;
        grant->organisation_id = from->organisation_id;
        grant->has_area = from->area_code.at != NULL;
        if (grant->has_area)
            memcpy(grant->area_code, from->area_code.at, from->area_code.length);
        session->grants_count++;
    }
}

static bool grants_read(struct exchange *exchange, struct session *session, text json)
{
    struct grants_fields all = {0};
    struct problems faults;
    problems_init(&faults, exchange->arena);
    text object =
        text_format(exchange->arena, "{\"grants\":%.*s}", TEXT_ARGUMENTS(json.at == NULL ? TEXT("[]") : json));
    if (decode_json(grants_fields, object, exchange->arena, &all, NULL, &faults) != PROBLEM_NONE)
        return false;
    for (size_t i = 0; i < all.grants_count && session->grants_count < ROLE_GRANTS_MAX; i++)
        grant_add(session, &all.grants[i]);
    return true;
}

static text cell(const struct rows *rows, const char *name)
{
    int column = rows_column(rows, name);
    return column < 0 ? TEXT_NONE : rows_value(rows, 0, (size_t)column);
}

/* "2026-11-23 03:15:36.5+00" as PostgreSQL prints it in a session that runs in UTC. */
static bool instant_read(struct arena *arena, text printed, instant *at)
{
    text copy = text_copy(arena, printed);
    if (copy.length < 20)
        return false;
    char *bytes = arena_alloc(arena, copy.length + 4);
    memcpy(bytes, copy.at, copy.length);
    bytes[10] = 'T';
    if (text_ends_with(copy, TEXT("+00")))
        memcpy(bytes + copy.length, ":00", 3);
    return instant_parse(text_from(bytes), at);
}

static bool session_read(struct exchange *exchange, struct session *session, const struct rows *rows)
{
    text csrf = cell(rows, "csrf"), by_token = cell(rows, "by_token");
    if (!uuid_parse(cell(rows, "account_id"), &session->account_id) ||
        !uuid_parse(cell(rows, "session_id"), &session->session_id) || csrf.length >= CSRF_BYTES_MAX ||
        !instant_read(exchange->arena, cell(rows, "expires_at"), &session->expires_at))
        return false;
    if (csrf.length > 0)
        memcpy(session->csrf, csrf.at, csrf.length);
    session->by_token = by_token.length > 0 && by_token.at[0] == 't';
    return grants_read(exchange, session, cell(rows, "grants"));
}

static void session_landed(struct exchange *exchange)
{
    struct sessions *sessions = exchange->worker->sessions;
    const struct outcome *outcome = &exchange->flight.outcomes[0];
    if (outcome->kind != OUTCOME_ROWS) {
        session_go_on(exchange, PROBLEM_UNAVAILABLE);
        return;
    }
    enum problem problem = PROBLEM_UNAUTHENTICATED;
    if (rows_count(outcome->rows) > 0) {
        struct session *session = session_place(sessions, exchange->token_digest);
        if (!session_read(exchange, session, outcome->rows)) {
            log_error("session_unreadable");
            problem = PROBLEM_OURS;
        } else {
            /* Asked before something was revoked: good for this request, not for keeping. */
            bool fresh = exchange->drops_seen == sessions->drops;
            session->kept_until_ms = fresh ? h2o_now(exchange->worker->context.loop) + SESSION_KEPT_MS : 0;
            problem = session_check(exchange, session);
        }
    }
    exchange_free_rows(exchange);
    exchange->flight.queries_count = 0;
    session_go_on(exchange, problem);
}

void session_find(struct exchange *exchange, void (*authorized)(struct exchange *))
{
    struct worker *worker = exchange->worker;
    exchange->authorized = authorized;
    if (!exchange->has_token) {
        enum problem problem = session_absent(exchange);
        session_go_on(exchange, problem);
        return;
    }
    struct session *kept = session_kept(worker->sessions, exchange->token_digest, h2o_now(worker->context.loop));
    if (kept != NULL) {
        session_go_on(exchange, session_check(exchange, kept));
        return;
    }
    exchange->drops_seen = worker->sessions->drops;
    exchange_query(exchange, worker->server->session);
    exchange_fly(exchange, LANE_READ, session_landed);
}
