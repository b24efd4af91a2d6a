/* A blocking connection for jobs and sub-commands: the same statements by the same names, one at a time. Never on an event loop. */
#include <libpq-fe.h>

#include "db/rows.h"
#include "db/session.h"
#include "db/statement.h"

/* Jobs may run long; a transaction left open by a stuck job may not. */
enum { DB_IDLE_TRANSACTION_MS_MAX = 10 * 60 * 1000, COPY_ROW_BYTES_MAX = 1024 * 1024 };

struct db {
    PGconn *connection;
    struct arena *arena, *rows_arena;
    bool *prepared; /* by statement index */
    struct bytes copy_row;
};

static void db_complain(const struct db *db, const char *event)
{
    log_warn(event, LOG_TEXT("reason", session_complaint(db->connection)));
}

struct db *db_open(struct arena *arena, const char *url)
{
    struct db *db = arena_alloc(arena, sizeof *db);
    const struct session *session = session_new(arena, url, "shanhuo", 0, DB_IDLE_TRANSACTION_MS_MAX);
    statements_init();
    db->arena = db->rows_arena = arena;
    db->prepared = arena_alloc_items(arena, statements_count() + 1, sizeof(bool));
    db->connection = PQconnectdbParams(session->keywords, session->values, 1);
    must(db->connection != NULL);
    if (PQstatus(db->connection) != CONNECTION_OK) {
        db_complain(db, "database_connect_failed");
        db_close(db);
        return NULL;
    }
    session_hush(db->connection);
    return db;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    PQfinish(db->connection);
    db->connection = NULL;
}

void db_rows_in(struct db *db, struct arena *arena)
{
    db->rows_arena = arena == NULL ? db->arena : arena;
}

bool db_is_up(const struct db *db)
{
    return db->connection != NULL && PQstatus(db->connection) == CONNECTION_OK;
}

/* ---- Outcomes ---- */

static void dispose_rows(void *rows)
{
    rows_free(rows);
}

static enum problem problem_of_refusal(const struct outcome *outcome)
{
    const enum problem named = problem_from_slug(text_from(outcome->slug));
    if (named != PROBLEM_NONE)
        return named;
    const text sqlstate = text_from(outcome->sqlstate);
    if (text_starts_with(sqlstate, TEXT("40")))
        return PROBLEM_PLAN_STALE;
    if (text_starts_with(sqlstate, TEXT("23")))
        return PROBLEM_CONFLICT;
    if (text_starts_with(sqlstate, TEXT("53")) || text_starts_with(sqlstate, TEXT("57")))
        return PROBLEM_UNAVAILABLE;
    return PROBLEM_OURS;
}

static void log_refusal(enum log_level level, const char *what, const struct outcome *outcome)
{
    log_event(level, "statement_refused",
              LOG_FIELDS(LOG_TEXT("statement", text_from(what)), LOG_TEXT("sqlstate", text_from(outcome->sqlstate)),
                         LOG_TEXT("slug", text_from(outcome->slug)), LOG_TEXT("message", text_from(outcome->message))));
}

/* Takes the result. NULL is what libpq answers when memory or the connection is out. */
static enum problem db_settle(struct db *db, const char *what, PGresult *result, struct outcome *outcome)
{
    if (result == NULL)
        outcome_set_lost(outcome, "no answer");
    else
        outcome_take(outcome, result, false);
    if (!db_is_up(db) && outcome->kind != OUTCOME_ROWS)
        outcome->kind = OUTCOME_LOST;
    switch (outcome->kind) {
    case OUTCOME_ROWS:
        arena_defer(db->rows_arena, dispose_rows, outcome->rows);
        return PROBLEM_NONE;
    case OUTCOME_REFUSED: {
        const enum problem problem = problem_of_refusal(outcome);
        log_refusal(problem == PROBLEM_OURS ? LOG_LEVEL_ERROR : LOG_LEVEL_DEBUG, what, outcome);
        return problem;
    }
    case OUTCOME_NONE:
    case OUTCOME_SKIPPED:
    case OUTCOME_LOST:
        break;
    }
    db_complain(db, "database_lost");
    return PROBLEM_UNAVAILABLE;
}

/* ---- Statements ---- */

