/* For tests of db: a database of their own, an event loop over poll(), and flights that remember landing. */
#ifndef TEST_DB_SUPPORT_H
#define TEST_DB_SUPPORT_H

#include "db/statement.h"

/* A statement only tests know, as if it were a file. */
#define TEST_STATEMENT(identifier, statement_name, statement_sql)                                                      \
    static const char identifier##_sql[] = statement_sql;                                                              \
    static const struct embedded identifier __attribute__((section("statements"), used, aligned(8))) = {               \
        statement_name, identifier##_sql, identifier##_sql + sizeof identifier##_sql - 1}

/* A fresh database in the scratch cluster of `make unit`; gone with test_database_drop. */
struct test_database {
    struct arena *arena;
    struct db *superuser; /* connected to another database */
    const char *name;
    const char *owner_url; /* of the fresh one */
};
struct test_database test_database_new(bool migrated);
void test_database_drop(struct test_database *database);
void test_run(struct db *db, const char *sql); /* must succeed */

/* An event loop, one a test. */
struct test_loop;
struct test_loop *test_loop_new(struct arena *arena);
const struct loop *test_loop_of(struct test_loop *loop);
/* Turns until `done(owner)`; fails the test after some seconds. */
void test_loop_until(struct test_loop *loop, bool (*done)(const void *owner), const void *owner);
void test_loop_turns(struct test_loop *loop, int64_t ms);
/* Turns until no timer is left, so that what was closed can be freed. */
void test_loop_drain(struct test_loop *loop);

/* A flight that needs no waiting code in a test. */
struct test_flight {
    struct flight flight;
    text values[FLIGHT_QUERIES_MAX];
    bool has_landed;
};
void test_flight_add(struct test_flight *flight, const char *statement, const char *value);
enum problem test_flight_send(struct test_flight *flight, struct lane *lane);
void test_flight_land(struct test_flight *flight, struct lane *lane,
                      struct test_loop *loop); /* sends and turns until it landed */
void test_flight_await(struct test_flight *flight, struct test_loop *loop);
text test_flight_value(const struct test_flight *flight, size_t query); /* first column of the first row */
void test_flight_free(struct test_flight *flight);
void test_lane_await(struct lane *lane, struct test_loop *loop); /* until it is up */

#endif
