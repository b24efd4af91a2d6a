/* Inside http: route tables → one row for a method and path. */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "http/worker.h"

#define API_PREFIX "/api/v1"
#define ROUTES_MAX 1024

struct path_parameter {
    const struct field *field;
    text value; /* still percent-encoded */
};
struct match {
    const struct route *route; /* NULL: nothing here for this method */
    unsigned allowed;          /* bits of enum method offered on this path */
    struct path_parameter parameters[PATH_PARAMETERS_MAX];
    size_t parameters_count;
};

/* NULL after logging what is wrong with a row: the start stops, not a customer. */
struct router *router_new(struct arena *arena, const struct http_settings *settings);
/* `path` is below /api/v1 and begins with a slash. */
void router_match(const struct router *router, enum method method, text path, struct match *match);
/* The same for what stands beside the API: `path` is the whole. */
void router_match_site(const struct router *router, enum method method, text path, struct match *match);
enum method method_from(text name);
const char *method_name(enum method method);

#endif
