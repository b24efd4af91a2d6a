/* CSV as sheets export it: what is read, what is refused, and what is written so that no sheet runs it. */
#include <criterion/criterion.h>

#include "base.h"
#include "base/csv.h"

TestSuite(csv);

static struct arena *arena;
static struct csv csv;
static struct csv_row row;

static void read_from(text source)
{
    arena = arena_new();
    csv_init(&csv, arena, source);
}

static void expect_row(int64_t number, size_t count, const char *const *cells)
{
    cr_assert_eq(csv_next(&csv, &row), CSV_ROW);
    cr_assert_eq(row.number, number);
    cr_assert_eq(row.count, count, "%zu cells", row.count);
    for (size_t i = 0; i < count; i++)
        cr_assert(text_equal(row.cells[i], text_from(cells[i])), "cell %zu is %.*s", i, TEXT_ARGUMENTS(row.cells[i]));
}
#define EXPECT_ROW(number, ...)                                                                                        \
    expect_row(number, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), (const char *const[]){__VA_ARGS__})

static void expect_fault(const char *code, int64_t at_row, int64_t at_column)
{
    enum csv_step step;
    while ((step = csv_next(&csv, &row)) == CSV_ROW)
        continue;
    cr_assert_eq(step, CSV_BROKEN);
    cr_assert_str_eq(csv.fault.code, code);
    cr_assert_eq(csv.fault.row, at_row);
    cr_assert_eq(csv.fault.column, at_column, "column %ld", (long)csv.fault.column);
    cr_assert_eq(csv_next(&csv, &row), CSV_BROKEN, "it does not go on");
}

Test(csv, reads_mark_and_both_line_ends)
{
    read_from(TEXT("\xEF\xBB\xBF户编号,姓名\r\n0001,张三\n0002,李四"));
    EXPECT_ROW(1, "户编号", "姓名");
    EXPECT_ROW(2, "0001", "张三");
    EXPECT_ROW(3, "0002", "李四");
    cr_assert_eq(csv_next(&csv, &row), CSV_END);
    arena_free(arena);
}

Test(csv, reads_quotes_commas_and_line_ends_inside)
{
    read_from(TEXT("a,\"one, two\",\"say \"\"hi\"\"\"\n\"first\r\nsecond\",,\"\"\n"));
    EXPECT_ROW(1, "a", "one, two", "say \"hi\"");
    EXPECT_ROW(2, "first\r\nsecond", "", "");
    cr_assert_eq(csv_next(&csv, &row), CSV_END);
    arena_free(arena);
}

Test(csv, skips_blank_rows_but_counts_them)
{
    read_from(TEXT("a\n\n , ,\nb\n"));
    EXPECT_ROW(1, "a");
    EXPECT_ROW(4, "b");
    arena_free(arena);
}

Test(csv, refuses_broken_quotes_with_their_place)
{
    read_from(TEXT("a,b\nc,\"never closed\n"));
    expect_fault(CSV_FAULT_QUOTE, 2, 2);
    arena_free(arena);
    read_from(TEXT("a\"b,c\n"));
    expect_fault(CSV_FAULT_QUOTE, 1, 1);
    arena_free(arena);
    read_from(TEXT("a,\"b\"c\n"));
    expect_fault(CSV_FAULT_QUOTE, 1, 2);
    arena_free(arena);
    read_from(TEXT("a,\"b\"\0\"c\"\n"));
    expect_fault(CSV_FAULT_QUOTE, 1, 2);
    arena_free(arena);
}

Test(csv, refuses_too_many_columns_and_too_long_rows)
{
    char commas[CSV_COLUMNS_MAX + 1];
    memset(commas, ',', sizeof(commas));
    read_from((text){commas, sizeof(commas)});
    expect_fault(CSV_FAULT_COLUMNS, 1, CSV_COLUMNS_MAX + 1);
    char *words = arena_alloc(arena, CSV_ROW_BYTES_MAX + 2);
    memset(words, 'x', CSV_ROW_BYTES_MAX + 2);
    csv_init(&csv, arena, (text){words, CSV_ROW_BYTES_MAX + 2});
    expect_fault(CSV_FAULT_ROW_TOO_LONG, 1, 0);
    arena_free(arena);
}

