/* Inside http: whole public answers, kept for a moment. */
#ifndef HTTP_CACHE_H
#define HTTP_CACHE_H

#include "http/answer.h"
#include "http/router.h"

struct fill;

struct cache *cache_new(struct arena *arena, struct worker *worker);
void cache_serve(struct visit *visit, const struct match *match);
void cache_drop(struct cache *cache, text tag); /* "" drops everything */
/* The visit no longer waits for a fill. */
void cache_forget(struct visit *visit);
/* The answer for everyone who waits; NULL: the refusal instead. */
void fill_end(struct fill *fill, const struct answer *answer, enum problem refusal, const struct problems *problems);

#endif
