/* shanhuo report: the same reports as the API's, as JSON or as CSV for a spreadsheet, for whoever runs the installation. */
#include "base/csv.h"
#include "command.h"
#include "impact.h"

enum { REPORT_BYTES_MAX = 256 * 1024 * 1024, PRICE_FACTOR_PPM_MAX = 10000000 };

/* Rows as whoever reads the report wants them. */
typedef void write_rows(struct bytes *into, const struct rows *rows);

struct reporting {
    const struct invocation *invocation;
    struct arena *arena;
    struct db *db;
    struct bytes text;
    bool as_csv;
    int64_t price_factor_ppm;
};

static void write_json(struct bytes *json, const struct rows *rows)
{
    bytes_add(json, TEXT("{\"items\":["));
    for (size_t row = 0; row < rows_count(rows); row++) {
        bytes_add(json, row > 0 ? TEXT(",\n") : TEXT("\n"));
        impact_row_json(json, rows, row);
    }
    bytes_add(json, TEXT("\n]}\n"));
}

static void write_csv_row(struct bytes *csv, const struct rows *rows, ptrdiff_t row)
{
    text values[CSV_COLUMNS_MAX];
    size_t count = 0;
    for (size_t column = 0; column < rows_columns(rows); column++)
        if (impact_is_shown(rows, column))
            values[count++] = row < 0 ? text_from(rows_name(rows, column)) : rows_value(rows, (size_t)row, column);
    csv_write_row(csv, values, count);
}

static void write_csv(struct bytes *csv, const struct rows *rows)
{
    csv_write_mark(csv);
    for (ptrdiff_t row = -1; row < (ptrdiff_t)rows_count(rows); row++)
        write_csv_row(csv, rows, row);
}

/* ---- Asking ---- */
static text option(const struct reporting *reporting, const char *name)
{
    const char *value = invocation_value(reporting->invocation, name);
    return value == NULL ? TEXT_NONE : text_from(value);
}

static enum problem ask(struct reporting *reporting, const char *statement, struct outcome *outcome)
{
    return DB_RUN(reporting->db, statement, outcome, {"area", option(reporting, "county")},
                  {"from", option(reporting, "from")}, {"to", option(reporting, "to")}, {"by", option(reporting, "by")},
                  {"actor_areas", TEXT("{\"\"}")}, {"now", instant_format(reporting->arena, instant_now())},
                  {"language", TEXT("zh")}, {"limit", TEXT("100000000")},
                  {"exact", invocation_has(reporting->invocation, "exact") ? TEXT("true") : TEXT_NONE});
}

static enum problem rows_report(struct reporting *reporting, const char *statement)
{
    static write_rows *const writers[] = {write_json, write_csv};
    struct outcome outcome = {0};
    enum problem problem = ask(reporting, statement, &outcome);
    if (problem == PROBLEM_NONE)
        writers[reporting->as_csv](&reporting->text, outcome.rows);
    return problem;
}

static enum problem sales_report(struct reporting *reporting)
{
    return rows_report(reporting, "impact/sales");
}

static enum problem lines_report(struct reporting *reporting)
{
    return rows_report(reporting, "impact/lines");
}

static text shown(text figure)
{
    return text_equal(figure, TEXT("null")) ? TEXT_NONE : figure;
}

static void income_csv(struct reporting *reporting, const struct income_report *report)
{
    static const text names[] = {TEXT("household_id"),
                                 TEXT("head"),
                                 TEXT("area_code"),
                                 TEXT("level"),
                                 TEXT("level_words"),
                                 TEXT("members_count"),
                                 TEXT("paid_fen"),
                                 TEXT("costs_fen"),
                                 TEXT("channel_net_fen"),
                                 TEXT("channel_net_a_head_fen"),
                                 TEXT("baseline_fen"),
                                 TEXT("income_gain_fen"),
                                 TEXT("income_gain_a_head_fen"),
                                 TEXT("line_ratio_ppm"),
                                 TEXT("method"),
                                 TEXT("reconciles")};
    struct arena *arena = reporting->arena;
    csv_write_mark(&reporting->text);
    csv_write_row(&reporting->text, names, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < report->households_size; i++) {
        const struct income_figure *of = &report->households[i];
        const text values[] = {county_id_format(arena, of->household_id),
                               of->head,
                               of->area_code,
                               of->level,
                               of->level_words,
                               text_format(arena, "%lld", (long long)of->members_count),
                               text_format(arena, "%lld", (long long)of->paid_fen),
                               shown(of->costs_fen),
                               shown(of->channel_net_fen),
                               shown(of->channel_net_a_head_fen),
                               shown(of->baseline_fen),
                               shown(of->income_gain_fen),
                               shown(of->income_gain_a_head_fen),
                               shown(of->line_ratio_ppm),
                               report->method,
                               report->reconciles ? TEXT("true") : TEXT("false")};
        _Static_assert(sizeof values / sizeof values[0] == sizeof names / sizeof names[0], "a value for each name");
        csv_write_row(&reporting->text, values, sizeof values / sizeof values[0]);
    }
}

