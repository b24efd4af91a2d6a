/* Lanes over a real PostgreSQL: pipelined reads, transactions over two flights, and what happens when the database goes. */
#include <criterion/criterion.h>
#include <signal.h>

#include "db_support.h"

TEST_STATEMENT(echo_file, "test/echo", "SELECT :value");
TEST_STATEMENT(divide_file, "test/divide", "SELECT 1 / :value::bigint AS part");
TEST_STATEMENT(nap_file, "test/nap", "SELECT pg_sleep(:value::float8)::text");
TEST_STATEMENT(kinds_file, "test/kinds",
               "SELECT 1::smallint AS a, true AS b, '[1]'::jsonb AS c, 'epoch'::timestamptz AS d, '2026-11-23'::date "
               "AS e, :value AS f, "
               "NULL::int AS g");
TEST_STATEMENT(raise_file, "test/raise", "SELECT refuse(:value)");
TEST_STATEMENT(
    insert_file, "test/insert",
    "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (:value::integer, 'test', '', 'epoch')");
TEST_STATEMENT(count_file, "test/count", "SELECT count(*) FROM schema_migration WHERE number = :value::integer");

static struct test_database database;
static struct test_loop *loop;
static struct lane *lane;

static void open_lane(int connections, int depth, int waiting_max)
{
    database = test_database_new(true);
    loop = test_loop_new(database.arena);
    lane = lane_open(&(struct lane_settings){.url = database.owner_url,
                                             .connections = connections,
                                             .depth = depth,
                                             .waiting_max = waiting_max,
                                             .statement_ms_max = 5000,
                                             .idle_transaction_ms_max = 5000,
                                             .application_name = "test"},
                     test_loop_of(loop));
    test_lane_await(lane, loop);
}

static void open_proving_lane(bool migrated)
{
    database = test_database_new(migrated);
    loop = test_loop_new(database.arena);
    lane = lane_open(&(struct lane_settings){.url = database.owner_url,
                                             .connections = 2,
                                             .depth = 8,
                                             .waiting_max = 8,
                                             .prepares_all = true,
                                             .application_name = "test"},
                     test_loop_of(loop));
    test_lane_await(lane, loop);
}

static void close_lane(void)
{
    lane_close(lane);
    test_loop_drain(loop);
    test_database_drop(&database);
}

