/* One connection in pipeline mode: what was sent, what is owed, and whose it is. */
#include <libpq-fe.h>

#include "db/berth.h"
#include "db/rows.h"
#include "db/statement.h"

enum { ATTEMPTS_MAX = 3, STEPS_PER_QUERY = 3, EMPTY_ANSWERS_MAX = 2 };

/* ---- Steps ---- */

static void step_push(struct berth *berth, struct step step)
{
    must(berth->steps_count < berth->steps_max);
    berth->steps[(berth->steps_first + berth->steps_count++) % berth->steps_max] = step;
}

static struct step step_pop(struct berth *berth)
{
    must(berth->steps_count > 0);
    const struct step step = berth->steps[berth->steps_first];
    berth->steps_first = (berth->steps_first + 1) % berth->steps_max;
    berth->steps_count--;
    return step;
}

static void berth_failed(struct berth *berth)
{
    link_fail(&berth->link, session_complaint(berth->link.connection));
}

/* ---- Flights in the air ---- */

static void in_air_add(struct berth *berth, struct flight *flight)
{
    struct flight **end = &berth->in_air;
    while (*end != NULL)
        end = &(*end)->next;
    flight->next = NULL;
    *end = flight;
    berth->in_air_count++;
}

static void in_air_remove(struct berth *berth, struct flight *flight)
{
    struct flight **at = &berth->in_air;
    while (*at != NULL && *at != flight)
        at = &(*at)->next;
    must(*at == flight);
    *at = flight->next;
    berth->in_air_count--;
}

static void flight_lost(struct flight *flight)
{
    for (size_t i = 0; i < flight->queries_count; i++)
        if (flight->outcomes[i].kind == OUTCOME_NONE)
            outcome_set_lost(&flight->outcomes[i], "the connection went");
}

static bool flight_is_answered(const struct flight *flight)
{
    for (size_t i = 0; i < flight->queries_count; i++)
        if (flight->outcomes[i].kind == OUTCOME_NONE)
            return false;
    return true;
}

static bool flight_was_refused(const struct flight *flight, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (flight->outcomes[i].kind == OUTCOME_REFUSED)
            return true;
    return false;
}

/* A flight that ends its transaction must leave none behind: the next owner would write into it. */
static bool berth_is_clean(const struct berth *berth)
{
    const PGTransactionStatusType status = PQtransactionStatus(berth->link.connection);
    return status != PQTRANS_INTRANS && status != PQTRANS_INERROR;
}

static void berth_land(struct berth *berth, struct flight *flight)
{
    const bool soiled = !flight->keeps_transaction && !berth_is_clean(berth);
    in_air_remove(berth, flight);
    berth->held = flight->keeps_transaction;
    flight->berth = berth->held ? berth : NULL;
    lane_landed(berth->lane, flight);
    if (soiled) {
        log_error("transaction_left_open", LOG_TEXT("statement", text_from(flight->queries[0].statement->name)));
        link_fail(&berth->link, TEXT("a flight left its transaction open"));
    }
    lane_berth_changed(berth->lane);
}

/* ---- Sending ---- */

static bool send_prepare(struct berth *berth, const struct step *step)
{
    const struct statement *statement = statement_at(step->statement);
    if (PQsendPrepare(berth->link.connection, statement->name, statement->sql, 0, NULL) != 1)
        return false;
    berth->prepared[step->statement] = true;
    step_push(berth, *step);
    return true;
}

static bool send_sync(struct berth *berth, struct flight *flight, bool ends_flight)
{
    if (PQpipelineSync(berth->link.connection) != 1)
        return false;
    step_push(berth, (struct step){.kind = STEP_SYNC, .flight = flight, .ends_flight = ends_flight});
    return true;
}

/* libpq wants terminated values; it copies them at once, so one scratch serves all queries. */
static size_t values_bytes(const struct query *query)
{
    size_t bytes = 0;
    for (size_t i = 0; i < query->statement->parameters_count; i++)
        bytes += query->values[i].length + 1;
    return bytes;
}

