/* The life of a request: who? may they? → verify → decode → key → load → decide → offload → apply → answer. The only file of http
   that waits for the database, and it never blocks: every step ends by sending a flight or by answering. */
#include "http/cache.h"
#include "http/exchange.h"
#include "http/parameters.h"

#define PLAN_BYTES_MAX (16 * 1024 * 1024)
#define PAUSE_MS_MAX 40

static void begin_work(struct exchange *exchange);
static void begin_transaction(struct exchange *exchange);

/* ---- Two holders ---- */

void exchange_free_rows(struct exchange *exchange)
{
    for (size_t i = 0; i < exchange->flight.queries_count; i++) {
        if (exchange->flight.outcomes[i].rows != NULL)
            rows_free(exchange->flight.outcomes[i].rows);
        exchange->flight.outcomes[i].rows = NULL;
    }
}

static void exchange_settle(struct exchange *exchange)
{
    if (exchange->visit != NULL || exchange->under_way)
        return;
    if (exchange->whole == NULL)
        connection_release(exchange->connection);
    arena_free(exchange->arena);
}

void exchange_forget(struct visit *visit)
{
    struct exchange *exchange = visit->exchange;
    if (exchange == NULL)
        return;
    visit->exchange = NULL;
    exchange->visit = NULL;
    if (exchange->route->lane != LANE_WRITE)
        exchange->flight.abandoned = true;
    exchange_settle(exchange);
}

static void exchange_end(struct exchange *exchange)
{
    exchange_free_rows(exchange);
    must(exchange->flight.berth == NULL);
    if (exchange->visit != NULL)
        answer_send(exchange->visit, &exchange->answer);
    if (exchange->whole != NULL)
        page_take_part(exchange->whole, exchange->part, exchange->refusal, exchange->answer.body);
    exchange->under_way = false;
    exchange_settle(exchange);
}

/* ---- Answering ---- */

static text answer_cookie(const struct exchange *exchange)
{
    text token = exchange->reply.session_token;
    return token.at == NULL ? TEXT_NONE : session_cookie(exchange, token);
}

static int answer_status(const struct exchange *exchange)
{
    if (exchange->reply.status != 0)
        return exchange->reply.status;
    if (exchange->route->status != 0)
        return exchange->route->status;
    return exchange->route->shape == ANSWER_NONE ? 204 : 200;
}

void exchange_answer(struct exchange *exchange)
{
    struct answer *answer = &exchange->answer;
    answer->cookie = answer_cookie(exchange);
    if (exchange->reply.retry_after_s > 0)
        answer->retry_after_s = exchange->reply.retry_after_s;
    if (exchange->route->method == GET && answer->status == 200)
        answer_etag_of_read(answer, exchange->arena);
    if (exchange->route->method == GET && answer->cache_control.at == NULL)
        answer->cache_control = TEXT("private, no-cache");
    if (exchange->fill != NULL)
        fill_end(exchange->fill, answer, PROBLEM_NONE, NULL);
    exchange_end(exchange);
}

void exchange_refuse(struct exchange *exchange, enum problem problem)
{
    struct request *request = &exchange->request;
    exchange->refusal = problem;
    if (exchange->fill != NULL) {
        fill_end(exchange->fill, NULL, problem, &exchange->problems);
        exchange->fill = NULL;
    }
    answer_from_problem(&exchange->answer, exchange->arena, problem, &exchange->problems, request->language,
                        request->path, request->request_id);
    exchange->answer.cookie = answer_cookie(exchange);
    if (exchange->reply.retry_after_s > 0)
        exchange->answer.retry_after_s = exchange->reply.retry_after_s;
    exchange_end(exchange);
}

