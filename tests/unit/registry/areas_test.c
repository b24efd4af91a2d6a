/* Division codes as published become a tree: typed nodes, no fixed depth, names as people say them. */
#include <criterion/criterion.h>

#include "registry.h"

TestSuite(areas);

static struct area read_as(const char *code, const char *name)
{
    struct area area;
    cr_assert_eq(area_read(text_from(code), text_from(name), &area), AREA_READ, "%s", code);
    return area;
}

static void expect_parent(const char *code, const char *kind, const char *parent)
{
    struct area area = read_as(code, "甲");
    cr_assert_str_eq(area.kind, kind);
    cr_assert(text_equal(area.parent_code, text_from(parent)), "%s: %.*s", code, TEXT_ARGUMENTS(area.parent_code));
}

Test(areas, hang_under_the_node_above)
{
    cr_assert_null(read_as("62", "甘肃省").parent_code.at);
    expect_parent("6212", "prefecture", "62");
    expect_parent("621202", "county", "6212");
    expect_parent("621202100", "township", "621202");
    expect_parent("621202100001", "village", "621202100");
}

Test(areas, without_a_prefecture_hang_under_the_province)
{
    struct area area;
    expect_parent("429004", "county", "42");
    expect_parent("659001", "county", "65");
    expect_parent("110101", "county", "11");
    expect_parent("500229", "county", "50");
    cr_assert_eq(area_read(TEXT("4290"), TEXT("省直辖县级行政区划"), &area), AREA_HEADING);
    cr_assert_eq(area_read(TEXT("1101"), TEXT("市辖区"), &area), AREA_HEADING);
    cr_assert_eq(area_read(TEXT("5002"), TEXT("县"), &area), AREA_HEADING);
}

Test(areas, that_are_none_are_refused)
{
    struct area area;
    cr_assert_eq(area_read(TEXT("62120"), TEXT("甲"), &area), AREA_WRONG);
    cr_assert_eq(area_read(TEXT("62120x"), TEXT("甲"), &area), AREA_WRONG);
    cr_assert_eq(area_read(TEXT("621202"), TEXT(" "), &area), AREA_WRONG);
    cr_assert_eq(area_read(TEXT_NONE, TEXT_NONE, &area), AREA_WRONG);
}

Test(areas, are_named_as_people_say)
{
    static const char *const names[][3] = {
        {"621202100201", "甲村委会", "甲村"},
        {"621202100201", "甲村村委会", "甲村"},
        {"621202100201", "甲村村民委员会", "甲村"},
        {"621202100201", "甲村民委员会", "甲村"},
        {"621202100001", "乙社区居委会", "乙社区"},
        {"621202100001", "乙社区居民委员会", "乙社区"},
        {"621202100001", "乙居委会", "乙居委会"},
        {"621202100001", "村委会", "村委会"},
        {"621202100001", "丙嘎查委员会", "丙嘎查委员会"},
        {"621202001", "丁街道办事处", "丁街道"},
        {"621202", " 武都区 ", "武都区"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        text shown = read_as(names[i][0], names[i][1]).name;
        cr_assert(text_equal(shown, text_from(names[i][2])), "%s: %.*s", names[i][1], TEXT_ARGUMENTS(shown));
    }
}

Test(areas, of_longnan_are_embedded_with_all_nine_counties)
{
    struct arena *arena = arena_new();
    struct areas_import import = registry_longnan_areas();
    struct csv csv;
    struct csv_row row;
    struct area area;
    size_t counties = 0;
    csv_init(&csv, arena, import.files[0]);
    cr_assert_eq(csv_next(&csv, &row), CSV_ROW, "the header");
    while (csv_next(&csv, &row) == CSV_ROW) {
        cr_assert_eq(area_read(row.cells[0], row.cells[1], &area), AREA_READ);
        counties += area_code_level(area.code) == AREA_COUNTY;
    }
    cr_assert_null(csv.fault.code);
    cr_assert_eq(counties, 9);
    arena_free(arena);
}
