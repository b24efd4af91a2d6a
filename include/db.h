/* db: lanes, statements, migrations, the embedded cluster. The only folder that includes libpq. */
#ifndef DB_H
#define DB_H

#include "base.h"

/* ---- Statements: every backend/<subject>/<name>.sql, embedded by the build, named "<subject>/<name>". ---- */
struct statement {
    const char *name;
    const char *sql; /* :names turned into $1 … */
    const char *parameters[STATEMENT_PARAMETERS_MAX];
    size_t parameters_count;
};
/* Parses the embedded files once; aborts on a statement that breaks a limit. Call first. */
void statements_init(void);
const struct statement *statement_find(text name); /* NULL when there is none */
size_t statements_count(void);
const struct statement *statement_at(size_t index);

/* ---- Rows: the result of one query. ---- */
enum column_kind { COLUMN_TEXT, COLUMN_INT, COLUMN_BOOL, COLUMN_JSON, COLUMN_INSTANT, COLUMN_DATE };
struct rows;
size_t rows_count(const struct rows *rows);
size_t rows_columns(const struct rows *rows);
const char *rows_name(const struct rows *rows, size_t column);
int rows_column(const struct rows *rows, const char *name); /* -1: none */
enum column_kind rows_kind(const struct rows *rows, size_t column);
text rows_value(const struct rows *rows, size_t row, size_t column); /* TEXT_NONE: null; lives as long as rows */
size_t rows_changed(const struct rows *rows);                        /* from the command tag */
const char *rows_tag(const struct rows *rows);
void rows_free(struct rows *rows);

/* ---- Lanes: asynchronous, one event loop each. No call waits. ---- */
/* What a lane needs of an event loop; http gives it one over h2o's. */
struct loop {
    void *(*watch)(const struct loop *loop, int descriptor, void (*ready)(void *owner, bool readable, bool writable),
                   void *owner);
    void (*want_write)(const struct loop *loop, void *watch, bool wanted);
    void (*unwatch)(const struct loop *loop, void *watch); /* does not close the descriptor */
    void (*after)(const struct loop *loop, int64_t ms, void (*run)(void *owner),
                  void *owner); /* 0: at the end of this turn */
    void *inside;
};

enum outcome_kind { OUTCOME_NONE, OUTCOME_ROWS, OUTCOME_REFUSED, OUTCOME_SKIPPED, OUTCOME_LOST };
struct outcome {
    enum outcome_kind
        kind; /* REFUSED: an SQL error; SKIPPED: after one in the same flight; LOST: the connection went, effect unknown */
    struct rows *rows; /* freed by the flight's owner */
    char sqlstate[6];
    char slug[96]; /* the violated constraint, or the slug that refuse('…') raised */
    char message[256];
};
struct query {
    const struct statement *statement;
    const text *values; /* one a parameter, text format; .at NULL = SQL null; alive until landed */
};
/* One or more queries sent together, answered together. In a write lane the first flight takes a connection; while
   keeps_transaction is set the connection stays with `berth` for the next flight. */
struct flight {
    struct query queries[FLIGHT_QUERIES_MAX];
    size_t queries_count;
    struct outcome outcomes[FLIGHT_QUERIES_MAX];
    bool keeps_transaction;
    struct berth *berth;
    void (*landed)(struct flight *flight);
    void *owner;
    struct flight *next; /* the lane's */
    bool abandoned;      /* set by the owner: if still queued, it lands without being sent */
};
struct lane_settings {
    const char *url;
    int connections, depth, waiting_max; /* depth: flights at once a connection; write lanes 1 */
    int64_t statement_ms_max, idle_transaction_ms_max;
    bool prepares_all; /* the first connection of this lane prepares every statement at start */
    const char *application_name;
};
struct lane;
/* Up after the first connection (and proof) has come; `loop` must outlive the lane and its timers, the url need not. */
struct lane *lane_open(const struct lane_settings *settings, const struct loop *loop);
/* PROBLEM_NONE: it will land, later. PROBLEM_UNAVAILABLE: database away or queue full; it does not land. A flight whose `berth` is set
   (copied from the one before) goes on in that transaction and is never refused while the lane is open; give a transaction up by sending
   "db/rollback" with its berth and keeps_transaction false. After landing, berth is NULL unless the transaction is still held. */
