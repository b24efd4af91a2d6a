/* The builders of sale.h. */
#include "sale.h"

struct agreement agreement_long_ago = {
    .agreement_version = 1, .signed_at = SOLD_AT - DAYS_US(400), .valid_from = DELIVERED_ON - 300};

uuid id_of(uint64_t n)
{
    return uuid_from_seed(1, n, SOLD_AT);
}

struct supplier a_household_supplier(uint64_t n, struct beneficiary *household)
{
    return (struct supplier){.supplier_id = id_of(n),
                             .kind = TEXT("household"),
                             .area_code = TEXT("621202100201"),
                             .beneficiaries = household,
                             .beneficiaries_count = 1};
}

static text drawn(uint64_t *state, const char *const *words, int64_t count)
{
    return text_from(words[seeded_between(state, 0, count - 1)]);
}

static void contribution_random(uint64_t *state, uint64_t n, size_t suppliers_count, struct contribution_left *into)
{
    static const char *const modes[] = {"consigned", "consigned", "bought"};
    static const char *const rules[] = {"farm_gate", "share", "larger_of"};
    *into = a_contribution(.contribution_id = id_of(10000 + n), .position = (int64_t)(n % 7),
                           .supplier_id = id_of((uint64_t)seeded_between(state, 1, (int64_t)suppliers_count)),
                           .quantity_qty = seeded_between(state, 1, 5000), .mode = drawn(state, modes, 3),
                           .price_rule = drawn(state, rules, 3), .farm_gate_price_fen = seeded_between(state, 0, 5000),
                           .price_qty = seeded_between(state, 1, 1000), .share_ppm = seeded_between(state, 0, 1000000));
    into->left_qty = seeded_between(state, 0, into->quantity_qty);
}

static void lots_random(struct arena *arena, uint64_t *state, struct sale *sale)
{
    sale->lots_count = (size_t)seeded_between(state, 0, 4);
    sale->lots = arena_alloc_items(arena, sale->lots_count, sizeof *sale->lots);
    for (size_t i = 0; i < sale->lots_count; i++) {
        struct lot_left *lot = &sale->lots[i];
        lot->lot_id = id_of(500 + i);
        lot->expires_on = seeded_between(state, 0, 2) == 0 ? 0 : (calendar_day)seeded_between(state, 20500, 20502);
        lot->contributions_count = (size_t)seeded_between(state, 1, 6);
        lot->contributions = arena_alloc_items(arena, lot->contributions_count, sizeof *lot->contributions);
        for (size_t c = 0; c < lot->contributions_count; c++)
            contribution_random(state, i * 10 + c, sale->suppliers_count, &lot->contributions[c]);
    }
}

static void supplier_random(struct arena *arena, uint64_t *state, uint64_t n, struct supplier *into)
{
    static const char *const kinds[] = {"household", "cooperative", "enterprise", "collective", "other"};
    static const char *const statuses[] = {"registered", "exited_supported", "returned", "removed", "never_registered"};
    *into = (struct supplier){
        .supplier_id = id_of(n), .kind = drawn(state, kinds, 5), .area_code = TEXT("621202100"), .rule_version = 1};
    bool household = text_equal(into->kind, TEXT("household"));
    into->beneficiaries_count = household ? 1 : (size_t)seeded_between(state, 0, 5);
    into->beneficiaries = arena_alloc_items(arena, into->beneficiaries_count, sizeof *into->beneficiaries);
    for (size_t i = 0; i < into->beneficiaries_count; i++)
        into->beneficiaries[i] =
            a_household(.household_id = id_of(1000 + n * 3 + i), .status = drawn(state, statuses, 5),
                        .shares = seeded_between(state, 1, 9), .open_finding = seeded_between(state, 0, 5) == 0,
                        .agreements_count = (size_t)seeded_between(state, 0, 1));
    if (household || seeded_between(state, 0, 3) == 0)
        return;
    into->rule_kind = seeded_between(state, 0, 1) == 0 ? TEXT("shares") : TEXT("per_head");
    into->retain_ppm = seeded_between(state, 0, 4) == 0 ? 1000000 : seeded_between(state, 0, 400000);
}

void sale_random(struct arena *arena, uint64_t *state, struct sale *sale)
{
    sale->suppliers_count = (size_t)seeded_between(state, 1, 6);
    sale->suppliers = arena_alloc_items(arena, sale->suppliers_count, sizeof *sale->suppliers);
    for (size_t i = 0; i < sale->suppliers_count; i++)
        supplier_random(arena, state, i + 1, &sale->suppliers[i]);
    lots_random(arena, state, sale);
    sale->lines_count = (size_t)seeded_between(state, 1, 4);
    sale->lines = arena_alloc_items(arena, sale->lines_count, sizeof *sale->lines);
    for (size_t i = 0; i < sale->lines_count; i++)
        sale->lines[i] = (struct paid_line){
            .order_line_id = id_of(50 + i),
            .packs = seeded_between(state, 1, 12),
            .pack_qty = seeded_between(state, 1, 1000),
            .line_gross_fen = seeded_between(state, 0, 9) == 0 ? 0 : seeded_between(state, 1, 100000),
            .platform_fee_ppm = seeded_between(state, 0, 100000),
            .shop_freight_fen = seeded_between(state, 0, 1500),
        };
}

struct served_line *sale_serve(struct arena *arena, struct sale *sale)
{
    struct served_line *served = arena_alloc_items(arena, sale->lines_count, sizeof *served);
    struct id_run ids = NEW_IDS;
    cr_assert_eq(
        attribution_allocate(arena, &ids, sale->lines, sale->lines_count, sale->lots, sale->lots_count, served),
        PROBLEM_NONE);
    return served;
}

struct attribution *sale_attribute(struct arena *arena, const struct sale *sale, const struct served_line *served,
                                   size_t *count)
{
    struct attribution *all = arena_alloc_items(arena, 4096, sizeof *all);
    struct id_run ids = {.base = uuid_from_seed(8, 8, SOLD_AT)};
    *count = 0;
    for (size_t i = 0; i < sale->lines_count; i++) {
        struct attribution *rows;
        size_t rows_count;
        cr_assert_eq(attribution_attribute(arena, &ids, &served[i], SOLD_AT, sale->suppliers, sale->suppliers_count,
                                           &rows, &rows_count),
                     PROBLEM_NONE);
        if (rows_count > 0)
            memcpy(all + *count, rows, rows_count * sizeof *rows);
        *count += rows_count;
    }
    return all;
}
