/* supervisor: processes that are started, watched, restarted and stopped by this one, and die with it. Knows nothing of what they do. */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

#include <sys/types.h>

#include "base.h"

struct child {
    const char *name;
    int (*run)(const void *owner); /* in a process of its own; its exit code */
    const void *owner;
    pid_t pid; /* 0: not running */
    instant started_at, start_at;
    int64_t wait_ms;
};

/* Signals wake a wait from here on. SIGTERM, SIGINT and SIGHUP ask to stop; SIGPIPE is ignored. */
MUST_USE bool supervisor_begin(void);
bool supervisor_must_stop(void);
/* Returns early when a child ends or a stop is asked for. */
void supervisor_wait(int64_t ms);

bool child_start(struct child *child);
/* True once after its end; the child is then not running. */
bool child_has_ended(struct child *child, int *status);
/* Starts it again when it ended: at once the first time, later the more often it dies quickly. */
void child_watch(struct child *child);
/* SIGTERM, and SIGKILL after ms_max. */
void child_stop(struct child *child, int64_t ms_max);
/* Runs one long step to its end; a stop that is asked for ends it. True when it exited with 0. */
MUST_USE bool child_run_step(int (*run)(const void *owner), const void *owner);

#endif
