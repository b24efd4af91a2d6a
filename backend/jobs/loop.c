/* The loop of `shanhuo jobs`: plain blocking code. Must never run a job without having asked whether it still leads. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "jobs.h"

enum { RECONNECT_MS = 500, BACKOFF_FIRST_MS = 1000, BACKOFF_MS_MAX = 300000, HOUR_MS = 3600000 };
#define HOUR_US (INT64_C(1000) * HOUR_MS)

struct clockwork {
    const struct job *job;
    instant due_at;
    int failures; /* in a row */
};

struct loop_state {
    const struct jobs_settings *settings;
    struct clockwork works[JOBS_MAX];
    size_t works_count;
    struct arena *arena; /* of both connections */
    struct db *lead;     /* holds the lock and does nothing else, so a job's trouble can't cost the lead */
    struct db *db;
    bool leads;
};

static volatile sig_atomic_t stop_wanted;

static void want_stop(int signal)
{
    (void)signal;
    stop_wanted = 1;
}

static void listen_to_signals(sigset_t *while_waiting)
{
    const int signals[] = {SIGTERM, SIGINT};
    sigset_t blocked;
    sigemptyset(&blocked);
    sigprocmask(SIG_SETMASK, NULL, while_waiting);
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        sigaction(signals[i], &(struct sigaction){.sa_handler = want_stop}, NULL);
        sigaddset(&blocked, signals[i]);
        sigdelset(while_waiting, signals[i]);
    }
    /* Delivered only inside ppoll: a stop between the check and the wait must not be missed. */
    sigprocmask(SIG_BLOCK, &blocked, NULL);
}

/* Also while the signal is held back, so that a stop does not wait for every job that is due. */
static bool stop_is_wanted(void)
{
    sigset_t pending;
    sigpending(&pending);
    return stop_wanted || sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

static void wait_ms(int64_t ms, const sigset_t *while_waiting)
{
    struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)ppoll(NULL, 0, &span, while_waiting);
}

static void disconnect(struct loop_state *state)
{
    if (state->lead != NULL)
        db_close(state->lead);
    if (state->db != NULL)
        db_close(state->db);
    if (state->arena != NULL)
        arena_free(state->arena);
    state->lead = state->db = NULL;
    state->arena = NULL;
    state->leads = false;
}

static bool connect_both(struct loop_state *state)
{
    if (state->db != NULL)
        return true;
    state->arena = arena_new();
    state->lead = db_open(state->arena, state->settings->database_url);
    state->db = state->lead == NULL ? NULL : db_open(state->arena, state->settings->database_url);
    if (state->db == NULL)
        disconnect(state);
    return state->db != NULL;
}

static bool db_says_lead(struct db *lead)
{
    struct arena *arena = arena_new();
    struct outcome outcome = {0};
    db_rows_in(lead, arena);
    bool leads = db_run(lead, "jobs/lead", NULL, 0, &outcome) == PROBLEM_NONE &&
                 text_equal(rows_value(outcome.rows, 0, 0), TEXT("t"));
    db_rows_in(lead, NULL);
    arena_free(arena);
    return leads;
}

static bool ask_for_the_lead(struct loop_state *state)
{
    bool leads = db_says_lead(state->lead);
    if (leads != state->leads)
        log_info(leads ? "jobs_lead_won" : "jobs_lead_lost");
    state->leads = leads;
    if (!db_is_up(state->lead))
        disconnect(state);
    return leads;
}

static int64_t backoff_ms(int failures)
{
    int64_t ms = BACKOFF_FIRST_MS;
    for (int i = 1; i < failures && ms < BACKOFF_MS_MAX; i++)
        ms *= 2;
    return ms < BACKOFF_MS_MAX ? ms : BACKOFF_MS_MAX;
}

