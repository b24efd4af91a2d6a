/* Inside http: the life of one request between two SQL statements. Two holders: the visit, and whatever is under way. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/answer.h"
#include "http/router.h"

struct fill;

struct exchange {
    struct arena *arena;
    struct worker *worker;
    struct connection *connection;
    struct visit *visit; /* NULL: the client has gone, or was answered */
    struct fill *fill;   /* not NULL: the answer goes to the cache */
    bool under_way;      /* the other holder: a flight, an offload, a pause */
    const struct route *route;
    struct match match;
    struct request request;
    struct reply reply;
    struct problems problems;
    struct decoded *decoded;
    struct bound *bound; /* from .prepare */
    struct page page;
    text query, idempotency_key, request_hash, if_match, plan_json, public_origin;
    struct header_copy *headers;
    void *body, *facts, *plan;
    struct answer answer;
    struct flight flight;
    size_t first_apply, attempts;
    enum problem refusal; /* what is answered once the rollback has landed */
    bool answers_stored;
    void (*go_on)(struct exchange *exchange);
};

/* Begins; answers the visit, or fills the cache's entry, sooner or later. */
void exchange_begin(struct visit *visit, const struct match *match, struct fill *fill);
/* The client has gone or needs no answer any more: reads still queued are dropped, a commit under way finishes. */
void exchange_forget(struct visit *visit);

void exchange_refuse(struct exchange *exchange, enum problem problem);

/* ---- session.c ---- */
struct sessions *sessions_new(struct arena *arena);
void sessions_drop(struct sessions *sessions, text account_id);
/* Fills request.actor, then goes on with `authorized` or refuses. */
void session_find(struct exchange *exchange, void (*authorized)(struct exchange *exchange));
text session_cookie(struct exchange *exchange, text token);

/* ---- offload.c ---- */
struct offloads *offloads_new(struct arena *arena);
void offloads_stop(struct offloads *offloads);
/* Runs the route's .offload on a thread of the pool, then exchange->go_on on the loop. False: the queue is full. */
MUST_USE bool offload_send(struct exchange *exchange, enum problem *outcome);

/* ---- exchange.c, for session.c ---- */
void exchange_fly(struct exchange *exchange, enum lane_name lane, void (*landed)(struct exchange *exchange));

#endif