Test(csv, converts_what_chinese_spreadsheets_export)
{
    arena = arena_new();
    text utf8 = TEXT_NONE;
    /* 户,张 in GB18030, and 𠮷 which needs four bytes there. */
    text sheet = TEXT("\xBB\xA7,\xD5\xC5,\x95\x34\xB2\x35\n");
    cr_assert_eq(csv_to_utf8(arena, sheet, &utf8), CSV_GB18030);
    cr_assert(text_equal(utf8, TEXT("户,张,𠮷\n")), "%.*s", TEXT_ARGUMENTS(utf8));
    cr_assert_eq(csv_to_utf8(arena, TEXT("\xEF\xBB\xBF户"), &utf8), CSV_UTF8);
    cr_assert(text_equal(utf8, TEXT("户")));
    cr_assert_eq(csv_to_utf8(arena, TEXT("\xFF\xFF\xFF\x01"), &utf8), CSV_UNKNOWN);
    arena_free(arena);
}

static const struct csv_column columns[] = {
    {.name = "card_number", .name_zh = "户编号", .required = true},
    {.name = "name", .name_zh = "姓名", .required = true},
    {.name = "phone", .name_zh = "电话"},
};
enum { COLUMNS_COUNT = sizeof(columns) / sizeof(columns[0]) };

static bool map(text header, size_t positions[COLUMNS_COUNT], struct csv_fault *fault)
{
    read_from(header);
    cr_assert_eq(csv_next(&csv, &row), CSV_ROW);
    bool mapped = csv_map_header(&row, columns, COLUMNS_COUNT, positions, fault);
    arena_free(arena);
    return mapped;
}

Test(csv, maps_either_name_in_any_order)
{
    size_t positions[COLUMNS_COUNT];
    struct csv_fault fault;
    cr_assert(map(TEXT("姓名, Card_Number ,\n"), positions, &fault));
    cr_assert_eq(positions[0], 1);
    cr_assert_eq(positions[1], 0);
    cr_assert_eq(positions[2], CSV_COLUMN_ABSENT);
}

Test(csv, refuses_unknown_repeated_and_missing_columns)
{
    size_t positions[COLUMNS_COUNT];
    struct csv_fault fault;
    cr_assert_not(map(TEXT("户编号,姓名,年龄\n"), positions, &fault));
    cr_assert_str_eq(fault.code, CSV_FAULT_UNKNOWN_COLUMN);
    cr_assert_eq(fault.column, 3);
    cr_assert_not(map(TEXT("户编号,card_number\n"), positions, &fault));
    cr_assert_str_eq(fault.code, CSV_FAULT_REPEATED_COLUMN);
    cr_assert_not(map(TEXT("户编号,电话\n"), positions, &fault));
    cr_assert_str_eq(fault.code, CSV_FAULT_MISSING_COLUMN);
    cr_assert(text_equal(fault.what, TEXT("name")));
}

static void expect_written(text value, const char *written)
{
    struct arena *page = arena_new();
    struct bytes into;
    bytes_init(&into, page, 1024);
    csv_write_value(&into, value);
    cr_assert(text_equal(bytes_text(&into), text_from(written)), "%.*s", TEXT_ARGUMENTS(bytes_text(&into)));
    arena_free(page);
}

Test(csv, quotes_only_what_needs_it)
{
    expect_written(TEXT("核桃"), "核桃");
    expect_written(TEXT("a,b"), "\"a,b\"");
    expect_written(TEXT("say \"hi\""), "\"say \"\"hi\"\"\"");
    expect_written(TEXT_NONE, "");
}

Test(csv, disarms_formulas_and_leaves_numbers)
{
    expect_written(TEXT("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
    expect_written(TEXT("+86"), "'+86");
    expect_written(TEXT("@sum"), "'@sum");
    expect_written(TEXT("＝1+1"), "'＝1+1");
    expect_written(TEXT("-12.50"), "-12.50");
    expect_written(TEXT("-"), "'-");
    expect_written(TEXT("-1-1"), "'-1-1");
}

Test(csv, reads_back_what_it_writes)
{
    arena = arena_new();
    struct bytes into;
    bytes_init(&into, arena, 1024);
    csv_write_mark(&into);
    csv_write_row(&into, (const text[]){TEXT("a\nb"), TEXT(" c "), TEXT("\"")}, 3);
    csv_init(&csv, arena, bytes_text(&into));
    EXPECT_ROW(1, "a\nb", " c ", "\"");
    arena_free(arena);
}
