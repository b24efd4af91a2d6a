/* Income levels: the worked example of features.md §5.3, and what may not be printed without evidence. */
#include "impact.h"
#include "unit.h"

static const struct income_period a_year = {365, 1045000};

static struct income_facts the_example(void)
{
    return (struct income_facts){
        .paid_fen = 1860000,
        .has_costs = true,
        .costs_fen = 790000,
        .has_baseline = true,
        .baseline_goods_fen = 620000,
        .members_count = 4,
    };
}

Test(income, worked_example_is_paid_net_and_gain)
{
    struct income_facts facts = the_example();
    struct income income;
    cr_assert_eq(impact_income(&facts, &a_year, LANGUAGE_EN, &income), PROBLEM_NONE);
    EXPECT_TEXT(income.level, "E");
    cr_assert_eq(income.paid_fen, 1860000);
    cr_assert_eq(income.channel_net_fen, 1070000);
    cr_assert_eq(income.channel_net_a_head_fen, 267500);
    cr_assert_eq(income.baseline_fen, 647900);
    cr_assert_eq(income.income_gain_fen, 422100);
    cr_assert_eq(income.income_gain_a_head_fen, 105525);
    cr_assert_not(income.has_ratio);
}

Test(income, worked_example_against_comparison_households)
{
    money gain, a_head;
    cr_assert(impact_gain_over_comparison(1070000, 647900, 60000, &gain));
    cr_assert_eq(gain, 383226);
    cr_assert(money_ratio(gain, 1, 4, &a_head));
    cr_assert_eq(a_head, 95807); /* 958.065 yuan: half up to 958.07 */
}

Test(income, nothing_above_its_evidence)
{
    static const struct {
        bool has_costs, has_baseline;
        int64_t price_factor_ppm;
        const char *level;
    } cases[] = {
        {false, true, 1045000, "C"},
        {true, false, 1045000, "D"},
        {true, true, 0, "D"},
        {true, true, 1045000, "E"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct income_facts facts = the_example();
        struct income_period period = {365, cases[i].price_factor_ppm};
        struct income income;
        facts.has_costs = cases[i].has_costs;
        facts.has_baseline = cases[i].has_baseline;
        cr_assert_eq(impact_income(&facts, &period, LANGUAGE_ZH, &income), PROBLEM_NONE);
        EXPECT_TEXT(income.level, cases[i].level);
        cr_assert(income.is_gain || income.income_gain_fen == 0);
    }
}

Test(income, the_line_needs_a_full_survey)
{
    struct income_facts facts = the_example();
    struct income income;
    facts.poverty_line_fen = 273600;
    facts.baseline_other_fen = 400000;
    cr_assert_eq(impact_income(&facts, &a_year, LANGUAGE_EN, &income), PROBLEM_NONE);
    cr_assert_not(income.has_ratio);
    facts.full_survey = true;
    cr_assert_eq(impact_income(&facts, &a_year, LANGUAGE_EN, &income), PROBLEM_NONE);
    cr_assert(income.has_ratio);
    cr_assert_eq(income.line_ratio_ppm, 1359649); /* (4 180.00 + 10 700.00) ÷ 4 ÷ 2 736.00 */
}
