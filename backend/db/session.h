/* Inside db: how every connection of ours is set up, whoever opens it. */
#ifndef DB_SESSION_H
#define DB_SESSION_H

#include <libpq-fe.h>

#include "db.h"

enum { SESSION_KEYWORDS_MAX = 16 };
struct session {
    const char *keywords[SESSION_KEYWORDS_MAX], *values[SESSION_KEYWORDS_MAX]; /* for PQconnectStartParams */
};
/* Bounds of 0 are no bounds. */
struct session *session_new(struct arena *arena, const char *url, const char *application_name,
                            int64_t statement_ms_max, int64_t idle_transaction_ms_max);
/* Notices go to our log, not to stderr. */
void session_hush(PGconn *connection);
/* PostgreSQL's message as one line without the trailing newline. */
text session_complaint(const PGconn *connection);

#endif