MUST_USE enum problem lane_send(struct lane *lane, struct flight *flight);
bool lane_is_up(const struct lane *lane);
struct lane_counts {
    int64_t sent, landed, refused, waiting, connections_up, reconnects;
};
struct lane_counts lane_counts(const struct lane *lane);
void lane_close(struct lane *lane); /* what is still under way lands inside this call, as lost */

/* LISTEN on its own connection, reconnecting; `heard(topic, payload)` per notice, and heard("", "") after each (re)connect: drop every cache. */
struct ear;
struct ear *ear_open(const char *url, const char *const *topics, const struct loop *loop,
                     void (*heard)(void *owner, text topic, text payload), void *owner);
void ear_close(struct ear *ear);

/* ---- Blocking connections for jobs and sub-commands. ---- */
struct db;
struct parameter {
    const char *name;
    text value;
};
struct db *db_open(struct arena *arena, const char *url); /* NULL after logging why */
void db_close(struct db *db);
bool db_is_up(
    const struct db *db); /* once false it stays false: the effect of the last call is unknown, open another */
/* Rows of the following calls live as long as `arena` (NULL: as long as the connection's own). Never rows_free them. */
void db_rows_in(struct db *db, struct arena *arena);
/* Runs one named statement. Missing names bind as null. PROBLEM_UNAVAILABLE: the connection went; else what the refusal means. */
MUST_USE enum problem db_run(struct db *db, const char *statement, const struct parameter *parameters, size_t count,
                             struct outcome *outcome);
#define DB_RUN(db, statement, outcome, ...)                                                                            \
    db_run(db, statement, (const struct parameter[]){__VA_ARGS__},                                                     \
           sizeof((const struct parameter[]){__VA_ARGS__}) / sizeof(struct parameter), outcome)
/* Several SQL commands without parameters, for migrations and settings. */
MUST_USE enum problem db_script(struct db *db, text sql, struct outcome *outcome);
MUST_USE bool db_copy_begin(struct db *db, const char *copy_command);       /* "COPY areas (…) FROM STDIN" */
MUST_USE bool db_copy_row(struct db *db, const text *values, size_t count); /* escaped here; .at NULL = null */
MUST_USE bool db_copy_end(struct db *db, struct outcome *outcome);

/* ---- Migrations: embedded migrations/NNNN_subject.sql, forward only, checksummed, under a lock. ---- */
/* Applies what is missing as the owner; refuses a changed or unknown applied migration. Logs one line each. */
MUST_USE bool migrations_apply(struct db *owner, size_t *applied);

/* ---- The embedded cluster: a private PostgreSQL in the data folder, Unix socket only. ---- */
struct cluster_settings {
    const char *
        data_folder; /* absolute; the cluster lives in <data_folder>/postgres, its socket in a short folder of its own */
    bool fast_for_tests; /* fsync off: throw-away data only */
};
/* initdb when new (data checksums, C.UTF-8, ICU available), adopts or cleans up after SIGKILL, starts, waits until ready, creates the
   roles shanhuo_owner and shanhuo_app and the database shanhuo. Must not run as root. Fills both URLs. NULL after logging why. */
struct cluster;
struct cluster *cluster_start(struct arena *arena, const struct cluster_settings *settings);
const char *cluster_app_url(const struct cluster *cluster);
const char *cluster_owner_url(const struct cluster *cluster);
const char *cluster_superuser_url(const struct cluster *cluster); /* demo loading only */
bool cluster_is_running(struct cluster *cluster);
/* Transactions are numbered from above `last` on: rows of another cluster remember the numbers that wrote them there. Restarts it. */
MUST_USE bool cluster_count_on(struct cluster *cluster, uint64_t last);
void cluster_stop(struct cluster *cluster); /* fast shutdown, bounded, then immediate */

#endif
