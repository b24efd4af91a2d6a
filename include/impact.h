/* impact: what sales did for households. Reports, open figures, traces; levels A–E exactly as domain.md, "Income gain, said precisely". */
#ifndef IMPACT_H
#define IMPACT_H

#include "db.h"

extern const struct route impact_routes[];
extern const struct job impact_jobs[];
/* Reckons the income report of this year, and of the last until April, for every county that paid, and keeps it. */
MUST_USE enum problem impact_keep_incomes(struct db *db, struct arena *arena, instant now);

/* Whether a period, days written as 2026-11-23, is one that the rollups can answer: from a first of a month to a last, or to today. */

/* ---- Income of a household: pure ---- */
struct income_facts {
    county_id household_id;
    text head, area_code;
    money paid_fen;
    bool has_costs; /* evidence for all goods paid for */
    money costs_fen;
    bool has_baseline;                            /* for the same goods */
    money baseline_goods_fen, baseline_other_fen; /* a year */
    bool full_survey;
    int64_t members_count;  /* resident at the middle of the period */
    money poverty_line_fen; /* a person and year; 0: none loaded */
};
struct income_period {
    int64_t days_count;
    int64_t price_factor_ppm; /* prices of the period over those of the base year; 0: not known, so nothing is a gain */
};
struct income {
    county_id household_id;
    text head, area_code;
    text level; /* C, D or E */
    text level_words;
    money paid_fen;
    int64_t members_count;
    bool is_net, is_gain, has_ratio, is_a_head; /* which of the figures below may be printed */
    money costs_fen, channel_net_fen, channel_net_a_head_fen, baseline_fen, income_gain_fen, income_gain_a_head_fen;
    int64_t line_ratio_ppm;
};
MUST_USE enum problem impact_income(const struct income_facts *facts, const struct income_period *period,
                                    enum language language, struct income *income);
/* Gain over what the household would have had, had it grown as its comparison did: the ratio form, which assumes equal growth rates. */
MUST_USE bool impact_gain_over_comparison(money net, money baseline, int64_t growth_ppm, money *gain);

/* ---- Rows of a report outside of a request ---- */
void impact_row_json(struct bytes *json, const struct rows *rows, size_t row);
bool impact_is_shown(const struct rows *rows, size_t column); /* not the cursor */

/* ---- The report of an area ---- */
struct income_report_facts {
    text area;
    calendar_day from_on, to_on;
    int64_t days_count;
    instant as_of;
    bool reconciles;
    text reconciliation; /* JSON */
    struct income_facts *households;
    size_t households_count;
};
struct income_figure {
    county_id household_id;
    text head, area_code, level, level_words;
    money paid_fen;
    int64_t members_count;
    text costs_fen, channel_net_fen, channel_net_a_head_fen, baseline_fen, income_gain_fen, income_gain_a_head_fen,
        line_ratio_ppm; /* JSON: null where the level forbids it */
};
struct income_report {
    text report, formula, area;
    calendar_day from_on, to_on;
    instant as_of;
    text method;
    bool reconciles;
    text reconciliation;
    int64_t households_count, at_level_c, at_level_d, at_level_e;
    money paid_fen, channel_net_fen,
        income_gain_fen; /* sums over the households that have the figure: see the counts beside them */
    struct income_figure *households;
    size_t households_size;
};
MUST_USE enum problem impact_income_report(struct arena *arena, const struct income_report_facts *facts,
                                           int64_t price_factor_ppm, enum language language,
                                           struct income_report *report);
extern const struct field income_report_facts_fields[], income_report_fields[], income_figure_fields[];

#endif
