/* Every connection of ours: same time zone, date style, encoding and search path, so that one statement means one thing everywhere. */
#include "db/session.h"

static const char fixed_options[] =
    "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=postgres -c search_path=public,pg_temp "
    "-c client_min_messages=warning";

static void session_add(struct session *session, size_t *count, const char *keyword, const char *value)
{
    must(*count + 1 < SESSION_KEYWORDS_MAX);
    session->keywords[*count] = keyword;
    session->values[*count] = value;
    (*count)++;
}

struct session *session_new(struct arena *arena, const char *url, const char *application_name,
                            int64_t statement_ms_max, int64_t idle_transaction_ms_max)
{
    struct session *session = arena_alloc(arena, sizeof *session);
    const text options = text_format(arena, "%s -c statement_timeout=%lld -c idle_in_transaction_session_timeout=%lld",
                                     fixed_options, (long long)statement_ms_max, (long long)idle_transaction_ms_max);
    size_t count = 0;
    session_add(session, &count, "dbname", text_terminated(arena, text_from(url)));
    session_add(session, &count, "options", text_terminated(arena, options));
    session_add(session, &count, "application_name", text_terminated(arena, text_from(application_name)));
    session_add(session, &count, "client_encoding", "UTF8");
    /* It would add a round trip and swap the descriptor under the event loop. */
    session_add(session, &count, "gssencmode", "disable");
    session_add(session, &count, "connect_timeout", "5");
    /* A host that vanished without a word must not hold a connection for hours. */
    session_add(session, &count, "keepalives_idle", "10");
    session_add(session, &count, "keepalives_interval", "5");
    session_add(session, &count, "tcp_user_timeout", "15000");
    return session;
}

static void session_notice(void *owner, const PGresult *notice)
{
    (void)owner;
    log_debug("postgresql_notice", LOG_TEXT("message", text_trim(text_from(PQresultErrorMessage(notice)))));
}

void session_hush(PGconn *connection)
{
    (void)PQsetNoticeReceiver(connection, session_notice, NULL);
}

text session_complaint(const PGconn *connection)
{
    return text_trim(text_from(PQerrorMessage(connection)));
}
