/* Attribution: every fen of a line is somebody's, due and tag are two things, an organisation's part goes on to its members. */
#include "sale.h"

#define ROUNDS 2000

static struct attribution *attribute_one(struct arena *arena, struct paid_line line, struct contribution_left *parts,
                                         size_t parts_count, struct supplier *suppliers, size_t suppliers_count,
                                         size_t *count)
{
    struct lot_left lot = {id_of(11), 0, parts, parts_count};
    struct sale sale = {&line, &lot, suppliers, 1, 1, suppliers_count};
    return sale_attribute(arena, &sale, sale_serve(arena, &sale), count);
}

/* features.md §4.9: 7 kg at 38.00, farm-gate 26.00 a kg. */
Test(attribute, farm_gate_due_of_three_households)
{
    SCRATCH(arena);
    struct beneficiary homes[3];
    struct supplier suppliers[3];
    struct contribution_left parts[3];
    const qty left[] = {120000, 100500, 79500};
    for (size_t i = 0; i < 3; i++) {
        homes[i] = a_household(.household_id = id_of(1001 + i));
        suppliers[i] = a_household_supplier(i + 1, &homes[i]);
        parts[i] = a_contribution(.contribution_id = id_of(101 + i), .supplier_id = id_of(i + 1),
                                  .position = (int64_t)i, .quantity_qty = left[i], .left_qty = left[i]);
    }
    size_t count;
    struct paid_line line = {.packs = 7, .pack_qty = 1000, .line_gross_fen = 26600};
    struct attribution *rows = attribute_one(arena, line, parts, 3, suppliers, 3, &count);
    const money due[] = {7280, 6097, 4823};
    cr_assert_eq(count, 3);
    for (size_t i = 0; i < 3; i++)
        cr_assert(rows[i].due_fen == due[i] && rows[i].counted);
}

Test(attribute, due_follows_the_frozen_terms)
{
    static const struct {
        const char *rule;
        money price;
        int64_t share_ppm;
        money net, due;
    } rows[] = {
        {"farm_gate", 2600, 0, 9999, 1300},      {"share", 2600, 700000, 3001, 2101},
        {"share", 2600, 700000, -50, 0},         {"larger_of", 2600, 700000, 1000, 1300},
        {"larger_of", 2600, 700000, 3001, 2101},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct contribution_left terms =
            a_contribution(.price_rule = text_from(rows[i].rule), .farm_gate_price_fen = rows[i].price,
                           .share_ppm = rows[i].share_ppm);
        money due;
        cr_assert_eq(attribution_due(&terms, 0, 500, rows[i].net, &due), PROBLEM_NONE);
        cr_assert_eq(due, rows[i].due, "row %zu: %lld", i, (long long)due);
    }
}

Test(attribute, farm_gate_dues_of_many_sales_sum_to_one_rounding)
{
    uint64_t seed = unit_seed(), state = seed;
    struct contribution_left terms = a_contribution(.farm_gate_price_fen = seeded_between(&state, 1, 9999),
                                                    .price_qty = seeded_between(&state, 1, 999));
    money sum = 0, whole, due;
    qty from = 0;
    for (int i = 0; i < ROUNDS; i++) {
        qty sold = seeded_between(&state, 1, 7);
        EXPECT_SEEDED(attribution_due(&terms, from, sold, 0, &due) == PROBLEM_NONE && due >= 0, seed);
        sum += due;
        from += sold;
    }
    EXPECT_SEEDED(money_ratio(terms.farm_gate_price_fen, from, terms.price_qty, &whole) && sum == whole, seed);
}