static void values_terminate(const struct query *query, char *scratch, const char **values)
{
    for (size_t i = 0; i < query->statement->parameters_count; i++) {
        const text value = query->values[i];
        values[i] = value.at == NULL ? NULL : scratch;
        if (value.at != NULL && value.length > 0)
            memcpy(scratch, value.at, value.length);
        scratch[value.length] = '\0';
        scratch += value.length + 1;
    }
}

static bool send_values(const struct berth *berth, const struct query *query, char *scratch)
{
    const char *values[STATEMENT_PARAMETERS_MAX];
    values_terminate(query, scratch, values);
    return PQsendQueryPrepared(berth->link.connection, query->statement->name, (int)query->statement->parameters_count,
                               values, NULL, NULL, 0) == 1;
}

static bool send_bound(const struct berth *berth, const struct query *query)
{
    const size_t bytes = values_bytes(query);
    if (bytes <= SCRATCH_BYTES_MAX)
        return send_values(berth, query, berth->lane->scratch);
    struct arena *arena = arena_new();
    const bool sent = send_values(berth, query, arena_alloc(arena, bytes));
    arena_free(arena);
    return sent;
}

/* The statement is prepared on its first use here, in the same breath. */
static bool send_query(struct berth *berth, struct flight *flight, size_t query, size_t attempt)
{
    struct step step = {.kind = STEP_PREPARE, .flight = flight, .query = query, .attempt = attempt};
    step.statement = statement_index(flight->queries[query].statement);
    if (!berth->prepared[step.statement] && !send_prepare(berth, &step))
        return false;
    if (!send_bound(berth, &flight->queries[query]))
        return false;
    step.kind = STEP_QUERY;
    step_push(berth, step);
    return true;
}

/* Reads of one loop turn share a Sync: it costs a third of such a query. */
static bool send_reads(struct berth *berth, struct flight *flight)
{
    for (size_t i = 0; i < flight->queries_count; i++)
        if (!send_query(berth, flight, i, 1))
            return false;
    berth->unsynced = true;
    lane_sync_soon(berth->lane);
    return true;
}

/* Statements of a transaction each have their own, so that an error is the transaction's and not the pipeline's: COMMIT still runs, and
   says ROLLBACK. */
static bool send_writes(struct berth *berth, struct flight *flight)
{
    for (size_t i = 0; i < flight->queries_count; i++)
        if (!send_query(berth, flight, i, 1) || !send_sync(berth, flight, i + 1 == flight->queries_count))
            return false;
    return true;
}

bool berth_is_free(const struct berth *berth)
{
    return berth->link.state == LINK_UP && !berth->proving && !berth->held &&
           berth->in_air_count < berth->lane->settings.depth;
}

void berth_send(struct berth *berth, struct flight *flight)
{
    if (berth->in_air_count == 0)
        berth->heard_at = instant_now();
    in_air_add(berth, flight);
    const bool sent = lane_is_pipelined(berth->lane) ? send_reads(berth, flight) : send_writes(berth, flight);
    if (!sent)
        berth_failed(berth);
    else if (!lane_is_pipelined(berth->lane))
        link_flush(&berth->link);
    lane_watch(berth->lane);
}

void berth_sync(struct berth *berth)
{
    if (!berth->unsynced || berth->link.state != LINK_UP)
        return;
    berth->unsynced = false;
    if (send_sync(berth, NULL, false))
        link_flush(&berth->link);
    else
        berth_failed(berth);
}

/* An aborted read goes again behind everything sent so far, with a Sync nobody else can spoil. */
static void berth_resend(struct berth *berth, const struct step *step)
{
    berth_sync(berth);
    if (berth->link.state != LINK_UP)
        return;
    if (send_query(berth, step->flight, step->query, step->attempt + 1) && send_sync(berth, NULL, false))
        link_flush(&berth->link);
    else
        berth_failed(berth);
}

