/* The income report of an area: households at their levels, figures of different levels never in one sum. */
#include "impact.h"

static text figure(struct arena *arena, bool shown, int64_t value)
{
    return shown ? text_format(arena, "%lld", (long long)value) : TEXT("null");
}

static struct income_figure figure_of(struct arena *arena, const struct income *income)
{
    return (struct income_figure){
        .household_id = income->household_id,
        .head = income->head,
        .area_code = income->area_code,
        .level = income->level,
        .level_words = income->level_words,
        .paid_fen = income->paid_fen,
        .members_count = income->members_count,
        .costs_fen = figure(arena, income->is_net, income->costs_fen),
        .channel_net_fen = figure(arena, income->is_net, income->channel_net_fen),
        .channel_net_a_head_fen = figure(arena, income->is_net && income->is_a_head, income->channel_net_a_head_fen),
        .baseline_fen = figure(arena, income->is_gain, income->baseline_fen),
        .income_gain_fen = figure(arena, income->is_gain, income->income_gain_fen),
        .income_gain_a_head_fen = figure(arena, income->is_gain && income->is_a_head, income->income_gain_a_head_fen),
        .line_ratio_ppm = figure(arena, income->has_ratio, income->line_ratio_ppm),
    };
}

static bool sum(struct income_report *report, const struct income *income)
{
    report->at_level_e += income->is_gain;
    report->at_level_d += income->is_net && !income->is_gain;
    report->at_level_c += !income->is_net;
    return money_plus(report->paid_fen, income->paid_fen, &report->paid_fen) &&
           money_plus(report->channel_net_fen, income->channel_net_fen, &report->channel_net_fen) &&
           money_plus(report->income_gain_fen, income->income_gain_fen, &report->income_gain_fen);
}

enum problem impact_income_report(struct arena *arena, const struct income_report_facts *facts,
                                  int64_t price_factor_ppm, enum language language, struct income_report *report)
{
    const struct income_period period = {facts->days_count, price_factor_ppm};
    *report = (struct income_report){
        .report = TEXT("income"),
        .formula = TEXT("income 1"),
        .area = facts->area,
        .from_on = facts->from_on,
        .to_on = facts->to_on,
        .as_of = facts->as_of,
        .method = price_factor_ppm > 0 ? text_format(arena, "before-after, same goods, price factor %lld ppm",
                                                     (long long)price_factor_ppm)
                                       : TEXT("no price factor given: no gain is printed"),
        .reconciles = facts->reconciles,
        .reconciliation = facts->reconciliation,
        .households_count = (int64_t)facts->households_count,
        .households = arena_alloc_items(arena, facts->households_count + 1, sizeof *report->households),
        .households_size = facts->households_count,
    };
    for (size_t i = 0; i < facts->households_count; i++) {
        struct income income;
        enum problem problem = impact_income(&facts->households[i], &period, language, &income);
        if (problem != PROBLEM_NONE || !sum(report, &income))
            return PROBLEM_OVERFLOW;
        report->households[i] = figure_of(arena, &income);
    }
    return PROBLEM_NONE;
}
