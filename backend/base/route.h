/* A request is a row in a table, and business is a pure function between two statements. Subjects fill these rows; http runs them. */
#ifndef BASE_ROUTE_H
#define BASE_ROUTE_H

#include "base/decode.h"
#include "base/limits.h"
#include "base/page.h"

enum method { METHOD_NONE, GET, POST, PUT, PATCH, DELETE, METHODS_COUNT };
enum lane_name { LANE_READ, LANE_WRITE, LANE_REPORT, LANES_COUNT };

/* Who may: roles of domain.md. Every role but buyer is bound to an area (a code prefix) or an organisation, and to a period. */
/* clang-format off */
#define ROLES(X) \
    X(ROLE_BUYER, "buyer") X(ROLE_OPERATOR, "operator") X(ROLE_INSPECTOR, "inspector") X(ROLE_CADRE, "cadre") \
    X(ROLE_TEAM, "team") X(ROLE_TOWNSHIP, "township") X(ROLE_COUNTY, "county") X(ROLE_FINANCE, "finance") X(ROLE_AUDITOR, "auditor") \
    X(ROLE_VIEWER, "viewer") X(ROLE_EVALUATOR, "evaluator") X(ROLE_HOUSEHOLD, "household") X(ROLE_ADMINISTRATOR, "administrator")
/* clang-format on */
#define ROLE_ENUM(name, words) name,
enum role { ROLES(ROLE_ENUM) ROLES_COUNT };
#undef ROLE_ENUM
#define MAY(role) (1u << (role))
#define MAY_ANYONE 0u /* also without logging in */
#define MAY_BUY MAY(ROLE_BUYER)
#define MAY_SELL MAY(ROLE_OPERATOR)
#define MAY_INSPECT (MAY(ROLE_INSPECTOR) | MAY(ROLE_COUNTY))
#define MAY_OVERSEE (MAY(ROLE_COUNTY) | MAY(ROLE_FINANCE) | MAY(ROLE_AUDITOR))
#define MAY_VIEW (MAY_OVERSEE | MAY(ROLE_VIEWER))
#define MAY_SIGNED_IN ((1u << ROLES_COUNT) - 1)

/* Who asks. Filled from the session or bearer token; guests have a zero account_id. */
struct actor {
    uuid account_id;
    unsigned roles; /* MAY bits in force today */
    text areas; /* PostgreSQL text[] of the area codes his roles that fit this route are bound to, "{621202,6212}" */
    text
        organisations; /* PostgreSQL uuid[] of organisations (shops, stations, suppliers, households) he acts for under this route */
    bool by_token; /* bearer, so no CSRF check */
    uuid session_id;
};

/* What a decide, verify or offload function may change besides its plan. */
struct reply {
    int status;         /* 0: the row's */
    text session_token; /* set: becomes the session cookie; empty but not NULL: the cookie is cleared */
    int64_t retry_after_s;
    bool applies_refusal; /* decide refuses, and its plan is applied all the same: a failed login is counted */
};

struct request {
    struct arena *arena;
    const struct route *route;
    instant now;
    uuid new_id; /* fresh version 7; uuid_nth for more */
    struct actor actor;
    enum language language;
    text method, path, raw_body, client_address, request_id;
    const void *body; /* route->body decoded into route->body_size bytes, when > 0 */
    text (*header)(const struct request *request, const char *lower_case_name);
    /* A path parameter or query field as the statements would get it ("shop_county"); TEXT_NONE when absent. */
    text (*parameter)(const struct request *request, const char *name);
    /* One more statement parameter, from .prepare only. */
    void (*bind)(const struct request *request, const char *name, text value);
    struct reply *reply;
};

typedef enum problem decide_function(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems);

enum answer_shape {
    ANSWER_OBJECT, /* first row as an object; no row: 404 */
    ANSWER_LIST, /* {"items": […], "next_cursor": …}; a column named cursor is taken out of the items and becomes next_cursor */
    ANSWER_PLAN,  /* decide rows: the plan encoded with .answer (public ids) */
    ANSWER_NONE,  /* 204; a statement that returns or updates rows and has none: 404 */
    ANSWER_TEXT,  /* first column of the first row as it stands, with .content_type */
    ANSWER_PAGE,  /* HTML around answers of the API, see .page; no statement of its own */
    ANSWER_BYTES, /* first column, a bytea, as bytes; a column content_type says what they are */
};

