/* See db_support.h. */
#include <criterion/criterion.h>
#include <poll.h>
#include <unistd.h>

#include "db_support.h"

enum { WATCHES_MAX = 32, TIMERS_MAX = 256, PATIENCE_MS = 15000 };

/* ---- Databases ---- */

static const char *url_with_database(struct arena *arena, const char *url, const char *database)
{
    const char *question = strchr(url, '?');
    cr_assert_not_null(question);
    return text_terminated(arena, text_format(arena, "postgresql:///%s%s", database, question));
}

void test_run(struct db *db, const char *sql)
{
    struct outcome outcome;
    cr_assert_eq(db_script(db, text_from(sql), &outcome), PROBLEM_NONE, "%s: %s", sql, outcome.message);
}

static void test_database_migrate(const struct test_database *database)
{
    size_t applied;
    struct db *owner = db_open(database->arena, database->owner_url);
    cr_assert(owner != NULL && migrations_apply(owner, &applied));
    db_close(owner);
}

struct test_database test_database_new(bool migrated)
{
    struct test_database database = {.arena = arena_new()};
    const char *superuser_url = getenv("DATABASE_SUPERUSER_URL"), *owner_url = getenv("DATABASE_OWNER_URL");
    cr_assert(superuser_url != NULL && owner_url != NULL, "run by `make unit`, which starts a scratch cluster");
    log_open(STDERR_FILENO, LOG_LEVEL_ERROR);
    database.name = text_terminated(database.arena, text_format(database.arena, "t_%d", (int)getpid()));
    database.owner_url = url_with_database(database.arena, owner_url, database.name);
    database.superuser = db_open(database.arena, superuser_url);
    cr_assert_not_null(database.superuser);
    const text create = text_format(database.arena, "CREATE DATABASE %s OWNER shanhuo_owner", database.name);
    test_run(database.superuser, text_terminated(database.arena, create));
    if (migrated)
        test_database_migrate(&database);
    return database;
}

void test_database_drop(struct test_database *database)
{
    const text drop = text_format(database->arena, "DROP DATABASE %s WITH (FORCE)", database->name);
    test_run(database->superuser, text_terminated(database->arena, drop));
    db_close(database->superuser);
    arena_free(database->arena);
}

/* ---- The loop ---- */

struct watch {
    bool used, wants_write;
    int descriptor;
    void (*ready)(void *owner, bool readable, bool writable);
    void *owner;
};
struct timer {
    int64_t at_ms; /* 0: free */
    void (*run)(void *owner);
    void *owner;
};
struct test_loop {
    struct loop loop;
    struct watch watches[WATCHES_MAX];
    struct timer timers[TIMERS_MAX];
};

static int64_t now_ms(void)
{
    return instant_now() / 1000;
}

static void *loop_watch(const struct loop *loop, int descriptor, void (*ready)(void *, bool, bool), void *owner)
{
    struct test_loop *test = loop->inside;
    for (size_t i = 0; i < WATCHES_MAX; i++) {
        if (test->watches[i].used)
            continue;
        test->watches[i] = (struct watch){true, false, descriptor, ready, owner};
        return &test->watches[i];
    }
    return NULL;
}

static void loop_want_write(const struct loop *loop, void *watch, bool wanted)
{
    (void)loop;
    ((struct watch *)watch)->wants_write = wanted;
}

static void loop_unwatch(const struct loop *loop, void *watch)
{
    (void)loop;
    ((struct watch *)watch)->used = false;
}

static void loop_after(const struct loop *loop, int64_t ms, void (*run)(void *owner), void *owner)
{
    struct test_loop *test = loop->inside;
    for (size_t i = 0; i < TIMERS_MAX; i++) {
        if (test->timers[i].at_ms != 0)
            continue;
        test->timers[i] = (struct timer){now_ms() + ms, run, owner};
        return;
    }
    cr_assert_fail("too many timers");
}

struct test_loop *test_loop_new(struct arena *arena)
{
    struct test_loop *test = arena_alloc(arena, sizeof *test);
    test->loop = (struct loop){loop_watch, loop_want_write, loop_unwatch, loop_after, test};
    return test;
}

const struct loop *test_loop_of(struct test_loop *loop)
{
    return &loop->loop;
}

