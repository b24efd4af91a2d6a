/* What the lanes need of an event loop, over h2o's evloop: watched descriptors and one-shot timers. */
#include <fcntl.h>
#include <unistd.h>
#include "http/worker.h"

struct watch {
    h2o_socket_t *socket;
    void (*ready)(void *owner, bool readable, bool writable);
    void *owner;
    bool wants_write, armed; /* h2o_socket_notify_write has one slot and can't be taken back */
};

static void watch_readable(h2o_socket_t *socket, const char *error)
{
    (void)error;
    struct watch *watch = socket->data;
    watch->ready(watch->owner, true, false);
}

static void watch_writable(h2o_socket_t *socket, const char *error);

static void watch_arm(struct watch *watch)
{
    if (watch->armed || !watch->wants_write)
        return;
    watch->armed = true;
    h2o_socket_notify_write(watch->socket, watch_writable);
}

static void watch_writable(h2o_socket_t *socket, const char *error)
{
    (void)error;
    struct watch *watch = socket->data;
    watch->armed = false;
    if (!watch->wants_write)
        return;
    watch_arm(watch); /* before the owner is told: it may end the watch */
    watch->ready(watch->owner, false, true);
}

static struct worker *loop_worker(const struct loop *loop)
{
    return loop->inside;
}

static void *loop_watch(const struct loop *loop, int descriptor, void (*ready)(void *, bool, bool), void *owner)
{
    /* h2o_socket_close closes what it was given, and the descriptor belongs to libpq. */
    int ours = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    must(ours >= 0);
    struct watch *watch = h2o_mem_alloc(sizeof *watch);
    *watch = (struct watch){.ready = ready, .owner = owner};
    watch->socket = h2o_evloop_socket_create(loop_worker(loop)->context.loop, ours, H2O_SOCKET_FLAG_DONT_READ);
    watch->socket->data = watch;
    h2o_socket_read_start(watch->socket, watch_readable);
    return watch;
}

static void loop_want_write(const struct loop *loop, void *watch_, bool wanted)
{
    (void)loop;
    struct watch *watch = watch_;
    watch->wants_write = wanted;
    watch_arm(watch);
}

static void loop_unwatch(const struct loop *loop, void *watch_)
{
    (void)loop;
    struct watch *watch = watch_;
    h2o_socket_read_stop(watch->socket);
    h2o_socket_close(watch->socket);
    free(watch);
}

/* h2o keeps one list per duration, each in order of registration. One list whose "registration" is the moment it is due, kept
   sorted by us, serves any duration. */
struct timer {
    h2o_timeout_entry_t entry;
    struct worker *worker;
    void (*run)(void *owner);
    void *owner;
};

static void timer_due(h2o_timeout_entry_t *entry)
{
    struct timer *timer = H2O_STRUCT_FROM_MEMBER(struct timer, entry, entry);
    void (*run)(void *) = timer->run;
    void *owner = timer->owner;
    h2o_linklist_insert(&timer->worker->timers_free, &timer->entry._link);
    run(owner);
}

static struct timer *timer_take(struct worker *worker)
{
    if (!h2o_linklist_is_empty(&worker->timers_free)) {
        struct timer *timer = H2O_STRUCT_FROM_MEMBER(struct timer, entry._link, worker->timers_free.next);
        h2o_linklist_unlink(&timer->entry._link);
        return timer;
    }
    must(worker->timers_count++ < TIMERS_MAX);
    struct timer *timer = arena_alloc(worker->arena, sizeof *timer);
    timer->worker = worker;
    timer->entry.cb = timer_due;
    return timer;
}

static void loop_after(const struct loop *loop, int64_t ms, void (*run)(void *), void *owner)
{
    struct worker *worker = loop_worker(loop);
    struct timer *timer = timer_take(worker);
    timer->run = run;
    timer->owner = owner;
    timer->entry.registered_at = h2o_now(worker->context.loop) + (uint64_t)(ms > 0 ? ms : 0);
    h2o_linklist_t *before = worker->timers._entries.prev;
    while (before != &worker->timers._entries &&
           H2O_STRUCT_FROM_MEMBER(h2o_timeout_entry_t, _link, before)->registered_at > timer->entry.registered_at)
        before = before->prev;
    h2o_linklist_insert(before->next, &timer->entry._link);
}

void loop_init(struct worker *worker)
{
    h2o_linklist_init_anchor(&worker->timers_free);
    h2o_timeout_init(worker->context.loop, &worker->timers, 0);
    worker->loop = (struct loop){
        .watch = loop_watch,
        .want_write = loop_want_write,
        .unwatch = loop_unwatch,
        .after = loop_after,
        .inside = worker,
    };
}

void loop_deinit(struct worker *worker)
{
    while (!h2o_linklist_is_empty(&worker->timers._entries))
        h2o_linklist_unlink(worker->timers._entries.next);
    h2o_timeout_dispose(worker->context.loop, &worker->timers);
}
