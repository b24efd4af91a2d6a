/* Refunds: any series ends to the fen where one refund of its sum would, a full one leaves nothing, paid dues stay with the household. */
#include "sale.h"

#define ROUNDS 1500

static struct attributed *as_sold(struct arena *arena, const struct attribution *rows, size_t count)
{
    struct attributed *sold = arena_alloc_items(arena, count, sizeof *sold);
    for (size_t i = 0; i < count; i++)
        sold[i].row = rows[i];
    return sold;
}

/* What SQL does with the rows of a refund before the next one. */
static void remember(struct attributed *sold, size_t count, const struct refund_plan *plan, money *charged)
{
    for (size_t r = 0; r < plan->rows_count; r++)
        for (size_t i = 0; i < count; i++) {
            const struct attribution *row = &plan->rows[r];
            if (!uuid_equal(row->reverses_id, sold[i].row.attribution_id))
                continue;
            sold[i].reversed_qty -= row->quantity_qty;
            sold[i].reversed_gross_fen -= row->gross_fen;
            sold[i].reversed_due_fen -= row->due_fen;
            sold[i].reversed_fee_fen -= row->fee_fen;
            sold[i].reversed_freight_fen -= row->freight_fen;
            sold[i].charged_fen += row->charged_fen;
        }
    *charged += plan->charge_shop_fen;
}

static void refund_now(struct arena *arena, const struct line_refund *refund, struct attributed *sold, size_t count,
                       struct refund_plan *plan, money *charged)
{
    static uint32_t used;
    struct id_run ids = {.base = uuid_from_seed(7, 7, SOLD_AT), .used = used};
    cr_assert_eq(attribution_refund(arena, &ids, refund, sold, count, plan), PROBLEM_NONE);
    used = ids.used;
    remember(sold, count, plan, charged);
}

static size_t three_households(struct arena *arena, const qty *left, struct attributed **sold)
{
    struct beneficiary homes[3];
    struct supplier suppliers[3];
    struct contribution_left parts[3];
    for (size_t i = 0; i < 3; i++) {
        homes[i] = a_household(.household_id = id_of(1001 + i));
        suppliers[i] = a_household_supplier(i + 1, &homes[i]);
        parts[i] = a_contribution(.contribution_id = id_of(101 + i), .supplier_id = id_of(i + 1),
                                  .position = (int64_t)i, .quantity_qty = left[i], .left_qty = left[i]);
    }
    struct lot_left lot = {id_of(11), 0, parts, 3};
    struct paid_line line = {.packs = 7, .pack_qty = 1000, .line_gross_fen = 26600};
    struct sale sale = {&line, &lot, suppliers, 1, 1, 3};
    size_t count;
    struct attribution *rows = sale_attribute(arena, &sale, sale_serve(arena, &sale), &count);
    *sold = as_sold(arena, rows, count);
    return count;
}

/* features.md §4.9: 2 of 7 kg come back. */
Test(refund, posts_the_difference_of_cumulative_splits)
{
    SCRATCH(arena);
    struct attributed *sold;
    size_t count = three_households(arena, (qty[]){120000, 100500, 79500}, &sold);
    struct refund_plan plan;
    money charged = 0;
    refund_now(arena, &(struct line_refund){.served_packs = 7, .refunded_packs = 2, .refunded_fen = 7600}, sold, count,
               &plan, &charged);
    const money due[] = {-2080, -1742, -1378};
    for (size_t i = 0; i < 3; i++)
        cr_assert_eq(plan.rows[i].due_fen, due[i]);
    cr_assert(plan.refund_fen == 7600 && !plan.need_finding);
}

Test(refund, money_for_goods_kept_spares_the_household_unless_they_were_at_fault)
{
    for (int spared = 0; spared < 2; spared++) {
        SCRATCH(arena);
        struct attributed *sold;
        size_t count = three_households(arena, (qty[]){120000, 100500, 79500}, &sold);
        struct refund_plan plan;
        money charged = 0, due = 0;
        text cause = spared ? TEXT("transport") : TEXT("quality");
        struct line_refund refund = {.served_packs = 7, .refunded_fen = 13300};
        refund.spared_fen = attribution_cause_spares_due(cause) ? refund.refunded_fen : 0;
        refund_now(arena, &refund, sold, count, &plan, &charged);
        for (size_t i = 0; i < plan.rows_count; i++)
            due += plan.rows[i].due_fen;
        cr_assert_eq(due, spared ? 0 : -9100);
    }
}

Test(refund, a_settled_due_stays_and_the_shop_is_charged)
{
    SCRATCH(arena);
    struct attributed *sold;
    size_t count = three_households(arena, (qty[]){120000, 100500, 79500}, &sold);
    struct refund_plan plan;
    money charged = 0;
    sold[0].due_is_settled = true;
    refund_now(arena, &(struct line_refund){.served_packs = 7, .refunded_packs = 7, .refunded_fen = 26600}, sold, count,
               &plan, &charged);
    cr_assert(plan.charge_shop_fen == 7280 && plan.need_finding);
    cr_assert(plan.rows[0].due_fen == 0 && plan.rows[0].margin_fen == plan.rows[0].gross_fen);
}

