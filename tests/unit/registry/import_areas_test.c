/* Importing division codes into a real database: once, again, and when something vanished or was renamed. */
#include "unit.h"

#include "db_support.h"
#include "registry.h"

TestSuite(import_areas);

static struct test_database database;
static struct db *owner;

static void with_database(void)
{
    database = test_database_new(true);
    owner = db_open(database.arena, database.owner_url);
    cr_assert_not_null(owner);
}

static void without_database(void)
{
    db_close(owner);
    test_database_drop(&database);
}

static struct areas_import edition(const char *csv)
{
    struct areas_import import = {
        .files = {text_from(csv)}, .source = TEXT("test 1"), .within = TEXT("62"), .valid_from = 20000};
    return import;
}

static void expect_imported(struct areas_import import, int64_t added, int64_t changed, int64_t ended)
{
    struct areas_imported imported;
    cr_assert_eq(registry_import_areas(owner, &import, &imported), PROBLEM_NONE, "%s", imported.fault.code);
    cr_assert_eq(imported.added, added, "added %ld", (long)imported.added);
    cr_assert_eq(imported.changed, changed, "changed %ld", (long)imported.changed);
    cr_assert_eq(imported.ended, ended, "ended %ld", (long)imported.ended);
}

static void expect_value(const char *sql, const char *value)
{
    struct outcome outcome;
    cr_assert_eq(db_script(owner, text_from(sql), &outcome), PROBLEM_NONE, "%s", outcome.message);
    EXPECT_TEXT(rows_value(outcome.rows, 0, 0), value);
}

Test(import_areas, changes_nothing_the_second_time, .init = with_database, .fini = without_database)
{
    struct areas_import longnan = registry_longnan_areas();
    struct areas_imported imported;
    cr_assert_eq(registry_import_areas(owner, &longnan, &imported), PROBLEM_NONE);
    cr_assert_gt(imported.added, 3000);
    expect_imported(longnan, 0, 0, 0);
    expect_value("SELECT count(*) FROM areas WHERE kind = 'county'", "9");
    expect_value("SELECT name FROM areas WHERE code = '621202'", "武都区");
}

#define FIRST "code,name\n62,甘肃省\n6212,陇南市\n621202,武都区\n621221,成县\n"

Test(import_areas, ends_what_vanished_and_revives_it, .init = with_database, .fini = without_database)
{
    expect_imported(edition(FIRST), 4, 0, 0);
    struct areas_import later = edition("code,name\n62,甘肃省\n6212,陇南市\n621202,武都区\n");
    later.valid_from = 20100;
    expect_imported(later, 0, 0, 1);
    expect_value("SELECT valid_to - DATE '1970-01-01' FROM areas WHERE code = '621221'", "20100");
    expect_imported(later, 0, 0, 0);
    expect_imported(edition(FIRST), 0, 1, 0);
    expect_value("SELECT count(*) FROM areas WHERE valid_to IS NULL", "4");
}

Test(import_areas, keeps_former_names_and_rows_of_others, .init = with_database, .fini = without_database)
{
    expect_imported(edition(FIRST), 4, 0, 0);
    test_run(owner, "INSERT INTO areas (code, parent_code, name, kind, valid_from, source) "
                    "VALUES ('629001', '62', '某农场', 'farm', '2020-01-01', 'county office')");
    expect_imported(edition("code,name\n62,甘肃省\n6212,陇南市\n621202,武都区\n621221,同谷县\n"), 0, 1, 0);
    expect_value("SELECT alias FROM area_aliases WHERE code = '621221'", "成县");
    expect_value("SELECT count(*) FROM areas WHERE code = '629001' AND valid_to IS NULL", "1");
}

static void expect_refused(const char *csv, const char *code)
{
    struct areas_import import = edition(csv);
    struct areas_imported imported;
    cr_assert_eq(registry_import_areas(owner, &import, &imported), PROBLEM_INVALID);
    cr_assert_str_eq(imported.fault.code, code);
    expect_value("SELECT count(*) FROM areas", "4");
}

Test(import_areas, changes_nothing_when_a_row_is_wrong, .init = with_database, .fini = without_database)
{
    expect_imported(edition(FIRST), 4, 0, 0);
    expect_refused("code,name\n62,甘肃省\n6299,\n", "area-bad-row");
    expect_refused("code,name\n62,甘肃省\n62,甘肃省\n", "area-repeated-code");
    expect_refused("code,name\n62,甘肃省\n621302,某区\n", "area-without-parent");
    expect_refused("name\n甘肃省\n", CSV_FAULT_MISSING_COLUMN);
    expect_refused("code,name\n62,\"甘肃省\n", CSV_FAULT_QUOTE);
}
