/* Who bears a discount: the shop out of its margin, or the payer who promised it; never, in silence, the household. F3 of features.md. */
#include "sale.h"

#define ROUNDS 1000

/* The same sale with every price rule turned to `price_rule` and each line's gross lowered by what `keep_ppm` leaves of it. */
static struct attribution *sold_for_less(struct arena *arena, uint64_t state, const char *price_rule, int64_t keep_ppm,
                                         size_t *count)
{
    struct sale sale;
    sale_random(arena, &state, &sale);
    for (size_t i = 0; i < sale.lots_count; i++)
        for (size_t c = 0; c < sale.lots[i].contributions_count; c++)
            sale.lots[i].contributions[c].price_rule = text_from(price_rule);
    for (size_t i = 0; i < sale.lines_count; i++)
        must(money_ratio(sale.lines[i].line_gross_fen, keep_ppm, 1000000, &sale.lines[i].line_gross_fen));
    return sale_attribute(arena, &sale, sale_serve(arena, &sale), count);
}

static money due_sum(const struct attribution *rows, size_t count)
{
    money sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += rows[i].due_fen;
    return sum;
}

static money margin_sum(const struct attribution *rows, size_t count)
{
    money sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += rows[i].margin_fen;
    return sum;
}

Test(discount, of_the_shop_leaves_a_farm_gate_due_whole_and_lowers_its_margin)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        uint64_t sale = seeded_next(&state);
        int64_t keep_ppm = seeded_between(&state, 0, 1000000);
        size_t whole_count, less_count;
        const struct attribution *whole = sold_for_less(arena, sale, "farm_gate", 1000000, &whole_count);
        const struct attribution *less = sold_for_less(arena, sale, "farm_gate", keep_ppm, &less_count);
        EXPECT_SEEDED(due_sum(whole, whole_count) == due_sum(less, less_count), seed);
        EXPECT_SEEDED(margin_sum(less, less_count) <= margin_sum(whole, whole_count), seed);
    }
}

Test(discount, never_takes_a_larger_of_due_below_its_guarantee)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        uint64_t sale = seeded_next(&state);
        size_t guaranteed_count, less_count;
        const struct attribution *guaranteed = sold_for_less(arena, sale, "farm_gate", 1000000, &guaranteed_count);
        const struct attribution *less =
            sold_for_less(arena, sale, "larger_of", seeded_between(&state, 0, 1000000), &less_count);
        EXPECT_SEEDED(due_sum(less, less_count) >= due_sum(guaranteed, guaranteed_count), seed);
    }
}

/* What a payer promises is owed by the payer: the order's escrow holds the whole gross whoever pays it. */
Test(discount, of_a_payer_leaves_the_gross_whole)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct transfer_plan plan;
        money goods = seeded_between(&state, 1, 10000000), into_escrow = 0, of_payer = 0;
        struct payment_applied event = {.transfer_id = id_of(1),
                                        .order_id = id_of(2),
                                        .goods_fen = goods,
                                        .payer_id = id_of(3),
                                        .promised_fen = seeded_between(&state, 0, goods)};
        cr_assert_eq(ledger_payment_applied(arena, &event, &plan), PROBLEM_NONE);
        for (size_t i = 0; i < plan.entries_count; i++) {
            into_escrow += plan.entries[i].amount_fen;
            of_payer += text_equal(plan.entries[i].debit_kind, TEXT("subsidy")) ? plan.entries[i].amount_fen : 0;
        }
        EXPECT_SEEDED(into_escrow == goods && of_payer == event.promised_fen, seed);
    }
}
