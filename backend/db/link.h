/* Inside db: one libpq connection on an event loop, that comes back by itself. Lanes and the ear stand on it. */
#ifndef DB_LINK_H
#define DB_LINK_H

#include "db/session.h"

enum link_state { LINK_DOWN, LINK_CONNECTING, LINK_UP };

struct link {
    const struct loop *loop;
    const struct session *session;
    const char *name; /* for the log */
    void *owner;
    void (*up)(void *owner);
    void (*heard)(void *owner);   /* input was consumed: take results and notifications while there are any */
    void (*down)(void *owner);    /* it was up; connection-bound state is void */
    void (*drained)(void *owner); /* closed, and no timer will call again: memory may go */

    PGconn *connection;
    enum link_state state;
    PostgresPollingStatusType awaited;
    void *watch;
    int descriptor;
    bool wants_write, closed, complained;
    int timers;
    int64_t backoff_ms;
    instant connect_deadline;
};

void link_open(struct link *link); /* the fields above the empty line are set */
void link_flush(struct link *link);
/* Ends the connection and tries again later. */
void link_fail(struct link *link, text why);
void link_close(struct link *link);

#endif