static text parameter_value(const struct parameter *parameters, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(parameters[i].name, name) == 0)
            return parameters[i].value;
    return TEXT_NONE;
}

static enum problem db_prepare(struct db *db, const struct statement *statement, struct outcome *outcome)
{
    const size_t index = statement_index(statement);
    if (db->prepared[index])
        return PROBLEM_NONE;
    PGresult *result = PQprepare(db->connection, statement->name, statement->sql, 0, NULL);
    db->prepared[index] = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!db->prepared[index])
        return db_settle(db, statement->name, result, outcome);
    PQclear(result);
    return PROBLEM_NONE;
}

enum problem db_run(struct db *db, const char *statement_name, const struct parameter *parameters, size_t count,
                    struct outcome *outcome)
{
    const struct statement *statement = statement_find(text_from(statement_name));
    if (statement == NULL)
        log_error("statement_unknown", LOG_TEXT("statement", text_from(statement_name)));
    must(statement != NULL);
    *outcome = (struct outcome){.kind = OUTCOME_NONE};
    const enum problem unprepared = db_prepare(db, statement, outcome);
    if (unprepared != PROBLEM_NONE)
        return unprepared;
    const char *values[STATEMENT_PARAMETERS_MAX];
    for (size_t i = 0; i < statement->parameters_count; i++) {
        const text value = parameter_value(parameters, count, statement->parameters[i]);
        values[i] = value.at == NULL ? NULL : text_terminated(db->rows_arena, value);
    }
    PGresult *result =
        PQexecPrepared(db->connection, statement->name, (int)statement->parameters_count, values, NULL, NULL, 0);
    return db_settle(db, statement->name, result, outcome);
}

enum problem db_script(struct db *db, text sql, struct outcome *outcome)
{
    *outcome = (struct outcome){.kind = OUTCOME_NONE};
    return db_settle(db, "script", PQexec(db->connection, text_terminated(db->rows_arena, sql)), outcome);
}

/* ---- COPY ---- */

bool db_copy_begin(struct db *db, const char *copy_command)
{
    PGresult *result = PQexec(db->connection, copy_command);
    const bool begun = PQresultStatus(result) == PGRES_COPY_IN;
    PQclear(result);
    if (!begun)
        db_complain(db, "copy_refused");
    if (db->copy_row.arena == NULL)
        bytes_init(&db->copy_row, db->arena, COPY_ROW_BYTES_MAX);
    return begun;
}

static const char copy_escapes[256] = {
    ['\\'] = '\\', ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\b'] = 'b', ['\f'] = 'f', ['\v'] = 'v'};

static void copy_add_value(struct bytes *row, text value)
{
    if (value.at == NULL) {
        bytes_add(row, TEXT("\\N"));
        return;
    }
    size_t from = 0;
    for (size_t i = 0; i < value.length; i++) {
        const char escape = copy_escapes[(unsigned char)value.at[i]];
        if (escape == '\0')
            continue;
        bytes_add(row, text_part(value, from, i - from));
        bytes_add_char(row, '\\');
        bytes_add_char(row, escape);
        from = i + 1;
    }
    bytes_add(row, text_part(value, from, value.length - from));
}

bool db_copy_row(struct db *db, const text *values, size_t count)
{
    struct bytes *row = &db->copy_row;
    row->length = 0;
    for (size_t i = 0; i < count; i++) {
        /* Each byte may need an escape. */
        if (!bytes_fits(row, 2 * values[i].length + 3))
            return false;
        if (i > 0)
            bytes_add_char(row, '\t');
        copy_add_value(row, values[i]);
    }
    bytes_add_char(row, '\n');
    return PQputCopyData(db->connection, row->at, (int)row->length) == 1;
}

bool db_copy_end(struct db *db, struct outcome *outcome)
{
    *outcome = (struct outcome){.kind = OUTCOME_NONE};
    if (PQputCopyEnd(db->connection, NULL) != 1) {
        outcome_set_lost(outcome, "the copy's end was not sent");
        return false;
    }
    const enum problem problem = db_settle(db, "copy", PQgetResult(db->connection), outcome);
    for (PGresult *rest = PQgetResult(db->connection); rest != NULL; rest = PQgetResult(db->connection))
        PQclear(rest);
    return problem == PROBLEM_NONE;
}
