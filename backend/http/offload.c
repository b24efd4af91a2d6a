/* Work off the loop: two threads and a bounded queue a pool. A password hash must hold neither a loop nor a transaction, and the files
   people ask for have a pool of their own, lest they keep others from logging in. */
#include "http/exchange.h"

#define OFFLOAD_THREADS 2
#define OFFLOADS_MAX 64

struct offload {
    struct message message; /* first */
    struct exchange *exchange;
};
struct offloads {
    pthread_mutex_t lock;
    pthread_cond_t work;
    pthread_t threads[OFFLOAD_THREADS];
    struct offload *queue[OFFLOADS_MAX];
    size_t head, count;
    bool stops;
};

static void offload_back(struct worker *worker, struct message *message)
{
    (void)worker;
    struct exchange *exchange = ((struct offload *)message)->exchange;
    log_set_request_id(exchange->request.request_id);
    exchange->go_on(exchange);
    log_set_request_id(TEXT_NONE);
}

static struct offload *offload_take(struct offloads *offloads)
{
    struct offload *taken = NULL;
    pthread_mutex_lock(&offloads->lock);
    while (offloads->count == 0 && !offloads->stops)
        pthread_cond_wait(&offloads->work, &offloads->lock);
    if (offloads->count > 0) {
        taken = offloads->queue[offloads->head];
        offloads->head = (offloads->head + 1) % OFFLOADS_MAX;
        offloads->count--;
    }
    pthread_mutex_unlock(&offloads->lock);
    return taken;
}

static void *offload_run(void *offloads)
{
    for (struct offload *offload; (offload = offload_take(offloads)) != NULL;) {
        struct exchange *exchange = offload->exchange;
        log_set_request_id(exchange->request.request_id);
        exchange->offloaded = exchange->work(exchange);
        log_set_request_id(TEXT_NONE);
        worker_tell(exchange->worker, &offload->message);
    }
    return NULL;
}

struct offloads *offloads_new(struct arena *arena)
{
    struct offloads *offloads = arena_alloc(arena, sizeof *offloads);
    pthread_mutex_init(&offloads->lock, NULL);
    pthread_cond_init(&offloads->work, NULL);
    for (size_t i = 0; i < OFFLOAD_THREADS; i++)
        must(pthread_create(&offloads->threads[i], NULL, offload_run, offloads) == 0);
    return offloads;
}

void offloads_stop(struct offloads *offloads)
{
    pthread_mutex_lock(&offloads->lock);
    offloads->stops = true;
    pthread_cond_broadcast(&offloads->work);
    pthread_mutex_unlock(&offloads->lock);
    for (size_t i = 0; i < OFFLOAD_THREADS; i++)
        pthread_join(offloads->threads[i], NULL);
}

enum problem offload_route(struct exchange *exchange)
{
    return exchange->route->offload(&exchange->request, exchange->facts, exchange->plan, &exchange->problems);
}

bool offload_send(struct offloads *offloads, struct exchange *exchange)
{
    struct offload *offload = arena_alloc(exchange->arena, sizeof *offload);
    *offload = (struct offload){{.run = offload_back}, exchange};
    pthread_mutex_lock(&offloads->lock);
    bool fits = offloads->count < OFFLOADS_MAX;
    if (fits)
        offloads->queue[(offloads->head + offloads->count++) % OFFLOADS_MAX] = offload;
    pthread_cond_signal(&offloads->work);
    pthread_mutex_unlock(&offloads->lock);
    return fits;
}