Test(attribute, tag_needs_status_agreement_and_no_finding_but_the_due_needs_nothing)
{
    struct agreement after_sale = {.signed_at = SOLD_AT, .valid_from = DELIVERED_ON - 1};
    struct agreement ended = {.signed_at = SOLD_AT - DAYS_US(9), .valid_from = 20000, .valid_to = DELIVERED_ON};
    const struct {
        struct beneficiary household;
        const char *reason;
    } rows[] = {
        {a_household(), NULL},
        {a_household(.status = TEXT("exited_supported")), NULL},
        {a_household(.status = TEXT("returned")), NULL},
        {a_household(.status = TEXT("removed")), "not_registered"},
        {a_household(.status = TEXT("never_registered")), "not_registered"},
        {a_household(.agreements_count = 0), "no_agreement"},
        {a_household(.agreements = &ended), "no_agreement"},
        {a_household(.agreements = &after_sale), "agreement_after_sale"},
        {a_household(.open_finding = true), "open_finding"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SCRATCH(arena);
        struct beneficiary household = rows[i].household;
        struct supplier supplier = a_household_supplier(1, &household);
        struct contribution_left part = a_contribution();
        struct paid_line line = {.packs = 1, .pack_qty = 500, .line_gross_fen = 2000};
        size_t count;
        struct attribution *row = attribute_one(arena, line, &part, 1, &supplier, 1, &count);
        cr_assert(count == 1 && row->due_fen == 1300 && row->counted == (rows[i].reason == NULL), "row %zu", i);
        expect_text(row->reason, rows[i].reason == NULL ? TEXT_NONE : text_from(rows[i].reason), "reason", __FILE__,
                    __LINE__);
    }
}

Test(attribute, cooperative_retains_its_part_and_members_share_the_rest)
{
    SCRATCH(arena);
    struct beneficiary members[] = {a_household(.household_id = id_of(1001), .shares = 3),
                                    a_household(.household_id = id_of(1002), .shares = 1, .status = TEXT("removed"))};
    struct supplier cooperative = {.supplier_id = id_of(1),
                                   .kind = TEXT("cooperative"),
                                   .area_code = TEXT("621202"),
                                   .rule_kind = TEXT("shares"),
                                   .retain_ppm = 200000,
                                   .rule_version = 4,
                                   .beneficiaries = members,
                                   .beneficiaries_count = 2};
    struct contribution_left part = a_contribution();
    size_t count;
    struct paid_line line = {.packs = 1, .pack_qty = 1000, .line_gross_fen = 4000};
    struct attribution *rows = attribute_one(arena, line, &part, 1, &cooperative, 1, &count);
    cr_assert_eq(count, 3);
    if (uuid_compare(members[0].household_id, members[1].household_id) > 0) { /* rows come in household order */
        struct attribution first = rows[0];
        rows[0] = rows[1];
        rows[1] = first;
    }
    cr_assert(rows[0].due_fen == 1560 && rows[0].gross_fen == 2400 && rows[0].counted && rows[0].rule_version == 4);
    cr_assert(rows[1].due_fen == 520 && rows[1].gross_fen == 800 && !rows[1].counted);
    cr_assert(rows[2].due_fen == 520 && rows[2].gross_fen == 800 && uuid_is_zero(rows[2].household_id));
    EXPECT_TEXT(rows[2].reason, "not_household");
}

Test(attribute, bought_goods_tag_the_household_and_owe_nothing_again)
{
    SCRATCH(arena);
    struct beneficiary household = a_household();
    struct supplier supplier = a_household_supplier(1, &household);
    struct contribution_left part = a_contribution(.mode = TEXT("bought"));
    struct paid_line line = {.packs = 1, .pack_qty = 1000, .line_gross_fen = 4000, .platform_fee_ppm = 10000};
    size_t count;
    struct attribution *row = attribute_one(arena, line, &part, 1, &supplier, 1, &count);
    cr_assert(row->due_fen == 0 && row->goods_cost_fen == 2600 && row->counted && row->fee_fen == 40 &&
              row->margin_fen == 3960);
}

Test(attribute, every_fen_and_every_unit_of_a_line_is_somebodys)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct sale sale;
        size_t count;
        money gross = 0, served_gross = 0;
        qty quantity = 0, served_qty = 0;
        sale_random(arena, &state, &sale);
        const struct served_line *served = sale_serve(arena, &sale);
        const struct attribution *rows = sale_attribute(arena, &sale, served, &count);
        for (size_t i = 0; i < sale.lines_count; i++) {
            served_gross += served[i].gross_fen;
            served_qty += served[i].served_packs * served[i].line->pack_qty;
        }
        for (size_t i = 0; i < count; i++) {
            const struct attribution *row = &rows[i];
            gross += row->gross_fen;
            quantity += row->quantity_qty;
            EXPECT_SEEDED(row->gross_fen == row->due_fen + row->fee_fen + row->freight_fen + row->margin_fen, seed);
            EXPECT_SEEDED(row->gross_fen >= 0 && row->due_fen >= 0 && row->quantity_qty >= 0, seed);
            EXPECT_SEEDED(row->counted == (row->reason.at == NULL), seed);
            EXPECT_SEEDED(!row->counted || !uuid_is_zero(row->household_id), seed);
        }
        EXPECT_SEEDED(gross == served_gross && quantity == served_qty, seed);
    }
}

Test(attribute, facts_are_read_by_their_field_tables)
{
    SCRATCH(arena);
    struct problems problems;
    struct lot_left lot = {0};
    problems_init(&problems, arena);
    text json =
        TEXT("{\"lot_id\":\"018f2f6e-0000-7000-8000-000000000001\",\"expires_on\":null,\"contributions\":[{"
             "\"contribution_id\":\"018f2f6e-0000-7000-8000-000000000002\",\"supplier_id\":"
             "\"018f2f6e-0000-7000-8000-000000000003\",\"position\":1,\"quantity_qty\":500,\"left_qty\":400,"
             "\"mode\":\"consigned\",\"price_rule\":\"larger_of\",\"farm_gate_price_fen\":1300,\"price_qty\":500,"
             "\"share_ppm\":700000,\"delivered_on\":\"2025-11-01\"}]}");
    cr_assert_eq(decode_json(lot_left_fields, json, arena, &lot, NULL, &problems), PROBLEM_NONE);
    cr_assert(lot.contributions_count == 1 && lot.contributions->left_qty == 400 && lot.expires_on == 0);
}
