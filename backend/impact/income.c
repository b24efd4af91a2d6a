/* Income of one household, said no louder than its evidence allows. Pure. */
#include "impact.h"

enum { DAYS_A_YEAR = 365, PPM = 1000000 };

static const struct level {
    const char *name;
    const char *words[LANGUAGES_COUNT];
} levels[] = {
    {"C", {"已付款（未扣成本，不是收入）", "paid; costs not evidenced, not income"}},
    {"D", {"扣除有据成本后的净额", "net of evidenced costs"}},
    {"E", {"与基期同类产品相比的增收", "income gain against the baseline of the same goods"}},
};
enum { LEVEL_C, LEVEL_D, LEVEL_E };

static bool a_head(money whole, int64_t members, money *part)
{
    return members > 0 ? money_ratio(whole, 1, members, part) : true;
}

/* A baseline is a year's: it is cut to the period's days and brought to its prices. */
static bool of_period(money yearly, const struct income_period *period, money *part)
{
    int64_t days = period->days_count > DAYS_A_YEAR ? DAYS_A_YEAR : period->days_count;
    return money_ratio(yearly, days, DAYS_A_YEAR, part) && money_ratio(*part, period->price_factor_ppm, PPM, part);
}

static bool gain_fill(const struct income_facts *facts, const struct income_period *period, struct income *income)
{
    return of_period(facts->baseline_goods_fen, period, &income->baseline_fen) &&
           money_minus(income->channel_net_fen, income->baseline_fen, &income->income_gain_fen) &&
           a_head(income->income_gain_fen, facts->members_count, &income->income_gain_a_head_fen);
}

/* Only where all income of the household was surveyed: else the line would be compared with a part of it. */
static bool ratio_fill(const struct income_facts *facts, const struct income_period *period, struct income *income)
{
    money others, all, a_person;
    income->has_ratio = facts->full_survey && facts->members_count > 0 && facts->poverty_line_fen > 0 &&
                        period->days_count >= DAYS_A_YEAR;
    if (!income->has_ratio)
        return true;
    return of_period(facts->baseline_other_fen, period, &others) && money_plus(others, income->channel_net_fen, &all) &&
           money_ratio(all, 1, facts->members_count, &a_person) &&
           money_ratio(PPM, a_person, facts->poverty_line_fen, &income->line_ratio_ppm);
}

enum problem impact_income(const struct income_facts *facts, const struct income_period *period, enum language language,
                           struct income *income)
{
    *income = (struct income){
        .household_id = facts->household_id,
        .head = facts->head,
        .area_code = facts->area_code,
        .paid_fen = facts->paid_fen,
        .members_count = facts->members_count,
        .is_a_head = facts->members_count > 0,
        .is_net = facts->has_costs,
        .is_gain = facts->has_costs && facts->has_baseline && period->price_factor_ppm > 0,
    };
    bool fits = true;
    if (income->is_net) {
        income->costs_fen = facts->costs_fen;
        fits = money_minus(facts->paid_fen, facts->costs_fen, &income->channel_net_fen) &&
               a_head(income->channel_net_fen, facts->members_count, &income->channel_net_a_head_fen);
    }
    if (fits && income->is_gain)
        fits = gain_fill(facts, period, income) && ratio_fill(facts, period, income);
    const struct level *level = &levels[income->is_gain ? LEVEL_E : income->is_net ? LEVEL_D : LEVEL_C];
    income->level = text_from(level->name);
    income->level_words = text_from(level->words[language]);
    return fits ? PROBLEM_NONE : PROBLEM_OVERFLOW;
}

bool impact_gain_over_comparison(money net, money baseline, int64_t growth_ppm, money *gain)
{
    money expected;
    return money_ratio(baseline, PPM + growth_ppm, PPM, &expected) && money_minus(net, expected, gain);
}
