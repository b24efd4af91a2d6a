/* http: server, router, exchange, answers, sessions, cache, assets, guard. The only folder that includes h2o. Names no subject. */
#ifndef HTTP_H
#define HTTP_H

#include "base.h"

struct http_settings {
    const struct route *const *route_tables; /* ends with NULL: main hands over every subject's table */
    const char *database_url;                /* the application's role */
    const char *tls_address, *plain_address, *operations_address; /* "127.0.0.1:8443"; NULL: not served */
    const char *certificate_file, *key_file;
    const char *public_origin;          /* "https://localhost:8443": for cookies, links and the Origin check */
    const char *const *origins_allowed; /* more origins whose unsafe requests are accepted, ends with NULL */
    int threads, read_connections, write_connections, report_connections;
    bool simulator;
    const char
        *session_statement; /* :token_hash → account_id, session_id, csrf, grants json, by_token; one row or none */
    const char *claim_statement, *answer_statement; /* idempotency: claim and store */
    const char *area_statement; /* :area → its code and name, for the head of a file; NULL: none */
    const char *const *topics;  /* NOTIFY topics that empty caches, ends with NULL; "sessions" drops cached sessions */
    text (*period)(text name);  /* period_<name>_s */
    int64_t request_ms_max, stop_ms_max;
};
/* Serves until SIGTERM or SIGINT, then GOAWAY, in-flight requests finish, 0. Not 0: could not start or did not stop in time. */
int http_serve(const struct http_settings *settings);
/* Makes a local CA and a leaf for localhost and `names` in `folder` when missing or near expiry: ca.pem, ca.key, server.pem, server.key. */
MUST_USE bool http_certificate_ensure(const char *folder, const char *const *names);
/* Prints every route: method, path, roles, shape, statements. */
void http_print_routes(const struct route *const *route_tables, FILE *to);
/* Those of the API for programs, such as the test that calls each as every role. `may` empty: anyone. */
void http_print_routes_json(const struct route *const *route_tables, FILE *to);

#endif