static enum problem income_report(struct reporting *reporting)
{
    struct outcome outcome = {0};
    struct income_report_facts facts = {0};
    struct income_report report;
    struct problems problems;
    struct bytes json;
    enum problem problem = ask(reporting, "impact/income_load", &outcome);
    if (problem != PROBLEM_NONE || rows_count(outcome.rows) == 0)
        return problem == PROBLEM_NONE ? PROBLEM_NOT_FOUND : problem;
    bytes_init(&json, reporting->arena, REPORT_BYTES_MAX);
    problems_init(&problems, reporting->arena);
    impact_row_json(&json, outcome.rows, 0);
    problem = decode_json(income_report_facts_fields, bytes_text(&json), reporting->arena, &facts, NULL, &problems);
    if (problem == PROBLEM_NONE)
        problem = impact_income_report(reporting->arena, &facts, reporting->price_factor_ppm, LANGUAGE_ZH, &report);
    if (problem != PROBLEM_NONE)
        return problem;
    if (reporting->as_csv)
        income_csv(reporting, &report);
    else
        encode_json(income_report_fields, &report, true, &reporting->text);
    return PROBLEM_NONE;
}

static const struct report {
    const char *name;
    enum problem (*make)(struct reporting *reporting);
} reports[] = {
    {"sales", sales_report},
    {"income", income_report},
    {"lines", lines_report},
};
enum { REPORTS_COUNT = sizeof reports / sizeof reports[0] };

/* ---- The command ---- */
static const struct report *report_find(const char *name)
{
    for (size_t i = 0; i < REPORTS_COUNT; i++)
        if (strcmp(reports[i].name, name) == 0)
            return &reports[i];
    return NULL;
}

static bool is_one_of(text value, const char *const *choices)
{
    for (; value.at != NULL && *choices != NULL; choices++)
        if (text_equal(value, text_from(*choices)))
            return true;
    return value.at == NULL;
}

static const char *misuse(struct reporting *reporting)
{
    static const char *const keys[] = {"month",   "day",      "township", "village", "shop",
                                       "product", "category", "status",   NULL};
    static const char *const formats[] = {"json", "csv", NULL};
    calendar_day from, to;
    text factor = option(reporting, "price-factor-ppm");
    if (report_find(reporting->invocation->words[0]) == NULL)
        return "no such report; there are sales, income and lines";
    if (option(reporting, "county").length < 2)
        return "--county must be an area code";
    if (!day_parse(option(reporting, "from"), &from) || !day_parse(option(reporting, "to"), &to) || to < from)
        return "--from and --to must be days such as 2026-01-31, in this order";
    if (!is_one_of(option(reporting, "by"), keys) || !is_one_of(option(reporting, "format"), formats))
        return "--by is one of month, day, township, village, shop, product, category, status; --format json or csv";
    if (factor.at != NULL && !text_to_int64(factor, 1, PRICE_FACTOR_PPM_MAX, &reporting->price_factor_ppm))
        return "--price-factor-ppm must be a whole number, 1000000 for unchanged prices";
    return NULL;
}

/* Whoever asks for a report also has books looked at: what does not agree becomes a finding. */
static enum problem report_make(struct reporting *reporting)
{
    struct outcome ignored = {0};
    enum problem problem = report_find(reporting->invocation->words[0])->make(reporting);
    if (problem == PROBLEM_NONE)
        problem = DB_RUN(reporting->db, "impact/reconcile", &ignored,
                         {"now", instant_format(reporting->arena, instant_now())});
    return problem;
}

static int report_run(const struct invocation *invocation)
{
    struct reporting reporting = {.invocation = invocation, .arena = invocation->arena};
    struct database database;
    const char *wrong = misuse(&reporting);
    if (wrong != NULL) {
        fprintf(stderr, "shanhuo report: %s\n", wrong);
        return EXIT_MISUSE;
    }
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    reporting.as_csv = text_equal(option(&reporting, "format"), TEXT("csv"));
    bytes_init(&reporting.text, invocation->arena, REPORT_BYTES_MAX);
    reporting.db = db_open(invocation->arena, database.app_url);
    enum problem problem = reporting.db == NULL ? PROBLEM_UNAVAILABLE : report_make(&reporting);
    db_close(reporting.db);
    database_close(&database);
    if (problem != PROBLEM_NONE) {
        fprintf(stderr, "shanhuo report: %s\n", problem_title(problem, LANGUAGE_EN));
        return EXIT_FAILURE;
    }
    text made = bytes_text(&reporting.text);
    return fwrite(made.at, 1, made.length, stdout) == made.length && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static const struct command_option options[] = {
    {"county", "CODE", "area code: a county, or any area above or below"},
    {"from", "DAY", "first day"},
    {"to", "DAY", "last day"},
    {"by", "KEY", "sales by month, day, township, village, shop, product, category or status"},
    {"exact", NULL, "sales: reckon every row anew instead of asking the rollups"},
    {"price-factor-ppm", "N", "income: prices of the period over those of the base year"},
    {"format", "FORMAT", "json (default) or csv"},
    COMMAND_OPTIONS_END,
};

extern const struct command report_command;
const struct command report_command = {"report",         "print a report: sales, income or lines",
                                       .words = "NAME",  .words_min = 1,
                                       .words_max = 1,   .options = options,
                                       .run = report_run};