/* "?category=tea&cursor=…", the same page on. The cursor is opaque: everything but letters and digits is escaped. */
static text next_page(struct exchange *exchange, text cursor)
{
    static const char hex[] = "0123456789ABCDEF";
    struct bytes link;
    bytes_init(&link, exchange->arena, 4 * QUERY_BYTES_MAX + 3 * cursor.length + PATH_BYTES_MAX);
    bytes_add_format(&link, "<%.*s?%.*s%slimit=%lld&cursor=", TEXT_ARGUMENTS(exchange->request.path),
                     TEXT_ARGUMENTS(exchange->query_kept), exchange->query_kept.length > 0 ? "&" : "",
                     (long long)exchange->page.limit);
    for (size_t i = 0; i < cursor.length; i++) {
        unsigned char c = (unsigned char)cursor.at[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        if (plain) {
            bytes_add_char(&link, (char)c);
        } else {
            bytes_add_char(&link, '%');
            bytes_add_char(&link, hex[c >> 4]);
            bytes_add_char(&link, hex[c & 15]);
        }
    }
    bytes_add(&link, TEXT(">; rel=\"next\""));
    return bytes_text(&link);
}

static enum problem take_rows(struct exchange *exchange, const struct rows *rows)
{
    enum problem problem = rows_refusal(rows, exchange->route->shape, &exchange->problems);
    text next = TEXT_NONE;
    if (problem == PROBLEM_NONE)
        problem = answer_from_rows(&exchange->answer, exchange->arena, rows, exchange->route, &exchange->page, &next);
    exchange->answer.status = answer_status(exchange);
    if (next.at != NULL)
        exchange->answer.link_next = next_page(exchange, next);
    return problem;
}

static void take_plan(struct exchange *exchange)
{
    exchange->answer.status = answer_status(exchange);
    if (exchange->route->answer == NULL)
        return;
    struct bytes body;
    bytes_init(&body, exchange->arena, PLAN_BYTES_MAX);
    encode_json(exchange->route->answer, exchange->plan, true, &body);
    exchange->answer.body = bytes_text(&body);
    exchange->answer.content_type = TEXT("application/json");
}

/* ---- Flights ---- */

void exchange_query(struct exchange *exchange, const struct statement *statement)
{
    struct flight *flight = &exchange->flight;
    must(flight->queries_count < FLIGHT_QUERIES_MAX);
    flight->queries[flight->queries_count++] = (struct query){statement, parameters_bind(exchange, statement)};
}

static void exchange_query_named(struct exchange *exchange, const char *name)
{
    exchange_query(exchange, statement_find(text_from(name)));
}

/* A new flight; the berth of the open transaction stays. */
static void flight_begin(struct exchange *exchange, bool keeps_transaction)
{
    struct flight *flight = &exchange->flight;
    exchange_free_rows(exchange);
    flight->queries_count = 0;
    memset(flight->outcomes, 0, sizeof flight->outcomes);
    flight->keeps_transaction = keeps_transaction;
}

static void flight_landed(struct flight *flight)
{
    struct exchange *exchange = flight->owner;
    log_set_request_id(exchange->request.request_id);
    exchange->go_on(exchange);
    log_set_request_id(TEXT_NONE);
}

void exchange_fly(struct exchange *exchange, enum lane_name lane, void (*landed)(struct exchange *))
{
    struct flight *flight = &exchange->flight;
    exchange->go_on = landed;
    flight->landed = flight_landed;
    flight->owner = exchange;
    enum problem problem = lane_send(exchange->worker->lanes[lane], flight);
    if (problem == PROBLEM_NONE)
        return;
    flight->queries_count = 0;
    flight->berth = NULL; /* a lane that refuses its own berth is closed */
    exchange_refuse(exchange, problem);
}

/* ---- What an outcome means ---- */

/* "products_stock__out_of_stock" → out-of-stock: constraints are named after the problem they raise. */
static enum problem problem_of_constraint(struct exchange *exchange, const char *name)
{
    const char *suffix = NULL;
    for (const char *found = strstr(name, "__"); found != NULL; found = strstr(found + 2, "__"))
        suffix = found + 2;
    if (suffix == NULL)
        return problem_from_slug(text_from(name));
    text copy = text_copy(exchange->arena, text_from(suffix));
    struct bytes slug;
    bytes_init(&slug, exchange->arena, copy.length + 1);
    for (size_t i = 0; i < copy.length; i++)
        bytes_add_char(&slug, copy.at[i] == '_' ? '-' : copy.at[i]);
    return problem_from_slug(bytes_text(&slug));
}

static enum problem problem_of_state(const char *sqlstate)
{
    static const struct {
        const char *beginning;
        enum problem problem;
    } states[] = {
        {"40001", PROBLEM_PLAN_STALE}, {"40P01", PROBLEM_PLAN_STALE}, {"23505", PROBLEM_TAKEN},
        {"23503", PROBLEM_NOT_FOUND},  {"23514", PROBLEM_INVALID},    {"23P01", PROBLEM_TAKEN},
        {"22003", PROBLEM_OVERFLOW},   {"22021", PROBLEM_INVALID},    {"55P03", PROBLEM_UNAVAILABLE},
        {"57", PROBLEM_UNAVAILABLE},   {"08", PROBLEM_UNAVAILABLE},   {"53", PROBLEM_UNAVAILABLE},
    };
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strncmp(sqlstate, states[i].beginning, strlen(states[i].beginning)) == 0)
            return states[i].problem;
    return PROBLEM_OURS;
}