struct route {
    enum method method;
    const char *path; /* "/orders/{order_id}", below /api/v1; {x_id} is a county id unless named in .plain_ids */
    unsigned may;
    enum lane_name lane;
    const struct field *body, *query;
    size_t body_size; /* > 0: also decoded into a struct for decide */
    const char *load; /* statement "orders/show" */
    /* Asks whose query has this field send this statement instead; the first that fits. Keeps each statement's plan a good one. */
    struct {
        const char *query, *load;
    } variants[VARIANTS_MAX];
    decide_function
        *prepare; /* ask and act: after decoding, may request->bind more parameters; facts and plan are NULL */
    const struct field *facts;
    size_t facts_size;
    decide_function *decide;
    /* What follows in the flight that commits; of an act, what must be said once its statement took effect (announcements). */
    const char *apply[APPLY_STATEMENTS_MAX];
    const struct field *plan;
    size_t plan_size;
    const struct field *answer; /* which plan fields are public; default: none */
    enum answer_shape shape;
    int status;            /* default 200 */
    const char *plain_ids; /* space-separated path parameters that are plain uuids; names not ending in _id are text */
    const char *titles[LANGUAGES_COUNT]; /* of a list or report on paper; default: the last word of .path */
    const char *content_type; /* of an upload's body, several separated by spaces; or of the answer for ANSWER_TEXT */
    const struct site_page *page; /* of ANSWER_PAGE, which stands at the root and is cached */
    const char *cache_control;    /* of a good answer; default: by cache_ms, or private */
    int64_t cache_ms;             /* public GET: whole responses, hard upper age */
    const char *cache_tag;        /* NOTIFY topic that empties these entries */
    bool idempotent;              /* needs Idempotency-Key */
    bool versioned;               /* needs If-Match: bound as :if_match; rows carry a column `version` */
    bool upload;                  /* UPLOAD_BYTES_MAX, raw body bound as :upload */
    bool at_root;                 /* a file of the public: served at .path itself, not below /api/v1 */
    bool open_to_simulator;       /* only mounted with PAYMENT_PROVIDER=simulator */
    decide_function *verify;  /* before the body is decoded, on raw body, headers and path; facts and plan are NULL */
    decide_function *offload; /* pure CPU after load, off the loop, no transaction open; works on plan */
};
/* The order of a row's functions and statements:
     ask     verify → prepare → load → (facts → decide →) answer
     act     verify → prepare → BEGIN · claim · load | answer, or its column `problem` (and problem_pointer, problem_message) refuses | apply… · store · COMMIT
     decide  verify → prepare → BEGIN · claim · load | facts → decide | apply… · store · COMMIT
     offload verify → prepare → load on the read lane | facts → offload (own thread) → decide | BEGIN · claim | apply… · store · COMMIT
   "·" is one flight, "|" a round trip. A decide row of shape object, list or text without .answer is answered by the rows of its last
   apply, one round trip later. load is never repeated inside the transaction of an offload row: its apply must fail when a fact has moved.
   SQL refuses by refuse('slug'), or by a constraint whose name ends in __slug_with_underscores; plan-stale, 40001 and 40P01 start over. */
/* What a route takes that reads sheets: CSV or XLSX, told apart by their first bytes. */
#define UPLOADS_OF_SHEETS                                                                                              \
    "text/csv application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/octet-stream"
#define ROUTES_END                                                                                                     \
    {                                                                                                                  \
        .method = METHOD_NONE                                                                                          \
    }

/* Statement parameters are resolved by name, in this order:
     actor_id, actor_areas, actor_organisations, session_id, now (timestamptz), today (date, Asia/Shanghai), new_id,
     request_id, client_address, language, idempotency_key, if_match, limit, cursor, body, plan, upload,
     period_<name>_s (configuration, see config.h), then path parameters, query fields, body fields (top level).
   :limit is one more than the page holds: the runner cuts that row and so knows whether there is a next page. A list's column `cursor`
   is opaque text. */

#endif