static void terminate_backends(void)
{
    const text sql = text_format(
        database.arena, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'", database.name);
    test_run(database.superuser, text_terminated(database.arena, sql));
}

static bool count_is(const char *number, const char *expected)
{
    struct test_flight flight = {0};
    test_flight_add(&flight, "test/count", number);
    test_flight_land(&flight, lane, loop);
    const bool same = text_equal(test_flight_value(&flight, 0), text_from(expected));
    test_flight_free(&flight);
    return same;
}

/* ---- Reads ---- */

Test(db_lane, reads_of_one_turn_are_answered_each_with_its_own)
{
    enum { READS = 40 };
    struct test_flight flights[READS] = {0};
    char words[READS][16];
    open_lane(2, 16, READS);
    for (int i = 0; i < READS; i++) {
        (void)snprintf(words[i], sizeof words[i], "w%d", i);
        test_flight_add(&flights[i], "test/echo", words[i]);
        cr_assert_eq(test_flight_send(&flights[i], lane), PROBLEM_NONE);
    }
    for (int i = 0; i < READS; i++) {
        test_flight_await(&flights[i], loop);
        cr_expect(text_equal(test_flight_value(&flights[i], 0), text_from(words[i])));
        test_flight_free(&flights[i]);
    }
    close_lane();
}

Test(db_lane, a_failing_read_spoils_no_neighbour)
{
    struct test_flight flights[5] = {0};
    open_lane(1, 8, 8);
    for (size_t i = 0; i < 5; i++) {
        test_flight_add(&flights[i], "test/divide", i % 2 == 1 ? "0" : "1");
        cr_assert_eq(test_flight_send(&flights[i], lane), PROBLEM_NONE);
    }
    for (size_t i = 0; i < 5; i++) {
        test_flight_await(&flights[i], loop);
        if (i % 2 == 1)
            cr_expect_str_eq(flights[i].flight.outcomes[0].sqlstate, "22012");
        else
            cr_expect(text_equal(test_flight_value(&flights[i], 0), TEXT("1")));
        test_flight_free(&flights[i]);
    }
    close_lane();
}

Test(db_lane, a_statement_whose_preparing_was_aborted_is_prepared_again)
{
    struct test_flight bad = {0}, first = {0}, second = {0};
    open_lane(1, 8, 8);
    test_flight_add(&bad, "test/divide", "0");
    test_flight_add(&first, "test/echo", "first");
    test_flight_add(&second, "test/echo", "second");
    cr_assert_eq(test_flight_send(&bad, lane), PROBLEM_NONE);
    cr_assert_eq(test_flight_send(&first, lane), PROBLEM_NONE);
    test_loop_turns(loop, 0);
    cr_assert_eq(test_flight_send(&second, lane), PROBLEM_NONE);
    test_flight_await(&second, loop);
    test_flight_await(&first, loop);
    cr_expect(text_equal(test_flight_value(&first, 0), TEXT("first")));
    cr_expect(text_equal(test_flight_value(&second, 0), TEXT("second")));
    test_flight_free(&first);
    test_flight_free(&second);
    close_lane();
}

Test(db_lane, columns_tell_their_kind)
{
    static const enum column_kind kinds[] = {COLUMN_INT,  COLUMN_BOOL, COLUMN_JSON, COLUMN_INSTANT,
                                             COLUMN_DATE, COLUMN_TEXT, COLUMN_INT};
    struct test_flight flight = {0};
    open_lane(1, 8, 8);
    test_flight_add(&flight, "test/kinds", "中文");
    test_flight_land(&flight, lane, loop);
    cr_assert(text_equal(test_flight_value(&flight, 0), TEXT("1")));
    const struct rows *rows = flight.flight.outcomes[0].rows;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        cr_expect_eq(rows_kind(rows, i), kinds[i]);
    cr_expect(text_equal(rows_value(rows, 0, 3), TEXT("1970-01-01 00:00:00+00")));
    cr_expect(text_equal(rows_value(rows, 0, 5), TEXT("中文")));
    cr_expect_null(rows_value(rows, 0, 6).at);
    cr_expect_eq(rows_column(rows, "e"), 4);
    cr_expect_eq(rows_column(rows, "E"), -1);
    test_flight_free(&flight);
    close_lane();
}

Test(db_lane, a_value_with_a_nul_is_refused_and_not_cut)
{
    struct test_flight flight = {0};
    open_lane(1, 8, 8);
    test_flight_add(&flight, "test/echo", "");
    flight.values[0] = TEXT("a\0b");
    test_flight_land(&flight, lane, loop);
    cr_expect_eq(flight.flight.outcomes[0].kind, OUTCOME_REFUSED);
    cr_expect_str_eq(flight.flight.outcomes[0].sqlstate, "22021");
    close_lane();
}

Test(db_lane, a_large_value_arrives_whole)
{
    enum { LARGE_BYTES = 3 * 1024 * 1024 };
    struct test_flight flight = {0};
    open_lane(1, 8, 8);
    char *large = arena_alloc(database.arena, LARGE_BYTES + 1);
    memset(large, 'x', LARGE_BYTES);
    test_flight_add(&flight, "test/echo", large);
    test_flight_land(&flight, lane, loop);
    cr_expect_eq(test_flight_value(&flight, 0).length, LARGE_BYTES);
    test_flight_free(&flight);
    close_lane();
}

Test(db_lane, a_full_queue_says_so_at_once)
{
    struct test_flight flights[4] = {0};
    open_lane(1, 1, 2);
    for (size_t i = 0; i < 4; i++)
        test_flight_add(&flights[i], "test/nap", "0.05");
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(test_flight_send(&flights[i], lane), PROBLEM_NONE);
    cr_expect_eq(test_flight_send(&flights[3], lane), PROBLEM_UNAVAILABLE);
    cr_expect_eq(lane_counts(lane).waiting, 2);
    flights[1].flight.abandoned = true;
    test_flight_await(&flights[2], loop);
    cr_expect(flights[1].has_landed);
    cr_expect_eq(flights[1].flight.outcomes[0].kind, OUTCOME_NONE);
    test_flight_free(&flights[0]);
    test_flight_free(&flights[2]);
    close_lane();
}

/* ---- Writes ---- */

Test(db_lane, a_transaction_spans_two_flights)
{
    struct test_flight first = {.flight.keeps_transaction = true}, second = {0};
    open_lane(2, 1, 8);
    test_flight_add(&first, "db/begin", NULL);
    test_flight_add(&first, "test/insert", "9001");
    test_flight_land(&first, lane, loop);
    cr_assert_not_null(first.flight.berth);
    cr_expect(count_is("9001", "0"), "another connection sees nothing yet");
    second.flight.berth = first.flight.berth;
    test_flight_add(&second, "test/count", "9001");
    test_flight_add(&second, "db/commit", NULL);
    test_flight_land(&second, lane, loop);
    cr_expect(text_equal(test_flight_value(&second, 0), TEXT("1")));
    cr_expect_str_eq(rows_tag(second.flight.outcomes[1].rows), "COMMIT");
    cr_expect_null(second.flight.berth);
    cr_expect(count_is("9001", "1"));
    test_flight_free(&first);
    test_flight_free(&second);
    close_lane();
}

Test(db_lane, an_error_undoes_its_transaction_and_commit_tells)
{
    struct test_flight flight = {0};
    const struct outcome *outcomes = flight.flight.outcomes;
    open_lane(1, 1, 8);
    test_flight_add(&flight, "db/begin", NULL);
    test_flight_add(&flight, "test/insert", "9002");
    test_flight_add(&flight, "test/insert", "9002");
    test_flight_add(&flight, "test/echo", "x");
    test_flight_add(&flight, "db/commit", NULL);
    test_flight_land(&flight, lane, loop);
    cr_expect_eq(rows_changed(outcomes[1].rows), 1);
    cr_expect_eq(outcomes[2].kind, OUTCOME_REFUSED);
    cr_expect_str_eq(outcomes[2].sqlstate, "23505");
    cr_expect_str_eq(outcomes[2].slug, "schema_migration_pkey");
    cr_expect_eq(outcomes[3].kind, OUTCOME_SKIPPED);
    cr_assert_eq(outcomes[4].kind, OUTCOME_ROWS, "%s", outcomes[4].message);
    cr_expect_str_eq(rows_tag(outcomes[4].rows), "ROLLBACK");
    cr_expect(count_is("9002", "0"));
    test_flight_free(&flight);
    close_lane();
}

Test(db_lane, a_refusal_brings_its_slug)
{
    struct test_flight flight = {0};
    open_lane(1, 1, 8);
    test_flight_add(&flight, "test/raise", "wrong-state");
    test_flight_land(&flight, lane, loop);
    cr_expect_eq(flight.flight.outcomes[0].kind, OUTCOME_REFUSED);
    cr_expect_str_eq(flight.flight.outcomes[0].sqlstate, "SH001");
    cr_expect_str_eq(flight.flight.outcomes[0].slug, "wrong-state");
    close_lane();
}

Test(db_lane, an_owner_who_gives_up_leaves_nothing)
{
    struct test_flight begun = {.flight.keeps_transaction = true}, rollback = {0};
    open_lane(1, 1, 8);
    test_flight_add(&begun, "db/begin", NULL);
    test_flight_add(&begun, "test/insert", "9003");
    test_flight_add(&begun, "test/divide", "0");
    test_flight_land(&begun, lane, loop);
    rollback.flight.berth = begun.flight.berth;
    test_flight_add(&rollback, "db/rollback", NULL);
    test_flight_land(&rollback, lane, loop);
    cr_expect_str_eq(rows_tag(rollback.flight.outcomes[0].rows), "ROLLBACK");
    cr_expect(count_is("9003", "0"), "the one connection serves again");
    test_flight_free(&begun);
    test_flight_free(&rollback);
    close_lane();
}

Test(db_lane, a_transaction_left_open_ends_with_its_connection)
{
    struct test_flight careless = {0};
    open_lane(1, 1, 8);
    test_flight_add(&careless, "db/begin", NULL);
    test_flight_add(&careless, "test/insert", "9004");
    test_flight_land(&careless, lane, loop);
    test_lane_await(lane, loop);
    cr_expect(count_is("9004", "0"));
    cr_expect_eq(lane_counts(lane).reconnects, 1);
    test_flight_free(&careless);
    close_lane();
}

/* ---- The database goes ---- */

Test(db_lane, flights_in_the_air_are_lost_with_their_connection_and_it_comes_back)
{
    struct test_flight lost = {0}, after = {0};
    open_lane(1, 8, 8);
    test_flight_add(&lost, "test/nap", "10");
    cr_assert_eq(test_flight_send(&lost, lane), PROBLEM_NONE);
    test_loop_turns(loop, 50);
    terminate_backends();
    test_flight_await(&lost, loop);
    cr_expect_eq(lost.flight.outcomes[0].kind, OUTCOME_LOST);
    test_loop_turns(loop, 20);
    test_lane_await(lane, loop);
    test_flight_add(&after, "test/echo", "back");
    test_flight_land(&after, lane, loop);
    cr_expect(text_equal(test_flight_value(&after, 0), TEXT("back")));
    test_flight_free(&after);
    close_lane();
}

Test(db_lane, a_transaction_lost_between_flights_never_goes_on)
{
    struct test_flight first = {.flight.keeps_transaction = true}, second = {0};
    open_lane(2, 1, 8);
    test_flight_add(&first, "db/begin", NULL);
    test_flight_add(&first, "test/insert", "9005");
    test_flight_land(&first, lane, loop);
    terminate_backends();
    test_loop_turns(loop, 500);
    test_lane_await(lane, loop);
    second.flight.berth = first.flight.berth;
    test_flight_add(&second, "test/insert", "9006");
    test_flight_add(&second, "db/commit", NULL);
    test_flight_land(&second, lane, loop);
    cr_expect_eq(second.flight.outcomes[0].kind, OUTCOME_LOST);
    cr_expect_eq(second.flight.outcomes[1].kind, OUTCOME_LOST);
    cr_expect_null(second.flight.berth);
    cr_expect(count_is("9005", "0") && count_is("9006", "0"));
    test_flight_free(&first);
    close_lane();
}

Test(db_lane, while_the_database_is_away_it_refuses_at_once)
{
    struct test_flight flight = {0}, waiting = {0}, refused = {0};
    open_lane(1, 1, 8);
    test_flight_add(&flight, "test/nap", "10");
    test_flight_add(&waiting, "test/echo", "x");
    test_flight_add(&refused, "test/echo", "x");
    cr_assert_eq(test_flight_send(&flight, lane), PROBLEM_NONE);
    cr_assert_eq(test_flight_send(&waiting, lane), PROBLEM_NONE);
    test_loop_turns(loop, 50);
    terminate_backends();
    test_flight_await(&waiting, loop);
    cr_expect_eq(waiting.flight.outcomes[0].kind, OUTCOME_LOST);
    cr_expect_eq(test_flight_send(&refused, lane), PROBLEM_UNAVAILABLE);
    close_lane();
}

Test(db_lane, closing_lands_what_is_under_way)
{
    struct test_flight flight = {0};
    open_lane(1, 1, 8);
    test_flight_add(&flight, "test/nap", "10");
    cr_assert_eq(test_flight_send(&flight, lane), PROBLEM_NONE);
    close_lane();
    cr_expect(flight.has_landed);
    cr_expect_eq(flight.flight.outcomes[0].kind, OUTCOME_LOST);
}

/* ---- Proving ---- */

Test(db_lane, a_statement_that_cannot_be_prepared_stops_the_start, .signal = SIGABRT)
{
    open_proving_lane(false); /* no table at all */
}

Test(db_lane, every_statement_can_be_prepared)
{
    struct test_flight flight = {0};
    open_proving_lane(true);
    test_flight_add(&flight, "test/echo", "proved");
    test_flight_land(&flight, lane, loop);
    cr_expect(text_equal(test_flight_value(&flight, 0), TEXT("proved")));
    test_flight_free(&flight);
    close_lane();
}