/* ---- Proving: the first connection prepares every statement, so that a typo stops the start and not a customer ---- */

static void berth_prove(struct berth *berth)
{
    berth->proving = true;
    for (size_t i = 0; i < statements_count(); i++) {
        const struct step step = {.kind = STEP_PREPARE, .statement = i};
        if (!send_prepare(berth, &step) || !send_sync(berth, NULL, false)) {
            berth_failed(berth);
            return;
        }
    }
    link_flush(&berth->link);
    berth->heard_at = instant_now();
}

/* What the database is short of is no fault of a statement; it comes again with the next connection. */
static bool is_fault_of_statement(const struct outcome *outcome)
{
    static const char *const classes_of_the_world[] = {"08", "53", "55", "57", "58", "XX"};
    if (outcome->kind != OUTCOME_REFUSED)
        return false;
    for (size_t i = 0; i < sizeof classes_of_the_world / sizeof classes_of_the_world[0]; i++)
        if (text_starts_with(text_from(outcome->sqlstate), text_from(classes_of_the_world[i])))
            return false;
    return true;
}

static void berth_proved(struct berth *berth)
{
    bool all_prepared = true;
    for (size_t i = 0; i < statements_count(); i++)
        all_prepared = all_prepared && berth->prepared[i];
    must(all_prepared);
    berth->proving = false;
    berth->lane->proved = true;
    lane_berth_changed(berth->lane);
}

static void prove_refused(struct berth *berth, const struct step *step, const struct outcome *outcome)
{
    const struct statement *statement = statement_at(step->statement);
    log_error("statement_not_prepared", LOG_TEXT("statement", text_from(statement->name)),
              LOG_TEXT("sqlstate", text_from(outcome->sqlstate)), LOG_TEXT("message", text_from(outcome->message)));
    if (!is_fault_of_statement(outcome))
        link_fail(&berth->link, text_from(outcome->message));
}

/* ---- Receiving ---- */

static void prepare_answered(struct berth *berth, const struct step *step, PGresult *result)
{
    struct outcome outcome;
    outcome_take(&outcome, result, step->flight != NULL && flight_was_refused(step->flight, step->query));
    if (outcome.kind == OUTCOME_ROWS) {
        rows_free(outcome.rows);
        return;
    }
    berth->prepared[step->statement] = false;
    if (step->flight == NULL)
        prove_refused(berth, step, &outcome);
    else if (outcome.kind != OUTCOME_SKIPPED)
        step->flight->outcomes[step->query] = outcome; /* the query behind it is aborted: this is why */
}

/* Aborted by a neighbour's error, or prepared in a turn that was. */
static bool is_worth_another(const struct berth *berth, const struct step *step, const struct outcome *outcome)
{
    if (!lane_is_pipelined(berth->lane) || step->attempt >= ATTEMPTS_MAX)
        return false;
    return outcome->kind == OUTCOME_SKIPPED ||
           (outcome->kind == OUTCOME_REFUSED && strcmp(outcome->sqlstate, "26000") == 0);
}

static void query_answered(struct berth *berth, const struct step *step, PGresult *result)
{
    struct outcome *outcome = &step->flight->outcomes[step->query];
    if (outcome->kind == OUTCOME_NONE)
        outcome_take(outcome, result, flight_was_refused(step->flight, step->query));
    else
        PQclear(result);
    if (is_worth_another(berth, step, outcome)) {
        *outcome = (struct outcome){.kind = OUTCOME_NONE};
        berth_resend(berth, step);
    } else if (lane_is_pipelined(berth->lane) && flight_is_answered(step->flight)) {
        berth_land(berth, step->flight);
    }
}

static void step_answered(struct berth *berth)
{
    PGresult *result = berth->pending;
    const struct step step = step_pop(berth);
    berth->pending = NULL;
    switch (step.kind) {
    case STEP_PREPARE:
        prepare_answered(berth, &step, result);
        return;
    case STEP_QUERY:
        query_answered(berth, &step, result);
        return;
    case STEP_SYNC:
        break;
    }
    PQclear(result);
    link_fail(&berth->link, TEXT("an answer out of order"));
}