Test(refund, more_than_was_sold_or_less_than_before_is_refused)
{
    SCRATCH(arena);
    struct attributed *sold;
    struct id_run ids = NEW_IDS;
    struct refund_plan plan;
    money charged = 0;
    size_t count = three_households(arena, (qty[]){120000, 100500, 79500}, &sold);
    static const struct line_refund refused[] = {{.served_packs = 7, .refunded_packs = 8, .refunded_fen = 26600},
                                                 {.served_packs = 7, .refunded_fen = 26601},
                                                 {.served_packs = 7, .refunded_fen = 99}};
    refund_now(arena, &(struct line_refund){.served_packs = 7, .refunded_fen = 100}, sold, count, &plan, &charged);
    for (size_t i = 0; i < 3; i++)
        cr_assert_eq(attribution_refund(arena, &ids, &refused[i], sold, count, &plan), PROBLEM_INVALID);
}

static struct line_refund next_refund(uint64_t *state, struct line_refund refund, money gross)
{
    money of_packs;
    refund.refunded_packs += seeded_between(state, 0, refund.served_packs - refund.refunded_packs);
    cr_assert(attribution_refund_of(gross, refund.served_packs, refund.refunded_packs, &of_packs));
    if (refund.refunded_fen < of_packs)
        refund.refunded_fen = of_packs;
    money more = seeded_between(state, 0, gross - refund.refunded_fen);
    refund.refunded_fen += more;
    if (seeded_between(state, 0, 1) == 0)
        refund.spared_fen += more;
    if (refund.refunded_packs == refund.served_packs)
        refund.refunded_fen = gross;
    return refund;
}

static bool same_state(const struct attributed *one, const struct attributed *other, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (one[i].reversed_qty != other[i].reversed_qty || one[i].reversed_gross_fen != other[i].reversed_gross_fen ||
            one[i].reversed_fee_fen != other[i].reversed_fee_fen ||
            one[i].reversed_due_fen + one[i].charged_fen != other[i].reversed_due_fen + other[i].charged_fen ||
            one[i].reversed_freight_fen != other[i].reversed_freight_fen)
            return false;
    return true;
}

/* One sold line of a random sale, big enough to refund. */
static size_t line_random(struct arena *arena, uint64_t *state, struct attributed **sold, struct line_refund *refund,
                          money *gross)
{
    for (;;) {
        struct sale sale;
        size_t count;
        sale_random(arena, state, &sale);
        sale.lines_count = 1;
        const struct served_line *served = sale_serve(arena, &sale);
        if (served->served_packs == 0)
            continue;
        struct attribution *rows = sale_attribute(arena, &sale, served, &count);
        *sold = as_sold(arena, rows, count);
        *refund = (struct line_refund){.served_packs = served->served_packs};
        *gross = served->gross_fen;
        return count;
    }
}

Test(refund, any_series_ends_where_one_refund_would_and_a_full_one_leaves_nothing)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct attributed *sold;
        struct line_refund refund;
        struct refund_plan plan;
        money gross, charged = 0, refunded = 0;
        size_t count = line_random(arena, &state, &sold, &refund, &gross);
        struct attributed *at_once = arena_alloc_items(arena, count, sizeof *at_once);
        memcpy(at_once, sold, count * sizeof *sold);
        for (int64_t left = seeded_between(&state, 1, 5); left > 0; left--) {
            for (size_t i = 0; i < count; i++)
                sold[i].due_is_settled |= seeded_between(&state, 0, 4) == 0;
            refund = next_refund(&state, refund, gross);
            refund_now(arena, &refund, sold, count, &plan, &charged);
            refunded += plan.refund_fen;
            for (size_t i = 0; i < plan.rows_count; i++)
                EXPECT_SEEDED(plan.rows[i].gross_fen == plan.rows[i].due_fen + plan.rows[i].fee_fen +
                                                            plan.rows[i].freight_fen + plan.rows[i].margin_fen,
                              seed);
        }
        EXPECT_SEEDED(refunded == refund.refunded_fen, seed);
        refund_now(arena, &refund, at_once, count, &plan, &charged);
        EXPECT_SEEDED(same_state(sold, at_once, count), seed);
        refund = (struct line_refund){refund.order_line_id, refund.served_packs, refund.served_packs, gross,
                                      refund.spared_fen};
        refund_now(arena, &refund, sold, count, &plan, &charged);
        for (size_t i = 0; i < count; i++) {
            EXPECT_SEEDED(sold[i].reversed_qty == sold[i].row.quantity_qty, seed);
            EXPECT_SEEDED(sold[i].reversed_gross_fen == sold[i].row.gross_fen, seed);
            EXPECT_SEEDED(sold[i].reversed_due_fen + sold[i].charged_fen == sold[i].row.due_fen, seed);
        }
    }
}