static enum problem run_logged(const struct job *job, struct db *db)
{
    struct arena *arena = arena_new();
    instant began_at = instant_now();
    db_rows_in(db, arena);
    enum problem problem = job->run(db, arena, began_at);
    db_rows_in(db, NULL);
    int64_t took_ms = (instant_now() - began_at) / 1000;
    if (problem == PROBLEM_NONE)
        log_debug("job_done", LOG_TEXT("job", text_from(job->name)), LOG_INT("took_ms", took_ms));
    else
        log_error("job_failed", LOG_TEXT("job", text_from(job->name)), LOG_INT("took_ms", took_ms),
                  LOG_TEXT("problem", text_from(problem_slug(problem))));
    arena_free(arena);
    return problem;
}

static void work(struct loop_state *state, struct clockwork *work)
{
    enum problem problem = run_logged(work->job, state->db);
    work->failures = problem == PROBLEM_NONE ? 0 : work->failures + 1;
    int64_t wait = problem == PROBLEM_NONE ? work->job->every_ms : backoff_ms(work->failures);
    work->due_at = instant_now() + wait * 1000;
    if (!db_is_up(state->db))
        disconnect(state);
}

bool job_fits_hour(const struct job *job, instant at)
{
    instant midnight = business_day_start(instant_business_day(at));
    return job->night_hour == 0 || (at - midnight) / HOUR_US == job->night_hour;
}

/* One look at the clock. Answers how long to wait for the next. */
static int64_t turn(struct loop_state *state)
{
    if (!connect_both(state) || !ask_for_the_lead(state))
        return state->db == NULL ? RECONNECT_MS : state->settings->tick_ms;
    int64_t wait = state->settings->tick_ms;
    for (size_t i = 0; i < state->works_count && !stop_is_wanted(); i++) {
        struct clockwork *due = &state->works[i];
        if (due->due_at <= instant_now() && !job_fits_hour(due->job, instant_now()))
            due->due_at = instant_now() + due->job->every_ms * 1000;
        if (due->due_at <= instant_now()) {
            if (state->db == NULL || !ask_for_the_lead(state))
                return RECONNECT_MS;
            work(state, due);
        }
        int64_t ms = (due->due_at - instant_now()) / 1000 + 1;
        wait = ms < wait ? ms : wait;
    }
    return wait < 1 ? 1 : wait;
}

static void fill_works(struct loop_state *state)
{
    for (const struct job *const *table = state->settings->tables; *table != NULL; table++) {
        for (const struct job *job = *table; job->name != NULL; job++) {
            must(state->works_count < JOBS_MAX);
            must(job->every_ms > 0);
            must(job->night_hour == 0 || job->every_ms < HOUR_MS); /* or it would miss its hour */
            state->works[state->works_count++].job = job;
        }
    }
}

int jobs_serve(const struct jobs_settings *settings)
{
    struct loop_state state = {.settings = settings};
    sigset_t while_waiting;
    fill_works(&state);
    listen_to_signals(&while_waiting);
    while (!stop_is_wanted())
        wait_ms(turn(&state), &while_waiting);
    disconnect(&state);
    log_info("jobs_stopped");
    return EXIT_SUCCESS;
}

const struct job *job_find(const struct job *const *tables, text name)
{
    for (; *tables != NULL; tables++)
        for (const struct job *job = *tables; job->name != NULL; job++)
            if (text_equal(text_from(job->name), name))
                return job;
    return NULL;
}

enum problem job_run_once(const char *database_url, const struct job *job)
{
    struct arena *arena = arena_new();
    struct db *db = db_open(arena, database_url);
    enum problem problem = db == NULL ? PROBLEM_UNAVAILABLE : run_logged(job, db);
    if (db != NULL)
        db_close(db);
    arena_free(arena);
    return problem;
}

void jobs_print(const struct job *const *tables, FILE *to)
{
    for (; *tables != NULL; tables++) {
        for (const struct job *job = *tables; job->name != NULL; job++) {
            fprintf(to, "%-32s every %lld ms", job->name, (long long)job->every_ms);
            if (job->night_hour > 0)
                fprintf(to, " from %02d:00 to %02d:59", job->night_hour, job->night_hour);
            fputc('\n', to);
        }
    }
}