static void step_synced(struct berth *berth)
{
    const struct step step = step_pop(berth);
    if (step.kind != STEP_SYNC) {
        link_fail(&berth->link, TEXT("a Sync out of order"));
        return;
    }
    if (step.ends_flight) {
        (void)PQgetResult(
            berth->link.connection); /* nothing, but only then does libpq say how the transaction stands */
        berth_land(berth, step.flight);
    } else if (berth->proving && berth->steps_count == 0) {
        berth_proved(berth);
    }
}

static void berth_take(struct berth *berth, PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_PIPELINE_SYNC: /* no NULL comes behind it */
        PQclear(result);
        step_synced(berth);
        return;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        PQclear(result);
        link_fail(&berth->link, TEXT("COPY has no place in a lane"));
        return;
    default:
        PQclear(berth->pending);
        berth->pending = result;
    }
}

/* PQgetResult's NULL ends a query, but it also says "nothing now": bounded by the steps we are owed, or it would spin. */
static void berth_heard(void *owner)
{
    struct berth *berth = owner;
    int empty_answers = 0;
    berth->heard_at = instant_now();
    while (berth->link.state == LINK_UP && !PQisBusy(berth->link.connection) && berth->steps_count > 0) {
        PGresult *result = PQgetResult(berth->link.connection);
        if (result == NULL && berth->pending == NULL && ++empty_answers > EMPTY_ANSWERS_MAX)
            return;
        if (result != NULL)
            berth_take(berth, result);
        else if (berth->pending != NULL)
            step_answered(berth);
    }
}

/* ---- Up and down ---- */

static void berth_up(void *owner)
{
    struct berth *berth = owner;
    struct lane *lane = berth->lane;
    if (PQenterPipelineMode(berth->link.connection) != 1) {
        berth_failed(berth);
        return;
    }
    memset(berth->prepared, 0, statements_count() * sizeof *berth->prepared);
    lane->counts.connections_up++;
    if (!lane->proved && berth == &lane->berths[0])
        berth_prove(berth);
    lane_berth_changed(lane);
}

static void berth_down(void *owner)
{
    struct berth *berth = owner;
    struct flight *flight;
    PQclear(berth->pending);
    berth->pending = NULL;
    berth->steps_count = 0;
    berth->unsynced = berth->proving = false;
    berth->lane->counts.connections_up--;
    berth->lane->counts.reconnects++;
    berth->broken = berth->held && berth->in_air == NULL; /* its owner will ask; who is in the air is told now */
    berth->held = berth->broken;
    while ((flight = berth->in_air) != NULL) {
        in_air_remove(berth, flight);
        flight_lost(flight);
        flight->berth = NULL;
        lane_landed(berth->lane, flight);
    }
    lane_berth_changed(berth->lane);
}

static void berth_drained(void *owner)
{
    const struct berth *berth = owner;
    lane_drained(berth->lane);
}

void berth_open(struct berth *berth, struct lane *lane, const struct session *session)
{
    const size_t for_flights = (size_t)lane->settings.depth * FLIGHT_QUERIES_MAX * STEPS_PER_QUERY;
    berth->lane = lane;
    berth->steps_max = for_flights + STEPS_PER_QUERY + 2 * statements_count();
    berth->steps = arena_alloc_items(lane->arena, berth->steps_max, sizeof *berth->steps);
    berth->prepared = arena_alloc_items(lane->arena, statements_count() + 1, sizeof *berth->prepared);
    berth->link = (struct link){.loop = lane->loop,
                                .session = session,
                                .name = lane->settings.application_name,
                                .owner = berth,
                                .up = berth_up,
                                .heard = berth_heard,
                                .down = berth_down,
                                .drained = berth_drained};
    link_open(&berth->link);
}
