/* How :names become $n, and what is none of our business. */
#include <criterion/criterion.h>

#include "db/statement.h"

static struct statement parsed(struct arena *arena, const char *source)
{
    struct statement statement;
    const char *wrong = statement_parse(arena, "test", text_from(source), &statement);
    cr_assert_null(wrong, "%s", wrong);
    return statement;
}

static void expect_same(const char *source)
{
    struct arena *arena = arena_new();
    const struct statement statement = parsed(arena, source);
    cr_expect_str_eq(statement.sql, source);
    cr_expect_eq(statement.parameters_count, 0);
    arena_free(arena);
}

static void expect_sql(const char *source, const char *sql)
{
    struct arena *arena = arena_new();
    cr_expect_str_eq(parsed(arena, source).sql, sql);
    arena_free(arena);
}

Test(db_statement, names_become_numbers)
{
    struct arena *arena = arena_new();
    const struct statement statement = parsed(arena, "SELECT :order_id, :county WHERE id = :order_id\n");
    cr_expect_str_eq(statement.sql, "SELECT $1, $2 WHERE id = $1");
    cr_expect_eq(statement.parameters_count, 2);
    cr_expect_str_eq(statement.parameters[0], "order_id");
    cr_expect_str_eq(statement.parameters[1], "county");
    arena_free(arena);
}

Test(db_statement, casts_stay_and_parameters_before_them_count)
{
    expect_sql("SELECT :plan::jsonb, (:a)::int, b::text", "SELECT $1::jsonb, ($2)::int, b::text");
}

Test(db_statement, parameters_stand_beside_operators)
{
    expect_sql("SELECT a=:b,:c+:d - -:e", "SELECT a=$1,$2+$3 - -$4");
}

Test(db_statement, slices_stay)
{
    expect_same("SELECT a[1:2], a[n:m], b[(1):x]");
}

Test(db_statement, strings_and_identifiers_stay)
{
    expect_same("SELECT ':a', 'it''s :b', E'\\':c', \":d\", \"say \"\":e\"\"\", f(a := 1)");
}

Test(db_statement, strings_without_escapes_end_at_a_backslash)
{
    expect_sql("SELECT '\\', :a, name_e'\\', :b", "SELECT '\\', $1, name_e'\\', $2");
}

Test(db_statement, dollar_quotes_stay)
{
    expect_same("DO $$ :a $$; DO $tag$ :b $$ :c $tag$; SELECT a$b$c");
}

Test(db_statement, comments_stay)
{
    expect_same("-- :a isn't\nSELECT 1 /* :b /* :c */ :d */ -- the :end");
}

Test(db_statement, unfinished_quotes_reach_the_end)
{
    expect_same("SELECT 'a :b");
    expect_same("SELECT /* a :b");
    expect_same("SELECT $$ a :b");
}

Test(db_statement, too_many_parameters_are_refused)
{
    struct arena *arena = arena_new();
    struct bytes source;
    struct statement statement;
    bytes_init(&source, arena, 4096);
    bytes_add(&source, TEXT("SELECT "));
    for (int i = 0; i <= STATEMENT_PARAMETERS_MAX; i++)
        bytes_add_format(&source, ":p%d, ", i);
    cr_expect_not_null(statement_parse(arena, "test", bytes_text(&source), &statement));
    arena_free(arena);
}

Test(db_statement, nothing_but_space_is_refused)
{
    struct arena *arena = arena_new();
    struct statement statement;
    cr_expect_not_null(statement_parse(arena, "test", TEXT(" \n"), &statement));
    arena_free(arena);
}

Test(db_statement, embedded_files_are_found_by_name)
{
    statements_init();
    const struct statement *commit = statement_find(TEXT("db/commit"));
    cr_assert_not_null(commit);
    cr_expect_str_eq(commit->sql, "COMMIT");
    cr_expect_eq(statement_at(statement_index(commit)), commit);
    cr_expect_null(statement_find(TEXT("db/commi")));
    cr_expect_null(statement_find(TEXT("db/commit2")));
}
