/* command: the sub-commands of shanhuo. A row each: name, purpose, options, run. What they share: data folder and database. */
#ifndef COMMAND_H
#define COMMAND_H

#include "config.h"
#include "db.h"
#include "http.h"
#include "jobs.h"

enum { EXIT_MISUSE = 2 }; /* beside EXIT_SUCCESS and EXIT_FAILURE: the caller's mistake, said on standard error */

struct invocation;

struct command_option {
    const char *name;  /* "once" is --once */
    const char *value; /* what its value is called in --help; NULL: a switch */
    const char *purpose;
};
#define COMMAND_OPTIONS_END                                                                                            \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

struct command {
    const char *name;    /* one word or two: "serve", "user add" */
    const char *purpose; /* one line */
    const char *words;   /* "FILE", for --help; NULL: takes none */
    size_t words_min, words_max;
    const struct command_option *options;            /* ends with COMMAND_OPTIONS_END; NULL: none */
    int (*run)(const struct invocation *invocation); /* the exit code */
};

/* What main.c hands over: the only place that names every subject. */
struct program {
    const struct command *const *commands; /* ends with NULL */
    const struct route *const *routes;     /* ends with NULL */
    const struct job *const *jobs;         /* ends with NULL */
    const char *const *topics;             /* ends with NULL */
    void (*hand_over_keys)(void);          /* gives subjects the keys they hash with, once config_keys_open has them */
    const char *session_statement, *claim_statement, *answer_statement, *area_statement; /* NULL: not yet there */
    /* Loads the small demo into an empty database, true when it is there; NULL: this build has none. */
    bool (*demo_load_once)(struct arena *arena, const char *database_url);
    void (*demo_print_logins)(FILE *to);
};

struct invocation {
    const struct program *program;
    const struct command *command;
    struct arena *arena;
    const char **option_values; /* parallel to command->options; NULL: not given */
    const char **words;
    size_t words_count;
};
bool invocation_has(const struct invocation *invocation, const char *option);
const char *invocation_value(const struct invocation *invocation, const char *option); /* NULL: not given */

/* Finds the command, reads its options and the settings, runs it. */
int command_run(const struct program *program, int count, const char **words);

/* ---- The data folder ---- */
/* root becomes the system user shanhuo, the folder exists, belongs to us and is the working directory. After this, files only
   root may read are out of reach: open what the caller named before. */
MUST_USE bool home_enter(struct arena *arena);
/* The lock of the data folder, held by whoever runs its database. -1: another process has it. */
MUST_USE int home_lock(struct arena *arena, int64_t patience_ms);

/* ---- The database a command works on: DATABASE_URL, that of a running `serve`, or the embedded one started for us ---- */
struct database {
    const char *app_url, *owner_url, *superuser_url; /* owner and superuser: NULL when unknown */
    struct cluster *cluster;                         /* ours; NULL: it belongs to somebody else */
    struct arena *arena;                             /* of the cluster */
    int lock;                                        /* -1: not ours */
};
/* false after saying why. `alone`: refuses the database of a running `serve`. */
MUST_USE bool database_open(struct arena *arena, bool alone, struct database *database);
MUST_USE bool database_migrate(const struct database *database, size_t *applied);
MUST_USE bool database_restart(struct database *database); /* after its postmaster died */
void database_close(struct database *database);

/* ---- Listening ---- */
/* false after saying what to do when an address is taken or does not exist here. */
MUST_USE bool listen_addresses_are_free(void);
bool listen_is_ready(void); /* the worker answers /readyz */
const char *listen_port(const char *address);

#endif