static void loop_poll(struct test_loop *loop)
{
    struct pollfd polled[WATCHES_MAX];
    for (size_t i = 0; i < WATCHES_MAX; i++) {
        const struct watch *watch = &loop->watches[i];
        polled[i] = (struct pollfd){watch->used ? watch->descriptor : -1,
                                    (short)(POLLIN | (watch->wants_write ? POLLOUT : 0)), 0};
    }
    (void)poll(polled, WATCHES_MAX, 1);
    for (size_t i = 0; i < WATCHES_MAX; i++) {
        const bool ended = (polled[i].revents & (POLLERR | POLLHUP)) != 0;
        if (polled[i].revents != 0 && loop->watches[i].used && loop->watches[i].descriptor == polled[i].fd)
            loop->watches[i].ready(loop->watches[i].owner, ended || (polled[i].revents & POLLIN) != 0,
                                   ended || (polled[i].revents & POLLOUT) != 0);
    }
}

static void loop_run_timers(struct test_loop *loop)
{
    for (size_t i = 0; i < TIMERS_MAX; i++) {
        const struct timer timer = loop->timers[i];
        if (timer.at_ms == 0 || timer.at_ms > now_ms())
            continue;
        loop->timers[i].at_ms = 0;
        timer.run(timer.owner);
    }
}

static void loop_turn(struct test_loop *loop)
{
    loop_run_timers(loop);
    loop_poll(loop);
    loop_run_timers(loop);
}

void test_loop_until(struct test_loop *loop, bool (*done)(const void *owner), const void *owner)
{
    const int64_t deadline = now_ms() + PATIENCE_MS;
    while (!done(owner)) {
        cr_assert_lt(now_ms(), deadline, "the loop turned in vain");
        loop_turn(loop);
    }
}

void test_loop_turns(struct test_loop *loop, int64_t ms)
{
    for (const int64_t until = now_ms() + ms; now_ms() < until;)
        loop_turn(loop);
}

static bool loop_is_idle(const void *owner)
{
    const struct test_loop *loop = owner;
    for (size_t i = 0; i < TIMERS_MAX; i++)
        if (loop->timers[i].at_ms != 0)
            return false;
    return true;
}

void test_loop_drain(struct test_loop *loop)
{
    /* Time flies: nobody waits for the retry of what is closed. */
    for (size_t i = 0; i < TIMERS_MAX; i++)
        if (loop->timers[i].at_ms != 0)
            loop->timers[i].at_ms = 1;
    test_loop_until(loop, loop_is_idle, loop);
}

/* ---- Flights and lanes ---- */

void test_flight_add(struct test_flight *flight, const char *statement, const char *value)
{
    const size_t at = flight->flight.queries_count++;
    flight->values[at] = value == NULL ? TEXT_NONE : text_from(value);
    flight->flight.queries[at] = (struct query){.statement = statement_find(text_from(statement))};
    cr_assert_not_null(flight->flight.queries[at].statement, "%s", statement);
}

static void test_flight_landed(struct flight *flight)
{
    struct test_flight *test = flight->owner;
    test->has_landed = true;
}

enum problem test_flight_send(struct test_flight *flight, struct lane *lane)
{
    for (size_t i = 0; i < flight->flight.queries_count; i++)
        flight->flight.queries[i].values = &flight->values[i];
    flight->flight.landed = test_flight_landed;
    flight->flight.owner = flight;
    flight->has_landed = false;
    return lane_send(lane, &flight->flight);
}

static bool flight_has_landed(const void *owner)
{
    const struct test_flight *flight = owner;
    return flight->has_landed;
}

void test_flight_await(struct test_flight *flight, struct test_loop *loop)
{
    test_loop_until(loop, flight_has_landed, flight);
}

void test_flight_land(struct test_flight *flight, struct lane *lane, struct test_loop *loop)
{
    cr_assert_eq(test_flight_send(flight, lane), PROBLEM_NONE);
    test_flight_await(flight, loop);
}

text test_flight_value(const struct test_flight *flight, size_t query)
{
    const struct outcome *outcome = &flight->flight.outcomes[query];
    cr_assert_eq(outcome->kind, OUTCOME_ROWS, "%s %s", outcome->sqlstate, outcome->message);
    return rows_value(outcome->rows, 0, 0);
}

void test_flight_free(struct test_flight *flight)
{
    for (size_t i = 0; i < flight->flight.queries_count; i++)
        rows_free(flight->flight.outcomes[i].rows);
}

static bool lane_came_up(const void *owner)
{
    return lane_is_up(owner);
}

void test_lane_await(struct lane *lane, struct test_loop *loop)
{
    test_loop_until(loop, lane_came_up, lane);
}
