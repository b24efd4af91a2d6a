/* Rows are a PGresult in text format under our own name: no copy, no second allocation. An outcome says how a query ended. */
#include "db/rows.h"

/* From PostgreSQL's pg_type.dat; they are fixed for ever. */
enum {
    OID_BOOL = 16,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_JSON = 114,
    OID_DATE = 1082,
    OID_TIMESTAMPTZ = 1184,
    OID_NUMERIC = 1700,
    OID_JSONB = 3802
};

static PGresult *result_of(const struct rows *rows)
{
    return (PGresult *)(uintptr_t)rows;
}

static struct rows *rows_of(PGresult *result)
{
    /* A numeric would reach a client as text or as a real; money and quantities are int8. A sum() wants a cast. */
    for (int column = 0; column < PQnfields(result); column++)
        must(PQftype(result, column) != OID_NUMERIC);
    return (struct rows *)result;
}

size_t rows_count(const struct rows *rows)
{
    return (size_t)PQntuples(result_of(rows));
}

size_t rows_columns(const struct rows *rows)
{
    return (size_t)PQnfields(result_of(rows));
}

const char *rows_name(const struct rows *rows, size_t column)
{
    return PQfname(result_of(rows), (int)column);
}

/* Not PQfnumber: it folds case and reads quotes. */
int rows_column(const struct rows *rows, const char *name)
{
    const int columns = PQnfields(result_of(rows));
    for (int column = 0; column < columns; column++)
        if (strcmp(PQfname(result_of(rows), column), name) == 0)
            return column;
    return -1;
}

enum column_kind rows_kind(const struct rows *rows, size_t column)
{
    switch (PQftype(result_of(rows), (int)column)) {
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return COLUMN_INT;
    case OID_BOOL:
        return COLUMN_BOOL;
    case OID_JSON:
    case OID_JSONB:
        return COLUMN_JSON;
    case OID_TIMESTAMPTZ:
        return COLUMN_INSTANT;
    case OID_DATE:
        return COLUMN_DATE;
    default:
        return COLUMN_TEXT;
    }
}

text rows_value(const struct rows *rows, size_t row, size_t column)
{
    const PGresult *result = result_of(rows);
    must(row < rows_count(rows) && column < rows_columns(rows));
    if (PQgetisnull(result, (int)row, (int)column))
        return TEXT_NONE;
    return (text){PQgetvalue(result, (int)row, (int)column), (size_t)PQgetlength(result, (int)row, (int)column)};
}

size_t rows_changed(const struct rows *rows)
{
    int64_t changed = 0;
    const bool says = text_to_int64(text_from(PQcmdTuples(result_of(rows))), 0, INT64_MAX, &changed);
    return says ? (size_t)changed : 0;
}

const char *rows_tag(const struct rows *rows)
{
    return PQcmdStatus(result_of(rows));
}

void rows_free(struct rows *rows)
{
    PQclear(result_of(rows));
}

/* ---- Outcomes ---- */

static void copy_bounded(char *into, size_t size, const char *from)
{
    (void)snprintf(into, size, "%s", from == NULL ? "" : from);
}

/* FATAL and PANIC end the connection: whether the query took effect is unknown. */
static bool ends_connection(const PGresult *result)
{
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity == NULL || strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0;
}

static bool is_refusal_of_ours(const char *sqlstate)
{
    return strcmp(sqlstate, "SH001") == 0;
}

static void outcome_describe(struct outcome *outcome, const PGresult *result)
{
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    copy_bounded(outcome->sqlstate, sizeof outcome->sqlstate, PQresultErrorField(result, PG_DIAG_SQLSTATE));
    copy_bounded(outcome->message, sizeof outcome->message, message == NULL ? PQresultErrorMessage(result) : message);
    copy_bounded(outcome->slug, sizeof outcome->slug,
                 is_refusal_of_ours(outcome->sqlstate) ? message : PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
}

static enum outcome_kind kind_of_error(const struct outcome *outcome, const PGresult *result, bool after_error)
{
    if (ends_connection(result))
        return OUTCOME_LOST;
    if (after_error && strcmp(outcome->sqlstate, "25P02") == 0)
        return OUTCOME_SKIPPED;
    return OUTCOME_REFUSED;
}

void outcome_take(struct outcome *outcome, PGresult *result, bool after_error)
{
    *outcome = (struct outcome){.kind = OUTCOME_LOST};
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
        outcome->kind = OUTCOME_ROWS;
        outcome->rows = rows_of(result);
        return;
    case PGRES_PIPELINE_ABORTED:
        outcome->kind = OUTCOME_SKIPPED;
        break;
    case PGRES_FATAL_ERROR:
        outcome_describe(outcome, result);
        outcome->kind = kind_of_error(outcome, result, after_error);
        break;
    case PGRES_EMPTY_QUERY:
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_COPY_BOTH:
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_SINGLE_TUPLE:
    case PGRES_PIPELINE_SYNC:
        copy_bounded(outcome->message, sizeof outcome->message, PQresStatus(PQresultStatus(result)));
        break;
    }
    PQclear(result);
}

void outcome_set_lost(struct outcome *outcome, const char *why)
{
    *outcome = (struct outcome){.kind = OUTCOME_LOST};
    copy_bounded(outcome->message, sizeof outcome->message, why);
}
