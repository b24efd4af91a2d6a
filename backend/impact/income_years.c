/* Keeps the income report of each county and year: the dashboard and the spread of gains read it, because reckoning it takes seconds. */
#include "impact.h"

enum { YEAR_OPEN_DAYS = 120, REPORT_BYTES_MAX = 128 * 1024 * 1024 };

struct keeping {
    struct db *db;
    struct arena *arena;
    instant now;
    text year, from, to;
};

static enum problem price_factor(const struct keeping *keeping, text county, int64_t *factor_ppm)
{
    struct outcome outcome = {0};
    enum problem problem =
        DB_RUN(keeping->db, "impact/factor_of", &outcome, {"county", county}, {"year", keeping->year});
    if (problem != PROBLEM_NONE)
        return problem;
    return text_to_int64(rows_value(outcome.rows, 0, 0), 0, INT64_MAX, factor_ppm) ? PROBLEM_NONE : PROBLEM_OURS;
}

static enum problem report_of(const struct keeping *keeping, text county, int64_t factor_ppm,
                              struct income_report *report)
{
    struct outcome outcome = {0};
    struct income_report_facts facts = {0};
    struct problems problems;
    struct bytes json;
    enum problem problem = DB_RUN(keeping->db, "impact/income_load", &outcome, {"area", county},
                                  {"from", keeping->from}, {"to", keeping->to}, {"actor_areas", TEXT("{\"\"}")},
                                  {"now", instant_format(keeping->arena, keeping->now)});
    if (problem != PROBLEM_NONE)
        return problem;
    bytes_init(&json, keeping->arena, REPORT_BYTES_MAX);
    problems_init(&problems, keeping->arena);
    impact_row_json(&json, outcome.rows, 0);
    problem = decode_json(income_report_facts_fields, bytes_text(&json), keeping->arena, &facts, NULL, &problems);
    return problem != PROBLEM_NONE ? problem
                                   : impact_income_report(keeping->arena, &facts, factor_ppm, LANGUAGE_ZH, report);
}

static enum problem keep_county(const struct keeping *keeping, text county)
{
    struct outcome outcome = {0};
    struct income_report report;
    struct bytes plan;
    int64_t factor_ppm = 0;
    enum problem problem = price_factor(keeping, county, &factor_ppm);
    if (problem == PROBLEM_NONE)
        problem = report_of(keeping, county, factor_ppm, &report);
    if (problem != PROBLEM_NONE)
        return problem;
    bytes_init(&plan, keeping->arena, REPORT_BYTES_MAX);
    encode_json(income_report_fields, &report, true, &plan);
    return DB_RUN(keeping->db, "impact/income_keep", &outcome, {"county", county}, {"year", keeping->year},
                  {"plan", bytes_text(&plan)},
                  {"factor_ppm", text_format(keeping->arena, "%lld", (long long)factor_ppm)},
                  {"now", instant_format(keeping->arena, keeping->now)});
}

static enum problem keep_year(struct keeping *keeping, calendar_day last)
{
    struct outcome counties = {0};
    keeping->to = day_format(keeping->arena, last);
    keeping->year = text_part(keeping->to, 0, 4);
    keeping->from = text_format(keeping->arena, "%.*s-01-01", TEXT_ARGUMENTS(keeping->year));
    enum problem problem = DB_RUN(keeping->db, "impact/income_counties", &counties, {"year", keeping->year});
    for (size_t i = 0; problem == PROBLEM_NONE && i < rows_count(counties.rows); i++)
        problem = keep_county(keeping, text_copy(keeping->arena, rows_value(counties.rows, i, 0)));
    return problem;
}

enum problem impact_keep_incomes(struct db *db, struct arena *arena, instant now)
{
    struct keeping keeping = {.db = db, .arena = arena, .now = now};
    calendar_day today = instant_business_day(now), january;
    enum problem problem = keep_year(&keeping, today);
    if (problem != PROBLEM_NONE || !day_parse(keeping.from, &january) || today - january > YEAR_OPEN_DAYS)
        return problem;
    return keep_year(&keeping, january - 1);
}
