/* Cells of XLSX sheets: what a person saw there, digit for digit. */
#include "unit.h"

#include "base/table.h"
#include "base/xlsx.h"
#include "base/xlsx_cells.h"

static void expect_words(text words, const char *expected)
{
    cr_assert(text_equal(words, text_from(expected)), "%.*s, not %s", TEXT_ARGUMENTS(words), expected);
}

Test(xlsx, numbers_are_what_a_sheet_shows)
{
    struct arena *arena = arena_new();
    static const char *const pairs[][2] = {
        {"19.899999999999999", "19.9"},
        {"0.1", "0.1"},
        {"500", "500"},
        {"500.0", "500"},
        {"2.5E2", "250"},
        {"1E-3", "0.001"},
        {"-0.5", "-0.5"},
        {"0", "0"},
        {"-0", "0"},
        {"999999999999999.9", "1000000000000000"},
        {"6.2260900000000012E+18", "6226090000000000000"},
        {"1.2.3", "1.2.3"},
        {"abc", "abc"},
        {"1E999", "1E999"},
        {"", ""},
        {"0.30000000000000004", "0.3"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        expect_words(xlsx_number(arena, text_from(pairs[i][0])), pairs[i][1]);
    arena_free(arena);
}

Test(xlsx, serial_days_are_dates_with_the_day_that_never_was)
{
    struct arena *arena = arena_new();
    expect_words(xlsx_date(arena, TEXT("1"), false), "1900-01-01");
    expect_words(xlsx_date(arena, TEXT("59"), false), "1900-02-28");
    expect_words(xlsx_date(arena, TEXT("60"), false), "60");
    expect_words(xlsx_date(arena, TEXT("61"), false), "1900-03-01");
    expect_words(xlsx_date(arena, TEXT("42491"), false), "2016-05-01");
    expect_words(xlsx_date(arena, TEXT("42491.25"), false), "2016-05-01 06:00:00");
    expect_words(xlsx_date(arena, TEXT("41029"), true), "2016-05-01");
    expect_words(xlsx_date(arena, TEXT("-3"), false), "-3");
    expect_words(xlsx_date(arena, TEXT("9999999"), false), "9999999");
    arena_free(arena);
}

Test(xlsx, formats_that_are_dates)
{
    cr_assert(xlsx_format_is_date(TEXT("yyyy\"年\"m\"月\"d\"日\"")));
    cr_assert(xlsx_format_is_date(TEXT("[$-804]d/m/yy")));
    cr_assert_not(xlsx_format_is_date(TEXT("[Red]0.00")));
    cr_assert_not(xlsx_format_is_date(TEXT("0.00\"days\"")));
    cr_assert_not(xlsx_format_is_date(TEXT("#,##0.00\\d")));
    cr_assert_not(xlsx_format_is_date(TEXT("General")));
    cr_assert(xlsx_built_in_is_date(14));
    cr_assert_not(xlsx_built_in_is_date(2));
}

Test(xlsx, columns_by_their_letters)
{
    int64_t column;
    cr_assert(xlsx_column(TEXT("A1"), &column) && column == 1);
    cr_assert(xlsx_column(TEXT("AB12"), &column) && column == 28);
    cr_assert(xlsx_column(TEXT("XFD1"), &column) && column == 16384);
    cr_assert_not(xlsx_column(TEXT("XFE1"), &column));
    cr_assert_not(xlsx_column(TEXT("A"), &column));
    cr_assert_not(xlsx_column(TEXT("1"), &column));
}

Test(table, comes_out_as_it_went_in)
{
    struct arena *arena = arena_new();
    struct bytes encoded;
    text cells[] = {TEXT("成县:1"), TEXT("12"), TEXT_NONE, TEXT("")};
    struct table table = {
        .title = TEXT("表"),
        .language = LANGUAGE_EN,
        .facts = {{TEXT("a"), TEXT("b")}},
        .facts_count = 1,
        .columns = {{TEXT("x"), TEXT("X"), TABLE_WORDS}, {TEXT("y"), TEXT("Y"), TABLE_YUAN}},
        .columns_count = 2,
        .cells = cells,
        .rows_count = 2,
    };
    struct table *again = arena_alloc(arena, sizeof *again);
    bytes_init(&encoded, arena, 4096);
    table_encode(&table, &encoded);
    cr_assert(table_decode(arena, bytes_text(&encoded), again));
    expect_words(table_cell(again, 0, 0), "成县:1");
    cr_assert_null(table_cell(again, 1, 0).at);
    cr_assert_eq(again->columns[1].kind, TABLE_YUAN);
    for (size_t length = 0; length < encoded.length; length++)
        cr_assert_not(table_decode(arena, text_part(bytes_text(&encoded), 0, length), again));
    arena_free(arena);
}