/* Each list has cursors of its own, which only its statement can read: all else it is given has a type already. */
static bool is_unreadable_cursor(const struct exchange *exchange, const char *sqlstate)
{
    bool is_data_exception = strncmp(sqlstate, "22", 2) == 0;
    return is_data_exception && exchange->page.cursor.length > 0 && exchange->route->lane != LANE_WRITE;
}

static enum problem problem_of_outcome(struct exchange *exchange, const struct outcome *outcome)
{
    switch (outcome->kind) {
    case OUTCOME_ROWS:
        return PROBLEM_NONE;
    case OUTCOME_NONE:
    case OUTCOME_SKIPPED:
    case OUTCOME_LOST:
        return PROBLEM_UNAVAILABLE;
    case OUTCOME_REFUSED:
        break;
    }
    enum problem problem = outcome->slug[0] == '\0' ? PROBLEM_NONE : problem_of_constraint(exchange, outcome->slug);
    if (problem == PROBLEM_NONE)
        problem = problem_of_state(outcome->sqlstate);
    if (problem != PROBLEM_NONE && is_unreadable_cursor(exchange, outcome->sqlstate)) {
        problems_add(&exchange->problems, TEXT("/cursor"), "not-a-cursor", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    if (problem == PROBLEM_OURS)
        log_error("statement_failed", LOG_TEXT("route", text_from(exchange->route->path)),
                  LOG_TEXT("sqlstate", text_from(outcome->sqlstate)), LOG_TEXT("message", text_from(outcome->message)));
    return problem;
}

/* The first thing that went wrong in the flight; what stands behind it was skipped because of it. */
static enum problem problem_of_flight(struct exchange *exchange)
{
    for (size_t i = 0; i < exchange->flight.queries_count; i++) {
        enum problem problem = problem_of_outcome(exchange, &exchange->flight.outcomes[i]);
        if (problem != PROBLEM_NONE)
            return problem;
    }
    return PROBLEM_NONE;
}

/* ---- Deciding again ---- */

static void pause_over(void *exchange_)
{
    begin_work(exchange_);
}

/* A stale plan or a deadlock: the whole thing again, after a moment that differs for each, a bounded number of times. */
static void refuse_or_repeat(struct exchange *exchange, enum problem problem)
{
    if (problem != PROBLEM_PLAN_STALE || exchange->attempts >= DECIDE_ATTEMPTS_MAX) {
        exchange_refuse(exchange, problem);
        return;
    }
    COUNT_ADD(exchange->worker->counts.decided_again, 1);
    exchange_free_rows(exchange);
    exchange->flight.queries_count = 0;
    exchange->reply = (struct reply){0};
    problems_init(&exchange->problems, exchange->arena);
    uint16_t random;
    random_bytes(&random, sizeof random);
    exchange->worker->loop.after(&exchange->worker->loop, 1 + random % PAUSE_MS_MAX, pause_over, exchange);
}

static void rolled_back(struct exchange *exchange)
{
    if (exchange->answer.replayed)
        exchange_end(exchange);
    else
        refuse_or_repeat(exchange, exchange->refusal);
}

static void roll_back(struct exchange *exchange, enum problem problem)
{
    exchange->refusal = problem;
    if (exchange->flight.berth == NULL) {
        rolled_back(exchange);
        return;
    }
    flight_begin(exchange, false);
    exchange_query(exchange, exchange->worker->server->rollback);
    exchange_fly(exchange, LANE_WRITE, rolled_back);
}

/* ---- Facts and decision ---- */

static enum problem take_facts(struct exchange *exchange, const struct rows *rows)
{
    const struct route *route = exchange->route;
    enum problem problem = rows_refusal(rows, route->facts == NULL ? ANSWER_LIST : ANSWER_OBJECT, &exchange->problems);
    if (problem != PROBLEM_NONE || route->facts == NULL)
        return problem;
    struct problems faults;
    problems_init(&faults, exchange->arena);
    exchange->facts = arena_alloc(exchange->arena, route->facts_size);
    text json = rows_object(rows, exchange->arena);
    if (decode_json(route->facts, json, exchange->arena, exchange->facts, NULL, &faults) == PROBLEM_NONE)
        return PROBLEM_NONE;
    log_error("facts_unreadable", LOG_TEXT("route", text_from(route->path)), LOG_TEXT("load", text_from(route->load)),
              LOG_TEXT("pointer", faults.count > 0 ? faults.details[0].pointer : TEXT_NONE),
              LOG_TEXT("code", text_from(faults.count > 0 ? faults.details[0].code : "")));
    return PROBLEM_OURS;
}

static enum problem take_decision(struct exchange *exchange)
{
    const struct route *route = exchange->route;
    if (exchange->plan == NULL && route->plan_size > 0)
        exchange->plan = arena_alloc(exchange->arena, route->plan_size);
    enum problem problem = route->decide(&exchange->request, exchange->facts, exchange->plan, &exchange->problems);
    if (route->plan != NULL && (problem == PROBLEM_NONE || exchange->reply.applies_refusal)) {
        struct bytes json;
        bytes_init(&json, exchange->arena, PLAN_BYTES_MAX);
        encode_json(route->plan, exchange->plan, false, &json);
        exchange->plan_json = bytes_text(&json);
    }
    return problem;
}

/* ---- ask ---- */

static bool is_awaited(const struct exchange *exchange)
{
    return exchange->visit != NULL || exchange->fill != NULL || exchange->whole != NULL;
}

static void exported(struct exchange *exchange)
{
    if (exchange->offloaded == PROBLEM_NONE)
        exchange_answer(exchange);
    else
        exchange_refuse(exchange, exchange->offloaded);
}

/* Of what becomes a file rows and plan stay as they are: it is made of them. */
static enum problem take_asked(struct exchange *exchange, const struct rows *rows, bool is_file)
{
    if (exchange->route->decide == NULL)
        return is_file ? rows_refusal(rows, exchange->route->shape, &exchange->problems) : take_rows(exchange, rows);
    enum problem problem = take_facts(exchange, rows);
    if (problem == PROBLEM_NONE)
        problem = take_decision(exchange);
    if (problem == PROBLEM_NONE && !is_file)
        take_plan(exchange);
    return problem;
}

static void asked(struct exchange *exchange)
{
    if (!is_awaited(exchange)) {
        exchange_end(exchange);
        return;
    }
    bool is_file = export_is_wanted(exchange);
    enum problem problem = problem_of_flight(exchange);
    if (problem == PROBLEM_NONE)
        problem = take_asked(exchange, exchange->flight.outcomes[0].rows, is_file);
    if (problem == PROBLEM_NONE && is_file)
        problem = export_send(exchange, exported);
    else if (problem == PROBLEM_NONE)
        exchange_answer(exchange);
    if (problem != PROBLEM_NONE)
        exchange_refuse(exchange, problem);
}

/* A field of the query may choose a statement of its own, so that each keeps a good plan. */
static const char *load_of(const struct exchange *exchange)
{
    const struct route *route = exchange->route;
    for (size_t i = 0; i < VARIANTS_MAX && route->variants[i].load != NULL; i++)
        if (decoded_parameter(exchange->decoded_path, text_from(route->variants[i].query)).at != NULL)
            return route->variants[i].load;
    return route->load;
}

static void ask(struct exchange *exchange, void (*landed)(struct exchange *))
{
    flight_begin(exchange, false);
    exchange_query_named(exchange, load_of(exchange));
    export_query(exchange);
    exchange_fly(exchange, exchange->route->lane == LANE_REPORT ? LANE_REPORT : LANE_READ, landed);
}

/* ---- offload: facts without a transaction, CPU on another thread, then the decision ---- */

static void offload_done(struct exchange *exchange)
{
    enum problem problem = exchange->offloaded;
    if (problem == PROBLEM_NONE)
        problem = take_decision(exchange);
    if (problem != PROBLEM_NONE && !exchange->reply.applies_refusal) {
        exchange_refuse(exchange, problem);
        return;
    }
    exchange->refusal = problem;
    begin_transaction(exchange);
}

static void offload_facts_landed(struct exchange *exchange)
{
    enum problem problem = problem_of_flight(exchange);
    if (problem == PROBLEM_NONE && exchange->flight.queries_count > 0)
        problem = take_facts(exchange, exchange->flight.outcomes[0].rows);
    exchange_free_rows(exchange);
    if (exchange->route->plan_size > 0)
        exchange->plan = arena_alloc(exchange->arena, exchange->route->plan_size);
    exchange->work = offload_route;
    exchange->go_on = offload_done;
    if (problem == PROBLEM_NONE && !offload_send(exchange->worker->server->offloads, exchange))
        problem = PROBLEM_UNAVAILABLE;
    if (problem != PROBLEM_NONE)
        exchange_refuse(exchange, problem);
}

/* ---- act and decide: two flights in one transaction ---- */

static bool answers_from_apply(const struct route *route)
{
    return route->decide != NULL && route->answer == NULL && route->shape != ANSWER_NONE &&
           route->shape != ANSWER_PLAN && route->apply[0] != NULL;
}

static void committed(struct exchange *exchange)
{
    struct flight *flight = &exchange->flight;
    enum problem problem = problem_of_flight(exchange);
    const struct outcome *last = &flight->outcomes[flight->queries_count - 1];
    if (problem == PROBLEM_NONE && strcmp(rows_tag(last->rows), "COMMIT") != 0)
        problem = PROBLEM_PLAN_STALE; /* it ended as a rollback although nothing complained */
    if (problem != PROBLEM_NONE)
        roll_back(exchange, problem); /* nothing to do where COMMIT has ended it already */
    else if (exchange->refusal != PROBLEM_NONE)
        exchange_refuse(exchange, exchange->refusal);
    else
        exchange_answer(exchange);
}

/* The answer is stored with the effect: whoever repeats the request gets the same bytes. */
static void query_store(struct exchange *exchange)
{
    if (!exchange->route->idempotent || exchange->refusal != PROBLEM_NONE)
        return;
    exchange->stored_status = text_format(exchange->arena, "%d", exchange->answer.status);
    exchange->stored_body = exchange->answer.body.at == NULL ? TEXT("") : exchange->answer.body;
    exchange_query(exchange, exchange->worker->server->store);
}

static void commit(struct exchange *exchange)
{
    query_store(exchange);
    exchange_query(exchange, exchange->worker->server->commit);
    exchange_fly(exchange, LANE_WRITE, committed);
}

static void applied(struct exchange *exchange)
{
    enum problem problem = problem_of_flight(exchange);
    if (problem == PROBLEM_NONE)
        problem = take_rows(exchange, exchange->flight.outcomes[exchange->flight.queries_count - 1].rows);
    if (problem != PROBLEM_NONE) {
        roll_back(exchange, problem);
        return;
    }
    flight_begin(exchange, false);
    commit(exchange);
}

static void query_applies(struct exchange *exchange)
{
    for (size_t i = 0; i < APPLY_STATEMENTS_MAX && exchange->route->apply[i] != NULL; i++)
        exchange_query_named(exchange, exchange->route->apply[i]);
}

/* Behind the decision: apply and COMMIT in one flight, unless the answer is what apply returns. */
static void apply(struct exchange *exchange)
{
    bool waits = answers_from_apply(exchange->route) && exchange->refusal == PROBLEM_NONE;
    flight_begin(exchange, waits);
    query_applies(exchange);
    if (waits) {
        exchange_fly(exchange, LANE_WRITE, applied);
        return;
    }
    take_plan(exchange);
    commit(exchange);
}

static void replay(struct exchange *exchange, text status, text body)
{
    int64_t number = 200;
    if (!text_to_int64(status, 100, 599, &number))
        log_error("stored_answer_unreadable", LOG_TEXT("status", status));
    exchange->answer = (struct answer){
        .status = (int)number,
        .body = text_copy(exchange->arena, body),
        .content_type = body.length > 0 ? TEXT("application/json") : TEXT_NONE,
        .replayed = true,
    };
}

static text cell(const struct rows *rows, const char *name)
{
    int column = rows_column(rows, name);
    return column < 0 || rows_count(rows) == 0 ? TEXT_NONE : rows_value(rows, 0, (size_t)column);
}

/* What the claim says: go on, or what to answer instead. */
static enum problem take_claim(struct exchange *exchange, const struct rows *rows)
{
    static const struct {
        const char *state;
        enum problem problem;
    } states[] = {{"new", PROBLEM_NONE},
                  {"replay", PROBLEM_NONE},
                  {"running", PROBLEM_KEY_RUNNING},
                  {"reused", PROBLEM_KEY_REUSED}};
    text state = cell(rows, "state");
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (text_equal(state, text_from(states[i].state))) {
            if (text_equal(state, TEXT("replay")))
                replay(exchange, cell(rows, "status"), cell(rows, "body"));
            return states[i].problem;
        }
    log_error("claim_unreadable", LOG_TEXT("state", state));
    return PROBLEM_OURS;
}

static void loaded(struct exchange *exchange)
{
    const struct route *route = exchange->route;
    struct flight *flight = &exchange->flight;
    size_t next = 1;
    enum problem problem = problem_of_outcome(exchange, &flight->outcomes[0]);
    if (problem == PROBLEM_NONE && route->idempotent) {
        problem = problem_of_outcome(exchange, &flight->outcomes[next]);
        if (problem == PROBLEM_NONE)
            problem = take_claim(exchange, flight->outcomes[next].rows);
        if (problem != PROBLEM_NONE || exchange->answer.replayed) {
            roll_back(exchange, problem);
            return;
        }
        next++;
    }
    const struct rows *rows = NULL;
    if (problem == PROBLEM_NONE && next < flight->queries_count) {
        problem = problem_of_outcome(exchange, &flight->outcomes[next]);
        rows = flight->outcomes[next].rows;
    }
    if (problem == PROBLEM_NONE && route->decide == NULL)
        problem = take_rows(exchange, rows);
    else if (problem == PROBLEM_NONE && rows != NULL)
        problem = take_facts(exchange, rows);
    if (problem == PROBLEM_NONE && route->decide != NULL && route->offload == NULL) {
        problem = take_decision(exchange);
        exchange->refusal = problem;
        if (exchange->reply.applies_refusal)
            problem = PROBLEM_NONE;
    }
    if (problem != PROBLEM_NONE) {
        roll_back(exchange, problem);
    } else if (route->decide != NULL) {
        apply(exchange);
    } else {
        flight_begin(exchange, false);
        query_applies(exchange); /* what an act tells others, such as a NOTIFY */
        commit(exchange);
    }
}

static void begin_transaction(struct exchange *exchange)
{
    const struct server *server = exchange->worker->server;
    flight_begin(exchange, true);
    exchange_query(exchange, server->begin);
    if (exchange->route->idempotent)
        exchange_query(exchange, server->claim);
    if (exchange->route->offload == NULL && exchange->route->load != NULL)
        exchange_query_named(exchange, exchange->route->load);
    exchange_fly(exchange, LANE_WRITE, loaded);
}

/* ---- Beginning ---- */

static void begin_work(struct exchange *exchange)
{
    const struct route *route = exchange->route;
    exchange->attempts++;
    exchange->refusal = PROBLEM_NONE;
    exchange->plan = NULL;
    if (route->page != NULL)
        page_begin(exchange);
    else if (route->offload != NULL && route->load != NULL)
        ask(exchange, offload_facts_landed);
    else if (route->offload != NULL)
        offload_facts_landed(exchange);
    else if (route->lane == LANE_WRITE)
        begin_transaction(exchange);
    else
        ask(exchange, asked);
}

static void authorized(struct exchange *exchange)
{
    const struct route *route = exchange->route;
    if (!is_awaited(exchange)) { /* nothing has been done yet, and nobody waits */
        exchange_end(exchange);
        return;
    }
    enum problem problem = request_check(exchange);
    if (problem == PROBLEM_NONE)
        problem = request_decode_place(exchange);
    if (problem == PROBLEM_NONE && route->verify != NULL)
        problem = route->verify(&exchange->request, NULL, NULL, &exchange->problems);
    if (problem == PROBLEM_NONE)
        problem = request_decode_body(exchange);
    if (problem == PROBLEM_NONE)
        begin_work(exchange);
    else
        exchange_refuse(exchange, problem);
}

void exchange_begin(struct visit *visit, const struct match *match, struct fill *fill)
{
    if (!connection_hold(visit->connection)) {
        if (fill != NULL)
            fill_end(fill, NULL, PROBLEM_UNAVAILABLE, NULL);
        else
            answer_refuse(visit, PROBLEM_UNAVAILABLE, NULL, 0);
        return;
    }
    struct arena *arena = arena_new();
    struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
    exchange->arena = arena;
    exchange->worker = visit->worker;
    exchange->connection = visit->connection;
    exchange->under_way = true;
    exchange->fill = fill;
    if (fill == NULL) {
        visit->exchange = exchange;
        exchange->visit = visit;
    }
    request_init(exchange, visit, match);
    session_request(exchange, visit);
    if (fill != NULL)
        authorized(exchange);
    else
        session_find(exchange, authorized);
}

void exchange_begin_part(struct exchange *whole, const struct match *match, text path, text query, size_t part)
{
    struct arena *arena = arena_new();
    struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
    exchange->arena = arena;
    exchange->worker = whole->worker;
    exchange->connection = whole->connection;
    exchange->under_way = true;
    exchange->whole = whole;
    exchange->part = part;
    request_init_part(exchange, match, path, query);
    authorized(exchange);
}
