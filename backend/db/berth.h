/* Inside db: a lane and its berths. A berth is one connection of a lane: where flights lie while the database works on them. */
#ifndef DB_BERTH_H
#define DB_BERTH_H

#include "db/link.h"

/* What the server still owes us, in the order it was sent. */
struct step {
    enum step_kind { STEP_PREPARE, STEP_QUERY, STEP_SYNC } kind;
    struct flight *flight; /* NULL: a shared Sync, or a proof */
    size_t query, statement, attempt;
    bool ends_flight;
};

struct berth {
    struct link link;
    struct lane *lane;
    struct step *steps; /* a ring */
    size_t steps_first, steps_count, steps_max;
    PGresult *pending;     /* of the first step; its end is not seen yet */
    bool *prepared;        /* by statement index */
    struct flight *in_air; /* oldest first */
    int in_air_count;
    bool unsynced; /* reads were sent whose Sync comes with the end of this turn */
    bool proving;  /* prepares every statement before it serves */
    bool held;     /* a transaction is open here: only its owner's next flight may come */
    bool broken;   /* … and it was lost since */
    instant heard_at;
};

struct flights {
    struct flight *first, *last;
};

struct lane {
    struct arena *arena;
    struct lane_settings settings;
    const struct loop *loop;
    struct berth *berths;
    struct flights waiting, landed;
    int64_t waiting_count;
    struct lane_counts counts;
    bool proved; /* every statement could be prepared once, or nobody asked */
    bool closed, landing_soon, landing_now, sync_soon, watching;
    int timers;
    char *scratch; /* values of one query with their terminators */
};

enum { SCRATCH_BYTES_MAX = 64 * 1024 };

void flights_add(struct flights *flights, struct flight *flight);
struct flight *flights_take(struct flights *flights);

/* ---- berth.c ---- */
void berth_open(struct berth *berth, struct lane *lane, const struct session *session);
bool berth_is_free(const struct berth *berth);
void berth_send(struct berth *berth, struct flight *flight);
void berth_sync(struct berth *berth); /* the Sync of this turn's reads */

/* ---- lane.c, told by berths ---- */
bool lane_is_pipelined(const struct lane *lane); /* reads share a Sync; else each statement has its own */
void lane_sync_soon(struct lane *lane);
void lane_watch(struct lane *lane); /* something is in the air */
void lane_landed(struct lane *lane,
                 struct flight *flight);    /* called back at the end of this turn, never inside lane_send */
void lane_berth_changed(struct lane *lane); /* free, up, down or proved: something may be sent now */
void lane_drained(struct lane *lane);

#endif
