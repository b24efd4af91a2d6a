/* A libpq connection as a guest of an event loop: connects, waits and reconnects without ever blocking it. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "db/link.h"

enum { BACKOFF_MS_MIN = 100, BACKOFF_MS_MAX = 2000, CONNECT_MS_MAX = 5000, WHY_BYTES_MAX = 256 };

static void link_poll(struct link *link);

/* ---- Watching ---- */

static void link_unwatch(struct link *link)
{
    if (link->watch == NULL)
        return;
    link->loop->unwatch(link->loop, link->watch);
    (void)close(link->descriptor);
    link->watch = NULL;
}

static void link_want_write(struct link *link, bool wanted)
{
    if (link->wants_write == wanted)
        return;
    link->wants_write = wanted;
    link->loop->want_write(link->loop, link->watch, wanted);
}

static void link_take_input(struct link *link)
{
    const bool alive = PQconsumeInput(link->connection) == 1;
    char why[WHY_BYTES_MAX] = "";
    if (!alive)
        (void)snprintf(why, sizeof why, "%s", PQerrorMessage(link->connection));
    /* Also after the end: the answer to a COMMIT may have come in the same breath. */
    link->heard(link->owner);
    if (!alive && link->state == LINK_UP)
        link_fail(link, text_trim(text_from(why)));
}

static void link_ready(void *owner, bool readable, bool writable)
{
    struct link *link = owner;
    if (link->state == LINK_CONNECTING) {
        if (link->awaited == PGRES_POLLING_WRITING ? writable : readable)
            link_poll(link);
        return;
    }
    if (writable && link->state == LINK_UP)
        link_flush(link);
    if (readable && link->state == LINK_UP)
        link_take_input(link);
}

/* libpq owns its descriptor and may change it with every step of connecting, so the loop watches a copy. */
static bool link_watch(struct link *link)
{
    link_unwatch(link);
    link->wants_write = false;
    link->descriptor = fcntl(PQsocket(link->connection), F_DUPFD_CLOEXEC, 0);
    if (link->descriptor < 0)
        return false;
    link->watch = link->loop->watch(link->loop, link->descriptor, link_ready, link);
    return link->watch != NULL;
}

/* ---- Timers: a loop can't take one back, so memory stays until the last has run ---- */

static void link_after(struct link *link, int64_t ms, void (*run)(void *owner))
{
    link->timers++;
    link->loop->after(link->loop, ms, run, link);
}

/* False: closed meanwhile, touch nothing more. */
static bool link_timer_ran(struct link *link)
{
    link->timers--;
    if (!link->closed)
        return true;
    if (link->timers == 0)
        link->drained(link->owner);
    return false;
}

/* ---- Connecting ---- */

static void link_connect_late(void *owner)
{
    struct link *link = owner;
    if (link_timer_ran(link) && link->state == LINK_CONNECTING && instant_now() >= link->connect_deadline)
        link_fail(link, TEXT("no answer in time"));
}

static void link_connect(struct link *link)
{
    link->connection = PQconnectStartParams(link->session->keywords, link->session->values, 1);
    must(link->connection != NULL);
    link->state = LINK_CONNECTING;
    link->awaited = PGRES_POLLING_WRITING;
    link->connect_deadline = instant_now() + (instant)CONNECT_MS_MAX * 1000;
    if (PQstatus(link->connection) == CONNECTION_BAD || !link_watch(link)) {
        link_fail(link, session_complaint(link->connection));
        return;
    }
    link_want_write(link, true);
    link_after(link, CONNECT_MS_MAX + 1, link_connect_late);
}

static void link_connected(struct link *link)
{
    if (PQsetnonblocking(link->connection, 1) != 0) {
        link_fail(link, session_complaint(link->connection));
        return;
    }
    session_hush(link->connection);
    link->state = LINK_UP;
    link->backoff_ms = 0;
    if (link->complained)
        log_info("database_back", LOG_TEXT("link", text_from(link->name)));
    link->complained = false;
    link->up(link->owner);
}

static void link_poll(struct link *link)
{
    link->awaited = PQconnectPoll(link->connection);
    if (link->awaited == PGRES_POLLING_FAILED || !link_watch(link))
        link_fail(link, session_complaint(link->connection));
    else if (link->awaited == PGRES_POLLING_OK)
        link_connected(link);
    else
        link_want_write(link, link->awaited == PGRES_POLLING_WRITING);
}

/* ---- Failing and coming back ---- */

static void link_retry(void *owner)
{
    struct link *link = owner;
    if (link_timer_ran(link) && link->state == LINK_DOWN)
        link_connect(link);
}

/* Doubled each time; the spread keeps a hundred connections from knocking in step. */
static int64_t link_next_delay(struct link *link)
{
    uint8_t spread;
    random_bytes(&spread, sizeof spread);
    link->backoff_ms = link->backoff_ms == 0 ? BACKOFF_MS_MIN : link->backoff_ms * 2;
    if (link->backoff_ms > BACKOFF_MS_MAX)
        link->backoff_ms = BACKOFF_MS_MAX;
    return link->backoff_ms - link->backoff_ms * spread / 1024;
}

static void link_disconnect(struct link *link)
{
    link_unwatch(link);
    PQfinish(link->connection);
    link->connection = NULL;
    link->state = LINK_DOWN;
}

/* One line when it goes, one when it is back: not one for every attempt between. */
static void link_complain(struct link *link, text why)
{
    if (!link->complained)
        log_warn("database_away", LOG_TEXT("link", text_from(link->name)), LOG_TEXT("reason", why));
    link->complained = true;
}

void link_fail(struct link *link, text why)
{
    const bool was_up = link->state == LINK_UP;
    link_complain(link, why);
    link_disconnect(link);
    link_after(link, link_next_delay(link), link_retry);
    if (was_up)
        link->down(link->owner);
}

void link_flush(struct link *link)
{
    const int left = PQflush(link->connection);
    if (left < 0)
        link_fail(link, session_complaint(link->connection));
    else
        link_want_write(link, left == 1);
}

void link_open(struct link *link)
{
    must(link->state == LINK_DOWN && link->connection == NULL);
    link_connect(link);
}

void link_close(struct link *link)
{
    const bool was_up = link->state == LINK_UP;
    link->closed = true;
    if (link->state != LINK_DOWN)
        link_disconnect(link);
    if (was_up)
        link->down(link->owner);
}
