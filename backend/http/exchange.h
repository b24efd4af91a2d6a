/* Inside http: the life of one request between its SQL statements. Two holders: the visit, and whatever is under way. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/answer.h"
#include "http/router.h"

struct fill;
struct page_work;

struct header_copy {
    text name, value;
};
struct bound {
    text name, value;
    struct bound *next;
};

struct exchange {
    struct arena *arena;
    struct worker *worker;
    struct connection *connection;
    struct visit *visit;    /* NULL: the client has gone or was answered otherwise */
    struct fill *fill;      /* not NULL: the answer goes to the cache */
    struct exchange *whole; /* not NULL: the answer is a part of this page */
    size_t part;
    struct page_work *page_work; /* of a page: its parts */
    bool under_way;              /* the other holder: from begin to the answer */
    const struct route *route;
    struct match match;
    struct request request;
    struct reply reply;
    struct problems problems;
    struct decoded *decoded_path, *decoded_body;
    struct bound *bound;
    struct header_copy *headers;
    size_t headers_count;
    struct page page;
    text query, query_kept; /* as sent; without limit, cursor and format */
    text accept, content_type, idempotency_key, request_hash, if_match, plan_json, stored_status, stored_body;
    text token_hash, csrf_token;
    uint8_t token_digest[32];
    bool has_token, by_token, is_secure, says_site, same_site;
    uint64_t drops_seen; /* of the session cache, when this session was asked for */
    void (*authorized)(struct exchange *exchange);
    void *body, *facts, *plan;
    struct answer answer;
    struct flight flight;
    size_t attempts;
    enum problem refusal;                            /* what is answered once the rollback has landed */
    enum problem (*work)(struct exchange *exchange); /* what runs on another thread, and what it says */
    enum problem offloaded;
    void (*go_on)(struct exchange *exchange);
};

/* Begins; answers the visit, or fills the cache's entry, sooner or later. */
void exchange_begin(struct visit *visit, const struct match *match, struct fill *fill);
/* The same for a part of a page, which gets what the API would have answered. */
void exchange_begin_part(struct exchange *whole, const struct match *match, text path, text query, size_t part);
void exchange_answer(struct exchange *exchange);
/* The client has gone or needs no answer any more: a read still queued is dropped, a commit under way finishes. */
void exchange_forget(struct visit *visit);
void exchange_refuse(struct exchange *exchange, enum problem problem);
/* Sends the queries already in exchange->flight; `landed` runs when all have their outcome. Refuses by itself when the lane can't. */
void exchange_fly(struct exchange *exchange, enum lane_name lane, void (*landed)(struct exchange *exchange));
void exchange_query(struct exchange *exchange, const struct statement *statement);
void exchange_free_rows(struct exchange *exchange);

/* ---- request.c: from bytes to a request that may be decided on. ---- */
void request_init(struct exchange *exchange, struct visit *visit, const struct match *match);
MUST_USE enum problem request_check(struct exchange *exchange);        /* size, type, headers the route needs */
MUST_USE enum problem request_decode_place(struct exchange *exchange); /* path and query */
MUST_USE enum problem request_decode_body(struct exchange *exchange);  /* and .prepare */

/* Of a part: all but the place is the page's. */
void request_init_part(struct exchange *exchange, const struct match *match, text path, text query);

/* ---- page.c: HTML around what the API answers. ---- */
void page_begin(struct exchange *exchange);
void page_take_part(struct exchange *exchange, size_t part, enum problem problem, text body);

/* ---- session.c ---- */
struct sessions *sessions_new(struct arena *arena);
void sessions_drop(struct sessions *sessions, text account_id); /* "" drops all */
/* Fills request.actor, then goes on with `authorized`, or refuses. */
void session_find(struct exchange *exchange, void (*authorized)(struct exchange *exchange));
text session_cookie(const struct exchange *exchange, text token);
void session_request(struct exchange *exchange, struct visit *visit); /* keeps what it needs of the headers */

/* ---- offload.c ---- */
struct offloads *offloads_new(struct arena *arena);
void offloads_stop(struct offloads *offloads);
enum problem offload_route(struct exchange *exchange); /* the route's .offload, as work */
/* Runs exchange->work on a thread of the pool, then exchange->go_on on the loop. False: the queue is full. */
MUST_USE bool offload_send(struct offloads *offloads, struct exchange *exchange);

/* ---- export.c: rows and plans as files ---- */
const struct field *plan_list(const struct route *route); /* of an answer that is a report: its list; else NULL */
bool export_is_wanted(const struct exchange *exchange);
void export_query(struct exchange *exchange); /* what a file says besides the rows, asked for in the same flight */
/* Makes exchange->answer on another thread, says in exchange->offloaded how it went, then `done` on the loop. */
MUST_USE enum problem export_send(struct exchange *exchange, void (*done)(struct exchange *exchange));
enum page_format page_format_asked(text name);
enum page_format page_format_accepted(text accept);

#endif
